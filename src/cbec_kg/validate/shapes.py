"""Read the shapes, and what each of them says of itself.

>>> shape = describe(read_shapes())["https://w3id.org/cbec-kg/shapes#SpanOrder"]
>>> shape.severity, shape.path
('Violation', 'https://w3id.org/cbec-kg/ontology#charStart')
>>> shape.message["en"]
'Let the span start before it ends: recompute charStart and charEnd.'
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pyoxigraph import RdfFormat, serialize

from cbec_kg import paths
from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import expand
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import RDF_TYPE, Literal, NamedNode, Subject, Term, Triple

__all__ = ["SH", "TARGETS", "Graph", "Shape", "describe", "n_triples", "path_text", "read_shapes"]

SH = expand("sh:")
_SHAPE_CLASSES = (NamedNode(SH + "NodeShape"), NamedNode(SH + "PropertyShape"))
TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")
_FIRST, _REST, _NIL = (NamedNode(expand(f"rdf:{name}")) for name in ("first", "rest", "nil"))


class Graph:
    """Triples indexed by subject and predicate: all that reading shapes needs."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = list(dict.fromkeys(triples))
        self._index: dict[tuple[Term, str], list[Term]] = {}
        for triple in self.triples:
            if not isinstance(triple.object, Triple):
                self._index.setdefault((triple.subject, triple.predicate.value), []).append(triple.object)

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """Objects of a subject and a predicate's IRI, as they stand in the file."""
        return self._index.get((subject, predicate), [])

    def items(self, head: Term) -> list[Term]:
        """Members of an RDF list; raises `OntologyError` where the list is broken."""
        members: list[Term] = []
        seen: set[Term] = set()
        while head != _NIL:
            first, rest = self.objects(head, _FIRST.value), self.objects(head, _REST.value)
            if len(first) != 1 or len(rest) != 1 or head in seen:
                raise OntologyError("a list in the shapes is broken", fix="write it as ( a b c )")
            seen.add(head)
            members += first
            head = rest[0]
        return members

    @cached_property
    def shapes(self) -> list[Subject]:
        """Subjects that are typed as a shape, each once."""
        found = (t.subject for t in self.triples if t.predicate == RDF_TYPE and t.object in _SHAPE_CLASSES)
        return [node for node in dict.fromkeys(found) if not isinstance(node, Triple)]


@dataclass(frozen=True, slots=True)
class Shape:
    """One rule.

    ``path`` is a SPARQL property path, IRIs without brackets; None for a node shape. ``targets`` are pairs such as
    ``("targetClass", IRI)``.
    """

    iri: str
    severity: str
    message: Mapping[str, str]
    path: str | None
    targets: tuple[tuple[str, str], ...]


def read_shapes(folder: Path | None = None) -> list[Triple]:
    """Triples of all shapes files, ``ontology/shapes`` by default; raises `ParseError`, `OntologyError` for none."""
    folder = folder or paths.ontology() / "shapes"
    files = sorted(folder.glob("*.ttl"))
    if not files:
        raise OntologyError(f"no shapes in {folder}", fix="name the folder of their *.ttl files")
    return [triple for file in files for triple in parse_file(file)]


def n_triples(triples: Iterable[Triple]) -> bytes:
    """Triples as both engines take them."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def describe(shapes: Iterable[Triple]) -> dict[str, Shape]:
    """Named shapes by IRI, in order of their IRIs; what lint would reject may be missing or empty here."""
    graph = Graph(shapes)
    return {shape.value: _shape(graph, shape) for shape in sorted(_named(graph.shapes), key=lambda node: node.value)}


def _named(nodes: Iterable[Term]) -> list[NamedNode]:
    return [node for node in nodes if isinstance(node, NamedNode)]


def _shape(graph: Graph, node: NamedNode) -> Shape:
    severity = [term.value.removeprefix(SH) for term in _named(graph.objects(node, SH + "severity"))]
    messages = [term for term in graph.objects(node, SH + "message") if isinstance(term, Literal)]
    path = graph.objects(node, SH + "path")
    return Shape(
        iri=node.value,
        severity=severity[0] if severity else "Violation",
        message={message.language or "": message.value for message in messages},
        path=path_text(graph, path[0]) if path else None,
        targets=tuple(
            (name, term.value)
            for name in TARGETS
            for term in graph.objects(node, SH + name)
            if isinstance(term, NamedNode)
        ),
    )


def path_text(graph: Graph, node: Term) -> str:
    """SPARQL property path of a SHACL path, IRIs without brackets.

    ``p``, ``^p``, ``p / q`` and ``p | q`` are what our shapes use; any other path raises `OntologyError`.
    """
    if isinstance(node, NamedNode):
        return node.value
    if inverse := graph.objects(node, SH + "inversePath"):
        return "^" + path_text(graph, inverse[0])
    if alternatives := graph.objects(node, SH + "alternativePath"):
        return " | ".join(path_text(graph, item) for item in graph.items(alternatives[0]))
    if graph.objects(node, _FIRST.value):
        return " / ".join(path_text(graph, item) for item in graph.items(node))
    raise OntologyError(
        "a path in the shapes is of an unknown kind", fix="use a property, ^property, a sequence or alternatives"
    )
