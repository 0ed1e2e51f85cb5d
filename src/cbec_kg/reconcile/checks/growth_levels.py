"""Growth over a year against the levels of both years.

>>> FORMULAS
('level / level(year before) - 1 = growth',)
"""

from collections.abc import Iterable, Iterator, Sequence

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import Formula, compared
from cbec_kg.reconcile.checks.operands import after, before, firm, is_yoy, level_in, taken, units, within_reach
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.growth import is_money, percent
from cbec_kg.reconcile.interval import Interval

__all__ = ["CODE", "FORMULAS", "find", "reach"]

CODE = "growth-levels"


def _growth(given: Sequence[Interval]) -> Interval | None:
    level, base = given
    return percent(level / base) if base.lower is not None and base.lower > 0 else None


_LEVELS = Formula(CODE, "level / level(year before) - 1 = growth", "({} / {} - 1) * 100", _growth)
FORMULAS = (_LEVELS.symbols,)


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Each growth claim of a closed point that has levels in one unit now and a year before."""
    earlier = before(point)
    if earlier is None:
        return
    for tested in figures.at(point):
        if not is_yoy(tested):
            continue
        basis = tested.stating.currency_basis
        for unit in units(figures, tested, point, earlier):
            if basis and is_money(unit) and basis != unit:
                continue
            level = taken(firm(figures, point, level_in(unit)), tested.source, tested.vintage)
            base = taken(firm(figures, earlier, level_in(unit)), tested.source, tested.vintage)
            if level and base:
                yield from compared(_LEVELS, tested, [level, base], figures, terms)
                break


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """A level bears on the growth of its own year and of the next."""
    return within_reach(one.point, after(one.point) if one.stating.measure == "level" else None)
