"""Triples to axioms: each triple is part of exactly one axiom, and one that is of none is refused.

Rules are those of tables 9 and 15 to 18 of the OWL 2 Mapping to RDF Graphs, read backwards.

>>> from cbec_kg.rdf.terms import iri
>>> platform = Triple(iri("cbec:Platform"), iri("rdfs:subClassOf"), iri("cbec:Entity"))
>>> [axiom.text for axiom in Axioms([platform], Kinds.of([])).all()]
['SubClassOf(cbec:Platform cbec:Entity)']
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from cbec_kg.errors import OntologyError
from cbec_kg.export.functional.expressions import Expressions
from cbec_kg.export.functional.kinds import DECLARED, Kinds
from cbec_kg.namespaces import PREFIXES, expand
from cbec_kg.rdf.terms import RDF_TYPE, BlankNode, Literal, NamedNode, Term, Triple, iri

__all__ = ["Axiom", "Axioms"]

_OWL = PREFIXES["owl"]
_MEMBERS, _DISTINCT = _OWL + "members", _OWL + "distinctMembers"
_CHARACTERISTICS = {
    _OWL + f"{word}Property": word
    for word in (
        "Functional", "InverseFunctional", "Reflexive", "Irreflexive", "Symmetric", "Asymmetric", "Transitive",
    )
}  # fmt: skip
_DEPRECATED = {_OWL + "DeprecatedClass", _OWL + "DeprecatedProperty"}
_TOP_AND_BOTTOM = {_OWL + "Thing", _OWL + "Nothing"}
_BUILT_IN = (_OWL, PREFIXES["rdf"], PREFIXES["rdfs"])
# Object, Data and Annotation where the word has the property's kind in it.
_OF_PROPERTIES = {
    expand("rdfs:subPropertyOf"): "Sub{}PropertyOf",
    _OWL + "equivalentProperty": "Equivalent{}Properties",
    _OWL + "propertyDisjointWith": "Disjoint{}Properties",
}
_OF_CLASSES = {
    expand("rdfs:subClassOf"): "SubClassOf",
    _OWL + "equivalentClass": "EquivalentClasses",
    _OWL + "disjointWith": "DisjointClasses",
}
_OF_INDIVIDUALS = {_OWL + "sameAs": "SameIndividual", _OWL + "differentFrom": "DifferentIndividuals"}
_Parts = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Axiom:
    """One axiom as text; ``subject`` is the IRI that it is filed under, ``""`` for those of no name's own."""

    subject: str
    text: str


