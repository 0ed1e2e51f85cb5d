"""Dimensions of a series, and the names that they make: those of series and observations.

>>> slots = Slots("cbec-trade-value", "china", "all", "all", "total", "gac-total")
>>> slots.at("2022")
'cbec-trade-value_china_all_all_total_gac-total_2022'
>>> split_observation_name(slots.at("2022")) == (slots, "2022")
True
"""

import re
from dataclasses import dataclass

from cbec_kg.errors import RowError
from cbec_kg.model.rows import SeriesRow

__all__ = ["Slots", "split_observation_name"]

_SLOTS = ("indicator", "entity", "partner", "sector", "flow", "scope")
_EXTRA = ("market", "channel")
_UNNAMED = r"unnamed_.+?_\d+"
_SERIES = re.compile(rf"([^_]+)_({_UNNAMED}|[^_]+)_({_UNNAMED}|[^_]+)_([^_]+)_([^_]+)_([^_]+)(?:_(.+))?")
_DIMENSION = re.compile(r"_?(market|channel)-(unnamed_.+?_\d+|[^_]+)$")


@dataclass(frozen=True, slots=True)
class Slots:
    """Dimensions of a series as codes: six slots, always filled, and the extra ones where a fact needs them."""

    indicator: str
    entity: str
    partner: str
    sector: str
    flow: str
    scope: str
    market: str | None = None
    channel: str | None = None

    @classmethod
    def of(cls, row: SeriesRow) -> "Slots":
        """Slots of a row; raises `RowError` where one is missing."""
        missing = [key for key in ("indicator", "entity", "scope") if not getattr(row, key)]
        if missing:
            raise RowError(f"{row.article}, characters {row.start}-{row.end}: a {row.TYPE} needs {missing[0]!r}")
        return cls(
            str(row.indicator), str(row.entity), row.partner or "all", row.sector or "all", row.flow or "none",
            str(row.scope),
            row.market, row.channel,
        )  # fmt: skip

    @classmethod
    def parse(cls, name: str) -> "Slots":
        """Slots of a series' name, as vocabularies and rows write it; raises `RowError`.

        >>> Slots.parse("app-download-count_shein_all_all_none_none_market-us").market
        'us'
        """
        slots, rest = _split(name)
        if rest:
            raise RowError(f"series name {name!r} has {rest!r} too much")
        return slots

    @property
    def name(self) -> str:
        """Local name of the series."""
        return "_".join([getattr(self, key) for key in _SLOTS]) + self.extra

    @property
    def extra(self) -> str:
        """The end of the name that the extra dimensions make."""
        return "".join(f"_{key}-{getattr(self, key)}" for key in _EXTRA if getattr(self, key))

    def at(self, period: str) -> str:
        """Local name of the observation at a period (by the period's local name)."""
        return "_".join([*(getattr(self, key) for key in _SLOTS), period]) + self.extra


def _split(name: str) -> tuple[Slots, str]:
    extra: dict[str, str] = {}
    while found := _DIMENSION.search(name):
        extra[found[1]] = found[2]
        name = name[: found.start()]
    matched = _SERIES.fullmatch(name)
    if not matched:
        raise RowError(f"name {name!r} does not have the six slots of a series")
    *slots, rest = matched.groups()
    indicator, entity, partner, sector, flow, scope = slots
    return Slots(indicator, entity, partner, sector, flow, scope, extra.get("market"), extra.get("channel")), rest or ""


def split_observation_name(name: str) -> tuple[Slots, str]:
    """Slots and period name of an observation's name, as ``share_of`` writes it; raises `RowError`.

    >>> split_observation_name("goods-trade-value_china_all_all_export_goods-trade_2015")[1]
    '2015'
    """
    slots, period = _split(name)
    if not period:
        raise RowError(f"observation name {name!r} has no period")
    return slots, period
