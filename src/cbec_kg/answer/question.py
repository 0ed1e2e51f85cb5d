"""What is asked for: one figure, by its dimensions as codes.

>>> Question("cbec-trade-value", period="2022", flow="export").measure
'level'
"""

from dataclasses import dataclass

__all__ = ["MEASURES", "Question"]

MEASURES = ("level", "growth", "share", "rank", "gap", "contribution")
"""What may be asked of a point.

gap: its growth less that of ``against``, in percentage points; contribution: its part in the growth of ``against``, in
percentage points; share with ``against``: its level as a part of that of ``against``. The others are as in rows.
"""


@dataclass(frozen=True, slots=True)
class Question:
    """Codes as in rows; None where nothing is said.

    ``period`` is spelled as in rows; None asks for the latest year that has a figure, of what does not add up over
    periods (how many warehouses there are) for the latest period. ``scope`` None lets the answer choose and say so;
    ``flow`` None is the indicator's total, or none where it has no directions. ``as_of`` is a day: what was known then.
    ``against`` is another indicator.
    """

    indicator: str
    entity: str = "china"
    period: str | None = None
    flow: str | None = None
    scope: str | None = None
    partner: str | None = None
    sector: str | None = None
    market: str | None = None
    channel: str | None = None
    measure: str = "level"
    against: str | None = None
    as_of: str | None = None
