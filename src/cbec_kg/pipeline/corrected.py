"""What an article states once its corrections are applied: the content that IRIs are minted from.

First what is known of the article later: metadata, and with a date its open periods. Then each row: left out, accepted,
or amended. Last the names: a merged one gives way to what it is a name of, a rejected one takes its rows with it.

>>> from pathlib import Path
>>> article = Article(id="a1", lang="en", sha256="0" * 64, length=12)
>>> corrected(Curated(article, ()), Overlay(Path("corrections.jsonl"))).content.article.id
'a1'
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from cbec_kg.errors import RowError
from cbec_kg.model.article import Article
from cbec_kg.model.correction import AS_WRITTEN, Correction, row_digest
from cbec_kg.model.new_names import Alias, NewName, is_new
from cbec_kg.model.period import is_open
from cbec_kg.model.review import Review
from cbec_kg.model.row_json import from_dict, in_order, to_json
from cbec_kg.model.rows import ObservationRow, Row
from cbec_kg.model.slots import split_observation_name
from cbec_kg.normalise.dating import dated
from cbec_kg.pipeline.overlay import Overlay
from cbec_kg.pipeline.sources import Curated, Sources
from cbec_kg.triples.mint import period_name

__all__ = ["Corrected", "corrected", "corrected_sources", "row_keys", "target_of"]

_THINGS = (
    "indicator", "entity", "partner", "market", "channel", "subject", "object", "factor", "outcome", "phenomenon",
    "whole", "term", "genus", "reported_by", "ranked_among",
)  # fmt: skip
_LISTS = ("parts", "characteristics")


@dataclass(frozen=True, slots=True)
class Corrected:
    """The content that holds, each row of it with the row as read, what was left out, and lines that match nothing."""

    content: Curated
    origins: tuple[tuple[Row, Row], ...] = ()
    rejected: tuple[tuple[Row, Correction], ...] = ()
    unmatched: tuple[Correction, ...] = ()


def row_keys(row: Row) -> dict[str, Any]:
    """A row as JSON values by key, numbers as exact decimals; those that are null are there too."""
    data: dict[str, Any] = json.loads(to_json(row), parse_float=Decimal)
    return data


def target_of(code: str, overlay: Overlay) -> str | None:
    """What a name stands for after all mergers; None where it was rejected."""
    last = overlay.chain(code)[-1]
    line = overlay.entities.get(last)
    return None if line and line.action == "reject" else last


def corrected(read: Curated, overlay: Overlay) -> Corrected:
    """The content of an article as read, with what an overlay says of it; raises `RowError` for an impossible line."""
    article = _metadata(read.article, overlay)
    lines = {line.key: line for line in overlay.rows.get(article.id, ())}
    rejected: list[tuple[Row, Correction]] = []
    pairs: list[tuple[Row, Row]] = []
    closing = _closing(read.rows, article)
    for row in read.rows:
        line = lines.pop(_key(row, read.article), None) if lines else None
        if line and line.action == "reject":
            rejected.append((row, line))
            continue
        shown = _dated(row, article, closing)
        pairs.append((row, _reviewed(shown, line) if line else shown))
    names, aliases = read.names, read.aliases
    touched = {name.code for name in names} & set(overlay.entities)
    if touched:
        pairs, lost = _renamed(pairs, overlay)
        rejected += lost
        names, aliases = _names(read.names, [row for _, row in pairs], touched, overlay)
    if all(row is shown for row, shown in pairs) and len(pairs) == len(read.rows) and not touched:
        content = read if article is read.article else replace(read, article=article)
    else:
        content = Curated(article, tuple(in_order(dict.fromkeys(shown for _, shown in pairs))), names, aliases)
    return Corrected(content, tuple(pairs), tuple(rejected), tuple(lines.values()))


def corrected_sources(sources: Sources, overlay: Overlay) -> Sources:
    """The sources with what an overlay says of their articles."""
    return replace(
        sources, articles={name: corrected(content, overlay).content for name, content in sources.articles.items()}
    )


def _metadata(article: Article, overlay: Overlay) -> Article:
    given = overlay.metadata.get(article.id)
    return replace(article, **given) if given else article


def _key(row: Row, article: Article) -> tuple[object, ...]:
    return "row", row.article, article.sha256, row.start, row.end, row_digest(row)


# ---- what hangs on the day of publication


def _closing(rows: Iterable[Row], article: Article) -> dict[str, str]:
    """Local names of the closed periods that open ones turn out to be."""
    found: dict[str, str] = {}
    if article.published:
        for row in rows:
            if is_open(row.period):
                later = _dated(row, article, {})
                if later is not row:
                    found[str(period_name(row))] = str(period_name(later))
    return found


def _dated(row: Row, article: Article, closing: dict[str, str]) -> Row:
    if not article.published or not is_open(row.period):
        return row
    period = dated(row.period, row.year_offset, date.fromisoformat(article.published[:10]))
    if is_open(period):
        return row
    row = replace(row, period=period, year_offset=None)
    if isinstance(row, ObservationRow) and row.share_of:
        slots, whole = split_observation_name(row.share_of)
        if whole in closing:
            row = replace(row, share_of=slots.at(closing[whole]))
    return row


# ---- what was said of a row


def _reviewed(row: Row, line: Correction) -> Row:
    if line.action == "accept":
        return replace(row, review=Review("reviewed", line.by, line.at, line.reason))
    was = row_keys(row)
    where = f"correction of article {row.article}, characters {row.start}-{row.end}"
    changed = {key: value for key, value in line.to.items() if key != AS_WRITTEN}
    amended = from_dict({**was, **_decimals(changed)}, where)
    now = row_keys(amended)
    told = ", ".join(f"{key}: {json.dumps(was.get(key), default=_number, ensure_ascii=False)}" for key in now | was
                     if not key.endswith("_label") and now.get(key) != was.get(key))  # fmt: skip
    return replace(amended, review=Review("corrected", line.by, line.at, line.reason, told or "the same"))


def _decimals(given: dict[str, Any]) -> dict[str, Any]:
    return {key: Decimal(repr(value)) if isinstance(value, float) else value for key, value in given.items()}


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise RowError(f"no JSON value: {value!r}")


# ---- names


def _renamed(
    pairs: Iterable[tuple[Row, Row]], overlay: Overlay
) -> tuple[list[tuple[Row, Row]], list[tuple[Row, Correction]]]:
    kept: list[tuple[Row, Row]] = []
    lost: list[tuple[Row, Correction]] = []
    for read, row in pairs:
        changes: dict[str, Any] = {}
        gone: str | None = None
        for key, code in _codes(row):
            target = target_of(code, overlay)
            if target is None and key == "reported_by":
                changes[key] = None
            elif target is None:
                gone = code
            elif target != code:
                changes[key] = target
        for key in _LISTS:
            if listed := getattr(row, key, ()):
                targets = [target_of(code, overlay) for code in listed]
                gone = next((code for code, target in zip(listed, targets, strict=True) if target is None), gone)
                changes[key] = tuple(targets)
        if gone:
            lost.append((read, overlay.entities[overlay.chain(gone)[-1]]))
            continue
        if isinstance(row, ObservationRow) and row.share_of:
            changes["share_of"] = _whole(row.share_of, overlay)
        changes = {key: value for key, value in changes.items() if getattr(row, key) != value}
        kept.append((read, replace(row, **changes) if changes else row))
    return kept, lost


def _codes(row: Row) -> list[tuple[str, str]]:
    return [(key, code) for key in _THINGS if isinstance(code := getattr(row, key, None), str) and is_new(code)]


def _whole(name: str, overlay: Overlay) -> str:
    """Name of a share's whole with its names merged."""
    slots, period = split_observation_name(name)
    codes = {one.name: getattr(slots, one.name) for one in fields(slots)}
    new = {key: target_of(code, overlay) or code for key, code in codes.items() if code and is_new(code)}
    return replace(slots, **new).at(period) if new else name


