"""The service description of the endpoint (SPARQL 1.1 Service Description), with its graphs and their sizes (VoID).

>>> from cbec_kg.store.embedded import MemoryStore
>>> content, body = described(OpenGraph(MemoryStore()), "http://localhost/sparql", None, "nt", False)
>>> content, b"sparql-service-description#endpoint> <http://localhost/sparql>" in body
('application/n-triples; charset=utf-8', True)
"""

from collections.abc import Iterator

from cbec_kg.rdf.terms import RDF_TYPE, BlankNode, Literal, NamedNode, Triple, iri
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.sparql.media import OFFERED, taken
from cbec_kg.web.work.sparql.statements import stated

__all__ = ["described"]

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
# https://www.w3.org/ns/formats/ names the formats.
_FORMATS = {
    "rows": {"json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV",
             "tsv": "SPARQL_Results_TSV"},
    "graph": {"ttl": "Turtle", "nt": "N-Triples", "jsonld": "JSON-LD", "rdfxml": "RDF_XML", "nq": "N-Quads",
              "trig": "TriG"},
}  # fmt: skip
_COUNTS = "SELECT ?g (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } GROUP BY ?g ORDER BY ?g"


def described(
    graph: OpenGraph, address: str, accept: str | None, form: str | None, writable: bool
) -> tuple[str, bytes]:
    """Content type and text of the description; raises `NotOffered`."""
    name, content = taken("graph", accept, form)
    made = stated(name, _triples(address, graph.made_of(_counts), writable))
    return content, b"".join(made)


def _counts(store: Store) -> list[tuple[str | None, int]]:
    """Graphs and how many triples each holds; None is the default graph."""
    rows = store.select(_COUNTS).rows
    return [(g.value if isinstance(g, NamedNode) else None, int(n.value)) for g, n in rows if isinstance(n, Literal)]


def _triples(address: str, counts: list[tuple[str | None, int]], writable: bool) -> Iterator[Triple]:
    service, dataset = NamedNode(address), BlankNode("dataset")
    yield Triple(service, RDF_TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), service)
    beside = address.rpartition("/")[0]
    yield Triple(service, iri("rdfs:seeAlso"), NamedNode(f"{beside}/.well-known/void"))  # the dataset as a whole
    for language in ("SPARQL10Query", "SPARQL11Query", *(["SPARQL11Update"] if writable else [])):
        yield Triple(service, _sd("supportedLanguage"), _sd(language))
    for kind, names in _FORMATS.items():
        for name in OFFERED[kind]:
            yield Triple(service, _sd("resultFormat"), NamedNode(f"http://www.w3.org/ns/formats/{names[name]}"))
    for name in ("Turtle", "N-Triples", "RDF_XML", "JSON-LD") if writable else ():
        yield Triple(service, _sd("inputFormat"), NamedNode(f"http://www.w3.org/ns/formats/{name}"))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, RDF_TYPE, _sd("Dataset"))
    for number, (named, count) in enumerate(counts):
        inner = BlankNode(f"graph{number}")
        yield Triple(inner, RDF_TYPE, _sd("Graph"))
        yield Triple(inner, NamedNode(_VOID + "triples"), Literal(count))
        if named is None:
            yield Triple(dataset, _sd("defaultGraph"), inner)
            continue
        outer = BlankNode(f"named{number}")
        yield Triple(dataset, _sd("namedGraph"), outer)
        yield Triple(outer, RDF_TYPE, _sd("NamedGraph"))
        yield Triple(outer, _sd("name"), NamedNode(named))
        yield Triple(outer, _sd("graph"), inner)


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)
