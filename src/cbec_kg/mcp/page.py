"""Rows of an answer as a tool gives them: typed rows with labels and sources, and a Markdown table for reading.

Both are cut at a number of rows and a number of bytes; what was cut is said, with what to do next.

>>> from cbec_kg.rdf.terms import decimal
>>> from cbec_kg.store.embedded import MemoryStore
>>> from cbec_kg.query.saved import Column
>>> rows = [(decimal("1"),), (decimal("2"),), (decimal("3"),)]
>>> page = paged(Result((Column("n", "decimal"),), rows, "Numbers"), MemoryStore(), limit=2)
>>> page.data["rows"], page.data["total"], page.data["next"]
([{'n': 1}, {'n': 2}], 3, 'offset=2 gives the next rows; limit is at most 1000')
>>> print(page.text)
**Numbers**
<BLANKLINE>
| n |
| ---: |
| 1 |
| 2 |
<BLANKLINE>
Rows 1 to 2 of 3: offset=2 gives the next rows; limit is at most 1000.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from cbec_kg.errors import QueryError
from cbec_kg.mcp.articles import articles_of
from cbec_kg.mcp.cells import clipped, json_value
from cbec_kg.mcp.tool import MOST_BYTES, Outcome
from cbec_kg.namespaces import ARTICLE, CLAIM, EVIDENCE, FINDING, OBS, SERIES, compact
from cbec_kg.query.formats.display import Cell, display, one_line
from cbec_kg.query.results import Result, Row
from cbec_kg.query.saved import Column
from cbec_kg.query.schemas import MOST_ROWS, Schema, closed, row_schema
from cbec_kg.query.sources import sources_of
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.store.base import Store

__all__ = ["page_schema", "paged"]

# Records are named by their codes: their labels tell again what stands in the row's other columns.
_RECORDS = (ARTICLE, CLAIM, EVIDENCE, FINDING, OBS, SERIES)
# How many rows are counted beyond those given, so that a total does not cost a whole large answer.
_COUNTED = 10_000
_LONG_CELL, _SHORT_CELL = 2_000, 200
_SPECIAL = re.compile(r"([\\|])")


def page_schema(columns: Sequence[Column] | None, lang: str) -> Schema:
    """Schema of what `paged` gives; ``columns`` None is for queries whose columns are not known before."""
    row = row_schema(columns, lang) if columns is not None else {"type": "object"}
    listed: Schema = {"type": "array", "items": {"type": "object"}}
    properties: dict[str, Schema] = {
        "rows": {"type": "array", "items": row},
        "columns": {**listed, "description": "name, type, label"},
        "labels": {"type": "object", "description": "Labels of things in rows"},
        "sources": {**listed, "description": "article, start, end: code points, the end exclusive"},
        "articles": {"type": "object", "description": "title, publisher, published, url of each source"},
        "offset": {"type": "integer"},
        "total": {"type": ["integer", "null"], "description": "null: not counted to the end"},
        "truncated": {"type": "boolean"},
        "next": {"type": ["string", "null"], "description": "What to do for the rows that are cut"},
    }
    return closed(properties, list(properties))


def paged(result: Result, store: Store, *, limit: int, offset: int = 0, more: str = "") -> Outcome:
    """The rows from ``offset`` on, ``limit`` at most and fewer where they are long.

    ``more`` says how to get at the others, where that is not by ``offset``; then none are counted.
    Raises `QueryError` for a row that has no room alone, and for a value that its column does not allow.
    """
    rows = iter(result.rows)
    before = sum(1 for _ in islice(rows, offset))
    taken = list(islice(rows, limit))
    beyond = sum(1 for _ in islice(rows, 1 if more else _COUNTED + 1))
    seen = before + len(taken) + beyond
    exact = beyond == 0 if more else beyond <= _COUNTED
    page = _Page(replace(result, rows=()), store, offset, seen, exact, more)
    count, longest = len(taken), _LONG_CELL
    while True:
        outcome = page.of(taken[:count], longest)
        size = max(len(outcome.text.encode()), len(json.dumps(outcome.data, ensure_ascii=False).encode()))
        if size <= MOST_BYTES:
            return outcome
        if count <= 1 and longest == _SHORT_CELL:
            raise QueryError("one row of the answer is longer than 50 kB", fix="ask for fewer columns")
        if count <= 1:
            longest = _SHORT_CELL
        else:
            count = max(1, min(count - 1, count * MOST_BYTES * 19 // (size * 20)))


class _Page:
    """Lays out some rows of one answer."""

    def __init__(self, result: Result, store: Store, offset: int, seen: int, exact: bool, more: str) -> None:
        self.result, self.store, self.offset, self.seen, self.exact = result, store, offset, seen, exact
        self.more = more
        self.known: dict[str, str] = {}
        self.asked: set[str] = set()

    def labels(self, iris: Any, lang: str) -> Mapping[str, str]:
        """Labels of things that are no records; each is asked for once."""
        wanted = {iri for iri in iris if not iri.startswith(_RECORDS)}
        if new := wanted - self.asked:
            self.known |= self.result.labels(new, lang)
            self.asked |= new
        return {iri: self.known[iri] for iri in wanted if iri in self.known}

    def of(self, rows: list[Row], longest: int) -> Outcome:
        columns = self.result.columns
        found = sources_of(replace(self.result, rows=tuple(rows)), self.store)
        sources = list(dict.fromkeys(source for some in found for source in some))
        articles = articles_of({source.article for source in sources}, self.store)
        cut = self.offset + len(rows) < self.seen or not self.exact
        following = self.more or f"offset={self.offset + len(rows)} gives the next rows; limit is at most {MOST_ROWS}"
        data = {
            "columns": [
                {"name": column.name, "type": column.type or "any", "label": column.heading(self.result.lang)}
                for column in columns
            ],
            "rows": [
                {column.name: json_value(term, column, longest) for column, term in zip(columns, row, strict=True)}
                for row in rows
            ],
            "labels": {compact(iri): label for iri, label in self.named(rows).items()},
            "sources": [
                {"article": compact(source.article), "start": source.start, "end": source.end} for source in sources
            ],
            "articles": articles,
            "offset": self.offset,
            "total": self.seen if self.exact else None,
            "truncated": cut,
            "next": following if cut else None,
        }
        said = self.said(len(rows), following if cut else "")
        return Outcome("\n".join([*self.table(rows, longest), "", said, *_cited(articles)]), data)

    def named(self, rows: list[Row]) -> Mapping[str, str]:
        """Labels of the things that no column of the answer labels."""
        names = {column.name for column in self.result.columns}
        places = [place for place, column in enumerate(self.result.columns) if f"{column.name}Label" not in names]
        things = {term.value for row in rows for place in places if isinstance(term := row[place], NamedNode)}
        return dict(sorted(self.labels(things, self.result.lang).items()))

    def table(self, rows: list[Row], longest: int) -> Iterator[str]:
        shown = display(replace(self.result, rows=tuple(rows), labels=self.labels))
        yield f"**{one_line(shown.title)}**" if shown.title else "**Answer**"
        if shown.given:
            yield one_line(shown.given)
        if rows:
            yield ""
            yield _line(_escaped(heading.text) for heading in shown.headings)
            yield _line("---:" if heading.numeric else "---" for heading in shown.headings)
            yield from (_line(_cell(cell, longest) for cell in row) for row in shown.rows)

    def said(self, count: int, following: str) -> str:
        total = f"{self.seen:,}" if self.exact else f"more than {self.seen - 1:,}"
        if following:
            return f"Rows {self.offset + 1:,} to {self.offset + count:,} of {total}: {following}."
        if not count and self.offset:
            return f"No rows from {self.offset + 1:,} on: there are {total}."
        return f"{total} row{'' if self.seen == 1 else 's'}." if count else "No rows: the graph says nothing of this."


def _cited(articles: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    if articles:
        yield "Sources:"
    for name, known in articles.items():
        parts = [known[key] for key in ("title", "publisher", "published", "url") if key in known]
        yield f"- {name}{': ' if parts else ''}{one_line(', '.join(parts))}"


def _line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell, longest: int) -> str:
    return _escaped(clipped(f"{cell.text} ({cell.name})" if cell.name else cell.text, longest))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", one_line(text))
