"""Compile the ontology's axioms into tables that one pass over new triples can use.

Supported, because the ontology uses it: sub-classes and sub-properties, equivalents, domains and ranges, inverses,
symmetric and transitive properties, chains of two, disjoint classes. Any other axiom is refused, never ignored.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> rules = compile_rules([Triple(iri("cbec:City"), iri("rdfs:subClassOf"), iri("cbec:Place"))])
>>> rules.classes_above(iri("cbec:City")) == {iri("cbec:Place")}
True
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import compact
from cbec_kg.rdf.terms import BlankNode, NamedNode, Term, Triple, iri

__all__ = ["Rules", "compile_rules"]

_SUBCLASS, _SUBPROPERTY = iri("rdfs:subClassOf"), iri("rdfs:subPropertyOf")
_EQUIVALENT_CLASS, _EQUIVALENT_PROPERTY = iri("owl:equivalentClass"), iri("owl:equivalentProperty")
_DOMAIN, _RANGE, _INVERSE, _CHAIN = (
    iri("rdfs:domain"),
    iri("rdfs:range"),
    iri("owl:inverseOf"),
    iri("owl:propertyChainAxiom"),
)
_TYPE, _FIRST, _REST, _MEMBERS = iri("rdf:type"), iri("rdf:first"), iri("rdf:rest"), iri("owl:members")
_DISJOINT = iri("owl:disjointWith")
_DATATYPE_PROPERTY, _ANNOTATION_PROPERTY = iri("owl:DatatypeProperty"), iri("owl:AnnotationProperty")
_ALL_DISJOINT = iri("owl:AllDisjointClasses")
_SYMMETRIC, _TRANSITIVE = iri("owl:SymmetricProperty"), iri("owl:TransitiveProperty")
_KNOWN_TYPES = frozenset({
    iri(f"owl:{name}")
    for name in (
        "Ontology", "Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty", "NamedIndividual",
        "AllDisjointClasses", "SymmetricProperty", "TransitiveProperty", "DeprecatedClass", "DeprecatedProperty",
    )
})  # fmt: skip
_KNOWN_PREDICATES = frozenset({_EQUIVALENT_CLASS, _EQUIVALENT_PROPERTY, _INVERSE, _CHAIN, _MEMBERS, _DISJOINT}) | {
    iri(f"owl:{name}")
    for name in (
        "imports",
        "versionIRI",
        "versionInfo",
        "priorVersion",
        "backwardCompatibleWith",
        "incompatibleWith",
        "deprecated",
    )
}
_OWL = "http://www.w3.org/2002/07/owl#"

Graph = dict[NamedNode, dict[Term, list[Term]]]


@dataclass(frozen=True, slots=True)
class Rules:
    """Tables of consequences; each is closed, so that nothing has to be followed step by step."""

    super_classes: dict[Term, frozenset[NamedNode]]
    super_properties: dict[NamedNode, frozenset[NamedNode]]
    subject_types: dict[NamedNode, frozenset[NamedNode]]
    object_types: dict[NamedNode, frozenset[NamedNode]]
    inverses: dict[NamedNode, frozenset[NamedNode]]
    transitive: frozenset[NamedNode]
    chains_from_first: dict[NamedNode, tuple[tuple[NamedNode, NamedNode], ...]]
    chains_from_second: dict[NamedNode, tuple[tuple[NamedNode, NamedNode], ...]]
    disjoint: frozenset[frozenset[NamedNode]]

    def classes_above(self, cls: Term) -> frozenset[NamedNode]:
        """Every class that an instance of ``cls`` also belongs to."""
        return self.super_classes.get(cls, frozenset())


def compile_rules(triples: Iterable[Triple]) -> Rules:
    """Rules of an ontology's triples; raises `OntologyError` for an axiom that no rule here covers."""
    graph: Graph = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        graph[triple.predicate][triple.subject].append(triple.object)
    _refuse_unknown(graph)
    supers = _closure(graph, _SUBCLASS, _EQUIVALENT_CLASS)
    properties = _closure(graph, _SUBPROPERTY, _EQUIVALENT_PROPERTY)
    types = graph[_TYPE]
    plain = {s for s, classes in types.items() if _ANNOTATION_PROPERTY in classes}
    data = {s for s, classes in types.items() if _DATATYPE_PROPERTY in classes}
    inverses: dict[NamedNode, set[NamedNode]] = defaultdict(set)
    for a, others in graph[_INVERSE].items():
        for b in others:
            inverses[_named(a)].add(_named(b))
            inverses[_named(b)].add(_named(a))
    for s, classes in types.items():
        if _SYMMETRIC in classes:
            inverses[_named(s)].add(_named(s))
    first, second = defaultdict(list), defaultdict(list)
    for target, chains in graph[_CHAIN].items():
        for head in chains:
            steps = _items(graph, head)
            if len(steps) != 2:
                raise OntologyError(
                    f"{compact(_named(target).value)}: a property chain of {len(steps)} steps",
                    fix="write it as chains of two",
                )
            first[steps[0]].append((steps[1], _named(target)))
            second[steps[1]].append((steps[0], _named(target)))
    used = {_named(p) for prop in (_DOMAIN, _RANGE, _SUBPROPERTY) for p in graph[prop] if p not in plain}
    return Rules(
        super_classes=supers,
        super_properties={p: s for p, s in properties.items() if isinstance(p, NamedNode) and p not in plain},
        subject_types={p: _types(p, graph[_DOMAIN], properties, supers) for p in used},
        object_types={p: _types(p, graph[_RANGE], properties, supers) for p in used if p not in data},
        inverses={p: frozenset(others) for p, others in inverses.items()},
        transitive=frozenset(_named(s) for s, classes in types.items() if _TRANSITIVE in classes),
        chains_from_first={p: tuple(rules) for p, rules in first.items()},
        chains_from_second={p: tuple(rules) for p, rules in second.items()},
        disjoint=_disjoint(graph),
    )


