"""Check files, or a graph that is stored, against the shapes without storing anything.

>>> from cbec_kg import paths
>>> report, graph = check_files([], paths.resources())
>>> report.conforms
True
"""

from collections.abc import Iterable
from pathlib import Path

from cbec_kg.errors import ParseError, RowError
from cbec_kg.namespaces import GRAPH
from cbec_kg.pipeline.graphs import asserted_graphs
from cbec_kg.pipeline.sources import Curated, Sources, read_article, read_sources
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import Quad, Triple
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import MemoryStore
from cbec_kg.store.foreign.graphs import is_ours
from cbec_kg.validate import fast
from cbec_kg.validate.report import Report
from cbec_kg.validate.shapes import read_shapes

__all__ = ["check_files", "check_store"]


def check_store(store: Store) -> Report:
    """Report of a stored graph; inferred triples are left out, as in a build, and strangers' graphs."""
    named = [name for name in store.graphs() if is_ours(name) and name != f"{GRAPH}inferred"]
    triples = {quad.triple for name in named for quad in store.quads(name)}
    return fast.validate(triples, read_shapes())


def check_files(files: Iterable[Path], resources: Path) -> tuple[Report, MemoryStore]:
    """Report of some files on top of the ontology and the entities, and the graph to look things up in.

    Rows (``ID.jsonl`` with ``ID.json`` beside it) are turned into triples first; RDF files are taken as they are.
    Raises `ParseError` or `RowError` for a file that cannot be read.
    """
    everything = read_sources(resources)
    articles: dict[str, Curated] = {}
    triples: set[Triple] = set()
    for path in files:
        if not path.is_file():
            raise ParseError(str(path), None, None, "no such file")
        if path.suffix in (".jsonl", ".json"):
            curated = read_article(path.with_suffix(".json"))
            if curated.article.id in articles:
                raise RowError(f"{path}: article {curated.article.id} is given twice", fix="name each article once")
            articles[curated.article.id] = curated
        else:
            triples.update(parse_file(path))
    sources = Sources(
        everything.ontology, everything.shapes, everything.entities, articles, everything.vocabulary
    )  # fmt: skip
    for graph in asserted_graphs(sources).values():
        triples.update(graph)
    return fast.validate(triples, sources.shapes), MemoryStore(Quad(t.subject, t.predicate, t.object) for t in triples)
