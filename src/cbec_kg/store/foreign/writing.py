"""Changes to strangers' graphs in a store folder: each runs in a process of its own, and touches no graph of ours.

What an update would change cannot be read off its text. So it is run on a copy of the build, made of hard links in some
milliseconds; there our graphs must be what they were, and what differs in the others is then written into the build, in
one transaction. Nothing that the update drew by lot can come out another way.

>>> [work.__name__ for work in (update, put, post, delete)]
['update', 'put', 'post', 'delete']
"""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import CbecError, StoreError, StoreMissing
from cbec_kg.rdf.terms import DefaultGraph, NamedNode, Quad
from cbec_kg.store.builds import current, writing
from cbec_kg.store.edits import open_for_edits
from cbec_kg.store.foreign.change import change
from cbec_kg.store.foreign.documents import read_document
from cbec_kg.store.foreign.graphs import Forbidden, foreign_names, is_ours, refuse_ours
from cbec_kg.store.foreign.updates import Update, run_update

__all__ = ["Document", "UnknownGraph", "delete", "delete_in", "post", "post_in", "put", "put_in", "update"]


class UnknownGraph(CbecError):
    """A named graph that is not there."""

    http_status = 404

    def __init__(self, name: str) -> None:
        super().__init__(f"no graph <{name}> here", fix="SELECT DISTINCT ?g { GRAPH ?g {} } lists those that there are")


@dataclass(frozen=True, slots=True)
class Document:
    """RDF that was sent for a graph (``""`` is the default graph): bytes, media type, base of its relative IRIs."""

    graph: str
    data: bytes
    media: str
    base: str


def update(folder: Path, asked: Update) -> None:
    """Run an update; raises `Forbidden` where it would change a graph of ours, `QueryError`, `StoreError`."""
    with _opened(folder) as store:
        trial = folder / "trial"
        shutil.rmtree(trial, ignore_errors=True)  # of a process that was killed
        try:
            minus, plus, create, drop = _difference(store, trial, asked)
        finally:
            shutil.rmtree(trial, ignore_errors=True)
        change(store, minus, plus, create=create, drop=drop)


def put(folder: Path, document: Document) -> bool:
    """Make a graph what a document says; gives whether it is new."""
    refuse_ours(document.graph)
    with _opened(folder) as store:
        return put_in(store, document)


def post(folder: Path, document: Document) -> bool:
    """Add what a document says to a graph; gives whether it is new."""
    refuse_ours(document.graph)
    with _opened(folder) as store:
        return post_in(store, document)


def delete(folder: Path, graph: str) -> None:
    """Take a graph away; raises `UnknownGraph`."""
    refuse_ours(graph)
    with _opened(folder) as store:
        delete_in(store, graph)


def put_in(store: pyoxigraph.Store, document: Document) -> bool:
    """The same in a database, whichever graph it is."""
    name = _node(document.graph)
    old, new = set(_quads(store, name)), _read(document)
    fresh = _is_new(store, name)
    change(store, old - new, new - old, create=[name] if isinstance(name, NamedNode) else [])
    return fresh


def post_in(store: pyoxigraph.Store, document: Document) -> bool:
    """The same in a database, whichever graph it is."""
    name = _node(document.graph)
    fresh = _is_new(store, name)
    change(store, [], _read(document), create=[name] if isinstance(name, NamedNode) else [])
    return fresh


def delete_in(store: pyoxigraph.Store, graph: str) -> None:
    """The same in a database, whichever graph it is; the default graph is emptied."""
    name = _node(graph)
    if _is_new(store, name):
        raise UnknownGraph(graph)
    change(store, _quads(store, name), [], drop=[name] if isinstance(name, NamedNode) else [])


@contextmanager
def _opened(folder: Path) -> Iterator[pyoxigraph.Store]:
    """The current build, while nobody else writes; raises `StoreMissing`, `StoreLocked`."""
    if current(folder) is None:
        raise StoreMissing(f"no graph in {folder}", fix="run `cbec-kg build` first")
    with writing(folder):
        build = current(folder)
        assert build is not None
        yield open_for_edits(build)


def _difference(
    store: pyoxigraph.Store, trial: Path, asked: Update
) -> tuple[set[Quad], set[Quad], list[NamedNode], list[NamedNode]]:
    """What an update takes away, adds, creates and drops, as found on a copy."""
    ours = _digests(store)
    was = foreign_names(store)
    try:
        store.backup(str(trial))
        copy = pyoxigraph.Store(str(trial))
    except OSError as error:
        raise StoreError(f"{trial} cannot be written: {error}", fix="free some space") from None
    run_update(copy, asked)
    now = _digests(copy)
    if touched := sorted(name for name in {*ours, *now} if ours.get(name) != now.get(name)):
        refuse_ours(touched[0])
    if any(not isinstance(name, NamedNode) for name in copy.named_graphs()):
        raise Forbidden("the update would write to a graph without a name", fix="name it by an IRI")
    became = foreign_names(copy)
    old = {quad for name in was for quad in _quads(store, name)}
    new = {quad for name in became for quad in _quads(copy, name)}
    gone, come = ([name for name in a if name not in b] for a, b in ((was, became), (became, was)))
    return old - new, new - old, come, gone


def _digests(store: pyoxigraph.Store) -> dict[str, bytes]:
    """A digest of each graph of ours, in the order in which the engine keeps its triples: that of their terms."""
    names = [name.value for name in store.named_graphs() if isinstance(name, NamedNode) and is_ours(name.value)]
    found = {}
    for name in ("", *names):
        digest = _Digest()
        store.dump(digest, pyoxigraph.RdfFormat.N_TRIPLES, from_graph=_node(name))  # type: ignore[arg-type]
        found[name] = digest.state.digest()
    return found


class _Digest:
    """A file that keeps nothing but the digest of what is written to it."""

    def __init__(self) -> None:
        self.state = hashlib.blake2b()

    def write(self, data: bytes) -> int:
        self.state.update(data)
        return len(data)

    def flush(self) -> None:
        """Nothing waits."""


def _read(document: Document) -> set[Quad]:
    name = _node(document.graph)
    triples = read_document(document.data, document.media, document.base)
    return {Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples}


def _node(graph: str) -> NamedNode | DefaultGraph:
    return NamedNode(graph) if graph else DefaultGraph()


def _quads(store: pyoxigraph.Store, name: NamedNode | DefaultGraph) -> Iterator[Quad]:
    return store.quads_for_pattern(None, None, None, name)


def _is_new(store: pyoxigraph.Store, name: NamedNode | DefaultGraph) -> bool:
    return isinstance(name, NamedNode) and not store.contains_named_graph(name)
