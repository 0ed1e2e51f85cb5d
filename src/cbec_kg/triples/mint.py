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
from dataclasses import fields
from decimal import Decimal
from typing import Any

from cbec_kg.model.period import is_open, open_name, parse
from cbec_kg.model.rows import ObservationRow, Row, SeriesRow, TrendRow
from cbec_kg.model.slots import Slots
from cbec_kg.rdf.terms import canonical_decimal

__all__ = [
    "canonical", "claim_digest", "evidence_name", "identity", "observation_name", "period_name", "restatement_name",
]  # fmt: skip

_SLOTS = ("indicator", "entity", "partner", "sector", "flow", "scope")
_IDENTITY = {
    "observation": (
        *_SLOTS, "period", "market", "channel", "kind", "basis",
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
