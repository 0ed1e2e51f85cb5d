"""Levels of the parts of a period against that of the whole: a sum, and a part that is more than the whole.

>>> from cbec_kg.model.slots import Slots
>>> point = Point(Slots("i", "china", "all", "all", "none", "none"), "2022")
>>> covering(point, ["2022-01--2022-11", "2022-H1", "2022-Q3", "2022-Q4", "2022-12"])
['2022-01--2022-11', '2022-12']
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce
from operator import add

from cbec_kg.model.period import Period
from cbec_kg.model.period import parse as parse_period
from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import Formula, compared
from cbec_kg.reconcile.checks.operands import firm, levels, taken
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.interval import Interval

__all__ = ["CODE", "FORMULAS", "covering", "find", "reach"]

CODE = "period-parts"
_SIGNED = frozenset({"company-profit", "trade-balance"})
"""Flows of which a part may be more than the whole, for another part may be less than nothing."""
_SUM = "sum of level(part) = level"
_BOUND = Formula(CODE, "level(part) <= level", "{}", lambda given: Interval(given[0].lower, None))
FORMULAS = (_SUM, _BOUND.symbols)


def covering(whole: Point, parts: Iterable[str]) -> list[str] | None:
    """The fewest of ``parts`` (names of periods) that follow on each other and make up a period; of several such
    coverings the first by name, None where there is none."""
    closed = whole.closed
    if closed is None or closed.end is None:
        return None
    known = sorted((period for name in parts if closed.contains(period := parse_period(name))), key=_place)
    ways: dict[date, tuple[int, list[str]]] = {closed.start: (0, [])}
    for period in known:
        way = ways.get(period.start)
        if way is None or period.end is None:
            continue
        longer = (way[0] + 1, [*way[1], period.name])
        if period.end not in ways or longer < ways[period.end]:
            ways[period.end] = longer
    found = ways.get(closed.end)
    return found[1] if found else None


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Each level of a flow at a period that parts of it make up, or that a part of it exceeds."""
    closed = point.closed
    if point.slots.indicator not in terms.flows or closed is None or closed.year is None:
        return
    for tested in levels(figures, point):
        parts = {}
        for name in figures.periods(point.slots, closed.year):
            if name != point.period and closed.contains(parse_period(name)):
                part = taken(firm(figures, point.at(name), tested.stating), tested.source, tested.vintage)
                if part:
                    parts[name] = part
        cover = covering(point, parts)
        if cover:
            formula = Formula(CODE, _SUM, " + ".join(["{}"] * len(cover)), lambda given: reduce(add, given))
            yield from compared(formula, tested, [parts[name] for name in cover], figures, terms)
        yield from _exceeding(tested, parts.values(), figures, terms)


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """Points of the series within the same year whose period holds the claim's."""
    closed = one.point.closed
    if one.stating.measure != "level" or one.point.slots.indicator not in terms.flows or not closed or not closed.year:
        return
    for name in figures.periods(one.point.slots, closed.year):
        if name == one.point.period or parse_period(name).contains(closed):
            yield one.point.at(name)


def _place(period: Period) -> tuple[date, date, str]:
    return period.start, period.end or date.max, period.name


def _exceeding(tested: Figure, parts: Iterable[Figure], figures: Figures, terms: Terms) -> list[Finding]:
    """The part that exceeds the whole by most."""
    most = tested.upper
    if most is None or tested.lower is None or tested.lower < 0 or tested.point.slots.indicator in _SIGNED:
        return []
    over = [one for one in parts if one.lower is not None and one.lower > most]
    if not over:
        return []
    part = max(over, key=lambda one: (one.lower or 0, one.digest))
    return compared(_BOUND, tested, [part], figures, terms)
