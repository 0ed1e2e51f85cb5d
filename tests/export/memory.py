"""The smallest store that keeps the contract of `cbec_kg.store.base.Store`, for tests of what reads one."""

from collections.abc import Iterable, Iterator

import pyoxigraph

from cbec_kg.errors import QueryError
from cbec_kg.rdf.terms import DefaultGraph, NamedNode, Quad
from cbec_kg.store.base import QueryResult, Solutions

__all__ = ["MemoryStore"]


class MemoryStore:
    """Quads in memory; the default graph is the union of the named ones and of what was put there, each triple once."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._store = pyoxigraph.Store()
        for quad in quads:
            self._store.add(quad)
            self._store.add(Quad(quad.subject, quad.predicate, quad.object))

    def query(self, sparql: str, *, timeout: float | None = None) -> QueryResult:
        found = self._store.query(sparql)
        if isinstance(found, pyoxigraph.QuerySolutions):
            names = tuple(variable.value for variable in found.variables)
            return Solutions(names, (tuple(row[name] for name in names) for row in found))
        if isinstance(found, pyoxigraph.QueryBoolean):
            return bool(found)
        return iter(found)

    def select(self, sparql: str, *, timeout: float | None = None) -> Solutions:
        found = self.query(sparql, timeout=timeout)
        if not isinstance(found, Solutions):
            raise QueryError("not a SELECT")
        return found

    def graphs(self) -> list[str]:
        return sorted(graph.value for graph in self._store.named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        name = None if graph is None else NamedNode(graph) if graph else DefaultGraph()
        return iter(self._store.quads_for_pattern(None, None, None, name))
