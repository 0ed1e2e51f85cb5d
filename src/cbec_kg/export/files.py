"""``cbec-kg export``: the whole graph, one named graph, or a bundle, as canonical files.

>>> import tempfile
>>> from cbec_kg.rdf.terms import iri
>>> class OneGraph:
...     def graphs(self):
...         return [GRAPH + "entities"]
...     def quads(self, graph=None):
...         yield Quad(iri("id:china"), iri("rdf:type"), iri("cbec:Country"), iri("graph:entities"))
>>> written = export(OneGraph(), Path(tempfile.mkdtemp()), ["nq", "ttl"], graph="entities")
>>> [(file.path.name, file.graph, file.count) for file in written]
[('entities.nq', 'entities', 1), ('entities.ttl', 'entities', 1)]
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.errors import CbecError
from cbec_kg.export.bundle import bundle_files
from cbec_kg.export.graphs import find_graph, short_name
from cbec_kg.export.queries import catalogue_triples
from cbec_kg.export.write import Staged, serialised
from cbec_kg.namespaces import GRAPH
from cbec_kg.rdf.formats import FORMATS, Format, by_name, by_suffix
from cbec_kg.rdf.terms import Quad
from cbec_kg.store.base import Store

__all__ = ["ExportedFile", "export"]

WHOLE = "cbec-kg"
# No graph of a store: the catalogue of saved queries, which is exported beside the graphs.
_QUERIES = GRAPH + "queries"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One written file: ``graph`` a short name, ``*`` for all; ``count`` its statements; no format for a catalog."""

    path: Path
    format: str | None
    graph: str
    count: int
    sha256: str


def export(
    store: Store, to: Path, formats: Sequence[str] = (), graph: str | None = None, bundle: bool = False
) -> list[ExportedFile]:
    """Write the graph, the same bytes for the same content on every run; returns the files in the order of ``formats``.

    ``to`` is a folder (made where missing), or a file when its suffix is that of a format. Without ``graph``, formats
    with named graphs (trig, nq, jsonld) get the default graph and all named ones, the others the default graph, which
    holds each triple once. ``graph`` is an IRI, ``graph:entities``, ``entities``, an article's id, ``default``,
    or ``queries`` for the saved queries, which no store holds.
    ``bundle`` writes one ontology document a named graph, a root and a catalog, so that Protégé opens the folder.
    Files appear together or not at all. Raises `CbecError` for an unknown format or graph or an unwritable place.
    """
    if bundle:
        return _export_bundle(store, to, formats, graph)
    single = to.suffix in {suffix for known in FORMATS.values() for suffix in known.suffixes} and not to.is_dir()
    wanted = _formats(to, formats, single)
    chosen = None if graph is None else find_graph(graph, [*store.graphs(), _QUERIES])
    name = WHOLE if chosen is None else re.sub(r"[^A-Za-z0-9_-]+", "-", short_name(chosen))
    files = []
    with Staged() as staged:
        for known in wanted:
            content, count = serialised(_quads(store, chosen, known), known)
            path = to if single else to / f"{name}{known.suffix}"
            shown = "*" if chosen is None and known.datasets else short_name(chosen or "")
            files.append(ExportedFile(path, known.name, shown, count, staged.add(path, content)))
    return files


def _quads(store: Store, graph: str | None, known: Format) -> Iterator[Quad]:
    if graph == _QUERIES:
        return _saved_queries()
    if graph is None:
        return store.quads() if known.datasets else store.quads("")
    return store.quads(graph)


def _saved_queries() -> Iterator[Quad]:
    return (Quad(*triple) for triple in catalogue_triples())


def _formats(to: Path, formats: Sequence[str], single: bool) -> list[Format]:
    if not single:
        return [by_name(name) for name in dict.fromkeys(formats or ["ttl"])]
    known = by_suffix(to.suffix)
    if any(by_name(name) != known for name in formats):
        raise CbecError(f"{to.name} is a file of {known.label}", fix="leave the format out, or name a folder")
    return [known]


def _export_bundle(store: Store, to: Path, formats: Sequence[str], graph: str | None) -> list[ExportedFile]:
    wanted = [by_name(name) for name in dict.fromkeys(formats or ["ttl"])]
    if len(wanted) != 1 or wanted[0].name not in ("ttl", "rdfxml"):
        raise CbecError("a bundle has one format, ttl or rdfxml", fix="--format ttl")
    if graph is not None:
        raise CbecError("a bundle holds all named graphs", fix="leave the graph out")
    graphs = {short_name(iri): list(store.quads(iri)) for iri in store.graphs() if iri.startswith(GRAPH)}
    graphs["queries"] = list(_saved_queries())
    files = []
    with Staged() as staged:
        for file in bundle_files(graphs, wanted[0]):
            digest = staged.add(to / file.name, file.content)
            files.append(ExportedFile(to / file.name, file.format, file.graph, file.count, digest))
    return files
