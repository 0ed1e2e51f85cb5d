"""Ways to compute a figure that no claim states: the one place that asks arithmetic for them.

>>> from cbec_kg.reconcile.book import Book
>>> routes(Point.parse("i_china_all_all_none_none_2022"), "level", Book(), Terms())
[]
"""

from cbec_kg.answer.result import Route
from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.figure import Point

__all__ = ["contribution", "gap", "routes", "share"]

DEPTH = 3


def routes(point: Point, measure: str, figures: Figures, terms: Terms) -> list[Route]:
    """Ways to compute a measure of a point, best first; empty where there is none."""
    return []


def gap(point: Point, against: Point, figures: Figures, terms: Terms) -> list[Route]:
    """Growth of a point less that of another, in percentage points."""
    return []


def contribution(part: Point, whole: Point, figures: Figures, terms: Terms) -> list[Route]:
    """What a part adds to the growth of its whole, in percentage points."""
    return []


def share(part: Point, whole: Point, figures: Figures, terms: Terms) -> list[Route]:
    """Level of a point as a part of that of another, in percent."""
    return []
