"""Books of figures for tests of derivation: from rows of a case file, and made of true values that are known."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import product

from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.book import Ratio, Terms
from cbec_kg.reconcile.derive import Step
from cbec_kg.reconcile.figure import Amount, Figure, Point, Stating

TERMS = Terms(
    flows=frozenset({"cbec-trade-value", "goods-trade-value"}),
    traded=frozenset({"cbec-trade-value", "goods-trade-value"}),
    ratios={
        "cbec-share-of-goods-trade": Ratio("cbec-trade-value", "gac-total", "goods-trade-value", "goods-trade"),
    },
)
MEASURES = ("level", "growth", "exchange-rate")
_STATED = frozenset({"basis", "base_period", "currency_basis", "share_of"})


def bounds(value: Decimal) -> tuple[Decimal, Decimal]:
    """Half a unit of the last written digit to each side."""
    half = Decimal((0, (5,), int(value.as_tuple().exponent) - 1))
    return value - half, value + half


def figure(digest: str, name: str, measure: str, written: object, more: dict | None = None) -> Figure:
    more = dict(more or {})
    value = Decimal(str(written))
    low, high = (
        Decimal(more.pop(key)) if more.get(key) is not None else more.pop(key, usual)
        for key, usual in zip(("lower", "upper"), bounds(value), strict=True)
    )
    unit = more.pop("unit", "CNY" if measure == "level" else "percent")
    basis = {"basis": "yoy"} if measure == "growth" else {}
    stating = Stating(measure, unit, **(basis | {key: more.pop(key) for key in _STATED & more.keys()}))
    again = ((code, Decimal(str(amount))) for code, amount in more.pop("restated", ()))
    restated = frozenset(Amount(code, amount, *bounds(amount)) for code, amount in again)
    usual = {"status": "reported", "qualifier": "exact", "source": "a1"}
    return Figure(
        digest=digest, point=Point.parse(name), stating=stating, value=value, lower=low, upper=high, restated=restated,
        **(usual | more),
    )  # fmt: skip


# ---- worlds

YEARS = (2019, 2020, 2021)
_PARTS = ("", "-H1", "-H2", "-Q1", "-Q2", "-Q3", "-Q4")
PERIODS = tuple(name for year in YEARS for name in (*(f"{year}{part}" for part in _PARTS), f"{year}-01--{year}-09"))
_QUARTERS = {"H1": (1, 2), "H2": (3, 4), "Q1": (1,), "Q2": (2,), "Q3": (3,), "Q4": (4,), "": (1, 2, 3, 4)}
SERIES = (("cbec-trade-value", "gac-total"), ("goods-trade-value", "goods-trade"))
PART = ("cbec-export-retail-value", "none")


def point_of(series: tuple[str, str], flow: str, period: str) -> Point:
    return Point(Slots(series[0], "china", "all", "all", flow, series[1]), period)


@dataclass
class World:
    """True levels of every point, and what may be said of them."""

    levels: dict[Point, Fraction] = field(default_factory=dict)
    shares: dict[Point, Point] = field(default_factory=dict)
    rate: Fraction = Fraction(1)

    @classmethod
    def made(cls, draw: random.Random) -> "World":
        world = cls(rate=Fraction(draw.randint(600, 730), 100))
        for series, flow in product(SERIES, ("export", "import")):
            for year in YEARS:
                quarters = {n: Fraction(draw.randint(1, 10**6)) for n in (1, 2, 3, 4)}
                for period in PERIODS:
                    if period.startswith(f"{year}"):
                        _, _, part = period.partition("-")
                        within = _QUARTERS.get(part, (1, 2, 3))
                        world.levels[point_of(series, flow, period)] = sum((quarters[n] for n in within), Fraction())
        for series, period in product(SERIES, PERIODS):
            world.levels[point_of(series, "total", period)] = (
                world.levels[point_of(series, "export", period)] + world.levels[point_of(series, "import", period)]
            )
        for period in PERIODS:
            part, whole = point_of(PART, "export", period), point_of(SERIES[0], "export", period)
            world.levels[part] = world.levels[whole] * Fraction(draw.randint(1, 1000), 1000)
            world.shares[part] = whole
        return world

    def true(self, point: Point, measure: str) -> Fraction | None:
        """The true value of a measure, in its unit."""
        if measure == "exchange-rate":
            return self.rate
        if point.slots.indicator == "cbec-share-of-goods-trade":
            part, whole = (point_of(series, point.slots.flow, point.period) for series in SERIES)
            return self.levels[part] / self.levels[whole] * 100 if measure == "level" else None
        if measure == "level":
            return self.levels.get(point)
        before = point.year_before()
        if before is None or before not in self.levels:
            return None
        return (self.levels[point] / self.levels[before] - 1) * 100

    def goals(self) -> Iterator[tuple[Point, str]]:
        for point in self.levels:
            yield from ((point, measure) for measure in MEASURES)
        for flow, period in product(("export", "import", "total"), PERIODS):
            yield point_of(("cbec-share-of-goods-trade", "none"), flow, period), "level"

    def figures(self, draw: random.Random, count: int) -> list[Figure]:
        """So many true figures, each rounded as its text pleases."""
        return [self._stated(draw, f"{number:04}") for number in range(count)]

    def _stated(self, draw: random.Random, digest: str) -> Figure:
        point = draw.choice(list(self.levels))
        measure = draw.choice(("level", "level", "growth", "share"))
        if measure == "share" and point not in self.shares:
            measure = "level"
        true = self.levels[point] / self.levels[self.shares[point]] * 100 if measure == "share" else None
        true = self.true(point, measure) if true is None else true
        if true is None:
            measure, true = "level", self.levels[point]
        value, low, high, qualifier = rounded(true, draw)
        unit = "CNY" if measure == "level" else "percent"
        restated = frozenset[Amount]()
        if measure == "level" and draw.random() < 0.2:
            restated = frozenset({Amount("USD", *rounded(true / self.rate, draw)[:3])})
        share_of = self.shares[point].name if measure == "share" else None
        return Figure(
            digest=digest, point=point, value=value, lower=low, upper=high, qualifier=qualifier, restated=restated,
            stating=Stating(measure, unit, "yoy" if measure == "growth" else None, share_of=share_of),
            status=draw.choice(("reported", "reported", "revised", "estimate")), source=draw.choice(("a1", "a2", "a3")),
            vintage=draw.choice((None, "2022-01-14", "2023-01-13")), government=draw.random() < 0.3,
        )  # fmt: skip


def rounded(true: Fraction, draw: random.Random) -> tuple[Decimal, Decimal | None, Decimal | None, str]:
    """Value, bounds and qualifier of a figure that says something true."""
    places = draw.randint(-3, 2)
    unit = Decimal((0, (1,), -places))
    value = round(true / Fraction(unit)) * unit
    match draw.choice(("exact", "exact", "exact", "over", "about", "under")):
        case "over" if true != 0:
            least = (true / Fraction(unit)).__floor__() * unit
            return least, least, None, "over"
        case "under":
            most = (true / Fraction(unit)).__ceil__() * unit
            return most, most - unit, most, "under"
        case "about":
            return value, value - unit / 2, value + unit / 2, "about"
    return value, value - unit / 2, value + unit / 2, "exact"


def quarrelling(draw: random.Random, count: int) -> list[Figure]:
    """Figures that need not fit each other, of any status, unit and source, at a few points."""
    points = [
        point_of(series, flow, period)
        for series in SERIES
        for flow in ("export", "import", "total")
        for period in ("2019", "2020", "2020-H1", "2020-H2", "2020-Q1", "2021", "open-H1_a1", "open_a1", "2016--open")
    ] + [point_of(PART, "export", period) for period in ("2019", "2020", "2021")]
    found = []
    for number in range(count):
        point, measure = draw.choice(points), draw.choice(("level", "level", "growth", "share", "rank"))
        value = Decimal(draw.randint(1, 90))
        unit = {"level": draw.choice(("CNY", "CNY", "USD")), "rank": "rank"}.get(measure, "percent")
        whole = point_of(SERIES[0], "export", draw.choice((point.period, "2020"))).name if measure == "share" else None
        amount = draw.randint(1, 20)
        restated = frozenset({Amount("EUR", Decimal(amount), *bounds(Decimal(amount)))} if draw.random() < 0.2 else ())
        low, high = bounds(value)
        found.append(
            Figure(
                digest=f"{number:04}",
                point=point,
                value=value,
                lower=draw.choice((low, low, None)),
                upper=high,
                stating=Stating(
                    measure,
                    unit,
                    draw.choice(("yoy", "yoy", "cagr")) if measure == "growth" else None,
                    share_of=whole,
                    currency_basis=draw.choice((None, None, "USD")) if measure == "growth" else None,
                ),
                status=draw.choice(("reported", "revised", "estimate", "forecast")),
                qualifier="exact",
                source=draw.choice(("a1", "a2")),
                vintage=draw.choice((None, "2022-01-14")),
                restated=restated if measure == "level" else frozenset(),
            )
        )
    return found


def every_step(step: Step) -> Iterator[tuple[Step, tuple[Step, ...]]]:
    """Each step of a route with those that it serves."""

    def walk(one: Step, above: tuple[Step, ...]) -> Iterator[tuple[Step, tuple[Step, ...]]]:
        yield one, above
        for other in one.inputs:
            if isinstance(other, Step):
                yield from walk(other, (*above, one))

    return walk(step, ())
