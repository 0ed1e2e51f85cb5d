"""What was read in an article as lines for people: an article a heading, a row a line, a numeral a line.

>>> from cbec_kg.extract.article import Extractor
>>> from cbec_kg.model.article import Article
>>> text = "China's exports fell 3.1% in 2023."
>>> done = Extractor.default().extract(Article(id="a1", lang="en", sha256="0" * 64, length=len(text)), text)
>>> print(reading_table(done, lambda key, code: None), end="")
a1  (1 row)
        21-25  3.1%  growth yoy -3.1 percent; goods-trade-value, export; china; 2023; reported; growth.cue 0.97
"""

from collections.abc import Callable, Iterator

from cbec_kg.extract.article import Extraction
from cbec_kg.model.rows import FactorRow, ObservationRow, RelationRow, Row, TrendRow

__all__ = ["reading_table"]

Label = Callable[[str, str], str | None]
_LEDGER = {
    "claim": "a figure of a row",
    "part-of": "part of a row",
    "not-a-fact": "no fact",
    "set-aside": "in a row that cannot be stored",
    "unread": "not read",
}


def reading_table(found: Extraction, label: Label, *, ledger: bool = False) -> str:
    """Lines of one article; ``label`` gives the English label of a code under a key."""
    rows = len(found.rows)
    title = f"  {found.article.title}" if found.article.title else ""
    lines = [f"{found.article.id}{title}  ({rows} {'row' if rows == 1 else 'rows'})"]
    for row in found.rows:
        parts = [part for part in (*_what(row, label), *_said(row, label)) if part]
        lines.append(f"  {f'{row.start}-{row.end}':>11}  {'; '.join(parts)}")
    if ledger:
        lines.append("  numerals")
        for one in found.ledger:
            why = f": {one.reason}" if one.reason else ""
            lines.append(f"  {f'{one.start}-{one.end}':>11}  {one.text}  {one.status}, {_LEDGER[one.status]}{why}")
    return "\n".join(lines) + "\n"


def _what(row: Row, label: Label) -> Iterator[str]:
    """What a row states."""

    def name(key: str) -> str:
        code = getattr(row, key)
        return (label(key, code) or code) if code else ""

    def series(first: str) -> Iterator[str]:
        yield ", ".join(part for part in (first, getattr(row, "flow", ""), name("sector")) if part)
        yield name("entity") + (f" with {name('partner')}" if name("partner") else "")

    match row:
        case ObservationRow():
            kind = f"{row.kind} {row.basis}" if row.basis else row.kind
            about = "" if row.qualifier in (None, "exact") else f"{row.qualifier} "
            value = "" if row.value is None else f" {about}{row.value:,f} {row.unit}"
            yield f"{row.written}  {kind}{value}" if row.written else f"{kind}{value}"
            yield from series(name("indicator") or "indicator not known")
            yield f"in {name('market')}" if row.market else ""
        case FactorRow():
            sign = {"positive": "drives", "negative": "curbs"}.get(row.polarity, "affects")
            yield f"{name('factor')} {sign} {name('outcome')}"
        case RelationRow():
            yield f"{name('subject')} {row.predicate} {name('object')}"
        case TrendRow():
            yield f"{row.direction}: {name('phenomenon') or name('indicator')}"
            yield from series("") if row.indicator else ()
        case _:
            yield row.TYPE


def _said(row: Row, label: Label) -> Iterator[str]:
    """When, how firmly, by whom, and by which rule."""
    yield row.period or "no period"
    yield row.status or ""
    yield f"says {label('reported_by', row.reported_by) or row.reported_by}" if row.reported_by else ""
    yield f"{row.rule} {row.confidence}" if row.rule else ""
