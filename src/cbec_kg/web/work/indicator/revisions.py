"""The revision triangle of a page, as plain text: what ``cbec-kg vintages`` shows, of the day from which one looks.

>>> from cbec_kg.store.embedded import MemoryStore
>>> revisions(MemoryStore([]), Ledger(), Slots("i", "china", "all", "all", "none", "none"), "rank", "en").rows
()
"""

from dataclasses import dataclass

from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.triangle import MEASURES, Told, as_table
from cbec_kg.model.slots import Slots
from cbec_kg.rdf.terms import Literal
from cbec_kg.reconcile.figure import Figure
from cbec_kg.reconcile.triangle import triangle
from cbec_kg.store.base import Store

__all__ = ["Revisions", "revisions"]


@dataclass(frozen=True, slots=True)
class Revisions:
    """Headings and rows; the first column is the period, the others are days, what is undated last."""

    headings: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def revisions(store: Store, ledger: Ledger, slots: Slots, measure: str, lang: str) -> Revisions:
    """The triangle of a series; nothing of measures that have none. ``ledger`` is of the day from which one looks."""
    if measure not in MEASURES:
        return Revisions()

    def is_shown(figure: Figure) -> bool:
        return figure.stating.measure == measure and (measure != "growth" or figure.stating.basis == "yoy")

    own = [one for one in ledger.book.figures.values() if one.point.slots == slots and one.point.is_told]
    found = as_table(Told(triangle(own, is_shown), ledger, slots, measure, store), lang)
    rows = tuple(tuple(cell.value if isinstance(cell, Literal) else "" for cell in row) for row in found.rows)
    return Revisions(tuple(column.heading(lang) for column in found.columns), rows)
