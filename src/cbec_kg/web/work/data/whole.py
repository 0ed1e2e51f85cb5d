"""A named graph as a whole, as RDF.

One of usual size is written in canonical order. A bigger one is written in the order of the store's index, which is
the same each time too, and through a file: its size is known before the first byte, and memory stays small.

>>> from cbec_kg.rdf.terms import RDF_TYPE, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> graph = OpenGraph(MemoryStore([Quad(iri("id:shein"), RDF_TYPE, iri("cbec:Platform"), iri("graph:entities"))]))
>>> head, chunks = whole(graph, Limits(), iri("graph:entities").value, "nt")
>>> head, b"".join(chunks).decode().split()[0]
({'bytes': 133}, '<https://w3id.org/cbec-kg/id/shein>')
"""

import tempfile
from collections.abc import Iterator
from io import RawIOBase
from itertools import islice
from typing import IO, Any, cast

import pyoxigraph

from cbec_kg.export.write import serialised
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import BlankNode, Quad, Triple
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits, TooBig
from cbec_kg.web.work.data.described import written

__all__ = ["whole"]

_IN_MEMORY = 100_000
"""Triples that are sorted in memory."""
_CHUNK = 64 << 10


def whole(graph: OpenGraph, limits: Limits, name: str, form: str) -> tuple[dict[str, int], Iterator[bytes]]:
    """How many bytes a graph is in an RDF format, and the bytes; raises `TooBig` before the first of them."""
    store = graph.store()
    first = [quad.triple for quad in islice(store.quads(name), _IN_MEMORY + 1)]
    if len(first) > limits.rows:
        raise TooBig("statements", limits.rows)
    if len(first) <= _IN_MEMORY:
        content = _small(first, name, form)
        if len(content) > limits.bytes:
            raise TooBig("bytes", limits.bytes)
        return {"bytes": len(content)}, iter((content,))
    first.clear()
    file = tempfile.TemporaryFile()  # noqa: SIM115 - closed when all of it has been read
    bounded = _Bounded(file, limits.bytes)
    try:
        target = cast(IO[bytes], bounded)  # a raw file is all that is needed
        pyoxigraph.serialize(_counted(store, name, limits), target, by_name(form).rdf_format, prefixes=PREFIXES)
    except BaseException:
        file.close()
        raise
    return {"bytes": bounded.size}, _read(file)


def _counted(store: Store, name: str, limits: Limits) -> Iterator[Triple]:
    for count, quad in enumerate(store.quads(name)):
        if count == limits.rows:
            raise TooBig("statements", limits.rows)
        yield quad.triple


class _Bounded(RawIOBase):
    """A file that takes so many bytes; the disk is not a limit to find out about."""

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file, self._most = file, most
        self.size = 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any, /) -> int:
        """Take bytes; raises `TooBig`."""
        self.size += len(data)
        if self.size > self._most:
            raise TooBig("bytes", self._most)
        return self._file.write(data)


def _small(triples: list[Triple], name: str, form: str) -> bytes:
    if any(isinstance(term, BlankNode) for one in triples for term in (one.subject, one.object)):
        return serialised((Quad(*triple) for triple in triples), by_name(form))[0]
    return written(triples, form, f"The named graph {name}: {len(triples)} statements.")


def _read(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while chunk := file.read(_CHUNK):
            yield chunk
