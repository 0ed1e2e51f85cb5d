"""Agreements and disagreements of figures, point by point, and how far a claim's influence goes.

Figures are looked up by points and never gone through, so that a point costs what its neighbourhood costs.

>>> from decimal import Decimal as D
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.book import Book
>>> from cbec_kg.reconcile.figure import Stating
>>> total = Point(Slots("cbec-trade-value", "china", "all", "all", "total", "gac-total"), "2022")
>>> def level(digest, flow, value, lower, upper):
...     return Figure(digest=digest, point=total.flowing(flow), stating=Stating("level", "CNY"), status="reported",
...                   qualifier="exact", value=D(value), lower=D(lower), upper=D(upper))
>>> book = Book([level("a", "export", "1.55", "1.545", "1.555"), level("b", "import", "0.56", "0.555", "0.565"),
...              level("c", "total", "2.11", "2.105", "2.115")])
>>> terms = Terms(traded=frozenset({"cbec-trade-value"}))
>>> [(one.kind, one.formula, one.calculation) for one in findings_at(total, book, terms)]
[('agreement', 'level(export) + level(import) = level(total)', '1.55 + 0.56 = 2.11')]
"""

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.registry import CHECKS, Check
from cbec_kg.reconcile.figure import Figure, Move, Point
from cbec_kg.reconcile.finding import Finding

__all__ = ["CHECKS", "Check", "findings_at", "reach"]


def findings_at(point: Point, figures: Figures, terms: Terms) -> list[Finding]:
    """Every agreement and disagreement that stands at a point, by digest; none where no period is said."""
    if not point.is_told:
        return []
    found = {one.digest: one for check in CHECKS.values() for one in check.find(point, figures, terms)}
    return [found[digest] for digest in sorted(found)]


def reach(one: Figure | Move, figures: Figures, terms: Terms) -> set[Point]:
    """Every point whose findings may change when a claim comes, goes or changes.

    Asked of the figures before a change and after it, both together are all that must be looked at again.
    """
    if isinstance(one, Move):
        return {one.point}
    return {one.point}.union(*(check.reach(one, figures, terms) for check in CHECKS.values()))
