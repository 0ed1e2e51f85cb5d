"""How many OWL axioms the triples of a file make, so that a reader which lost some is found out.

By the OWL 2 mapping from RDF graphs (https://www.w3.org/TR/owl2-mapping-to-rdf/): a triple about a named thing is one
axiom; a header's triples are none; what hangs on a blank node (a list, a restriction, the annotation of an axiom)
belongs to the axiom that leads to it, but for axioms that are written as a blank node of their own.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> hen, bird = iri("cbec:Hen"), iri("cbec:Bird")
>>> count_axioms([Triple(hen, iri("rdf:type"), iri("owl:Class")), Triple(hen, iri("rdfs:subClassOf"), bird)])
2
>>> count_axioms([Triple(hen, iri("owl:disjointWith"), bird), Triple(bird, iri("owl:disjointWith"), hen)])
1
"""

from collections.abc import Iterable

from cbec_kg.namespaces import expand
from cbec_kg.rdf.terms import BlankNode, NamedNode, Triple

__all__ = ["count_axioms"]

_TYPE, _FIRST, _ONTOLOGY = expand("rdf:type"), expand("rdf:first"), expand("owl:Ontology")
_OWN = frozenset(
    map(
        expand,
        ("owl:AllDisjointClasses", "owl:AllDisjointProperties", "owl:AllDifferent", "owl:NegativePropertyAssertion"),
    )
)
_STRUCTURE = _OWN | frozenset(
    map(expand, ("owl:Restriction", "owl:Class", "rdfs:Datatype", "rdf:List", "owl:Axiom", "owl:Annotation"))
)
_TWO_WAYS = frozenset(
    map(
        expand,
        (
            "owl:disjointWith", "owl:inverseOf", "owl:equivalentClass", "owl:equivalentProperty", "owl:sameAs",
            "owl:differentFrom", "owl:propertyDisjointWith",
        ),
    )
)  # fmt: skip
_OLDER = frozenset(map(expand, ("rdf:Property", "rdfs:Class")))  # say nothing beside the OWL type of the same term


def count_axioms(triples: Iterable[Triple]) -> int:
    """Number of axioms that the triples of one file make, each counted once however often it is said."""
    known = list(dict.fromkeys(triples))
    kinds: dict[object, set[str]] = {}
    lists: set[object] = set()
    for triple in known:
        if triple.predicate.value == _TYPE and isinstance(triple.object, NamedNode):
            kinds.setdefault(triple.subject, set()).add(triple.object.value)
        elif triple.predicate.value == _FIRST:
            lists.add(triple.subject)
    made: set[object] = set()
    for triple in known:
        subject, name = triple.subject, triple.predicate.value
        of = kinds.get(subject, set())
        if _ONTOLOGY in of:
            continue
        if isinstance(subject, BlankNode) and (subject in lists or of & _STRUCTURE):
            if of & _OWN:
                made.add(subject)
            elif name in _TWO_WAYS or name == expand("rdfs:subClassOf"):
                made.add(triple)  # an expression that is itself said to be below another
        elif name in _TWO_WAYS:
            made.add((name, frozenset((subject, triple.object))))
        elif name != _TYPE or not (getattr(triple.object, "value", "") in _OLDER and of - _OLDER):
            made.add(triple)
    return len(made)
