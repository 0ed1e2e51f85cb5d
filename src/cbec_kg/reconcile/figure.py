"""Figures as reconciliation sees them: one claim each, with what its evidence adds, and the point that it is of.

Everything here is plain data: codes as in rows, periods by their local names, exact decimals.

>>> point = Point(Slots("cbec-trade-value", "china", "all", "all", "export", "gac-total"), "2022")
>>> point.year_before().period, point.flowing("total").slots.flow
('2021', 'total')
>>> Point(point.slots, "open-H1_a1").year_before() is None
True
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from cbec_kg.model.period import Period, parse
from cbec_kg.model.slots import Slots, split_observation_name
from cbec_kg.reconcile.interval import Interval

__all__ = ["FIRM", "Amount", "Figure", "Move", "Point", "Stating", "joined", "plainly"]

FIRM = frozenset({"reported", "preliminary", "revised", "estimate"})
"""Statuses of what is said to be so; forecasts and targets are not."""
_NO_PERIOD = "open_"


@dataclass(frozen=True, slots=True)
class Point:
    """One data point: the dimensions of a series at a period, by the period's local name."""

    slots: Slots
    period: str

    @classmethod
    def parse(cls, name: str) -> "Point":
        """Point of an observation's name; raises `RowError`."""
        return cls(*split_observation_name(name))

    @property
    def name(self) -> str:
        """Local name of the observation."""
        return self.slots.at(self.period)

    @property
    def closed(self) -> Period | None:
        """Its calendar period; None where the text leaves it open."""
        return None if self.period.startswith("open") else parse(self.period)

    @property
    def is_told(self) -> bool:
        """Whether a period is said at all: figures without one may be of different periods."""
        return not self.period.startswith(_NO_PERIOD)

    def at(self, period: str) -> "Point":
        """The same series at another period."""
        return replace(self, period=period)

    def flowing(self, flow: str) -> "Point":
        """The same in another direction of trade."""
        return replace(self, slots=replace(self.slots, flow=flow))

    def year_before(self) -> "Point | None":
        """The same interval a year earlier; None where the period is open or has no end."""
        closed = self.closed
        return None if closed is None or closed.end is None else self.at(closed.year_before().name)

    def year_after(self) -> "Point | None":
        """The point whose year before is this one; None where there is none."""
        closed = self.closed
        if closed is None or closed.end is None:
            return None
        try:
            later = Period(_year_on(closed.start), _year_on(closed.end))
        except ValueError:
            return None
        return self.at(later.name) if later.year_before() == closed else None


def _year_on(day: date) -> date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


@dataclass(frozen=True, slots=True)
class Stating:
    """What a claim gives of its point, as codes; claims that differ here cannot contradict each other."""

    measure: str
    unit: str | None
    basis: str | None = None
    base_period: str | None = None
    currency_basis: str | None = None
    share_of: str | None = None
    ranked_among: str | None = None


def plainly(stating: Stating, point: Point) -> Stating:
    """What is stated, without a base period that growth on the year before has anyway.

    >>> point = Point(Slots("i", "china", "all", "all", "none", "none"), "2022")
    >>> plainly(Stating("growth", "percent", "yoy", base_period="2021"), point).base_period is None
    True
    """
    if stating.basis != "yoy" or stating.base_period is None:
        return stating
    before = point.year_before()
    return replace(stating, base_period=None) if before and before.period == stating.base_period else stating


@dataclass(frozen=True, slots=True, order=True)
class Amount:
    """A figure again in another currency; bounds are in that currency, None is no bound."""

    unit: str
    value: Decimal
    lower: Decimal | None
    upper: Decimal | None

    @property
    def interval(self) -> Interval:
        """What the amount may be."""
        return Interval(self.lower, self.upper)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One statistical claim with a value.

    ``vintage`` is the earliest day of its evidence (YYYY-MM-DD), ``source`` the article that gives it that day (of
    several the lowest id; without any day the lowest of all). ``government``, ``scope_stated`` and ``reviewed`` hold
    where any evidence gives them; ``speakers`` are all to whom it is attributed; bounds are in its own unit.
    ``growths`` are the growth claims of the same point that ``source`` states too; `cbec_kg.reconcile.book` finds them.
    ``may_show`` is whether its observation may show it: in the indicator's own unit, whole or group.
    """

    digest: str
    point: Point
    stating: Stating
    status: str
    qualifier: str
    value: Decimal
    lower: Decimal | None
    upper: Decimal | None
    vintage: str | None = None
    source: str = ""
    speakers: frozenset[str] = frozenset()
    government: bool = False
    scope_stated: bool = False
    reviewed: bool = False
    restated: frozenset[Amount] = frozenset()
    growths: frozenset[str] = frozenset()
    may_show: bool = False

    @property
    def interval(self) -> Interval:
        """What the written figure allows."""
        return Interval(self.lower, self.upper)

    @property
    def is_firm(self) -> bool:
        """Whether it is said to be so, and not foreseen or wished for."""
        return self.status in FIRM


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One trend claim on a series: it rose, fell, stayed; ``point`` is of the whole period of the move."""

    digest: str
    point: Point
    direction: str
    status: str
    vintage: str | None = None
    source: str = ""


def joined(figures: Iterable[Figure]) -> Figure:
    """One claim as several articles give it; at least one is given, and all have the digest.

    >>> slots = Slots("i", "china", "all", "all", "none", "none")
    >>> one = Figure(digest="a", point=Point(slots, "2022"), stating=Stating("level", "CNY"), status="reported",
    ...              qualifier="exact", value=Decimal(1), lower=Decimal(1), upper=Decimal(1), source="a1")
    >>> both = joined([one, replace(one, vintage="2022-05-01", source="a9", scope_stated=True)])
    >>> both == replace(one, vintage="2022-05-01", source="a9", scope_stated=True)
    True
    """
    first, *others = figures
    if not others:
        return first
    every = (first, *others)
    day, source = min((one.vintage or "9999", one.source) for one in every)
    return replace(
        first,
        vintage=None if day == "9999" else day,
        source=source,
        speakers=frozenset().union(*(one.speakers for one in every)),
        government=any(one.government for one in every),
        scope_stated=any(one.scope_stated for one in every),
        reviewed=any(one.reviewed for one in every),
        restated=frozenset().union(*(one.restated for one in every)),
        growths=frozenset(),
    )
