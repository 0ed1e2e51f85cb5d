"""Answers to show in the API's description: what this very graph says, two rows of each saved query.

>>> from cbec_kg.store.embedded import MemoryStore
>>> graph = OpenGraph(MemoryStore())
>>> version, found = examples(graph, ())
>>> found, examples(graph, (), version)[1]
({'search': {'hits': []}}, None)
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

from cbec_kg.answer.question import Question
from cbec_kg.errors import CbecError
from cbec_kg.query.saved import SavedQuery
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits
from cbec_kg.web.work.api import figures, named, queries
from cbec_kg.web.work.api.figures import Told
from cbec_kg.web.work.api.replying import Made

__all__ = ["examples"]

_ROWS = 2


def examples(
    graph: OpenGraph, saved: Sequence[SavedQuery], known: str | None = None
) -> tuple[str, dict[str, Any] | None]:
    """The graph's version, and JSON of an answer by the name of its operation; None where the version is ``known``.

    Of what this graph cannot answer there is no example.
    """
    if (version := graph.version()) == known:
        return version, None
    found = {}
    for name, made in _asked(graph, saved):
        with suppress(CbecError):
            body = made()
            if body.status == 200:
                found[name] = json.loads(b"".join(body.body))
    return version, found


def _asked(graph: OpenGraph, saved: Sequence[SavedQuery]) -> Iterator[tuple[str, Callable[[], Made]]]:
    limits, question, day = Limits(), Question("cbec-trade-value", period="2022", flow="export"), date(2023, 6, 15)
    yield "answer", lambda: figures.by_dimensions(graph, limits, question, Told("en"))
    yield "receipt", lambda: figures.receipt(graph, limits, question, {})
    yield "ask", lambda: figures.in_words(graph, limits, "CBEC exports in 2022?", day, Told("en"))
    yield "search", lambda: named.found(graph, limits, "tmall glo", None, 2, "en", {})
    yield "entity", lambda: named.described(graph, limits, "Shein", 1, "en", {})
    yield "explain", lambda: named.explained(graph, limits, ("id:yiwu", "a", "cbec:Place"), 1, "en", {})
    for query in saved:
        address = f"/api/queries/{query.name}?limit={_ROWS}&offset=OFFSET"
        run = queries.Run(query, {}, "json", "application/json", limit=_ROWS, address=address)
        yield query.name, lambda run=run: queries.rows(graph, limits, run)  # type: ignore[misc]
