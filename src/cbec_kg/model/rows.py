"""Rows: one fact of one article each, before it is triples.

The keys, their order and their meaning are those of the row format; numbers are exact decimals.

>>> row = FactorRow(article="a1", start=0, end=9, status="actual", factor="x", outcome="y", polarity="positive")
>>> row.period is None
True
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from cbec_kg.model.review import Review

__all__ = [
    "LABELLED", "OPTIONAL", "ROW_TYPES", "ComparisonRow", "CompositionRow", "DefinitionRow", "FactorRow",
    "ObservationRow", "RelationRow", "Restated", "Row", "SeriesRow", "TrendRow",
]  # fmt: skip

LABELLED = ("indicator", "entity", "partner")
"""Keys that an English label follows in an observation (``entity_label`` behind ``entity``)."""

_TAIL = ("status", "reported_by", "period", "start", "end", "rule", "confidence")
OPTIONAL = (
    "written", "released_on", "share_of", "ranked_among",
    "currency_basis", "scope_basis", "market", "channel", "record",
    "record_since", "enumeration", "list_position", "year_offset", "reviewed", "review",
)  # fmt: skip
"""Keys that are left out where they are empty, in their order."""


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
    review: Review | None = None


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
