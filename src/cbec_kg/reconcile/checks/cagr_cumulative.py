"""Growth a year over several years, growth in all over the same years, and the levels of both ends.

Growth of 35 percent a year over five years is 348 percent in all:

>>> percent(factor(Interval.exactly(35)).power(5)).tidy(4).upper
Decimal('348.5')
>>> from cbec_kg.model.slots import Slots
>>> years_from("2010", Point(Slots("i", "china", "all", "all", "none", "none"), "2015"))
5
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Context

from cbec_kg.errors import RowError
from cbec_kg.model.period import Period
from cbec_kg.model.period import parse as parse_period
from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import Formula, compared, text
from cbec_kg.reconcile.checks.operands import firm, level_in, taken, units
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.growth import factor, is_money, percent
from cbec_kg.reconcile.interval import Interval

__all__ = ["CODE", "FORMULAS", "find", "reach", "years_from"]

CODE = "cagr-cumulative"
_TOGETHER = "(1 + cagr) ^ years - 1 = cumulative growth"
_IN_ALL = "level / level(base period) - 1 = cumulative growth"
_A_YEAR = "(level / level(base period)) ^ (1 / years) - 1 = cagr"
FORMULAS = (_TOGETHER, _IN_ALL, _A_YEAR)
_SHORT = Context(prec=4, rounding=ROUND_HALF_EVEN)


def years_from(base: str, point: Point) -> int | None:
    """How many whole years lie between a base period and a point's: the same part of two years, or two years of which
    the later ends the point's range. None for open periods and others."""
    closed, earlier = point.closed, _closed(base)
    if closed is None or closed.end is None or earlier is None or earlier.end is None:
        return None
    if closed.year is None:
        if (closed.start.month, closed.start.day, closed.end.month, closed.end.day) != (1, 1, 1, 1):
            return None
        closed = Period(closed.end.replace(year=closed.end.year - 1), closed.end)
    elif closed.start.day != earlier.start.day or closed.start.month != earlier.start.month:
        return None
    years = closed.start.year - earlier.start.year
    same = closed.end is not None and closed.end == _years_on(earlier.end, years)
    return years if years > 0 and same else None


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Each growth over years of a closed point against the other kind of growth, and against levels."""
    for tested in figures.at(point):
        basis, base = tested.stating.basis, tested.stating.base_period
        if not tested.is_firm or not _is_long(tested) or base is None:
            continue
        years = years_from(base, point)
        if years is None:
            continue
        if basis == "cumulative":
            yield from _against_cagr(tested, years, figures, terms)
        yield from _against_levels(tested, years, figures, terms)


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """A level bears on growth at its point, and on growth since its period."""
    yield one.point
    if one.stating.measure == "level":
        for growth in figures.since(one.point):
            yield growth.point


def _years_on(day: date, years: int) -> date | None:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return None


def _closed(period: str) -> Period | None:
    try:
        return None if period.startswith("open") else parse_period(period)
    except RowError:
        return None


def _is_long(one: Figure) -> bool:
    stating = one.stating
    return stating.measure == "growth" and stating.unit == "percent" and stating.basis in ("cagr", "cumulative")


def _against_cagr(tested: Figure, years: int, figures: Figures, terms: Terms) -> Iterator[Finding]:
    wanted = (tested.stating.base_period, tested.stating.currency_basis)
    rates = [
        one
        for one in figures.at(tested.point)
        if one.is_firm
        and _is_long(one)
        and one.stating.basis == "cagr"
        and (one.stating.base_period, one.stating.currency_basis) == wanted
    ]
    rate = taken(rates, tested.source, tested.vintage)
    if rate is None:
        return

    def in_all(given: Sequence[Interval]) -> Interval | None:
        multiple = factor(given[0])
        return percent(multiple.power(years)) if multiple.lower is not None and multiple.lower >= 0 else None

    formula = Formula(CODE, _TOGETHER, f"((1 + {{}} / 100) ^ {years} - 1) * 100", in_all)
    for finding in compared(formula, tested, [rate], figures, terms, slip=True):
        yield replace(finding, calculation=finding.calculation + _a_year(tested, years))


def _a_year(tested: Figure, years: int) -> str:
    """The growth a year that a growth in all is, in words of a calculation."""
    yearly = percent(factor(Interval.exactly(tested.value)).root(years)).middle if tested.value > -100 else None
    return "" if yearly is None else f"; {text(tested.value)} in all is {_SHORT.plus(yearly)} a year"


def _against_levels(tested: Figure, years: int, figures: Figures, terms: Terms) -> Iterator[Finding]:
    if tested.point.closed is None or tested.point.closed.year is None:
        return  # the level of a range of years is the sum of all of them
    base = tested.point.at(str(tested.stating.base_period))
    currency = tested.stating.currency_basis
    yearly = tested.stating.basis == "cagr"

    def grown(given: Sequence[Interval]) -> Interval | None:
        level, start = given
        if start.lower is None or start.lower <= 0 or level.lower is None or level.lower < 0:
            return None
        return percent((level / start).root(years) if yearly else level / start)

    formula = (
        Formula(CODE, _A_YEAR, f"(({{}} / {{}}) ^ (1 / {years}) - 1) * 100", grown)
        if yearly
        else Formula(CODE, _IN_ALL, "({} / {} - 1) * 100", grown)
    )
    for unit in units(figures, tested, tested.point, base):
        if currency and is_money(unit) and currency != unit:
            continue
        ends = [
            taken(firm(figures, place, level_in(unit)), tested.source, tested.vintage) for place in (tested.point, base)
        ]
        yield from compared(formula, tested, [one for one in ends if one], figures, terms)
        break
