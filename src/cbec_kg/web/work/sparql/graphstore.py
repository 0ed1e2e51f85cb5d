"""One graph of the store, whole, in the format that was asked for (SPARQL 1.1 Graph Store HTTP Protocol).

>>> from cbec_kg.store.embedded import MemoryStore
>>> head, pieces = graph_of(OpenGraph(MemoryStore()), Limits(), "", "application/n-triples", None)
>>> head, b"".join(pieces)
('application/n-triples; charset=utf-8', b'')
"""

from collections.abc import Iterator

from cbec_kg.rdf.terms import NamedNode
from cbec_kg.store.embedded import MemoryStore
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.foreign.updates import Update, run_update
from cbec_kg.store.foreign.writing import Document, UnknownGraph, delete_in, post_in, put_in
from cbec_kg.store.pool.limits import Limits
from cbec_kg.web.work.sparql.media import taken
from cbec_kg.web.work.sparql.query import at_most, whole
from cbec_kg.web.work.sparql.statements import stated

__all__ = [
    "delete_from_scratch", "graph_head", "graph_of", "graph_whole", "post_to_scratch", "put_into_scratch",
    "update_scratch",
]  # fmt: skip


def graph_of(
    graph: OpenGraph, limits: Limits, name: str, accept: str | None, form: str | None
) -> tuple[str, Iterator[bytes]]:
    """Content type and bytes of a graph, ``""`` for the default graph; raises `UnknownGraph`, `NotOffered`."""
    store = _store(graph)
    if name and not store.database.contains_named_graph(NamedNode(name)):
        raise UnknownGraph(name)
    known, content = taken("graph", accept, form)
    triples = (quad.triple for quad in store.quads(name))
    return content, stated(known, at_most(triples, limits.rows, "triples"))


def graph_whole(graph: OpenGraph, limits: Limits, name: str, accept: str | None, form: str | None) -> tuple[str, bytes]:
    """The same, all bytes at once."""
    content, pieces = graph_of(graph, limits, name, accept, form)
    return content, whole(pieces, limits)


def graph_head(graph: OpenGraph, limits: Limits, name: str, accept: str | None, form: str | None) -> str:
    """The content type alone."""
    return graph_of(graph, limits, name, accept, form)[0]


# What `serve --scratch` lets everybody do, in the process that holds the dataset.


def update_scratch(graph: OpenGraph, asked: Update) -> None:
    """Run an update on the dataset in memory."""
    run_update(_store(graph).database, asked)


def put_into_scratch(graph: OpenGraph, document: Document) -> bool:
    """Make a graph of it what a document says; gives whether it is new."""
    return put_in(_store(graph).database, document)


def post_to_scratch(graph: OpenGraph, document: Document) -> bool:
    """Add a document to a graph of it; gives whether it is new."""
    return post_in(_store(graph).database, document)


def delete_from_scratch(graph: OpenGraph, name: str) -> None:
    """Take a graph of it away."""
    delete_in(_store(graph).database, name)


def _store(graph: OpenGraph) -> MemoryStore:
    store = graph.store()
    assert isinstance(store, MemoryStore)
    return store
