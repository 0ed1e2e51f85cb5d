"""Figures of a series as a page shows them: one a row, each with where it stands, or how it is derived.

What counts as the figure of a period is what `cbec_kg.answer` says of it; nothing is worked out here.

>>> Place("a1", 3, 9).known is None
True
"""

from dataclasses import dataclass
from decimal import Decimal

__all__ = ["MARKS", "Place", "Shown"]

MARKS = ("stated", "preliminary", "estimate", "derived", "forecast", "target", "earlier", "agreeing")
"""How a figure is marked: the first four stand on the line; ``earlier`` was replaced by a later release; ``agreeing``
says of a period what has a number in common with the figure shown, and is in the table only."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a figure stands: characters of an article, who says so, the day since which it is known."""

    article: str
    start: int
    end: int
    title: str | None = None
    publisher: str | None = None
    speaker: str | None = None
    speaker_label: str | None = None
    released: str | None = None
    known: str | None = None
    review: str = "machine-read"
    written: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One figure of one period. ``said`` and ``between`` are its value and its bounds in words.

    ``claims`` is the claim that states it, or those that it is derived from by ``formula`` and ``calculation``.
    ``growth`` is growth on the year before, in words, where claims state it or give it; ``conflict`` is whether other
    claims contradict the figure. ``line`` names what it is joined with; ``rate`` is the exchange rate that an article's
    two amounts imply.
    """

    period: str
    period_label: str
    mark: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    said: str
    between: str
    scope: str
    scope_label: str
    status: str
    status_label: str
    qualifier: str = "exact"
    claims: tuple[str, ...] = ()
    place: Place | None = None
    formula: str | None = None
    calculation: str | None = None
    growth: str = ""
    growth_value: Decimal | None = None
    growth_kind: str | None = None
    conflict: bool = False
    rate: str = ""

    @property
    def kind(self) -> str:
        """``stated`` or ``derived``."""
        return "derived" if self.mark == "derived" else "stated"

    @property
    def on_line(self) -> bool:
        """Whether it is the figure of its period, as an answer gives it."""
        return self.mark in MARKS[:4]
