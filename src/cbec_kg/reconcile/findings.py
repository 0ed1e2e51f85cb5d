"""All that comparing figures shows: agreements, disagreements, revisions and derivations, point by point.

The findings of a graph are those of all points in reach of its claims. When claims come, go or change, only the points
in their reach are looked at again.

>>> from decimal import Decimal
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.figure import Stating
>>> point = Point(Slots("cbec-trade-value", "china", "all", "all", "total", "gac-total"), "2022")
>>> def said(digest, stating, value, half):
...     value, half = Decimal(value), Decimal(half)
...     return Figure(digest=digest, point=point, stating=stating, status="reported", qualifier="exact", value=value,
...                   lower=value - half, upper=value + half)
>>> level = said("a", Stating("level", "CNY"), "2110", "5")
>>> growth = said("b", Stating("growth", "percent", "yoy"), "9.8", "0.05")
>>> [(one.kind, one.point.period, round(one.value)) for one in all_findings(Book([level, growth]), Terms())]
[('derivation', '2021', 1922)]
"""

from collections.abc import Iterable

from cbec_kg.reconcile import checks, derive
from cbec_kg.reconcile.book import Book, Figures, Terms
from cbec_kg.reconcile.figure import Figure, Move, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.vintages import revisions

__all__ = ["all_findings", "findings_at", "reach"]


def findings_at(point: Point, figures: Figures, terms: Terms) -> list[Finding]:
    """Every finding that stands at a point, by digest; none where no period is said."""
    if not point.is_told:
        return []
    found = [
        *checks.findings_at(point, figures, terms),
        *revisions(figures.at(point)),
        *derive.derivations_at(point, figures, terms),
    ]
    return sorted(found, key=lambda one: one.digest)


def reach(claims: Iterable[Figure | Move], figures: Figures, terms: Terms) -> set[Point]:
    """Every point whose findings may change when claims come, go or change.

    Asked of the figures before a change and after it, both together are all that must be looked at again.
    """
    found: set[Point] = set()
    for one in claims:
        found |= checks.reach(one, figures, terms)
        if isinstance(one, Figure):
            found |= derive.reach(one, figures, terms)
    return found


def all_findings(book: Book, terms: Terms) -> list[Finding]:
    """Every finding of a book, by digest."""
    points = reach([*book.figures.values(), *book.all_moves()], book, terms)
    found = {one.digest: one for point in points for one in findings_at(point, book, terms)}
    return [found[digest] for digest in sorted(found)]
