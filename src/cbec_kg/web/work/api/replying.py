"""What a reader says before the first byte of an answer, and answers that the client has already.

An entity tag names the graph's version and what was asked, so that it holds as long as no build and no article changes
the graph (RFC 9110, section 8.8.3; weak, for a proxy may compress).

>>> from cbec_kg.store.embedded import MemoryStore
>>> from cbec_kg.store.pool.limits import Limits
>>> def work(graph: OpenGraph, limits: Limits, text: str) -> Made:
...     return Made("text/plain", iter([text.encode()]))
>>> graph = OpenGraph(MemoryStore())
>>> head, body = replied(graph, Limits(), Asked("hello"), work, "hello")
>>> head.status, b"".join(body)
(200, b'hello')
>>> head, body = replied(graph, Limits(), Asked("hello", head.etag), work, "hello")
>>> head.status, b"".join(body)
(304, b'')
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits
from cbec_kg.web.tags import matches, tag_of

__all__ = ["Asked", "Made", "Reply", "replied"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What names an answer, besides the graph; what ``If-None-Match`` says; whether only the head is wanted."""

    name: str
    known: str | None = None
    head_only: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """An answer: its media type, its bytes, and headers of its own."""

    media_type: str
    body: Iterator[bytes]
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class Reply:
    """What is known before the first byte; no status but 200 and 304 comes with an entity tag."""

    status: int
    media_type: str
    headers: Mapping[str, str]
    etag: str


def replied(
    graph: OpenGraph, limits: Limits, asked: Asked, work: Callable[..., Made], *arguments: Any
) -> tuple[Reply, Iterator[bytes]]:
    """The answer of ``work(graph, limits, *arguments)`` with its entity tag; 304 where the client has it."""
    etag = tag_of(f"{graph.version()}", asked.name, weak=True)
    if matches(asked.known, etag):
        return Reply(304, "", {}, etag), iter(())
    made = work(graph, limits, *arguments)
    reply = Reply(made.status, made.media_type, dict(made.headers), etag)
    return reply, iter(()) if asked.head_only else made.body
