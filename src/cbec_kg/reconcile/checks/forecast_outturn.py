"""What was foreseen or wished for, against what came.

The figure that came is the best there is, whoever gives it: a forecast's own article knows it least.

>>> FORMULAS
('outturn = forecast', 'outturn = target')
"""

from collections.abc import Iterable, Iterator

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import Formula, compared
from cbec_kg.reconcile.checks.operands import firm
from cbec_kg.reconcile.choose import choose
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding

__all__ = ["CODE", "FORMULAS", "find", "reach"]

CODE = "forecast-outturn"
_MEASURES = ("level", "growth", "share")
_FORMULAS = {
    status: Formula(CODE, f"outturn = {status}", "{}", lambda given: given[0]) for status in ("forecast", "target")
}
FORMULAS = tuple(formula.symbols for formula in _FORMULAS.values())


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Each forecast and target of a point that has a firm figure which states the same."""
    for tested in figures.at(point):
        formula = _FORMULAS.get(tested.status)
        if formula and tested.stating.measure in _MEASURES:
            outturn = choose(firm(figures, point, tested.stating))
            if outturn:
                yield from compared(formula, tested, [outturn], figures, terms, foreseen=True)


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """The claim's own point."""
    return [one.point]
