"""A query of a stranger: run, and its answer written in the format that was asked for.

>>> from cbec_kg.store.embedded import MemoryStore
>>> head, pieces = answer(OpenGraph(MemoryStore()), Limits(), Asked("SELECT (1 AS ?n) {}", form="csv"))
>>> head, b"".join(pieces)
('text/csv; charset=utf-8; header=present', b'n\\r\\n1\\r\\n')
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from cbec_kg.errors import UpdateRefused
from cbec_kg.store.base import Solutions
from cbec_kg.store.embedded import MemoryStore
from cbec_kg.store.engine import Dataset, run
from cbec_kg.store.federation import refuse_federation
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.nesting import refuse_hostile
from cbec_kg.store.pool.limits import Limits, TooBig
from cbec_kg.web.work.sparql.media import taken
from cbec_kg.web.work.sparql.solutions import written, written_boolean
from cbec_kg.web.work.sparql.statements import stated

__all__ = ["Asked", "answer", "answer_whole", "at_most", "form_of", "whole"]

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it came: on another ``dataset`` where one was named, answered as ``accept`` or ``form`` wants it.

    ``services`` are the servers that it may ask; relative IRIs are resolved against ``base``.
    """

    query: str
    dataset: Dataset | None = None
    accept: str | None = None
    form: str | None = None
    services: tuple[str, ...] = ()
    base: str | None = None


def answer(graph: OpenGraph, limits: Limits, asked: Asked) -> tuple[str, Iterator[bytes]]:
    """Content type and bytes of the answer.

    Raises `QueryError`, `NotOffered`; while the bytes are made, `TooBig` for more rows or triples than the limit.
    """
    refuse_hostile(asked.query)
    refuse_federation(asked.query, asked.services)
    store = graph.store()
    assert isinstance(store, MemoryStore)
    try:
        found = run(store.database, asked.query, asked.dataset, asked.base)
    except UpdateRefused:
        raise UpdateRefused("this is an update, and queries are answered here", fix="send it to /update") from None
    if isinstance(found, bool):
        form, content = taken("boolean", asked.accept, asked.form)
        return content, iter((written_boolean(form, found),))
    if isinstance(found, Solutions):
        form, content = taken("rows", asked.accept, asked.form)
        return content, written(form, found.variables, at_most(found.rows, limits.rows, "rows"))
    form, content = taken("graph", asked.accept, asked.form)
    return content, stated(form, at_most(found, limits.rows, "triples"))


def answer_whole(graph: OpenGraph, limits: Limits, asked: Asked) -> tuple[str, bytes]:
    """The same, all bytes at once; raises `TooBig` for too many of them, too."""
    content, pieces = answer(graph, limits, asked)
    return content, whole(pieces, limits)


def whole(pieces: Iterable[bytes], limits: Limits) -> bytes:
    """All bytes of an answer; raises `TooBig`."""
    made = bytearray()
    for piece in pieces:
        made += piece
        if len(made) > limits.bytes:
            raise TooBig("bytes", limits.bytes)
    return bytes(made)


def form_of(graph: OpenGraph, limits: Limits, asked: Asked) -> str:
    """The content type alone."""
    return answer(graph, limits, asked)[0]


def at_most(items: Iterable[Item], most: int, what: str) -> Iterator[Item]:
    """Items, and `TooBig` for one more than ``most``."""
    for number, item in enumerate(items):
        if number == most:
            raise TooBig(what, most)
        yield item
