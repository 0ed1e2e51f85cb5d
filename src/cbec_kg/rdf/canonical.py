"""One spelling for every graph: Turtle for files that people read, sorted N-Quads, blank nodes named by what they say.

>>> from cbec_kg.rdf.terms import BlankNode, Literal, Quad, Triple, iri
>>> one, other = (
...     [Triple(iri("cbec:Platform"), iri("rdfs:subClassOf"), node), Triple(node, iri("rdfs:label"), Literal("x"))]
...     for node in (BlankNode("n1"), BlankNode("whatever"))
... )
>>> canonical_blank_nodes(one) == canonical_blank_nodes(other)
True
>>> canonical_blank_nodes(one)[0].object
<BlankNode value=b7ee7d06c5dfe649en0>
>>> nquads([Quad(*triple) for triple in one]) == nquads([Quad(*triple) for triple in reversed(other)])
True
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from typing import TypeVar

import pyoxigraph

from cbec_kg.errors import CbecError
from cbec_kg.rdf.terms import BlankNode, Quad, Triple
from cbec_kg.rdf.turtle import turtle

__all__ = ["canonical_blank_nodes", "nquads", "turtle"]

Statement = TypeVar("Statement", Triple, Quad)
_Colours = dict[BlankNode, str]
_Around = Mapping[BlankNode, Sequence[Triple]]
_Order = tuple[list[str], list[BlankNode]]


def nquads(quads: Iterable[Quad]) -> bytes:
    """Canonical N-Quads: each quad once, sorted by its bytes, blank nodes renamed by `canonical_blank_nodes`."""
    output = BytesIO()
    pyoxigraph.serialize(canonical_blank_nodes(quads), output, pyoxigraph.RdfFormat.N_QUADS)
    return b"".join(sorted(set(output.getvalue().splitlines(keepends=True))))


def canonical_blank_nodes(statements: Iterable[Statement]) -> list[Statement]:
    """The same statements, in the same order, with blank nodes named by a digest of what is said about them.

    Blank nodes that hang together are named together, apart from all others, so a new axiom renames no other's nodes;
    graph names play no part, so a node keeps its name in the default graph and in a named one. Two groups that say the
    same thing get the same names and become one. Unlike RDFC-1.0, whose names count through the whole dataset.
    Exponential at worst, for many blank nodes that nothing tells apart; OWL axioms and SHACL shapes are not such.
    """
    listed = list(statements)
    names = _names({_triple(one) for one in listed if _blanks(one)})
    return [_renamed(one, names) for one in listed] if names else listed


def _triple(statement: Triple | Quad) -> Triple:
    return statement.triple if isinstance(statement, Quad) else statement


def _blanks(statement: Triple | Quad) -> list[BlankNode]:
    """Blank nodes of a statement: its subject, its object, both or none."""
    if isinstance(statement.subject, Triple) or isinstance(statement.object, Triple):
        raise CbecError("a triple inside a triple", fix="state the fact as a claim with its evidence")
    return [term for term in (statement.subject, statement.object) if isinstance(term, BlankNode)]


def _renamed(statement: Statement, names: Mapping[BlankNode, BlankNode]) -> Statement:
    if not _blanks(statement):
        return statement
    subject, target = statement.subject, statement.object
    subject = names[subject] if isinstance(subject, BlankNode) else subject
    target = names[target] if isinstance(target, BlankNode) else target
    if isinstance(statement, Quad):
        return Quad(subject, statement.predicate, target, statement.graph_name)
    return Triple(subject, statement.predicate, target)


def _names(triples: Iterable[Triple]) -> dict[BlankNode, BlankNode]:
    """Canonical name of each blank node."""
    around: dict[BlankNode, list[Triple]] = defaultdict(list)
    for triple in triples:
        for node in dict.fromkeys(_blanks(triple)):
            around[node].append(triple)
    names: dict[BlankNode, BlankNode] = {}
    for start in around:
        if start in names:
            continue
        group = _group(start, around)
        lines, order = _least(dict.fromkeys(group, ""), around)
        digest = sha256("\n".join(lines).encode()).hexdigest()[:16]
        names.update((node, BlankNode(f"b{digest}n{place}")) for place, node in enumerate(order))
    return names


def _group(start: BlankNode, around: _Around) -> list[BlankNode]:
    """Blank nodes that can be reached from one over blank nodes alone."""
    found, waiting = {start: None}, [start]
    while waiting:
        for triple in around[waiting.pop()]:
            for node in _blanks(triple):
                if node not in found:
                    found[node] = None
                    waiting.append(node)
    return list(found)


def _least(colours: _Colours, around: _Around) -> _Order:
    """Lines of a group and the order of its nodes: of all that the colours allow, the one with the least lines."""
    colours = _refined(colours, around)
    classes: dict[str, list[BlankNode]] = defaultdict(list)
    for node, colour in colours.items():
        classes[colour].append(node)
    tied = min(((len(nodes), colour) for colour, nodes in classes.items() if len(nodes) > 1), default=None)
    if tied is None:
        order = sorted(colours, key=colours.__getitem__)
        place = {node: f"n{index}" for index, node in enumerate(order)}
        return sorted({_line(triple, place) for node in order for triple in around[node]}), order
    # Nodes with the very same neighbours can be swapped without a change: one of them stands for all.
    own = {node: node.value for node in colours}
    twins = {_about(node, own, around): node for node in classes[tied[1]]}
    return min((_least({**colours, node: colours[node] + "*"}, around) for node in twins.values()), key=_lines)


def _lines(found: _Order) -> list[str]:
    return found[0]


def _refined(colours: _Colours, around: _Around) -> _Colours:
    """Colours split by those of the neighbours until nothing splits any more (the Weisfeiler-Leman method)."""
    count = len(set(colours.values()))
    while count < len(colours):
        seen = {node: f"{colour}\n{_about(node, colours, around)}" for node, colour in colours.items()}
        colours = {node: sha256(text.encode()).hexdigest() for node, text in seen.items()}
        before, count = count, len(set(colours.values()))
        if count == before:
            break
    return colours


def _about(node: BlankNode, names: Mapping[BlankNode, str], around: _Around) -> str:
    """All that is said about a node, seen from it: the other blank nodes under their names."""
    return "\n".join(sorted(_line(triple, names, node) for triple in around[node]))


def _line(triple: Triple, names: Mapping[BlankNode, str], me: BlankNode | None = None) -> str:
    subject, target = (
        str(term) if not isinstance(term, BlankNode) else "_:" if term == me else f"_:{names[term]}"
        for term in (triple.subject, triple.object)
    )
    return f"{subject} {triple.predicate} {target}"
