"""Triples that a CONSTRUCT or DESCRIBE gives: a sequence that writes itself in any RDF format.

>>> from cbec_kg.rdf.terms import RDF_TYPE, Triple, iri
>>> found = Triples(Graph([Triple(iri("id:shein"), RDF_TYPE, iri("cbec:Platform"))]))
>>> found[0].subject, len(found)
(Iri('id:shein'), 1)
>>> print(found.to_text("nt"), end="")
<https://w3id.org/cbec-kg/id/shein> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
<https://w3id.org/cbec-kg/ontology#Platform> .
>>> print(found)
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix cbec: <https://w3id.org/cbec-kg/ontology#> .
@prefix id: <https://w3id.org/cbec-kg/id/> .
id:shein a cbec:Platform .
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from cbec_kg.api.iri import Iri
from cbec_kg.api.writing import Target, text_of, write_to
from cbec_kg.query.formats.display import printable
from cbec_kg.query.results import Graph, to_python
from cbec_kg.rdf.terms import NamedNode, Term

if TYPE_CHECKING:
    import rdflib

__all__ = ["Triple", "Triples"]

_SHOWN = 50


class Triple(NamedTuple):
    """One triple: an `Iri`, or the value of a literal."""

    subject: Any
    predicate: Any
    object: Any


class Triples(Sequence[Triple]):
    """Triples in memory, sorted, each once; ``graph.triples`` are the same as RDF terms."""

    def __init__(self, graph: Graph) -> None:
        known = sorted(set(graph.triples), key=lambda one: tuple(map(str, one)))
        self.graph = replace(graph, triples=tuple(known))

    @property
    def cut(self) -> bool:
        """Whether there were more triples than were asked for."""
        return self.graph.cut

    @cached_property
    def _triples(self) -> tuple[Triple, ...]:
        return tuple(Triple(*map(_value, one)) for one in self.graph.triples)

    def __len__(self) -> int:
        return len(self._triples)

    @overload
    def __getitem__(self, place: int) -> Triple: ...
    @overload
    def __getitem__(self, place: slice) -> "Triples": ...
    def __getitem__(self, place: int | slice) -> "Triple | Triples":
        if isinstance(place, slice):
            return Triples(replace(self.graph, triples=tuple(self.graph.triples)[place]))
        return self._triples[place]

    def __iter__(self) -> Iterator[Triple]:
        return iter(self._triples)

    def __eq__(self, other: object) -> bool:
        return self.graph == other.graph if isinstance(other, Triples) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.graph)

    def to_text(self, form: str = "ttl") -> str:
        """The triples in an RDF format: ttl, nt, rdfxml, jsonld; or as rows: csv, tsv, jsonl, md, html."""
        return text_of(self.graph, form)

    def write(self, target: Target, form: str | None = None) -> None:
        """Write them to a file, by name or opened for bytes; without ``form`` the end of the name says it."""
        write_to(self.graph, target, form)

    def to_rdflib(self) -> "rdflib.Graph":
        """A graph of rdflib's own that may be changed (extra ``rdflib``); raises `MissingExtra`."""
        from cbec_kg.api.rdflib_view import copied

        return copied(self.to_text("nt"))

    def __repr__(self) -> str:
        lines = printable(self[:_SHOWN].to_text()).rstrip("\n")
        more = len(self) - _SHOWN
        if more > 0:
            lines += f"\n# the first {_SHOWN} triples; {more} more are not shown"
        return f"{lines}\n# there are more: cut at the limit" if self.cut else lines

    def _repr_html_(self) -> str:
        """Turtle, as a notebook shows it."""
        return f"<pre>{escape(repr(self))}</pre>"


def _value(term: Term) -> Any:
    return Iri(term.value) if isinstance(term, NamedNode) else to_python(term)
