"""A small store, and work on it, for examples and tests.

>>> from cbec_kg.store.embedded import EmbeddedStore
>>> with store_of_examples() as store:
...     names(OpenGraph(EmbeddedStore(store)))
['id:shein']
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from cbec_kg.namespaces import compact
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Quad, iri
from cbec_kg.store.builds import new_build, writing
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits

__all__ = ["lines", "names", "store_of_examples"]


@contextmanager
def store_of_examples() -> Iterator[Path]:
    """Folder of a store that says that Shein is a platform."""
    with TemporaryDirectory() as folder:
        with writing(Path(folder)):
            new_build(Path(folder), [Quad(iri("id:shein"), RDF_TYPE, iri("cbec:Platform"))])
        yield Path(folder)


def names(graph: OpenGraph) -> list[str]:
    """Short names of the platforms."""
    rows = graph.store().select("SELECT ?p { ?p a cbec:Platform } ORDER BY ?p").rows
    return [compact(p.value) for (p,) in rows if isinstance(p, NamedNode)]


def lines(graph: OpenGraph, limits: Limits, times: int) -> tuple[str, Iterator[bytes]]:
    """The names so many times, a line each."""
    return "text/plain", (f"{name}\n".encode() for _ in range(times) for name in names(graph))