def _names(
    names: Iterable[NewName], rows: Iterable[Row], touched: set[str], overlay: Overlay
) -> tuple[tuple[NewName, ...], tuple[Alias, ...]]:
    """Names that the graph does not have after mergers, and aliases of what it has."""
    used = {code for row in rows for _, code in _codes(row)}
    used |= {code for row in rows for key in _LISTS for code in getattr(row, key, ())}
    found: dict[str, NewName] = {}
    aliases: list[Alias] = []
    for name in names:
        code = target_of(name.code, overlay)
        if code is None:
            continue
        if code != name.code:
            aliases.append(Alias(code, name.label))
            if not is_new(code):
                continue
            name = NewName(*overlay.entities[overlay.chain(name.code)[-2]].to["name"])
        if (line := overlay.entities.get(code)) and line.action == "accept":
            name = NewName(code, str(line.to.get("label", name.label)), line.to["class"], True, line.to["other"])
        found[code] = name
    spoken = {code for row in rows for _, code in _all_codes(row)}
    return (
        tuple(name for code, name in sorted(found.items()) if code in used),
        tuple(sorted({alias for alias in aliases if alias.code in spoken})),
    )


def _all_codes(row: Row) -> list[tuple[str, str]]:
    listed = [(key, code) for key in _LISTS for code in getattr(row, key, ())]
    return [*((key, code) for key in _THINGS if isinstance(code := getattr(row, key, None), str)), *listed]
