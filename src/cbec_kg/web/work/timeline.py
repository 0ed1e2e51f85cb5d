"""Where a period lies on a chart's axis of time, in years: 2020 begins at 2020.0 and ends at 2021.0.

>>> [float(end) for end in place("2020-H1")]
[2020.0, 2020.4973]
>>> place("2016--open"), place("open-H1_a1"), place("no period")
(None, None, None)
>>> axis([2015.5, 2022.5])["values"][:3]
[2015.5, 2016.5, 2017.5]
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cbec_kg.errors import RowError
from cbec_kg.model.period import parse

__all__ = ["axis", "place"]

_MOST_TICKS = 12


def place(period: str) -> tuple[float, float] | None:
    """Begin and end of a period, by its code or local name; None where it has no end, or is open."""
    if period.startswith("open"):
        return None
    try:
        closed = parse(period.replace("--", "/").replace("/open", "/.."))
    except RowError:
        return None
    return None if closed.end is None else (_years(closed.start), _years(closed.end))


def axis(ends: Iterable[float], title: list[str] | None = None) -> dict[str, Any]:
    """An axis of years, each named in its middle; ``title`` stands below it, line by line."""
    some = list(ends) or [2020.0]
    first, last = int(min(some)), int(max(some))
    step = -(-(last - first + 1) // _MOST_TICKS)
    return {
        "values": [year + 0.5 for year in range(first, last + 1, step)],
        "labelExpr": "format(floor(datum.value), 'd')",
        "grid": False,
        "title": title,
        "titleAnchor": "start",
        "titleAlign": "left",
        "titlePadding": 14,
        "titleFontSize": 11,
        "titleLimit": 760,
        "labelFlush": False,
    }


def _years(day: date) -> float:
    first, after = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return round(day.year + (day - first).days / (after - first).days, 4)