def _named(term: Term) -> NamedNode:
    if not isinstance(term, NamedNode):
        raise OntologyError(f"{term}: an anonymous class or property has no rule", fix="give it a name")
    return term


def _refuse_unknown(graph: Graph) -> None:
    for predicate in graph:
        if predicate.value.startswith(_OWL) and predicate not in _KNOWN_PREDICATES:
            raise OntologyError(
                f"{compact(predicate.value)} has no rule", fix="leave the axiom out or teach reason/rules.py"
            )
    for subject, classes in graph[_TYPE].items():
        for cls in classes:
            if isinstance(cls, NamedNode) and cls.value.startswith(_OWL) and cls not in _KNOWN_TYPES:
                raise OntologyError(
                    f"{subject} is a {compact(cls.value)}, which has no rule",
                    fix="leave the axiom out or teach reason/rules.py",
                )
    for predicate in (_SUBCLASS, _EQUIVALENT_CLASS):
        for subject, others in graph[predicate].items():
            if isinstance(subject, BlankNode) or any(isinstance(other, BlankNode) for other in others):
                raise OntologyError(f"{subject}: a class expression has no rule", fix="name the class")


def _closure(graph: Graph, below: NamedNode, equal: NamedNode) -> dict[Term, frozenset[NamedNode]]:
    """Everything above each term, itself left out."""
    up: dict[Term, set[NamedNode]] = defaultdict(set)
    for a, others in graph[below].items():
        up[a].update(_named(b) for b in others)
    for a, others in graph[equal].items():
        for b in others:
            up[a].add(_named(b))
            up[b].add(_named(a))
    out = {}
    for start in list(up):
        seen: set[NamedNode] = set()
        todo = list(up[start])
        while todo:
            node = todo.pop()
            if node not in seen:
                seen.add(node)
                todo.extend(up.get(node, ()))
        out[start] = frozenset(seen - {start})
    return out


def _types(
    prop: NamedNode,
    stated: dict[Term, list[Term]],
    properties: dict[Term, frozenset[NamedNode]],
    supers: dict[Term, frozenset[NamedNode]],
) -> frozenset[NamedNode]:
    """Classes that a property's own and its super-properties' domains (or ranges) give, with all above them."""
    direct = {_named(cls) for p in (prop, *properties.get(prop, ())) for cls in stated.get(p, ())}
    return frozenset(direct.union(*(supers.get(cls, frozenset()) for cls in direct)))


def _items(graph: Graph, head: Term) -> list[NamedNode]:
    out = []
    while graph[_FIRST].get(head):
        out.append(_named(graph[_FIRST][head][0]))
        head = graph[_REST][head][0]
    return out


def _disjoint(graph: Graph) -> frozenset[frozenset[NamedNode]]:
    pairs = {frozenset((_named(a), _named(b))) for a, others in graph[_DISJOINT].items() for b in others}
    for node, classes in graph[_TYPE].items():
        if _ALL_DISJOINT in classes:
            for head in graph[_MEMBERS].get(node, ()):
                pairs.update(frozenset(pair) for pair in combinations(_items(graph, head), 2))
    return frozenset(pairs)
