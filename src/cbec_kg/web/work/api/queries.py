"""Saved queries in a reader: their rows, values to choose from, their text with values bound.

>>> from pathlib import Path
>>> from cbec_kg.query.header import parse_saved
>>> from cbec_kg.store.embedded import MemoryStore
>>> query = parse_saved('''#+ summary: Squares
... #+ params:
... #+   number: {type: integer, default: 3, label: {en: Number, zh: 数}}
... #+ columns: {square: integer}
... SELECT ?square {
... VALUES ?number { 3 } #= number
... BIND(?number * ?number AS ?square) }''', "a/squares", Path("squares.rq"))
>>> made = rows(OpenGraph(MemoryStore()), Limits(), Run(query, {"number": "12"}, "csv", "text/csv"))
>>> b"".join(made.body)
b'square\\r\\n144\\r\\n'
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Any

from cbec_kg.query.resolve import Resolver
from cbec_kg.query.results import Row
from cbec_kg.query.run import bound_text, run
from cbec_kg.query.saved import Param, SavedQuery
from cbec_kg.query.suggest import suggest
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits, TooBig
from cbec_kg.web.work.api.replying import Made
from cbec_kg.web.work.api.rows import json_pieces, pieces

__all__ = ["Run", "bound", "rows", "suggested"]


@dataclass(frozen=True, slots=True)
class Run:
    """A saved query to run. ``address`` is its own, where ``OFFSET`` stands for the first row of a page."""

    query: SavedQuery
    values: Mapping[str, object]
    form: str
    media_type: str
    lang: str = "en"
    limit: int | None = None
    offset: int = 0
    address: str = "?offset=OFFSET"
    headers: Mapping[str, str] | None = None


def rows(graph: OpenGraph, limits: Limits, asked: Run) -> Made:
    """Rows from ``offset`` on, ``limit`` at most; links lead to the pages before and behind (RFC 8288, RFC 5005).

    Raises `BadParameter`, `QueryError`, and `TooBig` for more rows than ``limits`` allow.
    """
    store = graph.store()
    result = run(asked.query, asked.values, store, lang=asked.lang)
    every = islice(iter(result.rows), asked.offset, None)
    following = None
    wanted: Iterable[Row]
    if asked.limit is None:
        wanted = _bounded(every, limits.rows)
    else:
        taken = tuple(islice(every, asked.limit + 1))
        wanted = taken[: asked.limit]
        if len(taken) > asked.limit:
            following = asked.address.replace("OFFSET", str(asked.offset + asked.limit))
    headers = dict(asked.headers or {})
    if links := [*_links(asked, following), *([headers["Link"]] if "Link" in headers else [])]:
        headers["Link"] = ", ".join(links)
    result = replace(result, rows=wanted)
    if asked.form == "json":
        head = {"query": asked.query.name, "title": result.title, "lang": asked.lang, "offset": asked.offset}
        body = json_pieces(result, store, head, following)
    else:
        body = pieces(result, asked.form)
    # What cannot be written is known with the first piece, while the status may still say so.
    first = next(body)
    return Made(asked.media_type, chain([first], body), headers)


def suggested(
    graph: OpenGraph, limits: Limits, param: Param, text: str, lang: str, most: int, headers: Mapping[str, str]
) -> Made:
    """Values of a parameter that occur in the graph, the most used first, and how many others there are."""
    every = suggest(param, graph.store(), text, lang=lang, limit=None)
    values = [one.as_json() for one in every[:most]]
    told: dict[str, Any] = {"parameter": param.name, "values": values, "more": len(every) - len(values)}
    return Made("application/json", iter([_json(told)]), headers)


def bound(
    graph: OpenGraph, limits: Limits, query: SavedQuery, values: Mapping[str, object], lang: str,
    headers: Mapping[str, str],
) -> Made:  # fmt: skip
    """SPARQL of a query with values bound, without the lines of its header; runs on any endpoint as it stands."""
    text = bound_text(query, values, Resolver(graph.store()), lang)
    lines = [line for line in text.split("\n") if not line.startswith("#+")]
    return Made("application/sparql-query", iter([("\n".join(lines).strip() + "\n").encode()]), headers)


def _links(asked: Run, following: str | None) -> Iterator[str]:
    if following is not None:
        yield f'<{following}>; rel="next"'
    if asked.limit is not None and asked.offset:
        before = max(0, asked.offset - asked.limit)
        yield f'<{asked.address.replace("OFFSET", str(before))}>; rel="prev"'
        yield f'<{asked.address.replace("OFFSET", "0")}>; rel="first"'


def _bounded(found: Iterator[Row], most: int) -> Iterator[Row]:
    for number, row in enumerate(found):
        if number >= most:
            raise TooBig("rows", most)
        yield row


def _json(told: object) -> bytes:
    return (json.dumps(told, ensure_ascii=False) + "\n").encode()
