"""What the graph is as a whole, in the words of VoID (https://www.w3.org/TR/void/) and DCAT 3.

>>> from cbec_kg.store.embedded import MemoryStore
>>> graph = OpenGraph(MemoryStore([Quad(iri("id:shein"), RDF_TYPE, iri("cbec:Platform"))]))
>>> content = described_whole(graph, "https://kg.example", "nt").decode()
>>> "<http://rdfs.org/ns/void#sparqlEndpoint> <https://kg.example/sparql>" in content
True
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cbec_kg.export.write import canonical, written
from cbec_kg.namespaces import BASE, CBEC, ID, PREFIXES, compact
from cbec_kg.query.spell import spell
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import RDF_TYPE, Literal, NamedNode, Quad, Triple, date_time, integer, iri, text
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph

__all__ = ["VOID", "described_whole", "pages_of"]

VOID = "http://rdfs.org/ns/void#"
DCAT = "http://www.w3.org/ns/dcat#"
_MOST_PAGES = 50_000
"""More addresses a sitemap may not hold (https://www.sitemaps.org/protocol.html)."""
_HEADER = tuple(map(iri, ("dcterms:title", "dcterms:description", "dcterms:license", "owl:versionInfo")))
_FORMATS = ("text/turtle", "application/rdf+xml", "application/ld+json", "application/n-triples")


@dataclass(frozen=True, slots=True)
class _Counts:
    triples: int
    subjects: int
    classes: dict[str, int]
    properties: dict[str, int]
    graphs: dict[str, int]


def described_whole(graph: OpenGraph, here: str, form: str) -> bytes:
    """The description in an RDF format; ``here`` is the server's absolute address, without a slash at its end."""
    state = graph.state()
    found = canonical(Quad(*triple) for triple in _triples(graph, here, state[1] if state else None))
    return written(found, by_name(form), PREFIXES | {"void": VOID, "dcat": DCAT})[0]


def pages_of(graph: OpenGraph) -> list[str]:
    """IRIs of what has a page worth finding: entities, codes, series, articles, findings."""
    classes = " ".join(spell(iri(name)) for name in _PAGES)
    rows = graph.store().select(
        f"SELECT DISTINCT ?thing {{ VALUES ?class {{ {classes} }} ?thing {spell(RDF_TYPE)} ?class }}"
    )
    found = sorted(term.value for (term,) in rows.rows if isinstance(term, NamedNode) and term.value.startswith(BASE))
    return found[:_MOST_PAGES]


_PAGES = ("cbec:Entity", "cbec:CodeValue", "cbec:Series", "cbec:Article", "cbec:Finding")


def _triples(graph: OpenGraph, here: str, changed: float | None) -> Iterator[Triple]:
    counts, dataset = graph.made_of(_counted), NamedNode(BASE)

    def say(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> Triple:
        return Triple(subject, NamedNode(predicate), value)

    for cls in (VOID + "Dataset", DCAT + "Dataset"):
        yield Triple(dataset, RDF_TYPE, NamedNode(cls))
    yield from _header(graph.store(), dataset)
    if changed is not None:
        from datetime import UTC, datetime

        day = datetime.fromtimestamp(changed, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        yield Triple(dataset, iri("dcterms:modified"), date_time(day))
    yield say(dataset, VOID + "sparqlEndpoint", NamedNode(f"{here}/sparql"))
    yield say(dataset, VOID + "uriSpace", text(BASE))
    yield say(dataset, VOID + "exampleResource", NamedNode(ID + "china"))
    yield say(dataset, VOID + "rootResource", NamedNode(BASE + "ontology"))
    yield say(dataset, DCAT + "landingPage", NamedNode(f"{here}/"))
    for media in _FORMATS:
        yield say(dataset, VOID + "feature", NamedNode("http://www.w3.org/ns/formats/" + _FEATURES[media]))
    for name, count in (
        ("triples", counts.triples), ("distinctSubjects", counts.subjects), ("classes", len(counts.classes)),
        ("properties", len(counts.properties)),
    ):  # fmt: skip
        yield say(dataset, VOID + name, integer(count))
    for base in sorted({_base(one) for one in (*counts.classes, *counts.properties)} & set(PREFIXES.values())):
        yield say(dataset, VOID + "vocabulary", NamedNode(base))
    yield from _parts(dataset, "class", counts.classes, "entities")
    yield from _parts(dataset, "property", counts.properties, "triples")
    for name, count in counts.graphs.items():
        node = NamedNode(name)
        yield say(dataset, VOID + "subset", node)
        yield Triple(node, RDF_TYPE, NamedNode(VOID + "Dataset"))
        yield say(node, VOID + "triples", integer(count))
        yield say(node, VOID + "dataDump", NamedNode(f"{here}/{name.removeprefix(BASE)}.nt"))


_FEATURES = dict(zip(_FORMATS, ("Turtle", "RDF_XML", "JSON-LD", "N-Triples"), strict=True))


def _header(store: Store, dataset: NamedNode) -> Iterator[Triple]:
    """Title, description, licence and version: those of the ontology, which says whose they are."""
    ontology = spell(NamedNode(BASE + "ontology"))
    for predicate in _HEADER:
        for (value,) in store.select(f"SELECT ?o {{ {ontology} {spell(predicate)} ?o }}").rows:
            if isinstance(value, NamedNode | Literal) and predicate != _HEADER[0]:
                yield Triple(dataset, predicate, value)
    for lang, title in _TITLE.items():
        yield Triple(dataset, _HEADER[0], text(title, lang))


_TITLE = {"en": "China CBEC Knowledge Graph", "zh": "中国跨境电商知识图谱"}


def _parts(dataset: NamedNode, kind: str, counts: dict[str, int], what: str) -> Iterator[Triple]:
    """A partition a class or property of the project, named after it."""
    for name, count in counts.items():
        if not name.startswith(CBEC):
            continue
        part = NamedNode(f"{BASE}#{kind}-{compact(name).partition(':')[2]}")
        yield Triple(dataset, NamedNode(f"{VOID}{kind}Partition"), part)
        yield Triple(part, NamedNode(VOID + kind), NamedNode(name))
        yield Triple(part, NamedNode(VOID + what), integer(count))


def _counted(store: Store) -> _Counts:
    classes = _pairs(store, f"SELECT ?x (COUNT(?s) AS ?n) {{ ?s {spell(RDF_TYPE)} ?x }} GROUP BY ?x")
    properties = _pairs(store, "SELECT ?x (COUNT(*) AS ?n) { ?s ?x ?o } GROUP BY ?x")
    graphs = _pairs(store, "SELECT ?x (COUNT(*) AS ?n) { GRAPH ?x { ?s ?p ?o } } GROUP BY ?x")
    subjects = _pairs(store, f"SELECT (<{BASE}> AS ?x) (COUNT(DISTINCT ?s) AS ?n) {{ ?s ?p ?o }}")
    return _Counts(sum(properties.values()), sum(subjects.values()), classes, properties, graphs)


def _pairs(store: Store, query: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, count in store.select(query).rows:
        if isinstance(name, NamedNode) and isinstance(count, Literal):
            found[name.value] = int(count.value)
    return dict(sorted(found.items()))


def _base(name: str) -> str:
    """Namespace of a term."""
    return name[: max(name.rfind("#"), name.rfind("/")) + 1]
