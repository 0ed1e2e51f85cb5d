"""A server that a graph is pushed into: graphs written by the Graph Store Protocol, counted by SPARQL.

>>> Server(Endpoint.of("http://localhost:3030/ds/data"), Endpoint.of("http://localhost:3030/ds/sparql"), Wire())
Server(http://localhost:3030/ds/data, counted at http://localhost:3030/ds/sparql)
"""

import re

from cbec_kg.errors import StoreError
from cbec_kg.export.push.layouts import queries_of
from cbec_kg.export.push.record import PUSHED, SEEN, WHOLE, Entry, numbers_of, read
from cbec_kg.export.push.wire import Wire
from cbec_kg.namespaces import GRAPH
from cbec_kg.rdf.terms import Literal, NamedNode, Term
from cbec_kg.store.remote.endpoint import Endpoint

__all__ = ["Server", "guessed"]

_PAGE = 5_000  # rows
# Within a string a quotation mark has a backslash before it, so this is the end of a line only.
_WHOLE_DECIMAL = re.compile(rb'"(-?[0-9]+)"(\^\^<http://www\.w3\.org/2001/XMLSchema#decimal> \.\n)')
_TRIPLES = "application/n-triples"


class Server:
    """``to`` is a Graph Store Protocol endpoint, ``sparql`` where the same dataset answers queries."""

    def __init__(self, to: Endpoint, sparql: Endpoint, wire: Wire) -> None:
        self.to, self.sparql, self._wire = to, sparql, wire
        self._points = False

    def __repr__(self) -> str:
        return f"Server({self.to}, counted at {self.sparql})"

    def put(self, graph: str, body: bytes) -> None:
        """Replace a graph, ``""`` the default graph, by N-Triples."""
        self._wire.write("PUT", self.to, _named(graph), self._spelled(body), _TRIPLES)

    def post(self, graph: str, body: bytes) -> None:
        """Add N-Triples without blank nodes to a graph: once or twice is the same."""
        self._wire.write("POST", self.to, _named(graph), self._spelled(body), _TRIPLES)

    def delete(self, graph: str) -> None:
        """Remove a graph; one that is not there is removed already."""
        self._wire.write("DELETE", self.to, _named(graph), None, None)

    def count(self, graph: str) -> int:
        """Triples of a graph, ``""`` the default graph."""
        pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        rows = self._rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}")
        return _number(self, rows[0][0] if rows else None)

    def graphs(self) -> dict[str, int]:
        """Triples of each graph of ours, the record left out."""
        pattern = f'GRAPH ?g {{ ?s ?p ?o }} FILTER(STRSTARTS(STR(?g), "{GRAPH}"))'
        rows = self._pages("?g", "?g (COUNT(*) AS ?n)", pattern, " GROUP BY ?g")
        named = {graph.value: _number(self, count) for graph, count in rows if isinstance(graph, NamedNode)}
        named.pop(PUSHED, None)
        return named

    def record(self) -> dict[str, Entry] | None:
        """What the last push left, None where there is nothing of one."""
        rows = self._pages("?s", "?s ?p ?o", f"GRAPH <{PUSHED}> {{ ?s ?p ?o }}")
        return read(rows) if rows else None

    def is_union(self) -> bool:
        """Whether a query without a graph sees named graphs too; to be asked when the record is there."""
        return bool(self._rows(SEEN))

    def learn_spelling(self) -> None:
        """Find out how the server writes decimals, and send them so; to be called when the record is there.

        Jena's TDB2 takes "10", gives "10.0", and cannot remove by that name what it filed under the other: such a
        triple would outlive every PUT. Sent as "10.0" it is the same number, and goes.
        """
        self._points = self._rows(WHOLE) == [(Literal("10.0"),)]

    def _spelled(self, body: bytes) -> bytes:
        return _WHOLE_DECIMAL.sub(rb'"\1.0"\2', body) if self._points else body

    def _pages(self, key: str, select: str, pattern: str, group: str = "") -> list[tuple[Term | None, ...]]:
        """Rows of as many queries as it takes, page by page in the order of an IRI, the first column.

        Virtuoso gives ten thousand rows at most, and sorts no more than that for an OFFSET.
        """
        rows: list[tuple[Term | None, ...]] = []
        seen = [""]
        while True:
            where = f'{{ {pattern} FILTER(STR({key}) > "{seen[-1]}") }}'
            page = self._rows(f"SELECT {select} WHERE {where}{group} ORDER BY STR({key}) LIMIT {_PAGE}")
            if len(page) < _PAGE:
                return rows + page
            page = [row for row in page if row[0] != page[-1][0]] or page  # what speaks of the last may be cut
            rows += page
            name = page[-1][0]
            # The characters of an IRI need no escape within a string.
            if not isinstance(name, NamedNode) or name.value in seen:
                raise StoreError(f"{self.sparql} gives other rows than were asked for", fix="correct --sparql")
            seen.append(name.value)

    def _rows(self, query: str) -> list[tuple[Term | None, ...]]:
        return self._wire.rows(self.sparql, query)


def guessed(to: Endpoint, wire: Wire) -> Endpoint:
    """Where the dataset of a Graph Store Protocol endpoint answers queries; raises `StoreError` where nothing does."""
    tried = [Endpoint.of(url) for url in queries_of(str(to))]
    for endpoint in tried:
        if wire.answers(endpoint):
            return endpoint
    where = f", and not at {', '.join(map(str, tried))}" if tried else ""
    raise StoreError(f"where {to} answers queries is not known{where}", fix="say it with --sparql URL")


def _named(graph: str) -> tuple[tuple[str, str], ...]:
    return (("graph", graph),) if graph else (("default", ""),)


def _number(server: Server, term: Term | None) -> int:
    if isinstance(term, Literal) and (numbers := numbers_of([term.value])):
        return numbers[0]
    raise StoreError(f"{server.sparql} counts triples, and gives no number", fix="correct --sparql")
