"""Names of the graph that are spelled like one that it does not have, for "did you mean".

>>> from cbec_kg.rdf.terms import Quad, RDF_TYPE, RDFS_LABEL, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> graph = OpenGraph(MemoryStore([
...     Quad(iri("id:shein"), RDF_TYPE, iri("cbec:Entity")), Quad(iri("id:shein"), RDFS_LABEL, text("Shein", "en")),
...     Quad(iri("period:2014--2019"), RDF_TYPE, iri("cbec:Period")),
... ]))
>>> [one.label for one in near(graph, BASE + "id/shien")]
['Shein']
>>> [compact(one.iri) for one in near(graph, BASE + "period/2014/2019")]
['period:2014--2019']
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cbec_kg.errors import CbecError
from cbec_kg.namespaces import BASE, compact
from cbec_kg.query.labels import labels_of
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, iri
from cbec_kg.search.index import EntityIndex
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.data.documents import DOCUMENTS, files

__all__ = ["Near", "near"]

_FEW = 5
_LONGEST = 200
"""What is longer is no slip of typing."""
_MOST = 20_000
"""So many names of a kind are compared at most."""
_CLASSES = {
    "period": "cbec:Period", "series": "cbec:Series", "obs": "cbec:Observation", "article": "cbec:Article",
}  # fmt: skip
"""Kinds whose names say what they are; those of claims, evidence and findings are digests, which nobody mistypes."""
_ALIKE = 75.0
_FORM = re.compile(r"[.](ttl|rdf|jsonld|nt|html|json|xml)$")


@dataclass(frozen=True, slots=True)
class Near:
    """A name that is there, and its label in the reader's language."""

    iri: str
    label: str


def near(graph: OpenGraph, name: str, lang: str = "en") -> tuple[Near, ...]:
    """At most five names like the IRI ``name``, the likest first."""
    kind, _, local = name.removeprefix(BASE).partition("/")
    if not name.startswith(BASE) or len(local or kind) > _LONGEST:
        return ()
    local = _FORM.sub("", local)
    store = graph.store()
    if kind in ("id", "vocab") and local:
        found = _searched(graph, store, local, lang)
    elif kind in _CLASSES:
        found = _alike(local.replace("/", "--"), f"{BASE}{kind}/", _of_class(store, _CLASSES[kind]))
    elif kind == "graph":
        found = _alike(local, f"{BASE}graph/", store.graphs())
    else:
        found = _alike(re.sub(r"^\d+\.\d+\.\d+/", "", name.removeprefix(BASE)), BASE, [*DOCUMENTS, *files()])
    labels = labels_of(store, found, lang)
    return tuple(Near(one, labels.get(one, compact(one))) for one in found)


def _searched(graph: OpenGraph, store: Store, local: str, lang: str) -> list[str]:
    """Things found by what a name says, the namespaces of entities and codes alike; one that is exactly it first."""
    index = graph.made_of(EntityIndex.of)
    try:
        hits = index.search(re.sub(r"[-_./]+", " ", local).strip(), lang=lang, limit=_FEW)
    except CbecError:  # nothing is left to search
        return []
    return [hit.iri for hit in hits if hit.iri.startswith(BASE)]


def _of_class(store: Store, cls: str) -> Iterable[str]:
    rows = store.select(f"SELECT ?thing {{ ?thing {spell(RDF_TYPE)} {spell(iri(cls))} }} LIMIT {_MOST}").rows
    return [term.value for (term,) in rows if isinstance(term, NamedNode)]


def _alike(local: str, base: str, names: Iterable[str]) -> list[str]:
    from rapidfuzz import fuzz, process

    known = sorted(name.removeprefix(base) for name in names if name.startswith(base))
    found = process.extract(local, known, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_FEW)
    return [base + match for match, _, _ in sorted(found, key=lambda one: (-one[1], one[0]))]
