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

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import QueryError, StoreError, StoreMissing
from cbec_kg.rdf.terms import DefaultGraph, NamedNode, Quad
from cbec_kg.store.base import QueryResult, Solutions
from cbec_kg.store.builds import current
from cbec_kg.store.engine import open_build, run
from cbec_kg.store.worker import query_in_process

__all__ = ["EmbeddedStore", "MemoryStore"]


class MemoryStore:
    """A graph in memory, with the same face as the store on disk."""

    def __init__(self, quads: Iterable[Quad] = ()) -> None:
        self._store = pyoxigraph.Store()
        self._store.bulk_extend(quads)

    def query(self, sparql: str, *, timeout: float | None = None) -> QueryResult:
        """Run a query; a deadline needs the store on disk and is refused here."""
        if timeout is not None:
            raise QueryError("a graph in memory has no deadline for queries")
        return run(self.database, sparql)

    def select(self, sparql: str, *, timeout: float | None = None) -> Solutions:
        """Run a SELECT; raises `QueryError` for any other form."""
        result = self.query(sparql, timeout=timeout)
        if not isinstance(result, Solutions):
            raise QueryError("a SELECT query is needed here")
        return result

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted."""
        return sorted(graph.value for graph in self.database.named_graphs())

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """All quads, or those of one named graph; ``""`` stands for the default graph."""
        if graph is None:
            return self.database.quads_for_pattern(None, None, None, None)
        return self.database.quads_for_pattern(None, None, None, NamedNode(graph) if graph else DefaultGraph())

    @property
    def database(self) -> pyoxigraph.Store:
        """The Oxigraph database itself, for libraries that speak with one; only to be read."""
        return self._store


class EmbeddedStore(MemoryStore):
    """The current build of a store folder, opened for reading at the first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lazy: pyoxigraph.Store | None = None

    @property
    def build(self) -> Path:
        """Folder of the current build; raises `StoreMissing`."""
        build = current(self.folder)
        if build is None:
            raise StoreMissing(
                f"no graph in {self.folder}", fix="run `cbec-kg build` first, or name another folder with --store"
            )
        return build

    def query(self, sparql: str, *, timeout: float | None = None) -> QueryResult:
        """Run a query; with a ``timeout`` in seconds it runs in a process of its own that is killed at the deadline."""
        if timeout is None:
            return run(self.database, sparql)
        return query_in_process(self.build, sparql, timeout)

    @property
    def database(self) -> pyoxigraph.Store:
        """The current build, opened for reading at the first use; a later build is not seen."""
        if self._lazy is None:
            self._lazy = open_build(self.build)
        return self._lazy

    def pinned(self) -> "EmbeddedStore":
        """The same, staying with what is the current build now, also where a query runs in a process of its own.

        Raises `StoreMissing`.
        """
        return _Pinned(self.folder, self.build)


class _Pinned(EmbeddedStore):
    """One build of a store folder, whichever is current later."""

    def __init__(self, folder: Path, build: Path) -> None:
        super().__init__(folder)
        self._build = build

    @property
    def build(self) -> Path:
        """Folder of the build; raises `StoreError` where later builds have replaced it."""
        if not self._build.is_dir():
            raise StoreError(
                f"{self._build} is gone, later builds have replaced it", fix="refresh it, or open it again"
            )
        return self._build
