"""Named graphs as their pages tell them.

>>> from cbec_kg.rdf.terms import RDF_TYPE, Quad, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> name = iri("graph:entities")
>>> graph = OpenGraph(MemoryStore([Quad(iri("id:shein"), RDF_TYPE, iri("cbec:Platform"), name)]))
>>> told = graph_told(graph, name.value, "en")
>>> told["triples"], [(one.label, count) for one, count in told["classes"]], graph_told(graph, "a:b", "en")
(1, [('cbec:Platform', 1)], None)
"""

from typing import Any

from cbec_kg.describe.related import named
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, Literal, NamedNode
from cbec_kg.store.following import OpenGraph

__all__ = ["graph_told"]


def graph_told(graph: OpenGraph, name: str, lang: str) -> dict[str, Any] | None:
    """``triples`` and ``classes`` (with how many of each) of a named graph; None where there is none."""
    store = graph.store()
    if name not in store.graphs():
        return None
    node = spell(NamedNode(name))
    triples = store.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH {node} {{ ?s ?p ?o }} }}").rows
    counted = store.select(
        f"SELECT ?class (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH {node} {{ ?s {spell(RDF_TYPE)} ?class }} }} "
        "GROUP BY ?class ORDER BY DESC(?n) ?class LIMIT 50"
    )
    classes = [
        (cls.value, int(count.value))
        for cls, count in counted.rows
        if isinstance(cls, NamedNode) and isinstance(count, Literal)
    ]
    refs = named(store, [cls for cls, _ in classes], lang)
    first = next(iter(triples))[0]
    return {
        "triples": int(first.value) if isinstance(first, Literal) else 0,
        "classes": list(zip(refs, (count for _, count in classes), strict=True)),
    }
