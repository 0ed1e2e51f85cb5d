"""Change graphs in one transaction, blank nodes among what goes and comes.

SPARQL's DATA forms can name no blank node that is there already, so the quads are handed to the engine by functions of
ours: it takes them away and adds them within one update, whole or not at all.

>>> from cbec_kg.rdf.terms import BlankNode, Literal
>>> a, b, g = BlankNode("a"), NamedNode("x:b"), NamedNode("x:g")
>>> store = pyoxigraph.Store()
>>> change(store, [], [Quad(a, b, Literal("1"), g)])
>>> change(store, [Quad(a, b, Literal("1"), g)], [Quad(a, b, Literal("2"))], drop=[g])
>>> [str(quad) for quad in store], list(store.named_graphs())
(['_:a <x:b> "2"'], [])
"""

from collections.abc import Callable, Iterable, Sequence

import pyoxigraph

from cbec_kg.errors import StoreError
from cbec_kg.rdf.terms import DefaultGraph, Literal, NamedNode, Quad, Term

__all__ = ["change"]

_PARTS = ("subject", "predicate", "object", "graph")


def change(
    store: pyoxigraph.Store, minus: Iterable[Quad], plus: Iterable[Quad], *,
    create: Iterable[NamedNode] = (), drop: Iterable[NamedNode] = (),
) -> None:  # fmt: skip
    """Take quads away and add others, ``create`` and ``drop`` graphs by name, and have it on disk before returning.

    Raises `StoreError` where the disk gives out; the store is then as it was.
    """
    functions: dict[NamedNode, Callable[..., Term | None]] = {}
    steps = []
    for verb, quads in (("DELETE", tuple(minus)), ("INSERT", tuple(plus))):
        for named in (False, True):
            some = [quad for quad in quads if isinstance(quad.graph_name, DefaultGraph) is not named]
            if some:
                steps.append(_step(verb, some, named, functions))
    steps += [f"CREATE SILENT GRAPH {name}" for name in create] + [f"DROP SILENT GRAPH {name}" for name in drop]
    if not steps:
        return
    try:
        store.update(";\n".join(steps), custom_functions=functions)
        store.flush()
    except OSError as error:
        raise StoreError(f"the store cannot be written: {error}", fix="free some space") from None


def _step(verb: str, quads: Sequence[Quad], named: bool, functions: dict[NamedNode, Callable[..., Term | None]]) -> str:
    """One operation on quads that are all in named graphs, or all in the default graph."""
    binds = []
    for part in _PARTS if named else _PARTS[:3]:
        name = NamedNode(f"urn:x-cbec-kg:{verb}:{'named' if named else 'default'}:{part}")
        functions[name] = _parts(quads, "graph_name" if part == "graph" else part)
        binds.append(f"BIND({name}(?number) AS ?{part})")
    template = "GRAPH ?graph { ?subject ?predicate ?object }" if named else "?subject ?predicate ?object"
    numbers = " ".join(map(str, range(len(quads))))
    return f"{verb} {{ {template} }} WHERE {{ VALUES ?number {{ {numbers} }} {' '.join(binds)} }}"


def _parts(quads: Sequence[Quad], part: str) -> Callable[..., Term | None]:
    def of(number: Term) -> Term | None:
        assert isinstance(number, Literal)
        found: Term = getattr(quads[int(number.value)], part)
        return found

    return of
