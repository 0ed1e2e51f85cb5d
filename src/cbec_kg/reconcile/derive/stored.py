"""Derivations that the graph stores: one rule deep, of what no firm claim states.

>>> from decimal import Decimal
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.book import Book
>>> from cbec_kg.reconcile.figure import Amount, Stating
>>> point = Point(Slots("cbec-trade-value", "china", "all", "all", "total", "gac-total"), "2020")
>>> level = Figure(digest="a", point=point, stating=Stating("level", "CNY"), status="reported", qualifier="exact",
...                value=Decimal("1690"), lower=Decimal("1685"), upper=Decimal("1695"),
...                restated=frozenset({Amount("USD", Decimal("261.5"), Decimal("261.45"), Decimal("261.55"))}))
>>> book = Book([level])
>>> [(one.check, one.measure, one.unit, round(one.value, 2)) for one in derivations_at(point, book, Terms())]
[('exchange-rate', 'exchange-rate', 'CNY', Decimal('6.46'))]
>>> sorted(one.period for one in reach(level, book, Terms()))
['2019', '2020', '2021']
"""

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.derive.rules import RULES
from cbec_kg.reconcile.derive.search import Search
from cbec_kg.reconcile.derive.step import Step
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding

__all__ = ["derivations_at", "finding", "reach"]

_MEASURES = tuple(sorted({rule.measure for rule in RULES}))


def derivations_at(point: Point, figures: Figures, terms: Terms) -> list[Finding]:
    """Derivations of a point on stated figures alone, of each measure that has no firm claim there; by digest.

    What has no limit on a side, or comes of a figure that has none, is left out: its value would say more than is
    known.
    """
    search = Search(figures, terms)
    found: dict[str, Finding] = {}
    for measure in _MEASURES:
        if not search.firm(point, measure):
            for step in search.routes(point, measure, 1):
                if all(one.interval.is_bounded for one in (step, *step.inputs)):
                    one = finding(step)
                    found.setdefault(one.digest, one)
    return [found[digest] for digest in sorted(found)]


def reach(figure: Figure, figures: Figures, terms: Terms) -> set[Point]:
    """Every point whose `derivations_at` may change if this claim comes, goes or changes.

    ``figures`` may be those with or without it; where several claims come, those with all of them, where several go,
    those before.
    """
    if not figure.is_firm:
        return set()
    beside = [one for one in figures.at(figure.point) if one.is_firm]  # which of them are replaced may change with it
    return {figure.point}.union(*(rule.reached(one, figures, terms) for rule in RULES for one in (figure, *beside)))


def finding(step: Step) -> Finding:
    """A step as a finding; an exchange rate is in units of the first currency."""
    return Finding(
        kind="derivation",
        check=step.rule,
        point=step.point,
        measure=step.measure,
        formula=step.formula,
        claims=step.claims,
        unit=step.unit.partition("/")[0],
        calculation=step.calculation,
        value=step.value,
        lower=step.interval.lower,
        upper=step.interval.upper,
    )
