"""The truth that made-up articles tell of: trade of places, month by month, out of which everything else follows.

Exports and imports are drawn, and totals, quarters, halves, years and growth are made of them, so that what is stated
of different points fits together. Some years were revised later, as a whole.

>>> from cbec_kg.model.period import parse
>>> china, year = Series("china"), parse("2022")
>>> china.level("export", year) + china.level("import", year) == china.level("total", year)
True
>>> sum(china.level("export", parse(f"2022-Q{quarter}")) for quarter in (1, 2, 3, 4)) == china.level("export", year)
True
>>> sum(one.is_revised(year) for year in range(FIRST, LAST + 1) for one in SERIES[:100]) in range(50, 150)
True
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import product
from random import Random

from cbec_kg.model.period import Period
from cbec_kg.model.slots import Slots

__all__ = ["FIRST", "FLOWS", "LAST", "SERIES", "Series"]

FLOWS = ("export", "import")
FIRST, LAST = 2015, 2023
"""Years of which articles are; the year before the first has figures as well."""
_TEN_THOUSAND = 10_000
_SEASONS = (80, 66, 84, 80, 82, 84, 82, 83, 86, 85, 95, 93)
"""Months of a year, in thousandths of it."""
_PLACES = (
    "hangzhou", "guangdong", "shenzhen", "zhejiang", "guangzhou", "shandong", "ningbo", "fujian", "shanghai", "xiamen",
    "beijing", "jiangsu", "tianjin", "henan", "chongqing", "zhengzhou", "chengdu", "sichuan", "qingdao", "hubei",
    "wuhan", "hunan", "changsha", "anhui", "hefei", "jiangxi", "nanjing", "hebei", "suzhou", "liaoning", "wuxi",
    "heilongjiang", "dalian", "jilin", "shenyang", "yunnan", "harbin", "guizhou", "kunming", "guangxi", "nanning",
    "hainan", "fuzhou", "shaanxi", "jinan", "shanxi", "yantai", "gansu", "weihai", "xinjiang", "dongguan",
    "inner-mongolia", "foshan", "ningxia", "zhuhai", "qinghai", "yiwu", "wenzhou", "quanzhou", "taiyuan",
)  # fmt: skip
_PARTNERS = ("all", "japan", "south-korea", "russia", "germany", "vietnam", "european-union", "asean")


@dataclass(frozen=True, slots=True)
class Series:
    """Trade of a place with a partner, in both directions."""

    place: str
    partner: str = "all"

    def slots(self, flow: str) -> Slots:
        """Dimensions of its series of a flow."""
        return Slots("cbec-trade-value", self.place, self.partner, "all", flow, "gac-total")

    def level(self, flow: str, period: Period, *, revised: bool = False) -> Decimal:
        """Yuan of a flow, or of ``total``, in whole months of one year; ``revised`` is what later articles know."""
        year, after = period.start.year, period.end
        if not period.year or not after:
            raise ValueError(f"{period.code} is not within a year")
        last = 12 if after.year > year else after.month - 1
        months = slice(period.start.month - 1, last)
        flows = FLOWS if flow == "total" else (flow,)
        known = sum(sum(_months(self.place, self.partner, one, year)[months]) for one in flows)
        if revised and self.is_revised(year):
            known = known * (1000 - _revision(self, year)) // 1000
        return Decimal(known * _TEN_THOUSAND)

    def growth(self, flow: str, period: Period, *, revised: bool = False) -> Decimal:
        """Percent on the year before."""
        now = self.level(flow, period, revised=revised)
        return (now / self.level(flow, period.year_before(), revised=revised) - 1) * 100

    def is_revised(self, year: int) -> bool:
        """Whether the year's figures were revised a year after it."""
        return _revision(self, year) > 0


SERIES = tuple(Series(place, partner) for partner, place in product(_PARTNERS, _PLACES))


@lru_cache(maxsize=100_000)
def _months(place: str, partner: str, flow: str, year: int) -> tuple[int, ...]:
    """Ten thousands of yuan, month by month."""
    if year < FIRST - 1:
        raise ValueError(f"nothing is known of {year}")
    draw = Random(f"{place} {partner} {flow} {year}")
    if year == FIRST - 1:
        size = draw.randint(200_000, 4_000_000) * (40 if place == "china" else 1) // (1 if partner == "all" else 8)
    else:
        size = sum(_months(place, partner, flow, year - 1)) * draw.randint(930, 1_300) // 1_000
    return tuple(size * season * draw.randint(950, 1_050) // 1_000_000 for season in _SEASONS)


@lru_cache(maxsize=100_000)
def _revision(series: Series, year: int) -> int:
    """Thousandths that a year's figures lost when they were revised, of most years none."""
    draw = Random(f"{series.place} {series.partner} revised {year}")
    return draw.choice((0,) * 9 + (draw.randint(5, 40),))
