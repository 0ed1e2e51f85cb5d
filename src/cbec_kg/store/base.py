"""What every store offers, embedded or remote.

>>> Solutions(("x",), iter([(None,)])).variables
('x',)
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from cbec_kg.rdf.terms import Quad, Term, Triple

__all__ = ["QueryResult", "Solutions", "Store"]


@dataclass(frozen=True, slots=True)
class Solutions:
    """Rows of a SELECT: ``variables`` without the question mark, one term or None a variable in each row."""

    variables: tuple[str, ...]
    rows: Iterator[tuple[Term | None, ...]]


QueryResult = Solutions | bool | Iterator[Triple]


class Store(Protocol):
    """A graph that can be read by SPARQL 1.1; its default graph holds each triple once."""

    def query(self, sparql: str, *, timeout: float | None = None) -> QueryResult:
        """Run a query (SELECT, ASK, CONSTRUCT, DESCRIBE); ``timeout`` in seconds.

        Raises `QueryError` for one that cannot be parsed, `UpdateRefused` for an update, `QueryTimeout`.
        """

    def select(self, sparql: str, *, timeout: float | None = None) -> Solutions:
        """Like `query`, for a SELECT; raises `QueryError` for any other form."""

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """All quads, or those of one named graph; ``""`` stands for the default graph."""
