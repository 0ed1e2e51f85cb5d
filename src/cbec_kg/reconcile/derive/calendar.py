"""Periods as derivations need them: the year before, what is left of a longer period, coverings without a gap.

>>> before("2022-H1"), after("2021"), before("open-H1_a1"), before("2016--open")
('2021-H1', '2022', None, None)
>>> rest("2020", "2020-H1"), rest("2020-H1", "2020-Q1"), rest("2020", "2020-Q2")
('2020-H2', '2020-Q2', None)
>>> coverings("2020", ["2020-H1", "2020-Q3", "2020-Q4", "2020-01--2020-09"])
[('2020-01--2020-09', '2020-Q4')]
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from cbec_kg.model.period import Period, parse
from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.figure import Point

__all__ = ["after", "before", "closed", "contains", "coverings", "natural", "rest", "touching", "year_of"]

_FIRST, _LAST = 1000, 2999
"""Years that codes can name."""
_ANY = Slots("any", "any", "all", "all", "none", "none")


@lru_cache(maxsize=4096)
def closed(name: str) -> Period | None:
    """The calendar period of a local name, None where it has no end or is left open by its text."""
    if name.startswith("open"):
        return None
    period = parse(name)
    return period if period.end is not None else None


def year_of(name: str) -> int | None:
    """The calendar year that holds the whole period, if one does."""
    period = closed(name)
    return period.year if period else None


@lru_cache(maxsize=4096)
def after(name: str) -> str | None:
    """The same period a year later; None where there is none, or where the two overlap."""
    period = closed(name)
    later = Point(_ANY, name).year_after() if period and _goes_back(period) else None
    if later is None or period is None:
        return None
    then = closed(later.period)
    return later.period if then and period.end is not None and period.end <= then.start else None


@lru_cache(maxsize=4096)
def before(name: str) -> str | None:
    """The same period a year earlier, where that one's year after is this; 29 February has none."""
    period = closed(name)
    if period is None or not _goes_back(period):
        return None
    earlier = period.year_before()
    if earlier.end is None or earlier.start >= earlier.end or earlier.end > period.start:
        return None
    return earlier.name if after(earlier.name) == name else None


def contains(whole: str, part: str) -> bool:
    """Whether a period lies within another and is not the same."""
    one, other = closed(whole), closed(part)
    return bool(one and other and one.contains(other))


@lru_cache(maxsize=4096)
def rest(whole: str, part: str) -> str | None:
    """What is left of a period without a part at one of its ends; None where the part is elsewhere."""
    one, other = closed(whole), closed(part)
    if not one or not other or not one.end or not other.end or not one.contains(other):
        return None
    if other.start == one.start:
        return Period(other.end, one.end).name
    return Period(one.start, other.start).name if other.end == one.end else None


def touching(a: str, b: str) -> bool:
    """Whether one period begins where the other ends."""
    one, other = closed(a), closed(b)
    return bool(one and other and (one.end == other.start or other.end == one.start))


@lru_cache(maxsize=64)
def natural(year: int) -> tuple[str, ...]:
    """Names of a year's periods that statistics speak of: the year, halves, quarters, months, January to any month.

    >>> len(natural(2020)), natural(2020)[:3], natural(2020)[-1]
    (27, ('2020', '2020-01', '2020-01--2020-02'), '2020-Q4')
    """
    codes = [f"{year:04}", *(f"{year:04}-H{n}" for n in (1, 2)), *(f"{year:04}-Q{n}" for n in (1, 2, 3, 4))]
    codes += [f"{year:04}-{month:02}" for month in range(1, 13)]
    codes += [f"{year:04}-01/{year:04}-{month:02}" for month in range(2, 12)]
    return tuple(sorted({parse(code).name for code in codes}))


def coverings(whole: str, pieces: Iterable[str]) -> list[tuple[str, ...]]:
    """Rows of pieces that make up a period without gap or overlap, in order of time.

    Only the coarsest: none in which several pieces could be replaced by one of the others.
    """
    period = closed(whole)
    if period is None or period.end is None:
        return []
    known = sorted({name for name in pieces if contains(whole, name)})
    spans = {(one.start, one.end): name for name in known if (one := closed(name))}
    found: list[tuple[str, ...]] = []

    def go_on(done: tuple[Period, ...], start: date) -> None:
        if start == period.end:
            found.append(tuple(one.name for one in done))
            return
        for begin, end in sorted(spans, key=lambda span: (span[0], span[1] or date.max)):
            if begin != start or end is None or any((one.start, end) in spans for one in done):
                continue
            go_on((*done, Period(begin, end)), end)

    go_on((), period.start)
    return sorted(found)


def _goes_back(period: Period) -> bool:
    """Whether codes can name the year before and the year after."""
    return period.end is not None and period.start.year > _FIRST and period.end.year < _LAST
