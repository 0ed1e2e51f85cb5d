"""Which graphs are cbec-kg's own, and those beside them.

The default graph and all that is named under https://w3id.org/cbec-kg/ is made by builds and readings of articles, and
by nothing else; every other graph is a stranger's.

>>> is_ours(""), is_ours("https://w3id.org/cbec-kg/graph/entities"), is_ours("https://example.org/g")
(True, True, False)
"""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import CbecError, StoreError
from cbec_kg.namespaces import BASE
from cbec_kg.rdf.terms import NamedNode, Quad
from cbec_kg.store.builds import current
from cbec_kg.store.engine import open_build

__all__ = ["Forbidden", "foreign_names", "foreign_quads", "is_ours", "refuse_ours"]


class Forbidden(CbecError):
    """A change to a graph of our own."""

    http_status = 403


def is_ours(name: str) -> bool:
    """Whether a graph, ``""`` for the default graph, is cbec-kg's own."""
    return not name or name.startswith(BASE)


def refuse_ours(name: str) -> None:
    """Raise `Forbidden` for a graph of our own."""
    if is_ours(name):
        which = f"graph <{name}>" if name else "the default graph"
        raise Forbidden(
            f"{which} is cbec-kg's own, and made by `cbec-kg build` and `cbec-kg ingest` only",
            fix="write to a graph with a name of yours",
        )


def foreign_names(store: pyoxigraph.Store) -> list[NamedNode]:
    """Names of the graphs that are not ours."""
    return [name for name in store.named_graphs() if isinstance(name, NamedNode) and not is_ours(name.value)]


def foreign_quads(folder: Path) -> Iterator[Quad]:
    """Quads of strangers' graphs in the current build of a store folder, none where there is no build to open."""
    try:
        build = current(folder)
        if build is None:
            return
        store = open_build(build)
    except StoreError:
        return  # damaged: a new build takes its place, and nothing can be read out of this one
    for name in foreign_names(store):
        yield from store.quads_for_pattern(None, None, None, name)
