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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.errors import CbecError
from cbec_kg.export.bundle import bundle_files
from cbec_kg.export.folder import SUMS, earlier, sums_text
from cbec_kg.export.graphs import find_graph, short_name
from cbec_kg.export.protege import PROTEGE, ProtegeFolder
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
    store: Store,
    to: Path,
    formats: Sequence[str] = (),
    graph: str | None = None,
    bundle: bool = False,
    tell: Callable[[str, int, int], None] = lambda name, done, total: None,
) -> list[ExportedFile]:
    """Write the graph, the same bytes for the same content on every run; returns the files in the order of ``formats``.

    ``to`` is a folder (made where missing), or a file when its suffix is that of a format. Without ``graph``, formats
    with named graphs (trig, nq, jsonld) get the default graph and all named ones, the others the default graph, which
    holds each triple once. ``graph`` is an IRI, ``graph:entities``, ``entities``, an article's id, ``default``,
    or ``queries`` for the saved queries, which no store holds.
    ``bundle`` writes one ontology document a named graph, a root and a catalog, so that programs on OWLAPI load them.
    The format ``protege`` is a folder for people (`ProtegeFolder`), which takes the place of an earlier one; ``tell``
    hears the file that is being made, how many are done and how many there are.
    Files appear together or not at all. Raises `CbecError` for an unknown format or graph or an unwritable place.
    """
    single = to.suffix in {suffix for known in FORMATS.values() for suffix in known.suffixes} and not to.is_dir()
    if single and (bundle or PROTEGE in formats):
        raise CbecError(f"{to} is a file by its name, and what is to be written is many", fix="name a folder")
    if PROTEGE in formats:
        return _export_protege(store, to, formats, graph, bundle, tell)
    if bundle:
        return _export_bundle(store, to, formats, graph)
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
    graphs = _named_graphs(store)
    files = []
    with Staged() as staged:
        for file in bundle_files(graphs, wanted[0]):
            digest = staged.add(to / file.name, file.content)
            files.append(ExportedFile(to / file.name, file.format, file.graph, file.count, digest))
    return files


def _named_graphs(store: Store) -> dict[str, list[Quad]]:
    """Graphs of the project by their short names, and the saved queries."""
    names = [iri for iri in store.graphs() if iri.startswith(GRAPH)]
    return {short_name(iri): list(store.quads(iri)) for iri in names} | {"queries": list(_saved_queries())}


def _export_protege(
    store: Store,
    to: Path,
    formats: Sequence[str],
    graph: str | None,
    bundle: bool,
    tell: Callable[[str, int, int], None],
) -> list[ExportedFile]:
    if set(formats) != {PROTEGE} or bundle:
        raise CbecError("the format protege is a folder of its own, with every syntax", fix="give it alone")
    if graph is not None:
        raise CbecError("the format protege holds all named graphs", fix="leave the graph out")
    before = earlier(to)
    graphs = _named_graphs(store)
    if "ontology" not in graphs:
        raise CbecError("the store has no graph of the ontology", fix="name one that `cbec-kg build` made")
    plan = ProtegeFolder(graphs)
    files, digests = [], {}
    with Staged() as staged:
        for done, file in enumerate(plan.files(), 1):
            tell(file.name, done, plan.total)
            digests[file.name] = staged.add(to / file.name, file.content)
            files.append(ExportedFile(to / file.name, file.format, file.graph, file.count, digests[file.name]))
        sums = sums_text(digests)
        files.append(ExportedFile(to / SUMS, None, "", 0, staged.add(to / SUMS, sums.encode())))
    for name in before.keys() - digests.keys():
        (to / name).unlink(missing_ok=True)
    return files
