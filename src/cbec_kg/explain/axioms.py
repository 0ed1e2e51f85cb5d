"""The axioms that reasoning rests on, as the graph itself holds them, by what they can conclude.

They are kept as stated, not closed as in `cbec_kg.reason.rules`, so that each step of a proof names one axiom.

>>> from cbec_kg.rdf.terms import Quad
>>> from cbec_kg.store.embedded import MemoryStore
>>> store = MemoryStore([Quad(iri("cbec:City"), iri("rdfs:subClassOf"), iri("cbec:Place"))])
>>> [str(axiom) for axiom in read_axioms(store).by_object["rdfs:subClassOf", iri("cbec:Place")]]
['cbec:City rdfs:subClassOf cbec:Place']
"""

from collections import defaultdict
from dataclasses import dataclass, field

from cbec_kg.namespaces import compact
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import NamedNode, iri
from cbec_kg.store.base import Store

__all__ = ["CHAIN", "Axiom", "Axioms", "read_axioms"]

CHAIN = "owl:propertyChainAxiom"
_BETWEEN_TERMS = (
    "rdfs:subClassOf", "rdfs:subPropertyOf", "owl:equivalentClass", "owl:equivalentProperty", "rdfs:domain",
    "rdfs:range", "owl:inverseOf",
)  # fmt: skip
_KINDS = ("owl:SymmetricProperty", "owl:TransitiveProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")


@dataclass(frozen=True, slots=True)
class Axiom:
    """An axiom about named terms: ``objects`` are two for a property chain, one for all else."""

    subject: NamedNode
    predicate: str
    objects: tuple[NamedNode, ...]

    def __str__(self) -> str:
        written = " ".join(compact(term.value) for term in self.objects)
        return (
            f"{compact(self.subject.value)} {self.predicate} {f'( {written} )' if self.predicate == CHAIN else written}"
        )


Key = tuple[str, NamedNode]


@dataclass(frozen=True, slots=True)
class Axioms:
    """Axioms by predicate and subject, and by predicate and object; chains by the property that they give."""

    by_subject: dict[Key, list[Axiom]] = field(default_factory=lambda: defaultdict(list))
    by_object: dict[Key, list[Axiom]] = field(default_factory=lambda: defaultdict(list))

    def add(self, axiom: Axiom) -> None:
        """Add one."""
        self.by_subject[axiom.predicate, axiom.subject].append(axiom)
        if axiom.predicate != CHAIN:
            self.by_object[axiom.predicate, axiom.objects[0]].append(axiom)

    def of(self, predicate: str, subject: NamedNode) -> list[Axiom]:
        """Axioms that say something of a term."""
        return self.by_subject.get((predicate, subject), [])

    def to(self, predicate: str, object_: NamedNode) -> list[Axiom]:
        """Axioms that lead to a term."""
        return self.by_object.get((predicate, object_), [])

    def kind(self, kind: str, prop: NamedNode) -> Axiom | None:
        """The axiom that makes a property symmetric or transitive, or declares it of data or an annotation."""
        return next((axiom for axiom in self.of("a", prop) if axiom.objects[0] == iri(kind)), None)

    def is_data(self, prop: NamedNode) -> bool:
        """Whether a property has literals as values, so that its range gives no class."""
        return self.kind("owl:DatatypeProperty", prop) is not None

    def is_plain(self, prop: NamedNode) -> bool:
        """Whether nothing follows from a property: it is an annotation."""
        return self.kind("owl:AnnotationProperty", prop) is not None


def read_axioms(store: Store) -> Axioms:
    """Axioms of a graph; those on nameless terms have no rule, and a build refuses them."""
    out = Axioms()
    predicates = spell_all(tuple(map(iri, _BETWEEN_TERMS)))
    found = store.select(f"SELECT ?a ?p ?b {{ VALUES ?p {{ {predicates} }} ?a ?p ?b }} ORDER BY ?p ?a ?b")
    for a, p, b in found.rows:
        if isinstance(a, NamedNode) and isinstance(p, NamedNode) and isinstance(b, NamedNode):
            out.add(Axiom(a, compact(p.value), (b,)))
    kinds = spell_all(tuple(map(iri, _KINDS)))
    found = store.select(f"SELECT ?a ?k {{ VALUES ?k {{ {kinds} }} ?a {spell(iri('rdf:type'))} ?k }} ORDER BY ?a ?k")
    for a, k in found.rows:
        if isinstance(a, NamedNode) and isinstance(k, NamedNode):
            out.add(Axiom(a, "a", (k,)))
    first, rest = spell(iri("rdf:first")), spell(iri("rdf:rest"))
    found = store.select(
        f"SELECT ?p ?one ?two {{ ?p {spell(iri(CHAIN))} ?list . ?list {first} ?one ; {rest} ?more . "
        f"?more {first} ?two ; {rest} {spell(iri('rdf:nil'))} }} ORDER BY ?p ?one ?two"
    )
    for p, one, two in found.rows:
        if isinstance(p, NamedNode) and isinstance(one, NamedNode) and isinstance(two, NamedNode):
            out.add(Axiom(p, CHAIN, (one, two)))
    return out
