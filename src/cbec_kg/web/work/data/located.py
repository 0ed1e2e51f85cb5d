"""What a path names: a thing, a named graph, a document such as the ontology; or nothing, and what is like it.

>>> from cbec_kg.rdf.terms import Quad, RDF_TYPE, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> graph = OpenGraph(MemoryStore([Quad(iri("id:shein"), RDF_TYPE, iri("cbec:Platform"), iri("graph:entities"))]))
>>> located(graph, [(BASE + "graph/entities", ".ttl")]).kind
'graph'
>>> located(graph, [(BASE + "alignment/un-m49", "")]).kind, located(graph, [(BASE + "id/temu", "")]).kind
('document', '')
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cbec_kg.errors import BadParameter
from cbec_kg.namespaces import BASE
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, Literal, NamedNode, iri
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.data.documents import is_document
from cbec_kg.web.work.data.near import Near, near

__all__ = ["Located", "located"]

_VERSIONED = re.compile(r"(\d+\.\d+\.\d+)/(.+)")
_NAMED = iri("owl:NamedIndividual").value
_MOST_CLASSES = 20


@dataclass(frozen=True, slots=True)
class Located:
    """What was found: its IRI, its ``kind`` (thing, graph, document; empty where nothing has the name), the suffix of
    the form that was asked for, its classes; ``state`` and ``changed`` are those of the graph. ``near`` are names like
    it, where there is nothing."""

    iri: str
    kind: str
    suffix: str
    classes: tuple[str, ...] = ()
    state: str = ""
    changed: float | None = None
    near: tuple[Near, ...] = ()


def located(graph: OpenGraph, tries: Sequence[tuple[str, str]], lang: str = "en", *, suggest: bool = True) -> Located:
    """The first of some IRIs, each with the suffix it leaves, that names something; raises `StoreMissing`."""
    store, (state, changed) = graph.store(), graph.state() or ("", None)
    for wanted, suffix in tries:
        name = _current(store, wanted)
        if name and (kind := _kind(store, name)):
            return Located(name, kind, suffix, _classes(store, name), state, changed)
    wanted, suffix = tries[0]
    return Located(wanted, "", suffix, near=near(graph, wanted, lang) if suggest else (), state=state, changed=changed)


def _current(store: Store, name: str) -> str:
    """An IRI without the number of a version, where that is the graph's; empty where it is another's."""
    found = _VERSIONED.fullmatch(name.removeprefix(BASE))
    if found is None:
        return name
    ontology = spell(NamedNode(BASE + "ontology"))
    rows = store.select(f"SELECT ?version {{ {ontology} {spell(iri('owl:versionInfo'))} ?version }}").rows
    versions = {term.value for (term,) in rows if isinstance(term, Literal)}
    plain = BASE + found[2]
    return plain if found[1] in versions and is_document(store, plain) else ""


def _kind(store: Store, name: str) -> str:
    if is_document(store, name):
        return "document"
    try:
        node = spell(NamedNode(name))
    except (ValueError, BadParameter):  # what is no IRI names nothing
        return ""
    if store.query(f"ASK {{ GRAPH {node} {{ ?s ?p ?o }} }}"):
        return "graph"
    found = store.query(f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s ?q {node} }} UNION {{ ?t {node} ?v }} }}")
    return "thing" if found else ""


def _classes(store: Store, name: str) -> tuple[str, ...]:
    """Classes of a thing, sorted."""
    rows = store.select(f"SELECT ?class {{ {spell(NamedNode(name))} {spell(RDF_TYPE)} ?class }}").rows
    found = {term.value for (term,) in rows if isinstance(term, NamedNode)} - {_NAMED}
    return tuple(sorted(found)[:_MOST_CLASSES])
