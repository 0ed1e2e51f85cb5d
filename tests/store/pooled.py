"""Work that a pool's tests give to readers, good and bad; readers import this module by its name."""

import os
import socket
import sys
import time
from collections.abc import Iterator

from cbec_kg.errors import QueryError
from cbec_kg.store.base import Solutions
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits

__all__ = [
    "asked",
    "broken",
    "call_out",
    "cut",
    "die",
    "fill",
    "keep",
    "length",
    "modules",
    "pid",
    "slow",
    "wait",
    "whole",
]

_kept: list[bytes] = []


def pid(graph: OpenGraph) -> int:
    """The reader's process."""
    return os.getpid()


def modules(graph: OpenGraph) -> set[str]:
    """What the reader has imported."""
    return set(sys.modules)


def wait(graph: OpenGraph, seconds: float) -> str:
    """Nothing, for a while."""
    time.sleep(seconds)
    return "waited"


def asked(graph: OpenGraph, sparql: str) -> object:
    """Rows as text, or what else a query gives."""
    found = graph.store().query(sparql)
    return [[str(term) for term in row] for row in found.rows] if isinstance(found, Solutions) else found


def fill(graph: OpenGraph, size: int) -> int:
    """Take so many bytes."""
    return len(b"x" * size)


def keep(graph: OpenGraph, size: int) -> int:
    """Take so many bytes and never give them back."""
    _kept.append(b"x" * size)
    return os.getpid()


def length(graph: OpenGraph, size: int) -> bytes:
    """So many bytes."""
    return bytes(size)


def die(graph: OpenGraph) -> None:
    """End without a word."""
    os._exit(3)


def broken(graph: OpenGraph) -> None:
    """An error that nobody thought of."""
    raise KeyError("a fault of the program")


def call_out(graph: OpenGraph, port: int) -> str:
    """Try to reach a server of this machine: by Python, and by the engine."""
    try:
        socket.create_connection(("127.0.0.1", port), 5).close()
    except PermissionError as error:
        asked(graph, f"SELECT * {{ SERVICE SILENT <http://127.0.0.1:{port}/> {{ ?s ?p ?o }} }}")
        return str(error.strerror)
    return "reached"


def whole(graph: OpenGraph, limits: Limits, size: int) -> tuple[str, Iterator[bytes]]:
    """So many bytes, in parts of 10,000 and a rest."""
    parts = [b"x" * 10_000] * (size // 10_000) + [b"x" * (size % 10_000)]
    return "text/plain", iter(parts)


def cut(graph: OpenGraph, limits: Limits, size: int) -> tuple[str, Iterator[bytes]]:
    """The same, and then an error."""

    def parts() -> Iterator[bytes]:
        yield b"x" * size
        raise QueryError("the query cannot be run: it failed on its way")

    return "text/plain", parts()


def slow(graph: OpenGraph, limits: Limits, size: int) -> tuple[str, Iterator[bytes]]:
    """The same, and then nothing for a minute."""

    def parts() -> Iterator[bytes]:
        yield b"x" * size
        time.sleep(60)

    return "text/plain", parts()


MADE: list[str] = []


def _make(graph: OpenGraph) -> None:
    MADE.append("made")


def _fail(graph: OpenGraph) -> None:
    raise ValueError("what cannot be made is told to who asks for it")


WARMING = (_make, _fail, _make)


def made(graph: OpenGraph) -> list[str]:
    """What was made in this reader while nobody asked."""
    return MADE
