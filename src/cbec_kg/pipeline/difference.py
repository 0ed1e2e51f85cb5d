"""Extracted rows beside curated rows of the same articles: what agrees, what differs, what only one has.

A pair is two rows of one type whose spans overlap and that share most of what they state; it agrees where it shares
all. Precision is of the extracted rows, recall of the curated ones; a pair that differs counts for neither.

>>> from decimal import Decimal
>>> from cbec_kg.model.rows import FactorRow
>>> def row(outcome, rule):
...     return FactorRow(
...         article="a", start=0, end=9, status="actual", factor="x", outcome=outcome, polarity="positive", rule=rule)
>>> differences([row("y", "r"), row("z", "r")], [row("y", "curated"), row("w", "curated")])["factor"].agree
1
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from cbec_kg.errors import CbecError
from cbec_kg.model.row_json import read_rows, to_json
from cbec_kg.model.rows import Row
from cbec_kg.pipeline.extraction import Read

__all__ = ["Difference", "Report", "compare", "differences"]

_STATED = {
    "observation": (
        "value", "unit", "kind", "basis", "indicator", "entity", "partner", "sector", "flow", "scope", "period",
        "year_offset", "qualifier", "status",
    ),
    "factor": ("factor", "outcome", "polarity", "status"),
    "relation": ("subject", "predicate", "object", "status"),
    "trend": ("indicator", "phenomenon", "entity", "flow", "direction", "period"),
}  # fmt: skip
"""What a row of a type states; two rows are held against each other by these keys."""
_LEAST = {"observation": ("value", "unit"), "factor": (), "relation": ("predicate",), "trend": ()}
"""Keys that a pair that differs must share at least."""


@dataclass(slots=True)
class Difference:
    """Counts of one type; ``pairs`` are rows that differ, with the keys in which they do."""

    extracted: int = 0
    curated: int = 0
    agree: int = 0
    pairs: list[tuple[Row, Row, tuple[str, ...]]] = field(default_factory=list)
    missing: list[Row] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of the extracted rows that a curated row agrees with."""
        return self.agree / self.extracted if self.extracted else 0.0

    @property
    def recall(self) -> float:
        """Share of the curated rows that an extracted row agrees with."""
        return self.agree / self.curated if self.curated else 0.0


@dataclass(slots=True)
class Report:
    """Differences by type, over all articles that both sides have."""

    articles: int
    types: dict[str, Difference]

    def text(self) -> str:
        """For people."""
        out = [
            f"{self.articles} articles with curated rows\n",
            f"{'type':12} {'extracted':>9} {'curated':>8} {'agree':>6} {'differ':>7} {'precision':>10} {'recall':>7}\n",
        ]
        for name, one in self.types.items():
            counts = f"{one.extracted:9} {one.curated:8} {one.agree:6} {len(one.pairs):7}"
            out.append(f"{name:12} {counts} {one.precision:10.3f} {one.recall:7.3f}\n")
        for name, one in self.types.items():
            for row, other, keys in one.pairs:
                said = ", ".join(f"{key} {_shown(row, key)} / curated {_shown(other, key)}" for key in keys)
                out.append(f"differs  {name} {row.article} {row.start}-{row.end}: {said}\n")
            out += [f"missing  {name} {row.article} {row.start}-{row.end}: {_brief(row)}\n" for row in one.missing]
            out += [f"extra    {name} {row.article} {row.start}-{row.end}: {_brief(row)}\n" for row in one.extra]
        return "".join(out)

    def jsonl(self) -> str:
        """For programs: a line a type, then a line a difference."""
        lines = [
            {"type": name, "extracted": one.extracted, "curated": one.curated, "agree": one.agree,
             "differ": len(one.pairs), "precision": round(one.precision, 4), "recall": round(one.recall, 4)}
            for name, one in self.types.items()
        ]  # fmt: skip
        for one in self.types.values():
            lines += [
                {"difference": "differs", "keys": list(keys), "row": _json(row), "curated": _json(other)}
                for row, other, keys in one.pairs
            ]
            lines += [{"difference": "missing", "curated": _json(row)} for row in one.missing]
            lines += [{"difference": "extra", "row": _json(row)} for row in one.extra]
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def compare(results: Iterable[Read], folder: Path) -> Report:
    """Report on the articles that have rows under a folder: ``articles/ID.jsonl`` in it, or ``ID.jsonl``.

    Raises `CbecError` where the folder holds rows of none of the articles, `RowError` for rows that cannot be read.
    """
    place = folder / "articles" if (folder / "articles").is_dir() else folder
    extracted: list[Row] = []
    curated: list[Row] = []
    articles = 0
    for one in results:
        path = place / f"{one.extraction.article.id}.jsonl"
        if path.is_file():
            articles += 1
            extracted += one.extraction.rows
            curated += read_rows(path)
    if not articles:
        raise CbecError(f"{place} holds rows of none of these articles", fix="name the folder with ID.jsonl files")
    return Report(articles, differences(extracted, curated))


def differences(extracted: Iterable[Row], curated: Iterable[Row]) -> dict[str, Difference]:
    """Differences of two sets of rows, by type."""
    out: dict[str, Difference] = {}
    sides: tuple[dict[str, list[Row]], dict[str, list[Row]]] = ({}, {})
    for side, rows in zip(sides, (extracted, curated), strict=True):
        for row in rows:
            side.setdefault(row.TYPE, []).append(row)
    for name in sorted({*sides[0], *sides[1]}):
        out[name] = _held(name, sides[0].get(name, []), sides[1].get(name, []))
    return out


def _held(name: str, extracted: list[Row], curated: list[Row]) -> Difference:
    out = Difference(len(extracted), len(curated))
    keys, least = _STATED.get(name, ("whole", "term", "subject", "object", "parts")), _LEAST.get(name, ())
    left = list(curated)
    rest: list[Row] = []
    for row in extracted:
        same = next((one for one in left if _near(row, one) and not _apart(row, one, keys)), None)
        if same is None:
            rest.append(row)
            continue
        left.remove(same)
        out.agree += 1
    for row in rest:
        near = [
            one
            for one in left
            if _near(row, one) and not _apart(row, one, least) and len(_apart(row, one, keys)) <= len(keys) // 2
        ]
        if not near:
            out.extra.append(row)
            continue
        other = min(near, key=lambda one: (len(_apart(row, one, keys)), abs(one.start - row.start)))
        left.remove(other)
        out.pairs.append((row, other, _apart(row, other, keys)))
    out.missing = left
    return out


def _near(row: Row, other: Row) -> bool:
    return row.article == other.article and row.start < other.end and other.start < row.end


def _apart(row: Row, other: Row, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(key for key in keys if getattr(row, key, None) != getattr(other, key, None))


def _shown(row: Row, key: str) -> str:
    value = getattr(row, key, None)
    return "null" if value is None else str(value)


def _brief(row: Row) -> str:
    return ", ".join(
        f"{key} {_shown(row, key)}"
        for key in _STATED.get(row.TYPE, row.KEYS[:3])
        if getattr(row, key, None) is not None
    )


def _json(row: Row) -> object:
    return json.loads(to_json(row))
