"""Names minted from rows: the same fact has the same name, whoever reads it and wherever.

A claim is the first 20 hex digits of SHA-256 over the RFC 8785 text of its identity: the row's own keys and codes,
absent keys left out, numbers as canonical decimal strings. Since every key is ASCII, JSON with sorted keys is RFC
8785.

>>> from cbec_kg.model.row_json import parse_row
>>> row = parse_row('{"type":"observation","article":"a1","indicator":"i","entity":"e","flow":null,"scope":"none",'
...     '"period":"2022",'
...     '"value":2110.0,"unit":"CNY","kind":"level","qualifier":"exact","status":"reported","start":1,"end":2}')
>>> observation_name(row)
'i_e_all_all_none_none_2022'
>>> evidence_name(row) == f"a1_1-2_{claim_digest(row)[:8]}"
True
"""

import hashlib
import json
import re
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from cbec_kg.errors import RowError
from cbec_kg.model.period import is_open, open_name, parse
from cbec_kg.model.rows import ObservationRow, Row, SeriesRow, TrendRow
from cbec_kg.rdf.terms import canonical_decimal

__all__ = [
    "Slots", "canonical", "claim_digest", "evidence_name",
    "identity", "observation_name", "period_name", "restatement_name",
    "split_observation_name",
]  # fmt: skip

_SLOTS = ("indicator", "entity", "partner", "sector", "flow", "scope")
_EXTRA = ("market", "channel")
_IDENTITY = {
    "observation": (
        *_SLOTS, "period", *_EXTRA, "kind", "basis",
        "base_period", "share_of", "ranked_among", "value", "lower", "upper",
        "unit", "currency_basis", "qualifier", "status", "record", "record_since",
    ),
    "factor": ("factor", "outcome", "polarity", "period", "status"),
    "relation": ("subject", "predicate", "object", "period", "status"),
    "trend": ("period", "direction"),
}  # fmt: skip
_EVIDENCE = frozenset({
    "article", "start", "end", "written", "reported_by", "released_on", "rule", "confidence", "scope_basis", "restated",
    "enumeration", "list_position", "reviewed", "review", "year_offset",
})  # fmt: skip
_PERIODS = ("period", "base_period", "record_since")
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


def period_name(row: Row, key: str = "period") -> str | None:
    """Local name of a row's period; an open one carries the article's id. None for a base or record period not
    given."""
    code: str | None = getattr(row, key)
    if code is None and key != "period":
        return None
    if is_open(code):
        return open_name(code, row.article, row.year_offset if key == "period" else None)
    return parse(str(code)).name


def observation_name(row: SeriesRow) -> str:
    """Local name of a row's observation."""
    return Slots.of(row).at(str(period_name(row)))


def identity(row: Row) -> dict[str, Any]:
    """The keys that make two rows the same claim, with their values as codes."""
    names = _IDENTITY.get(row.TYPE) or tuple(f.name for f in fields(row) if f.name not in _EVIDENCE)
    keys = {name: getattr(row, name) for name in names}
    if isinstance(row, TrendRow):
        keys |= {"phenomenon": row.phenomenon} if row.phenomenon else {"series": Slots.of(row).name}
    dated = isinstance(row, (ObservationRow, TrendRow))
    for key in _PERIODS:
        value = keys.get(key)
        if key in keys and is_open(value) and (value is not None or (key == "period" and dated)):
            keys[key] = period_name(row, key)
    return {"type": row.TYPE, **keys}


def canonical(keys: dict[str, Any]) -> str:
    """RFC 8785 text of an identity.

    >>> canonical({"b": Decimal("9.80"), "a": None, "c": 2110000000000})
    '{"b":"9.8","c":"2110000000000"}'
    """
    flat = {k: canonical_decimal(v) if isinstance(v, (int, Decimal)) else v for k, v in keys.items() if v is not None}
    return json.dumps(flat, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def claim_digest(row: Row) -> str:
    """First 20 hex digits of SHA-256 over the identity."""
    return hashlib.sha256(canonical(identity(row)).encode()).hexdigest()[:20]


def evidence_name(row: Row) -> str:
    """Local name of a row's evidence: article, span, and the first 8 digits of the claim."""
    return f"{row.article}_{row.start}-{row.end}_{claim_digest(row)[:8]}"


def restatement_name(evidence: str, unit: str) -> str:
    """Local name of an evidence's amount in another currency."""
    return f"{evidence}_restated-{unit}"
