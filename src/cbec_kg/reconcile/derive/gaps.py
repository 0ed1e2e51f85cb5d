"""Figures about two points: growth against growth, and a part's contribution to the growth of its whole.

>>> from decimal import Decimal
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.book import Book
>>> from cbec_kg.reconcile.figure import Figure, Stating
>>> def grown(digest, indicator, value):
...     value, half = Decimal(value), Decimal("0.05")
...     return Figure(digest=digest, point=Point(Slots(indicator, "china", "all", "all", "total", "none"), "2020"),
...                   stating=Stating("growth", "percent", "yoy"), status="reported", qualifier="exact", value=value,
...                   lower=value - half, upper=value + half)
>>> book = Book([grown("a", "cbec-trade-value", "31.1"), grown("b", "goods-trade-value", "1.9")])
>>> one, other = (book.figures[digest].point for digest in "ab")
>>> [step.calculation for step in gap(one, other, book, Terms())]
['31.1 - 1.9 = 29.2; [31.05, 31.15] - [1.85, 1.95] = [29.1, 29.3]']
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.derive.calendar import before
from cbec_kg.reconcile.derive.option import Option, sides, together
from cbec_kg.reconcile.derive.plan import Need, Plan
from cbec_kg.reconcile.derive.search import Search, best_first, made
from cbec_kg.reconcile.derive.step import Step
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.growth import HUNDRED, is_money
from cbec_kg.reconcile.interval import Interval

__all__ = ["contribution", "gap"]

_POINTS = "percentage_point"


def gap(point: Point, against: Point, figures: Figures, terms: Terms, *, depth: int = 3) -> tuple[Step, ...]:
    """By how many percentage points one growth exceeds another of the same period, stated growths or derived ones.

    Where growths of a point contradict each other there is a step for each of them, the best first. Empty where a
    growth is not known, the periods differ or none is said, or one growth is in terms of another currency.
    """
    if point == against or point.period != against.period or not point.is_told:
        return ()
    search, goal = Search(figures, terms), frozenset({(point, "growth-gap")})
    plan = Plan("growth(P) - growth(Q)", "{} - {}", (Need(point, "growth"), Need(against, "growth")), Interval.__sub__)
    ours, theirs = (search.options(need, depth - 1, goal) for need in plan.needs)
    pairs = {pair: None for one in _by_currency(ours) for other in _by_currency(theirs) for pair in _pairs(one, other)}
    steps = (made("growth-gap", plan, pair, point, "growth-gap", _POINTS) for pair in pairs)
    return tuple(sorted((one for one in steps if one), key=best_first))


def contribution(part: Point, whole: Point, figures: Figures, terms: Terms, *, depth: int = 3) -> tuple[Step, ...]:
    """How many percentage points of its whole's growth on the year before a part makes up, the best route first.

    Levels are stated or derived, all in one unit; empty where one is not known, or the periods differ.
    """
    earlier = before(part.period)
    if part == whole or part.period != whole.period or earlier is None:
        return ()
    plan = Plan(
        "contribution(part) = (level(part, P) - level(part, P - 1y)) / level(whole, P - 1y) * 100",
        "({} - {}) / {} * 100",
        (Need(part), Need(part.at(earlier)), Need(whole.at(earlier))),
        _points_of,
        unit=_POINTS,
        amounts=True,
    )
    search, goal = Search(figures, terms), frozenset({(part, "contribution")})
    return tuple(sorted(search.steps("contribution", plan, part, "contribution", depth, goal), key=best_first))


def _points_of(now: Interval, then: Interval, whole: Interval) -> Interval | None:
    return (now - then) / whole * HUNDRED if whole.lower is not None and whole.lower > 0 else None


Currency = tuple[bool, str]


def _currency(option: Option) -> Currency:
    """Whether a growth is derived; and of levels in which unit, or in terms of which currency it is stated."""
    if isinstance(option.item, Figure):
        return False, option.item.stating.currency_basis or ""
    return True, option.item.level_unit or ""


def _by_currency(options: Sequence[Option]) -> list[tuple[Currency, list[Option]]]:
    return [(currency, list(alike)) for currency, alike in groupby(sorted(options, key=_currency), key=_currency)]


def _pairs(one: tuple[Currency, list[Option]], other: tuple[Currency, list[Option]]) -> Iterator[tuple[Option, ...]]:
    """Growths that go together; a side that none of them takes goes with the best of the other point."""
    (currency, ours), (another, theirs) = one, other
    if not _is_comparable(currency, another):
        return
    pairs = list(together([ours, theirs]))
    yield from pairs
    for side in sides(ours):
        if not any(side.interval.meets(pair[0].interval) for pair in pairs):
            yield side, _partner(side, theirs)
    for side in sides(theirs):
        if not any(side.interval.meets(pair[1].interval) for pair in pairs):
            yield _partner(side, ours), side


def _partner(side: Option, options: Sequence[Option]) -> Option:
    return next((one for one in options if one.source is not None and one.source == side.source), options[0])


def _is_comparable(one: Currency, other: Currency) -> bool:
    """Whether two growths are in the same terms: a derived one is in terms of its levels' currency, if it is one."""
    if one[0] and other[0]:
        return one[1] == other[1] or not (is_money(one[1]) and is_money(other[1]))
    if one[0] or other[0]:
        derived, stated = (one[1], other[1]) if one[0] else (other[1], one[1])
        return stated in ("", derived)
    return one[1] == other[1]
