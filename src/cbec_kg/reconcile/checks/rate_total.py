"""An average over time against what it spreads: so much a minute, times the minutes of the period, is the total.

A half or quarter whose year is left open has as many days as it may have.

>>> _days("2020"), _days("open-H1_a1"), _days("open-01_a1")
(Interval(lower=Decimal('366'), upper=Decimal('366')), Interval(lower=Decimal('181'), upper=Decimal('182')), None)
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from cbec_kg.model.period import parse
from cbec_kg.reconcile.book import Figures, Rate, Terms
from cbec_kg.reconcile.checks.compared import Formula, compared
from cbec_kg.reconcile.checks.operands import firm, level_in, taken
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.interval import Interval

__all__ = ["CODE", "FORMULAS", "find", "reach"]

CODE = "rate-total"
FORMULAS = ("level / time = rate",)
_DAY = 24 * 60 * 60
_OPEN = {"H1": (181, 182), "H2": (184, 184), "Q1": (90, 91), "Q2": (91, 91), "Q3": (92, 92), "Q4": (92, 92)}


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Each level of an indicator that is an average over time."""
    rate, days = terms.rates.get(point.slots.indicator), _days(point.period)
    if rate is None or days is None:
        return
    total = _total(point, rate)
    times = days * Interval.exactly(Decimal(_DAY) / rate.seconds)
    said = " to ".join(dict.fromkeys(format(end.normalize(), "f") for end in (times.lower, times.upper) if end))
    formula = Formula(CODE, FORMULAS[0], f"{{}} / ({said})", lambda given: given[0] / times)
    for tested in figures.at(point):
        if tested.is_firm and tested.stating == level_in(tested.stating.unit):
            levels = firm(figures, total, tested.stating)
            level = taken(levels, tested.source, tested.vintage)
            if level:
                yield from compared(formula, tested, [level], figures, terms)


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """A level bears on the averages of its period, which may be of any scope."""
    yield one.point
    for indicator, rate in terms.rates.items():
        if rate.whole == one.point.slots.indicator and rate.scope == one.point.slots.scope:
            place = Point(replace(one.point.slots, indicator=indicator, scope="none"), one.point.period)
            yield place
            yield from figures.scopes(place)


def _total(point: Point, rate: Rate) -> Point:
    return Point(replace(point.slots, indicator=rate.whole, scope=rate.scope), point.period)


def _days(period: str) -> Interval | None:
    """Days of a period, by its local name; None where they are not known."""
    if period.startswith("open"):
        found = _OPEN.get(period.removeprefix("open-").split("_")[0])
        return Interval.of(*found) if found else None
    closed = parse(period)
    return None if closed.end is None else Interval.exactly((closed.end - closed.start).days)
