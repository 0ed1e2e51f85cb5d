"""Which figures a claim is tested with, and at which points they stand.

A claim is tested once: of the figures that an operand may be, one is taken. First one of the claim's own article, else
the best that was known when the claim was made, else the best of all.

>>> from decimal import Decimal
>>> from cbec_kg.model.slots import Slots
>>> point = Point(Slots("i", "china", "all", "all", "none", "none"), "2022")
>>> def level(digest, source, vintage, government=False):
...     return Figure(digest=digest, point=point, stating=level_in("CNY"), status="reported", qualifier="exact",
...                   value=Decimal(1), lower=Decimal(1), upper=Decimal(1), source=source, vintage=vintage,
...                   government=government)
>>> known = [level("b", "a1", "2023-01-13"), level("c", "a2", "2024-01-12", government=True)]
>>> [taken(known, source, day).digest for source, day in (("a1", None), ("a3", "2023-06-01"), ("a3", None))]
['b', 'b', 'c']
"""

from collections.abc import Iterable
from functools import lru_cache

from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.book import Figures
from cbec_kg.reconcile.choose import choose
from cbec_kg.reconcile.figure import Figure, Point, Stating

__all__ = [
    "after", "before", "firm", "is_yoy", "level_in", "levels", "taken", "units", "within_reach",
]  # fmt: skip

_RELATIVE = frozenset({"percent", "percentage_point", "ratio", "rank"})
_FIRST, _LAST = 1001, 2998
"""Years whose neighbours have codes too."""
_ANY = Slots("", "", "", "", "", "")


def taken(figures: Iterable[Figure], source: str, vintage: str | None) -> Figure | None:
    """The one of ``figures`` that a claim of an article and a day is tested with."""
    every = list(figures)
    own = choose(one for one in every if one.source == source)
    known = choose(one for one in every if vintage and one.vintage and one.vintage <= vintage)
    return own or known or choose(every)


def firm(figures: Figures, point: Point, stating: Stating) -> list[Figure]:
    """Figures of a point that state this and are said to be so."""
    return [one for one in figures.at(point) if one.stating == stating and one.is_firm]


def level_in(unit: str | None) -> Stating:
    """What a level in a unit states."""
    return Stating("level", unit)


def levels(figures: Figures, point: Point) -> list[Figure]:
    """Firm levels of a point that arithmetic may use: amounts and counts, no percents or ranks."""
    return [
        one
        for one in figures.at(point)
        if one.is_firm and one.stating == level_in(one.stating.unit) and one.stating.unit not in _RELATIVE
    ]


def units(figures: Figures, tested: Figure, *points: Point) -> list[str]:
    """Units in which all points have levels: first those that the tested claim's article uses, then by name."""
    found = [levels(figures, point) for point in points]
    common = set.intersection(*({str(one.stating.unit) for one in some} for some in found))
    own = {str(one.stating.unit) for some in found for one in some if one.source == tested.source}
    return sorted(common, key=lambda unit: (unit not in own, unit))


def is_yoy(one: Figure) -> bool:
    """Whether a figure is growth in percent over the same period a year before."""
    stating, earlier = one.stating, before(one.point)
    return (
        (stating.measure, stating.unit, stating.basis) == ("growth", "percent", "yoy")
        and one.is_firm
        and (stating.base_period is None or (earlier is not None and stating.base_period == earlier.period))
    )


def before(point: Point) -> Point | None:
    """The point a year earlier, where the year after that is this point again; None elsewhere."""
    earlier = _year_before(point.period)
    return point.at(earlier) if earlier else None


def after(point: Point) -> Point | None:
    """The point of which ``before`` gives this one."""
    later = _year_after(point.period)
    return point.at(later) if later else None


@lru_cache(maxsize=10_000)
def _year_before(period: str) -> str | None:
    point = Point(_ANY, period)
    closed = point.closed
    if closed is None or closed.end is None or not _FIRST <= closed.start.year <= closed.end.year <= _LAST:
        return None
    earlier = point.year_before()
    return earlier.period if earlier and earlier.year_after() == point else None


@lru_cache(maxsize=10_000)
def _year_after(period: str) -> str | None:
    point = Point(_ANY, period)
    closed = point.closed
    if closed is None or closed.end is None or not _FIRST <= closed.start.year <= closed.end.year < _LAST:
        return None
    later = point.year_after()
    return later.period if later and before(later) == point else None


def within_reach(*points: Point | None) -> set[Point]:
    """Those of the points that are there."""
    return {point for point in points if point}
