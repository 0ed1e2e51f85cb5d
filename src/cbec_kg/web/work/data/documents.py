"""Documents: the ontology, the vocabulary, the shapes as the graph holds them, and the files that their modules are.

What the graph holds of the three follows every build: the header with its version, all terms of the namespace, and for
the ontology the terms of others that it uses. Modules and alignments are files beside the ontology.

>>> BASE + "alignment/un-m49" in files(), BASE + "module/claims" in files()
(True, True)
>>> from cbec_kg.store.embedded import MemoryStore
>>> document = BASE + "module/time"
>>> bytes_of(OpenGraph(MemoryStore()), document, "ttl").decode().split()[0]
'@prefix'
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from cbec_kg import paths
from cbec_kg.errors import CbecError
from cbec_kg.export.write import serialised
from cbec_kg.namespaces import BASE, CBEC, GRAPH, SHAPES, VOCAB
from cbec_kg.ontology.catalog import CATALOG, read
from cbec_kg.query.spell import spell
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import BlankNode, NamedNode, Quad, Triple
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph

__all__ = ["DOCUMENTS", "bytes_of", "files", "is_document", "triples_of"]

DOCUMENTS = {BASE + "ontology": CBEC, BASE + "vocab": VOCAB, BASE + "shapes": SHAPES}
"""Documents whose terms are in the graph, each with the namespace of its terms."""
DATASET = BASE
"""The graph as a whole, which `cbec_kg.web.work.data.dataset` describes."""
_ONTOLOGY_GRAPH = GRAPH + "ontology"


@cache
def files() -> dict[str, Path]:
    """Files of modules and alignments, and of the root that imports all, by their IRIs."""
    folder = paths.ontology()
    found: dict[str, Path] = {}
    for catalog in (folder / CATALOG, folder / "alignments" / CATALOG):
        found |= read(catalog)
    return {name: path for name, path in found.items() if name not in DOCUMENTS}


def is_document(store: Store, name: str) -> bool:
    """Whether an IRI names a document that is there."""
    if name == DATASET or name in files():
        return True
    return name in DOCUMENTS and bool(store.query(f"ASK {{ {spell(NamedNode(name))} ?p ?o }}"))


def bytes_of(graph: OpenGraph, name: str, form: str) -> bytes:
    """A document in an RDF format, the same bytes every time; kept until the graph changes."""
    if form == "ttl" and name in files():
        return files()[name].read_bytes()  # written by hand, or canonical already
    kept = graph.made_of(_nothing_yet)
    if (name, form) not in kept:
        quads = (Quad(*triple) for triple in triples_of(graph.store(), name))
        kept[name, form] = serialised(quads, by_name(form))[0]
    return kept[name, form]


def triples_of(store: Store, name: str) -> Iterable[Triple]:
    """What a document states; raises `CbecError` for what is none."""
    if name in DOCUMENTS:
        return _terms(store, name)
    if name not in files():
        raise CbecError(f"no document {name}", fix="ask for one of the catalog")
    return parse_file(files()[name])


def _nothing_yet(store: Store) -> dict[tuple[str, str], bytes]:
    return {}


def _terms(store: Store, name: str) -> Iterator[Triple]:
    """The header, the terms of the namespace, what they are made of, and in the ontology the terms of others.

    An axiom of many terms, such as classes that are disjoint, has no name: it goes where its terms are.
    """
    blank: dict[BlankNode, list[Triple]] = defaultdict(list)
    inner: set[BlankNode] = set()
    reached: list[BlankNode] = []
    for quad in store.quads(_ONTOLOGY_GRAPH):
        triple = quad.triple
        if isinstance(triple.object, BlankNode):
            inner.add(triple.object)
        if isinstance(triple.subject, BlankNode):
            blank[triple.subject].append(triple)
        elif isinstance(triple.subject, NamedNode) and _belongs(triple.subject.value, name):
            yield triple
            if isinstance(triple.object, BlankNode):
                reached.append(triple.object)
    for node in reached:
        yield from _below(node, blank)
    for node in sorted(blank.keys() - inner, key=str):
        axiom = list(_below(node, blank))
        if any(isinstance(one.object, NamedNode) and one.object.value.startswith(DOCUMENTS[name]) for one in axiom):
            yield from axiom


def _below(node: BlankNode, blank: Mapping[BlankNode, Sequence[Triple]]) -> Iterator[Triple]:
    """What is said of a blank node, and of those that it leads to."""
    waiting, seen = [node], {node}
    while waiting:
        for triple in blank.get(waiting.pop(), ()):
            yield triple
            if isinstance(triple.object, BlankNode) and triple.object not in seen:
                seen.add(triple.object)
                waiting.append(triple.object)


def _belongs(subject: str, name: str) -> bool:
    if subject == name or subject.startswith(DOCUMENTS[name]):
        return True
    return name == BASE + "ontology" and not subject.startswith(BASE)
