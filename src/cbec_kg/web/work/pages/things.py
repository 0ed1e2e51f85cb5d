"""One thing as its page tells it: what it is, its facts, what is claimed of it, what points to it.

>>> from cbec_kg.rdf.terms import RDFS_LABEL, Quad, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein, sites = iri("id:shein"), iri("voc:independent-sites")
>>> graph = OpenGraph(MemoryStore([
...     Quad(iri("cbec:Platform"), iri("rdfs:subClassOf"), iri("cbec:Entity")),
...     Quad(shein, RDF_TYPE, iri("cbec:Platform")), Quad(shein, RDFS_LABEL, text("Shein", "en")),
...     Quad(shein, iri("cbec:uses"), sites), Quad(sites, RDFS_LABEL, text("independent sites", "en")),
... ]))
>>> kind_of(graph, shein.value), kind_of(graph, sites.value), kind_of(graph, iri("id:temu").value)
('entity', 'thing', None)
>>> found = thing(graph, sites.value, "en")
>>> found.entity.labels["en"], [(one.relation.label, one.things[0].label) for one in found.pointing]
('independent sites', [('cbec:uses', 'Shein')])
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cbec_kg.describe.entity import Entity, describe
from cbec_kg.describe.related import Group, Ref
from cbec_kg.namespaces import CBEC, compact
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.convert import written_iri
from cbec_kg.query.hierarchy import Hierarchy
from cbec_kg.query.labels import labels_of
from cbec_kg.query.results import Value
from cbec_kg.query.run import run
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, iri
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph

__all__ = ["Thing", "kind_of", "thing"]

MOST = 30
"""So many things a relation, and claims a kind, stand on a page; data have them all."""
_READ = 5_000
"""So many links to a thing are read; a code of a list may have millions."""
_KINDS = {"Indicator": "indicator", "Finding": "finding", "Article": "article", "Claim": "claim", "Entity": "entity"}


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with what its page needs: ``pointing`` are all links to it where it is no entity; ``places`` are the
    rows of ``evidence/of-claim`` where it is a claim. ``more`` says that there are links that were not read.
    """

    entity: Entity
    kind: str
    pointing: tuple[Group, ...] = ()
    places: tuple[dict[str, Value], ...] = ()
    more: bool = False


def kind_of(graph: OpenGraph, name: str) -> str | None:
    """indicator, finding, article, claim, entity; ``thing`` for all else that has facts, None for what has none."""
    store, node = graph.store(), written_iri(name)
    if node is None:
        return None
    rows = store.select(f"SELECT ?class {{ {spell(node)} {_A} ?class }}").rows
    types = {cls.value for (cls,) in rows if isinstance(cls, NamedNode)}
    known = graph.made_of(Hierarchy.of).above
    all_of = types | {above for cls in types for above in known.get(cls, ())}
    for cls, kind in _KINDS.items():
        if CBEC + cls in all_of:
            return kind
    spoken_of = types or list(store.select(f"SELECT ?property {{ {spell(node)} ?property ?value }} LIMIT 1").rows)
    return "thing" if spoken_of else None


def thing(graph: OpenGraph, name: str, lang: str, most: int = MOST) -> Thing:
    """The thing with an IRI, labels in ``lang`` where there are; raises `UnknownName`."""
    store, kind = graph.store(), kind_of(graph, name)
    entity = describe(store, name, lang=lang, most=most)
    if kind in ("entity", "indicator"):
        return Thing(entity, kind)
    node = NamedNode(entity.iri)
    pairs = _links_to(store, node)
    places: Iterable[dict[str, Value]] = ()
    if kind == "claim":
        places = run(Catalogue().find("evidence/of-claim"), {"claim": node}, store, lang=lang).records()
    return Thing(entity, kind or "thing", _grouped(store, pairs, lang, most), tuple(places), len(pairs) == _READ)


_A = spell(RDF_TYPE)
_HIDDEN = frozenset(iri(name).value for name in ("rdfs:isDefinedBy", "owl:imports"))


def _links_to(store: Store, node: NamedNode) -> list[tuple[str, str]]:
    found = store.select(f"SELECT DISTINCT ?property ?thing {{ ?thing ?property {spell(node)} }} LIMIT {_READ}")
    return [
        (known.value, one.value)
        for known, one in found.rows
        if isinstance(known, NamedNode) and isinstance(one, NamedNode) and known.value not in _HIDDEN
    ]


def _grouped(store: Store, pairs: list[tuple[str, str]], lang: str, most: int) -> tuple[Group, ...]:
    """Things by relation; only those that are told are named, since a code may be used by thousands."""
    by_relation: dict[str, list[str]] = {}
    for relation, one in sorted(pairs):
        by_relation.setdefault(relation, []).append(one)
    told = {relation: some[:most] for relation, some in by_relation.items()}
    labels = labels_of(store, {*told, *(one for some in told.values() for one in some)}, lang)
    return tuple(
        Group(
            Ref(relation, labels.get(relation, compact(relation))),
            tuple(Ref(one, labels.get(one, compact(one))) for one in some),
            len(by_relation[relation]),
        )
        for relation, some in told.items()
    )
