"""What a query asks, apart from the terms that its parameters stand for: its algebra with slots in it, by rdflib.

>>> from cbec_kg.rdf.terms import integer
>>> one = structure("SELECT ?x { VALUES ?x { 1 } }", {"x"})
>>> other = structure("SELECT ?x { VALUES ?x { 2 3 } }", {"x"})
>>> one.tree == other.tree, other.slots == (("x", (integer(2), integer(3))),)
(True, True)
>>> structure("SELECT ?x { VALUES ?x { 2 } ?x ?p ?o }", {"x"}).tree == one.tree
False
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from cbec_kg.errors import MissingExtra
from cbec_kg.rdf.terms import Literal, NamedNode, Term

__all__ = ["Structure", "structure"]


@dataclass(frozen=True, slots=True)
class Structure:
    """``tree`` is nested tuples with a slot for each ``VALUES`` of a variable that was named; ``slots`` are the
    variables and terms of these, in the order of the tree."""

    tree: object
    slots: tuple[tuple[str, tuple[Term | None, ...]], ...]


def structure(sparql: str, variables: Collection[str]) -> Structure:
    """Structure of a query; raises `MissingExtra`, and what rdflib raises for a text that it cannot read."""
    try:
        from rdflib.plugins.sparql.algebra import translateQuery
        from rdflib.plugins.sparql.parser import parseQuery
    except ImportError:
        raise MissingExtra(
            "the second parser is rdflib, which is not installed", fix="pip install 'cbec-kg[strict]'"
        ) from None
    slots: list[tuple[str, tuple[Term | None, ...]]] = []
    tree = _tree(translateQuery(parseQuery(sparql)).algebra, frozenset(variables), slots)
    return Structure(tree, tuple(slots))


def _tree(node: Any, variables: frozenset[str], slots: list[tuple[str, tuple[Term | None, ...]]]) -> object:
    from rdflib.plugins.sparql.parserutils import CompValue
    from rdflib.term import BNode

    if isinstance(node, CompValue):
        if node.name == "values" and (found := _slot(node["res"], variables)):
            slots.append(found)
            return ("slot", found[0])
        # What is visible where follows from the rest.
        keys = sorted(key for key in node if key != "_vars")
        return (node.name, *((key, _tree(node[key], variables, slots)) for key in keys))
    if isinstance(node, dict):
        return tuple(sorted((repr(key), repr(_tree(value, variables, slots))) for key, value in node.items()))
    if isinstance(node, list | tuple):
        parts = [_tree(one, variables, slots) for one in node]
        # The order of triples in a pattern follows from the names of blank nodes, which are other ones each time.
        return ("list", *(sorted(parts, key=repr) if parts and all(map(_is_triple, node)) else parts))
    if isinstance(node, BNode):
        return "_:"
    return node.n3() if hasattr(node, "n3") else repr(node)


def _is_triple(node: object) -> bool:
    return isinstance(node, tuple) and len(node) == 3


def _slot(rows: Any, variables: frozenset[str]) -> tuple[str, tuple[Term | None, ...]] | None:
    names = {str(variable) for row in rows for variable in row}
    if len(names) != 1 or not names <= variables:
        return None
    return names.pop(), tuple(_terms(rows))


def _terms(rows: Any) -> Iterator[Term | None]:
    import rdflib.term as terms

    for row in rows:
        (value,) = row.values()
        if isinstance(value, terms.Literal):
            if value.language:
                yield Literal(str(value), language=value.language)
            else:
                yield Literal(str(value), datatype=NamedNode(str(value.datatype)) if value.datatype else None)
        elif isinstance(value, terms.URIRef):
            yield NamedNode(str(value))
        else:
            yield None
