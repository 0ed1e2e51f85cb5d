"""Every store that keeps the contract of `test_stores`; another store is one more line in `STORES`.

The servers are fetched and started where the environment has CBEC_KG_INTEROP, as `make interop` sets it.

>>> "embedded" in STORES, set(KINDS) <= set(STORES)
(True, True)
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from cbec_kg.rdf.parse import parse_quads
from cbec_kg.store.base import Store
from cbec_kg.store.builds import new_build
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.remote.store import RemoteStore
from tests.interop.servers import SERVERS
from tests.web.serving import serving

__all__ = ["KINDS", "STORES", "Opened", "Opens", "cbec_kg", "embedded", "remote"]


class Opened:
    """A store with a graph in it; ``place`` is what `--store` takes."""

    def __init__(self, store: Store, place: str) -> None:
        self.store = store
        self.place = place


# Opens a store on the statements of an N-Quads file, in a folder of its own that is there and empty.
Opens = Callable[[Path, Path], AbstractContextManager[Opened]]


@contextmanager
def embedded(nquads: Path, folder: Path) -> Iterator[Opened]:
    """The embedded store, as a build writes it."""
    (folder / "store").mkdir()
    new_build(folder / "store", parse_quads(nquads))
    yield Opened(EmbeddedStore(folder / "store"), str(folder / "store"))


def remote(serve: Callable[[Path, Path], AbstractContextManager[str]]) -> Opens:
    """A server, asked by the SPARQL protocol."""

    @contextmanager
    def opened(nquads: Path, folder: Path) -> Iterator[Opened]:
        with serve(nquads, folder) as address:
            yield Opened(RemoteStore(address), address)

    return opened


@contextmanager
def cbec_kg(nquads: Path, folder: Path) -> Iterator[str]:
    """Our own server on a build with the quads; its query address."""
    with embedded(nquads, folder) as built, serving(Path(built.place)) as served:
        yield served.url("/sparql")


STORES: dict[str, Opens] = {
    "embedded": embedded,
    "fuseki": remote(SERVERS["fuseki"]),
    "virtuoso": remote(SERVERS["virtuoso"]),
    "oxigraph": remote(SERVERS["oxigraph"]),
    "cbec-kg": remote(cbec_kg),
}
KINDS = list(STORES) if "CBEC_KG_INTEROP" in os.environ else ["embedded"]