class Axioms:
    """Axioms of a document; ``kinds`` are those of all that it imports, too."""

    def __init__(self, triples: Iterable[Triple], kinds: Kinds) -> None:
        """Take the triples of a document without those of its header."""
        self._named: list[Triple] = []
        blank: list[Triple] = []
        for triple in triples:
            (blank if isinstance(triple.subject, BlankNode) else self._named).append(triple)
        self.kinds = kinds
        self.said = Expressions(blank, kinds)
        self._notes: dict[Triple, list[str]] = defaultdict(list)
        self._by_predicate: dict[str, Callable[[Triple], _Parts]] = {
            RDF_TYPE.value: self._type,
            expand("rdfs:domain"): self._domain,
            expand("rdfs:range"): self._range,
            _OWL + "propertyChainAxiom": self._chain,
            _OWL + "disjointUnionOf": self._disjoint_union,
            _OWL + "hasKey": self._key,
            _OWL + "inverseOf": self._inverse,
            **dict.fromkeys(_OF_CLASSES, self._classes),
            **dict.fromkeys(_OF_PROPERTIES, self._properties),
            **dict.fromkeys(_OF_INDIVIDUALS, self._individuals),
        }

    def all(self) -> Iterator[Axiom]:
        """Every axiom once, in no order; raises `OntologyError` for a triple that is part of none."""
        blank = self.said.left()
        types = [(one.subject, one.object) for one in blank if one.predicate == RDF_TYPE]
        for node, kind in types:
            if kind == iri("owl:Axiom") and isinstance(node, BlankNode):
                self._annotate(node)
        for node, kind in types:
            if isinstance(node, BlankNode) and isinstance(kind, NamedNode):
                if parts := self._of_blank(node, kind):
                    yield Axiom("", self._text(None, parts))
        for triple in self._named:
            assert isinstance(triple.subject, NamedNode)
            yield Axiom(triple.subject.value, self._text(triple, self._parts(triple)))
        yield from self._unnamed()
        for triple in sorted(self._notes, key=str):
            raise OntologyError(f"a note on an axiom that is not there: {triple}", fix="state the triple, too")

    def _unnamed(self) -> Iterator[Axiom]:
        """Axioms about classes without a name, then about individuals without one."""
        for triple in self.said.left():
            if triple.predicate.value in _OF_CLASSES:
                self.said.read(triple)
                yield Axiom("", self._text(triple, self._parts(triple)))
        for triple in self.said.left():
            name = triple.predicate.value
            if triple.predicate != RDF_TYPE and name.startswith(_BUILT_IN) and name not in self.kinds.annotation:
                raise _none(triple)
            self.said.read(triple)
            yield Axiom("", self._text(triple, self._parts(triple)))

    def _text(self, triple: Triple | None, parts: _Parts) -> str:
        word, body = parts
        notes = sorted(self._notes.pop(triple, ())) if triple and self._notes else []
        return f"{word}({' '.join([*notes, body])})"

    def _parts(self, triple: Triple) -> _Parts:
        """Word of the axiom that a triple is, and what it says."""
        if read := self._by_predicate.get(triple.predicate.value):
            return read(triple)
        subject, target = triple.subject, triple.object
        name = triple.predicate.value
        word, written = self.kinds.of_property(name), self.said.name(name)
        if word == "Annotation":
            return "AnnotationAssertion", f"{written} {self.said.term(_node(subject))} {self.said.term(target)}"
        if (word == "Data") != isinstance(target, Literal):
            raise _none(triple)
        return f"{word}PropertyAssertion", f"{written} {self.said.term(_node(subject))} {self.said.term(target)}"

    def _type(self, triple: Triple) -> _Parts:
        subject, kind = _node(triple.subject), triple.object
        if isinstance(kind, NamedNode) and isinstance(subject, NamedNode):
            name = self.said.name(subject.value)
            if kind.value in DECLARED:
                return "Declaration", f"{DECLARED[kind.value]}({name})"
            if word := _CHARACTERISTICS.get(kind.value):
                return f"{word}{self.kinds.of_property(subject.value)}Property", name
            if kind.value in _DEPRECATED:
                true = Literal(True)
                return "AnnotationAssertion", f"{self.said.name(_OWL + 'deprecated')} {name} {self.said.literal(true)}"
        if isinstance(kind, NamedNode) and kind.value.startswith(_BUILT_IN) and kind.value not in _TOP_AND_BOTTOM:
            raise _none(triple)
        return "ClassAssertion", f"{self.said.class_expression(kind)} {self.said.term(subject)}"

    def _classes(self, triple: Triple) -> _Parts:
        subject, target = _node(triple.subject), triple.object
        word = _OF_CLASSES[triple.predicate.value]
        if word == "EquivalentClasses" and isinstance(subject, NamedNode) and self.kinds.is_datatype(subject.value):
            return "DatatypeDefinition", f"{self.said.name(subject.value)} {self.said.data_range(target)}"
        return word, f"{self.said.class_expression(subject)} {self.said.class_expression(target)}"

    def _disjoint_union(self, triple: Triple) -> _Parts:
        parts = " ".join(map(self.said.class_expression, self.said.items(triple.object)))
        return "DisjointUnion", f"{self.said.term(_node(triple.subject))} {parts}"

    def _key(self, triple: Triple) -> _Parts:
        whose = self.said.class_expression(_node(triple.subject))
        listed: dict[str, list[str]] = {"Object": [], "Data": []}
        for term in self.said.items(triple.object):
            listed[self._kind(term)].append(self.said.object_property(term))
        return "HasKey", f"{whose} ({' '.join(listed['Object'])}) ({' '.join(listed['Data'])})"

    def _properties(self, triple: Triple) -> _Parts:
        subject = _node(triple.subject)
        word = _OF_PROPERTIES[triple.predicate.value].format(self._kind(subject))
        return word, f"{self.said.object_property(subject)} {self.said.object_property(triple.object)}"

    def _chain(self, triple: Triple) -> _Parts:
        links = " ".join(map(self.said.object_property, self.said.items(triple.object)))
        return "SubObjectPropertyOf", f"ObjectPropertyChain({links}) {self.said.object_property(_node(triple.subject))}"

    def _inverse(self, triple: Triple) -> _Parts:
        both = (self.said.object_property(term) for term in (_node(triple.subject), triple.object))
        return "InverseObjectProperties", " ".join(both)

    def _domain(self, triple: Triple) -> _Parts:
        subject, target = _node(triple.subject), triple.object
        word = self._kind(subject)
        written = self.said.term(target) if word == "Annotation" else self.said.class_expression(target)
        return f"{word}PropertyDomain", f"{self.said.object_property(subject)} {written}"

    def _range(self, triple: Triple) -> _Parts:
        subject, target = _node(triple.subject), triple.object
        word = self._kind(subject)
        written = {"Annotation": self.said.term, "Data": self.said.data_range, "Object": self.said.class_expression}
        return f"{word}PropertyRange", f"{self.said.object_property(subject)} {written[word](target)}"

    def _individuals(self, triple: Triple) -> _Parts:
        both = (self.said.individual(term) for term in (_node(triple.subject), triple.object))
        return _OF_INDIVIDUALS[triple.predicate.value], " ".join(both)

    def _kind(self, term: Term) -> str:
        """Kind of a property; one without a name is the inverse of a property of things."""
        return self.kinds.of_property(term.value) if isinstance(term, NamedNode) else "Object"

    def _of_blank(self, node: BlankNode, kind: NamedNode) -> _Parts | None:
        """Axiom that a blank node stands for, or None where it stands for a class, a list, an individual."""
        said, name = self.said, kind.value.removeprefix(_OWL)
        if name in ("AllDisjointClasses", "AllDisjointProperties", "AllDifferent"):
            said.read(Triple(node, RDF_TYPE, kind))
            found = said.value(node, _MEMBERS) or said.value(node, _DISTINCT)
            members = said.items(found) if found else []
            if name == "AllDifferent":
                return "DifferentIndividuals", " ".join(map(said.individual, members))
            if name == "AllDisjointClasses":
                return "DisjointClasses", " ".join(map(said.class_expression, members))
            word = self._kind(members[0]) if members else "Object"
            return f"Disjoint{word}Properties", " ".join(map(said.object_property, members))
        if name == "NegativePropertyAssertion":
            said.read(Triple(node, RDF_TYPE, kind))
            source, prop = said.value(node, _OWL + "sourceIndividual"), said.value(node, _OWL + "assertionProperty")
            value = said.value(node, _OWL + "targetValue")
            word, target = ("Data", value) if value else ("Object", said.value(node, _OWL + "targetIndividual"))
            if source is None or prop is None or target is None:
                raise OntologyError("a negative assertion that breaks off", fix="give source, property and target")
            written = said.object_property(prop), said.individual(source), said.term(target)
            return f"Negative{word}PropertyAssertion", " ".join(written)
        return None

    def _annotate(self, node: BlankNode) -> None:
        """Keep what an owl:Axiom says of another triple, for the axiom that the triple is."""
        said = self.said
        said.read(Triple(node, RDF_TYPE, iri("owl:Axiom")))
        whose = [said.value(node, _OWL + f"annotated{part}") for part in ("Source", "Property", "Target")]
        subject, predicate, target = whose
        if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode) or target is None:
            raise OntologyError("an owl:Axiom that breaks off", fix="give it source, property and target")
        for triple in said.left(node):
            said.read(triple)
            written = f"{said.name(triple.predicate.value)} {said.term(triple.object)}"
            self._notes[Triple(subject, predicate, target)].append(f"Annotation({written})")


def _node(subject: NamedNode | BlankNode | Triple) -> NamedNode | BlankNode:
    assert not isinstance(subject, Triple)  # `canonical_blank_nodes` refuses them
    return subject


def _none(triple: Triple) -> OntologyError:
    return OntologyError(f"no axiom of OWL 2: {triple}", fix="correct the triple, or export Turtle")
