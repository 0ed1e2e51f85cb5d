"""From sources to named graphs, and to the default graph that holds each triple once.

>>> graph_name("article_a1")
'https://w3id.org/cbec-kg/graph/article_a1'
"""

from collections.abc import Iterable, Iterator, Mapping

from cbec_kg.namespaces import GRAPH
from cbec_kg.pipeline.sources import Curated, Sources
from cbec_kg.rdf.terms import NamedNode, Quad, Triple
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.findings import all_findings
from cbec_kg.triples.claims import article_triples
from cbec_kg.triples.figures import figures_of, moves_of
from cbec_kg.triples.findings import findings_triples
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import generated_triples
from cbec_kg.triples.terms import terms_of

__all__ = ["asserted_graphs", "content_triples", "default_graph", "graph_name", "quads_of"]

Graphs = Mapping[str, Iterable[Triple]]


def graph_name(local: str) -> str:
    """IRI of a named graph by its local name."""
    return GRAPH + local


def content_triples(content: Curated, namer: Namer) -> set[Triple]:
    """Everything that the graph of an article holds."""
    return article_triples(content.article, content.rows, namer.knowing(content.names), content.aliases)


def asserted_graphs(sources: Sources) -> dict[str, set[Triple]]:
    """Named graphs of everything that is not inferred, by local name."""
    namer = Namer(sources.vocabulary)
    graphs = {"ontology": {*sources.ontology, *sources.shapes}, "entities": set(sources.entities)}
    graphs["alignments"] = set(sources.alignments)
    for article, curated in sources.articles.items():
        graphs[f"article_{article}"] = content_triples(curated, namer)
    rows = [row for curated in sources.articles.values() for row in curated.rows]
    articles = {article: curated.article for article, curated in sources.articles.items()}
    names = [name for curated in sources.articles.values() for name in curated.names]
    knowing = namer.knowing(names)
    graphs["observations"] = generated_triples(rows, articles, knowing, sources.measured_by())
    book = Book(figures_of(rows, articles, knowing), moves_of(rows, articles))
    found = all_findings(book, terms_of(sources.vocabulary))
    graphs["findings"] = findings_triples(found, book, namer)
    return graphs


def default_graph(graphs: Graphs) -> set[Triple]:
    """Every triple of the named graphs, once."""
    return {triple for triples in graphs.values() for triple in triples}


def quads_of(graphs: Graphs) -> Iterator[Quad]:
    """The whole dataset: each named graph, and the default graph beside them."""
    for name, triples in graphs.items():
        node = NamedNode(graph_name(name))
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, node)
    for triple in default_graph(graphs):
        yield Quad(triple.subject, triple.predicate, triple.object)
