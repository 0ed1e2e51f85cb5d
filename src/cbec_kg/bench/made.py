"""Contents of articles that nobody wrote, by number: what each says of the `world` that they have in common.

So many articles in a row are of one series and year, so that more articles have more points, and of each point a few
claims: rounded so or so, told as first known or as revised, some of them wrong. Beside it most repeat national figures
that thousands of others state as well.

>>> Made().content(7) == Made().content(7) != Made().content(8)
True
>>> rows = [row for number in range(50) for row in Made().content(number).rows if isinstance(row, ObservationRow)]
>>> sum(row.entity == "china" for row in rows) > 30, sorted({row.entity for row in rows})
(True, ['china', 'hangzhou'])
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from cbec_kg.bench.world import FIRST, FLOWS, LAST, SERIES, Series
from cbec_kg.model.article import Article
from cbec_kg.model.period import Period, parse
from cbec_kg.model.rows import FactorRow, ObservationRow, Row, TrendRow
from cbec_kg.pipeline.sources import Curated

__all__ = ["Made"]

_TOGETHER = 25
"""Articles in a row that are of one series and year."""
_WRONG = 0.03
_PARTS = (
    ("",) * 7, ("-H1", "-H2", "-H1"), ("-Q1", "-Q2", "-Q3", "-Q4"), tuple(f"-{month:02}" for month in range(1, 13)),
    tuple(f"-01/{{year}}-{month:02}" for month in (2, 4, 5, 8, 10, 11)),
)  # fmt: skip
_FACTORS = ("covid-19", "cbec-development", "brand-building")
_CUSTOMS = "general-administration-of-customs"
_NATIONAL = Series("china")


class Made:
    """Made-up contents; another seed gives other articles of the same world."""

    def __init__(self, seed: int = 0, prefix: str = "made") -> None:
        self.seed, self.prefix = seed, prefix

    def content(self, number: int) -> Curated:
        """The content of a number: figures of its series and year, often some of the nation's, sometimes a cause."""
        draw = Random(self.seed * 1_000_003 + number)
        family = number // _TOGETHER
        years = LAST - FIRST + 1
        series, year = SERIES[family // years % len(SERIES)], FIRST + family % years
        period = _period(draw, year)
        assert period.end
        day = period.end + timedelta(days=draw.randint(8, 300))
        if draw.random() < 0.5:
            day = date(2024, 1, 20) + timedelta(days=draw.randint(0, 300))  # who looks back
        name = f"{self.prefix}-{number}"
        voice = _Voice(name, draw, day, draw.random() < 0.25)
        rows = [*voice.of(series, period), *voice.of_nation()]
        article = Article(
            id=name, lang="en", sha256=f"{draw.getrandbits(256):064x}", length=2_000,
            published=None if voice.undated else day.isoformat(),
        )  # fmt: skip
        return Curated(article, _placed(rows))

    def early(self, number: int) -> Curated:
        """An article that gives figures of the nation before any other does, so that all that rests on them changes."""
        draw = Random(self.seed * 1_000_003 + number)
        year = parse(str(FIRST + number % (LAST - FIRST + 1)))
        assert year.end
        name, day = f"{self.prefix}-early-{number}", year.end - timedelta(days=1)
        rows = list(_Voice(name, draw, day, undated=False).of_year(year))
        rows = [replace(row, released_on=day.isoformat()) for row in rows]
        article = Article(
            id=name, lang="en", sha256=f"{draw.getrandbits(256):064x}", length=2_000, published=day.isoformat()
        )
        return Curated(article, _placed(rows))


def _placed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows of an article, each with characters of its own."""
    return tuple(replace(row, start=10 * at, end=10 * at + 9) for at, row in enumerate(rows))


def _period(draw: Random, year: int) -> Period:
    """A period of a year: often the year itself, else a part of it."""
    return parse(f"{year}{draw.choice(draw.choice(_PARTS)).format(year=year)}")


@dataclass(frozen=True, slots=True)
class _Voice:
    """How one article tells what it knows on its day."""

    article: str
    draw: Random
    day: date
    undated: bool

    def of(self, series: Series, period: Period) -> Iterator[Row]:
        """Some figures of a series in one period."""
        chance = self.draw.random
        yield self._level(series, "total", period)
        yield from (self._level(series, flow, period) for flow in FLOWS if chance() < 0.5)
        yield from (self._growth(series, flow, period) for flow in ("total", *FLOWS) if chance() < 0.3)
        if chance() < 0.1:
            yield self._share(series, period)
        if chance() < 0.1:
            yield self._level(series, "total", period.year_before())
        if chance() < 0.1:
            yield self._trend(series, "total", period)
        if chance() < 0.3:
            yield FactorRow(
                article=self.article, start=0, end=0, status="actual", polarity="positive", period=period.code,
                factor=self.draw.choice(_FACTORS), outcome="chinese-economy",
            )  # fmt: skip

    def of_nation(self) -> Iterator[Row]:
        """Figures of all China in the last year but one, or the one before."""
        if self.draw.random() < 0.3:
            return
        year = min(LAST, self.day.year - self.draw.choice((1, 1, 2)))
        if year >= FIRST:
            yield from self.of_year(parse(str(year)))

    def of_year(self, year: Period) -> Iterator[Row]:
        """The nation's total of a year, and often more of it."""
        yield self._level(_NATIONAL, "total", year)
        if self.draw.random() < 0.4:
            yield self._growth(_NATIONAL, "total", year)
        if self.draw.random() < 0.2:
            yield from (self._level(_NATIONAL, flow, year) for flow in FLOWS)
        if self.draw.random() < 0.05:
            yield self._trend(_NATIONAL, "total", year)

    def _knows_revised(self, series: Series, period: Period) -> bool:
        return self.day >= date(period.start.year + 2, 1, 1) and series.is_revised(period.start.year)

    def _level(self, series: Series, flow: str, period: Period) -> ObservationRow:
        value = series.level(flow, period, revised=self._knows_revised(series, period))
        if self.draw.random() < _WRONG:  # a digit too many, or the year before
            value = self.draw.choice((value * 10, value * 9 / 10))
        digits = self.draw.choice((3,) * 12 + (4,) * 7 + (2,))
        value, half = _written(value, value.adjusted() - digits + 1)
        about = "about" if digits < 3 else "exact"
        return self._row(series, flow, period, kind="level", value=value, half=half, unit="CNY", qualifier=about)

    def _growth(self, series: Series, flow: str, period: Period) -> ObservationRow:
        value = series.growth(flow, period, revised=self._knows_revised(series, period))
        if self.draw.random() < _WRONG:
            value = self.draw.choice((value + 10, value - 1))
        value, half = _written(value, -1)
        return self._row(series, flow, period, kind="growth", value=value, half=half, unit="percent", basis="yoy")

    def _share(self, series: Series, period: Period) -> ObservationRow:
        value = series.level("export", period) / series.level("total", period) * 100
        value, half = _written(value, -1)
        whole = series.slots("total").at(period.name)
        return self._row(series, "export", period, kind="share", value=value, half=half, unit="percent", share_of=whole)

    def _row(
        self, series: Series, flow: str, period: Period, *, kind: str, value: Decimal, half: Decimal, unit: str,
        basis: str | None = None, share_of: str | None = None, qualifier: str = "exact",
    ) -> ObservationRow:  # fmt: skip
        by_customs = self.draw.random() < 0.4
        assert period.end
        released = period.end + timedelta(days=15) if by_customs and self.draw.random() < 0.3 else None
        revised = kind != "share" and self._knows_revised(series, period)
        return ObservationRow(
            article=self.article, start=0, end=0, status="revised" if revised else "reported", period=period.code,
            kind=kind, indicator="cbec-trade-value", entity=series.place, flow=flow, scope="gac-total",
            partner=None if series.partner == "all" else series.partner, qualifier=qualifier, value=value,
            lower=value - half, upper=value + half, unit=unit, basis=basis, share_of=share_of,
            reported_by=_CUSTOMS if by_customs else None,
            released_on=released.isoformat() if released and not self.undated else None,
            scope_basis=self.draw.choice(("stated", "inferred")), rule="made", confidence=Decimal("0.9"),
        )  # fmt: skip

    def _trend(self, series: Series, flow: str, period: Period) -> TrendRow:
        rose = series.growth(flow, period) > 0
        return TrendRow(
            article=self.article, start=0, end=0, status="reported", period=period.code, indicator="cbec-trade-value",
            entity=series.place, partner=None if series.partner == "all" else series.partner, flow=flow,
            scope="gac-total", scope_basis="stated", direction="rose" if rose else "fell", rule="made",
            confidence=Decimal("0.9"),
        )  # fmt: skip


def _written(value: Decimal, place: int) -> tuple[Decimal, Decimal]:
    """A value as written down to a power of ten, and half a unit of its last digit.

    >>> _written(Decimal(2114), 1), _written(Decimal("9.849"), -1)
    ((Decimal('2110'), Decimal('5')), (Decimal('9.8'), Decimal('0.05')))
    """
    rounded = value.quantize(Decimal((0, (1,), place)), ROUND_HALF_UP)
    half = Decimal((0, (5,), place - 1))
    return Decimal(f"{rounded:f}"), Decimal(f"{half:f}")
