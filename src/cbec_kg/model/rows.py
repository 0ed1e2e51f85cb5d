"""Rows: one fact of one article each, before it is triples.

The keys, their order and their meaning are those of the row format; numbers are exact decimals.

>>> line = (
...     '{"type":"factor","article":"a1","factor":"x","outcome":"y","polarity":"positive","status":"actual",'
...     '"start":0,"end":9}')
>>> row = parse_row(line)
>>> type(row).__name__, row.factor, row.period
('FactorRow', 'x', None)
>>> to_json(row)[:67]
'{"type": "factor", "article": "a1", "factor": "x", "outcome": "y", '
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar

from cbec_kg.errors import RowError

__all__ = [
    "LABELLED", "ROW_TYPES", "ComparisonRow", "CompositionRow",
    "DefinitionRow", "FactorRow", "ObservationRow", "RelationRow",
    "Restated", "Row", "SeriesRow", "TrendRow", "parse_row",
    "read_rows", "from_dict", "sort_key", "to_json", "write_rows",
]  # fmt: skip

LABELLED = ("indicator", "entity", "partner")
"""Keys that an English label follows in an observation (``entity_label`` behind ``entity``)."""

_TAIL = ("status", "reported_by", "period", "start", "end", "rule", "confidence")
_OPTIONAL = (
    "written", "released_on", "share_of", "ranked_among",
    "currency_basis", "scope_basis", "market", "channel", "record",
    "record_since", "enumeration", "list_position", "year_offset", "reviewed",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Restated:
    """The amount of a row again in another currency, with its own characters."""

    value: Decimal
    lower: Decimal | None
    upper: Decimal | None
    unit: str
    start: int
    end: int
    written: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What every type has. ``start`` and ``end`` count code points of the article's text, ``end`` exclusive."""

    TYPE: ClassVar[str] = ""
    KEYS: ClassVar[tuple[str, ...]] = ()

    article: str
    start: int
    end: int
    status: str
    period: str | None = None
    year_offset: int | None = None
    reported_by: str | None = None
    released_on: str | None = None
    rule: str | None = None
    confidence: Decimal | None = None
    written: str | None = None
    enumeration: str | None = None
    list_position: int | None = None
    reviewed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesRow(Row):
    """A row that speaks of a series: six slots and the extra dimensions."""

    indicator: str | None = None
    entity: str | None = None
    partner: str | None = None
    sector: str | None = None
    flow: str | None = None
    scope: str | None = None
    market: str | None = None
    channel: str | None = None
    scope_basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationRow(SeriesRow):
    """One measure of one observation: a level, growth, share, rank, change or record."""

    TYPE: ClassVar[str] = "observation"
    KEYS: ClassVar[tuple[str, ...]] = (
        "indicator", "entity", "partner", "sector", "flow", "scope",
        "period", "value", "lower", "upper", "unit", "kind",
        "basis", "base_period", "qualifier", "status", "reported_by", "restated", "start", "end", "rule", "confidence",
    )  # fmt: skip

    kind: str
    qualifier: str
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    unit: str | None = None
    basis: str | None = None
    base_period: str | None = None
    currency_basis: str | None = None
    share_of: str | None = None
    ranked_among: str | None = None
    record: str | None = None
    record_since: str | None = None
    restated: tuple[Restated, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow(Row):
    """A factor influences an outcome."""

    TYPE: ClassVar[str] = "factor"
    KEYS: ClassVar[tuple[str, ...]] = ("factor", "outcome", "polarity", *_TAIL)

    factor: str
    outcome: str
    polarity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow(Row):
    """A subject stands in a relation of the closed list to an object."""

    TYPE: ClassVar[str] = "relation"
    KEYS: ClassVar[tuple[str, ...]] = ("subject", "predicate", "object", *_TAIL)

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrendRow(SeriesRow):
    """A series, or a phenomenon that is no figure, moves in a direction."""

    TYPE: ClassVar[str] = "trend"
    KEYS: ClassVar[tuple[str, ...]] = ("indicator", "entity", "partner", "sector", "flow", "scope", "direction", *_TAIL)

    direction: str
    phenomenon: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonRow(Row):
    """A subject is set against an object on one measure."""

    TYPE: ClassVar[str] = "comparison"
    KEYS: ClassVar[tuple[str, ...]] = ("subject", "relation", "object", "measure", "indicator", *_TAIL)

    subject: str
    object: str
    relation: str
    measure: str | None = None
    indicator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositionRow(Row):
    """A whole is made of named parts, in the article's order."""

    TYPE: ClassVar[str] = "composition"
    KEYS: ClassVar[tuple[str, ...]] = ("whole", "parts", *_TAIL)

    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionRow(Row):
    """A term is a genus with characteristics."""

    TYPE: ClassVar[str] = "definition"
    KEYS: ClassVar[tuple[str, ...]] = ("term", "genus", "characteristics", *_TAIL)

    term: str
    genus: str
    characteristics: tuple[str, ...] = ()


ROW_TYPES: dict[str, type[Row]] = {
    cls.TYPE: cls
    for cls in (ObservationRow, RelationRow, FactorRow, TrendRow, ComparisonRow, CompositionRow, DefinitionRow)
}
_FIELDS = {name: frozenset(field.name for field in fields(cls)) for name, cls in ROW_TYPES.items()}


def parse_row(line: str, where: str = "row") -> Row:
    """Row of one JSON line; labels are dropped, for they follow from the codes. Raises `RowError` naming ``where``."""
    try:
        data: dict[str, Any] = json.loads(line, parse_float=Decimal, parse_int=int)
    except json.JSONDecodeError as error:
        raise RowError(f"{where}: not JSON: {error.msg} at column {error.colno}") from None
    if not isinstance(data, dict):
        raise RowError(f"{where}: a row is a JSON object")
    return from_dict(data, where)


def from_dict(data: dict[str, Any], where: str = "row") -> Row:
    """Row of a decoded object; see `parse_row`."""
    data = dict(data)
    cls = ROW_TYPES.get(data.pop("type", ""))
    if cls is None:
        raise RowError(f"{where}: unknown type", fix=f"one of {', '.join(ROW_TYPES)}")
    for key in LABELLED:
        data.pop(f"{key}_label", None)
    known = _FIELDS[cls.TYPE]
    if unknown := sorted(set(data) - known):
        raise RowError(
            f"{where}: a {cls.TYPE} has no key {unknown[0]!r}", fix=f"its keys are {', '.join(sorted(known))}"
        )
    for key in ("value", "lower", "upper", "confidence"):
        if isinstance(data.get(key), (int, float)):
            data[key] = Decimal(str(data[key]))
    for key in ("parts", "characteristics"):
        if key in data:
            data[key] = tuple(data[key])
    if "restated" in data:
        data["restated"] = tuple(_restated(item, where) for item in data["restated"] or ())
    try:
        row = cls(**data)
    except TypeError as error:
        raise RowError(f"{where}: {str(error).replace('__init__() ', '')}") from None
    if not 0 <= row.start < row.end:
        raise RowError(f"{where}: start {row.start} is not below end {row.end}")
    return row


def _restated(item: dict[str, Any], where: str) -> Restated:
    numbers = {
        key: Decimal(str(item[key])) if item.get(key) is not None else None for key in ("value", "lower", "upper")
    }
    try:
        return Restated(**{**item, **numbers})
    except TypeError as error:
        raise RowError(f"{where}: restated: {str(error).replace('__init__() ', '')}") from None


def _plain(value: Any) -> Any:
    """JSON value of a field; a decimal becomes an integer where it is whole."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Restated):
        keys = ("value", "lower", "upper", "unit", "start", "end", "written")
        return {key: _plain(getattr(value, key)) for key in keys if key != "written" or value.written}
    return value


def to_json(row: Row, label: Callable[[str, str], str | None] | None = None) -> str:
    """One line of JSON, keys in the row format's order.

    ``label(key, code)`` gives the English label of a code; with it an observation carries its label keys.
    """
    out: dict[str, Any] = {"type": row.TYPE, "article": row.article}
    keys = row.KEYS
    if isinstance(row, TrendRow) and row.phenomenon is not None:
        keys = ("phenomenon", *keys[keys.index("direction") :])
    for key in keys:
        value = getattr(row, key)
        out[key] = _plain(value)
        if label and key in LABELLED and isinstance(row, ObservationRow):
            out[f"{key}_label"] = label(key, value) if value is not None else None
    for key in _OPTIONAL:
        value = getattr(row, key, None)
        if key not in out and value not in (None, "", False):
            out[key] = _plain(value)
    return json.dumps(out, ensure_ascii=False)


def sort_key(row: Row) -> tuple[str, int, int, str, str]:
    """Order of rows: article, start, end, type, then the row's own text with sorted keys."""
    whole = json.dumps(json.loads(to_json(row)), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return row.article, row.start, row.end, row.TYPE, whole


def read_rows(path: Path) -> Iterator[Row]:
    """Rows of a JSONL file; blank lines are skipped, an error names file and line."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.strip():
            yield parse_row(line, f"{path}:{number}")


def write_rows(rows: Iterable[Row], label: Callable[[str, str], str | None] | None = None) -> str:
    """Canonical text of a rows file: sorted, one a line."""
    return "".join(to_json(row, label) + "\n" for row in sorted(rows, key=sort_key))
