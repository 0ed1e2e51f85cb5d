"""Where a period lies on a chart's axis of time, in years: 2020 begins at 2020.0 and ends at 2021.0.

>>> [float(end) for end in place("2020-H1")]
[2020.0, 2020.4973]
>>> place("2016--open"), place("open-H1_a1"), place("no period")
(None, None, None)
>>> axis(2015, 2023, 640)["values"][:3], axis(2015, 2023, 640)["labelOffset"]
([2015, 2016, 2017], 40.0)
"""

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


def axis(first: int, after: int, width: float, title: list[str] | None = None) -> dict[str, Any]:
    """An axis of the years from ``first`` up to ``after``, ``width`` pixels long, for a scale of just these.

    A year begins at its tick and bears its name in the middle; ``title`` stands below, line by line.
    """
    step = -(-(after - first) // _MOST_TICKS)
    return {
        "values": list(range(first, after, step)),
        "format": "d",
        "labelOffset": width / (after - first) / 2,
        "grid": True,
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
