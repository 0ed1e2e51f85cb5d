"""What the graph says of one thing, asserted and inferred, as RDF.

Its own statements; those that point at it, of each property at most `MOST`; of a claim also its evidence; and the
labels of all that is named in them, so that a browser of data shows words.

>>> from cbec_kg.rdf.terms import Quad, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein, sites = iri("id:shein"), iri("voc:independent-sites")
>>> graph = OpenGraph(MemoryStore([
...     Quad(shein, iri("cbec:uses"), sites), Quad(shein, RDFS_LABEL, text("Shein", "en")),
... ]))
>>> content, told = described(graph, sites.value, "nt")
>>> content.decode().count(" .\\n"), told
(2, Told(own=0, pointing=1, of=1))
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cbec_kg.export.write import serialised
from cbec_kg.namespaces import CLAIM, compact
from cbec_kg.query.spell import spell
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import RDFS_LABEL, Literal, NamedNode, Quad, Triple, iri
from cbec_kg.rdf.turtle import turtle
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph

__all__ = ["MOST", "Told", "described", "written"]

MOST = 50
"""So many statements of each property that point at a thing are told: a country has thousands of claims about it."""
_AT_ONCE = 500
"""Names in one query."""
_EVIDENCE = iri("cbec:evidence")


@dataclass(frozen=True, slots=True)
class Told:
    """How much was told: statements of the thing's ``own``, and those ``pointing`` at it, ``of`` so many."""

    own: int
    pointing: int
    of: int


def described(graph: OpenGraph, name: str, form: str) -> tuple[bytes, Told]:
    """A thing in an RDF format, the same bytes for the same graph, and how much of what points at it is there."""
    store, node = graph.store(), NamedNode(name)
    own = set(_own(store, [node]))
    pointing, of = _pointing(store, node)
    told = Told(len(own), len(pointing), of)
    triples = own | pointing
    if name.startswith(CLAIM):
        places = [one.object for one in own if one.predicate == _EVIDENCE and isinstance(one.object, NamedNode)]
        triples |= set(_own(store, places))
    terms = {term for one in triples for term in (one.subject, one.predicate, one.object)}
    triples |= set(_labels(store, [term for term in terms if isinstance(term, NamedNode)]))
    return written(triples, form, _comment(name, told)), told


def written(triples: Iterable[Triple], form: str, comment: str | None = None) -> bytes:
    """Triples without blank nodes in an RDF format, in canonical order; ``comment`` stands at the top of Turtle."""
    if form == "ttl":
        return turtle(triples, header_comment=comment).encode()
    return serialised((Quad(*triple) for triple in triples), by_name(form))[0]


def _comment(name: str, told: Told) -> str:
    said = f"{compact(name)}: {told.own} statements, {told.pointing} of the {told.of} that point at it, labels."
    if told.pointing < told.of:
        said += f"\nOf each property {MOST} pointing statements at most are here; /sparql has them all."
    return said


def _own(store: Store, nodes: Iterable[NamedNode]) -> Iterator[Triple]:
    """Statements of things; of blank nodes, which only axioms and shapes have, the documents of these tell."""
    for node in nodes:
        for predicate, value in store.select(f"SELECT ?p ?o {{ {spell(node)} ?p ?o FILTER(!isBlank(?o)) }}").rows:
            assert isinstance(predicate, NamedNode)
            assert isinstance(value, NamedNode | Literal)
            yield Triple(node, predicate, value)


def _pointing(store: Store, node: NamedNode) -> tuple[set[Triple], int]:
    """Statements of named things that point at one, of each property the first; and how many there are in all."""
    spelled = spell(node)
    counted = store.select(
        f"SELECT ?p (COUNT(*) AS ?n) {{ ?s ?p {spelled} FILTER(isIRI(?s)) }} GROUP BY ?p ORDER BY ?p"
    )
    found: set[Triple] = set()
    total = 0
    for predicate, count in list(counted.rows):
        assert isinstance(predicate, NamedNode)
        assert isinstance(count, Literal)
        total += int(count.value)
        some = store.select(
            f"SELECT ?s {{ ?s {spell(predicate)} {spelled} FILTER(isIRI(?s)) }} ORDER BY ?s LIMIT {MOST}"
        )
        found |= {Triple(subject, predicate, node) for (subject,) in some.rows if isinstance(subject, NamedNode)}
    return found, total


def _labels(store: Store, nodes: Iterable[NamedNode]) -> Iterator[Triple]:
    listed = sorted(nodes, key=lambda node: node.value)
    for start in range(0, len(listed), _AT_ONCE):
        values = " ".join(map(spell, listed[start : start + _AT_ONCE]))
        rows = store.select(f"SELECT ?s ?o {{ VALUES ?s {{ {values} }} ?s {spell(RDFS_LABEL)} ?o }}").rows
        for subject, label in rows:
            assert isinstance(subject, NamedNode)
            assert isinstance(label, Literal)
            yield Triple(subject, RDFS_LABEL, label)
