"""The embedded store: Oxigraph on disk, in a folder of its own.

The folder holds finished builds and one small file that names the current one::

    store/
      CURRENT        name of the build that readers open
      builds/0007/   an Oxigraph database, never changed once CURRENT names it
      lock           held by the one process that writes

A build is written beside the others and becomes current by the renaming of one file, so a reader sees the old graph or
the new one, and a process that dies half-way leaves nothing that anybody opens.

>>> EmbeddedStore(Path("nowhere")).graphs()
Traceback (most recent call last):
    ...
cbec_kg.errors.StoreMissing: no graph in nowhere: run `cbec-kg build` first, or name another folder with --store
"""

import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import QueryError, StoreError, StoreLocked, StoreMissing, UpdateRefused
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.terms import DefaultGraph, NamedNode, Quad, Triple
from cbec_kg.store.base import QueryResult, Solutions
from cbec_kg.store.worker import query_in_process

__all__ = ["EmbeddedStore", "MemoryStore", "is_update", "new_build", "open_build", "run", "writing"]

_UPDATE = re.compile(r"(insert|delete|load|clear|create|drop|copy|move|add|with)\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s+|#[^\n]*|(?:prefix\s+[^\s:]*:\s*|base\s+)<[^>]*>", re.IGNORECASE)


def is_update(sparql: str) -> bool:
    """Whether a text is a SPARQL update rather than a query.

    >>> is_update("PREFIX a: <b>\\n# a remark\\nINSERT DATA { a:x a:y a:z }"), is_update("SELECT * { ?s ?p ?o }")
    (True, False)
    """
    position = 0
    while found := _PROLOGUE.match(sparql, position):
        position = found.end()
    return bool(_UPDATE.match(sparql, position))


def run(store: pyoxigraph.Store, sparql: str) -> QueryResult:
    """Run a query on an opened Oxigraph store; the project's prefixes need no declaration."""
    try:
        result = store.query(sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        if is_update(sparql):
            raise UpdateRefused(
                "this is an update, and only queries are run here", fix="change the data and build again"
            ) from None
        raise QueryError(f"the query cannot be read: {error.msg}") from None
    except (RuntimeError, ValueError, OSError) as error:
        raise QueryError(f"the query cannot be run: {error}") from None
    match result:
        case pyoxigraph.QuerySolutions():
            names = tuple(variable.value for variable in result.variables)
            return Solutions(names, (tuple(row[name] for name in names) for row in result))
        case pyoxigraph.QueryBoolean():
            return bool(result)
    triples: Iterator[Triple] = result
    return triples


class MemoryStore:
    """A graph in memory, with the same face as the store on disk."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self._store = pyoxigraph.Store()
        self._store.bulk_extend(quads)

    def query(self, sparql: str, *, timeout: float | None = None) -> QueryResult:
        """Run a query; a deadline needs the store on disk and is refused here."""
        if timeout is not None:
            raise QueryError("a graph in memory has no deadline for queries")
        return run(self._opened(), sparql)

    def select(self, sparql: str, *, timeout: float | None = None) -> Solutions:
        """Run a SELECT; raises `QueryError` for any other form."""
        result = self.query(sparql, timeout=timeout)
        if not isinstance(result, Solutions):
            raise QueryError("a SELECT query is needed here")
        return result

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self._opened().named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """All quads, or those of one named graph; ``""`` stands for the default graph."""
        if graph is None:
            return self._opened().quads_for_pattern(None, None, None, None)
        return self._opened().quads_for_pattern(None, None, None, NamedNode(graph) if graph else DefaultGraph())

    def _opened(self) -> pyoxigraph.Store:
        return self._store


class EmbeddedStore(MemoryStore):
    """The current build of a store folder, opened for reading at the first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lazy: pyoxigraph.Store | None = None

    @property
    def build(self) -> Path:
        """Folder of the current build; raises `StoreMissing`."""
        try:
            name = (self.folder / "CURRENT").read_text("utf-8").strip()
        except OSError:
            raise StoreMissing(
                f"no graph in {self.folder}", fix="run `cbec-kg build` first, or name another folder with --store"
            ) from None
        return self.folder / "builds" / name

    def query(self, sparql: str, *, timeout: float | None = None) -> QueryResult:
        """Run a query; with a ``timeout`` in seconds it runs in a process of its own that is killed at the deadline."""
        if timeout is None:
            return run(self._opened(), sparql)
        return query_in_process(self.build, sparql, timeout)

    def _opened(self) -> pyoxigraph.Store:
        if self._lazy is None:
            self._lazy = open_build(self.build)
        return self._lazy


def open_build(build: Path) -> pyoxigraph.Store:
    """A finished build, opened for reading; raises `StoreError`."""
    try:
        return pyoxigraph.Store.read_only(str(build))
    except OSError as error:
        raise StoreError(f"{build} cannot be opened: {error}", fix="run `cbec-kg build` again") from None


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Keep every other writer out of a store folder; raises `StoreLocked` where one is at work."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written: {error.strerror}", fix="name another folder with --store"
        ) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(lock, 32).decode("ascii", "ignore").strip()
            raise StoreLocked(
                f"{folder} is being written by process {holder or 'unknown'}", fix="wait until it ends, or stop it"
            ) from None
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(lock)


def new_build(folder: Path, quads: Iterable[Quad]) -> Path:
    """Write quads as a new build beside the current one, then make it current; the caller holds `writing`.

    Two builds are kept, for a reader that opened the last one may still read from it. Raises `StoreError` where the
    disk gives out; the current build is then as it was.
    """
    builds = folder / "builds"
    builds.mkdir(exist_ok=True)
    try:
        current = (folder / "CURRENT").read_text("utf-8").strip()
    except OSError:
        current = ""
    for leftover in builds.iterdir():
        if leftover.name > current:  # a build that never became current: its process died
            shutil.rmtree(leftover)
    number = int(current or 0) + 1
    target = builds / f"{number:04}"
    try:
        store = pyoxigraph.Store(str(target))
        store.bulk_extend(quads)
        store.flush()
        del store
        _make_current(folder, target.name)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise StoreError(
            f"{target} cannot be written: {error}", fix="free some space or name another folder with --store"
        ) from None
    for old in sorted(builds.iterdir())[:-2]:
        with suppress(OSError):
            shutil.rmtree(old)
    return target


def _make_current(folder: Path, name: str) -> None:
    """Name the current build, whole or not at all."""
    temporary = folder / "CURRENT.new"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / "CURRENT")
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
