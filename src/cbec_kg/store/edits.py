"""Change the current build of a store in place, whole or not at all.

>>> from cbec_kg.rdf.terms import NamedNode, Literal
>>> store, quad = pyoxigraph.Store(), Quad(NamedNode("x:a"), NamedNode("x:b"), Literal('say "no"\\n'), NamedNode("x:g"))
>>> apply(store, [], [quad])
>>> set(store) == {quad}
True
>>> apply(store, [quad], [])
>>> len(store), list(store.named_graphs())
(0, [])
"""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import StoreError
from cbec_kg.rdf.terms import Quad

__all__ = ["apply", "open_for_edits"]


def open_for_edits(build: Path) -> pyoxigraph.Store:
    """A build, opened for writing; the caller holds `cbec_kg.store.builds.writing`. Raises `StoreError`."""
    try:
        return pyoxigraph.Store(str(build))
    except OSError as error:
        raise StoreError(f"{build} cannot be opened for writing: {error}", fix="end whatever else writes it") from None


def apply(store: pyoxigraph.Store, minus: Iterable[Quad], plus: Iterable[Quad]) -> None:
    """Take quads away and add others in one transaction, and have it on disk before returning.

    A named graph that is left without a quad is gone by its name too. No quad may hold a blank node. Raises
    `StoreError` where the disk gives out; the store is then as it was.
    """
    minus, plus = frozenset(minus), frozenset(plus)
    steps = [
        f"{verb} DATA {{\n{body}}}" for verb, quads in (("DELETE", minus), ("INSERT", plus)) if (body := _data(quads))
    ]
    if not steps:
        return
    steps += [f"DROP SILENT GRAPH {graph}" for graph in _emptied(store, minus, plus)]
    try:
        store.update(";\n".join(steps))
        store.flush()
    except OSError as error:
        raise StoreError(f"the store cannot be written: {error}", fix="free some space") from None


def _emptied(store: pyoxigraph.Store, minus: frozenset[Quad], plus: frozenset[Quad]) -> list[str]:
    """Named graphs of which nothing is left; of those that stay one quad is looked at, or few more."""
    graphs = {quad.graph_name for quad in minus} - {quad.graph_name for quad in plus}
    return sorted(
        str(graph) for graph in graphs
        if isinstance(graph, pyoxigraph.NamedNode)
        and all(quad in minus for quad in store.quads_for_pattern(None, None, None, graph))
    )  # fmt: skip


def _data(quads: Iterable[Quad]) -> str:
    """Quads by graph, as SPARQL's update reads them."""
    graphs: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        name = "" if isinstance(quad.graph_name, pyoxigraph.DefaultGraph) else str(quad.graph_name)
        graphs[name].append(f"{quad.subject} {quad.predicate} {quad.object} .\n")
    return "".join(
        f"GRAPH {name} {{\n{''.join(lines)}}}\n" if name else "".join(lines) for name, lines in sorted(graphs.items())
    )
