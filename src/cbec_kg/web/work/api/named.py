"""Things by name in a reader: found, described, and why a triple of them holds.

>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> graph = OpenGraph(MemoryStore([
...     Quad(iri("id:shein"), RDF_TYPE, iri("cbec:Entity")), Quad(iri("id:shein"), RDFS_LABEL, text("Shein", "en")),
... ]))
>>> json.loads(b"".join(found(graph, Limits(), "shein", None, 10, "en", {}).body))["hits"][0]["code"]
'shein'
>>> json.loads(b"".join(described(graph, Limits(), "Shein", 20, "en", {}).body))["iri"]
'https://w3id.org/cbec-kg/id/shein'
"""

import json
from collections.abc import Mapping

from cbec_kg.describe.entity import describe
from cbec_kg.explain.explanation import explain
from cbec_kg.explain.naming import read_triple
from cbec_kg.explain.telling import as_json
from cbec_kg.query.convert import written_iri
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.rdf.terms import iri
from cbec_kg.search.index import EntityIndex
from cbec_kg.search.naming import thing_named
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits
from cbec_kg.web.work.api.replying import Made

__all__ = ["described", "explained", "found"]

_CLASS = Param("class", "iri", Bilingual("class"), cls=iri("owl:Class").value)


def found(
    graph: OpenGraph, limits: Limits, text: str, cls: str | None, most: int, lang: str, headers: Mapping[str, str]
) -> Made:
    """What a text may name, best first, of one class if that is wanted; raises `BadParameter`."""
    if cls is not None:
        cls = Resolver(graph.store())(_CLASS, cls).value
    hits = graph.made_of(EntityIndex.of).search(text, lang=lang, limit=most, cls=cls)
    return _made({"hits": [hit.as_json() for hit in hits]}, headers)


def described(
    graph: OpenGraph, limits: Limits, name: str, most: int, lang: str, headers: Mapping[str, str]
) -> Made:  # fmt: skip
    """All that the graph holds of one thing; raises `UnknownName`, and `BadParameter` for the name of several."""
    if not written_iri(name):
        name = thing_named(graph.made_of(EntityIndex.of), name, lang=lang)
    return _made(describe(graph.store(), name, lang=lang, most=most).as_json(), headers)


def explained(
    graph: OpenGraph, limits: Limits, triple: tuple[str, str, str], ways: int, lang: str, headers: Mapping[str, str]
) -> Made:
    """Why a triple holds, or what near it does; raises `BadParameter`."""
    store = graph.store()
    return _made(as_json(explain(store, read_triple(store, *triple), lang=lang, ways=ways), store, lang), headers)


def _made(told: object, headers: Mapping[str, str]) -> Made:
    return Made("application/json", iter([(json.dumps(told, ensure_ascii=False) + "\n").encode()]), headers)
