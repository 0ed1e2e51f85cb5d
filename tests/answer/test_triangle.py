"""What the table of a triangle leaves out, and the rows for programs keep."""

from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.triangle import Told, as_releases, as_table
from cbec_kg.reconcile.triangle import triangle
from cbec_kg.store.embedded import MemoryStore

from .small import claim

FIRST = claim("a", 2110, 2105, 2115, {"day": "2023-01-13"})
AGAIN = claim("b", 2100, 2050, 2150, {"day": "2023-06-01"})


def test_a_repeat_is_in_the_rows_for_programs_only():
    ledger = Ledger([FIRST, AGAIN])
    told = Told(triangle(ledger.book.figures.values()), ledger, FIRST.point.slots, "level", MemoryStore())
    assert [list(row.values()) for row in as_table(told).records()] == [["2022", "2,110 yuan"]]
    assert [(row["claim"][-1], row["mark"]) for row in as_releases(told).records()] == [("a", None), ("b", "repeat")]
