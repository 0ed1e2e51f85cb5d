"""What a name is declared as: functional syntax has another word for a property of things than for one of data.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> kinds = Kinds.of([Triple(iri("cbec:level"), iri("rdf:type"), iri("owl:DatatypeProperty"))])
>>> kinds.of_property("https://w3id.org/cbec-kg/ontology#level")
'Data'
>>> try:
...     kinds.of_property("https://w3id.org/cbec-kg/ontology#levle")
... except OntologyError as error:
...     print(error)
cbec:levle is used as a property and declared as none: declare it in the ontology
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import PREFIXES, compact, expand
from cbec_kg.rdf.terms import RDF_TYPE, XSD, NamedNode, Quad, Triple

__all__ = ["DECLARED", "Kinds"]

_OWL = PREFIXES["owl"]
DECLARED = {
    _OWL + "AnnotationProperty": "AnnotationProperty",
    _OWL + "ObjectProperty": "ObjectProperty",
    _OWL + "DatatypeProperty": "DataProperty",
    expand("rdfs:Datatype"): "Datatype",
    _OWL + "Class": "Class",
    _OWL + "NamedIndividual": "NamedIndividual",
}
"""Word of a declaration for each type that declares, in the order in which a document has them."""
# OWL 2 Structural Specification, section 5: what needs no declaration.
_ANNOTATION = {expand(f"rdfs:{name}") for name in ("label", "comment", "seeAlso", "isDefinedBy")} | {
    _OWL + name for name in ("deprecated", "versionInfo", "priorVersion", "backwardCompatibleWith", "incompatibleWith")
}
_OBJECT = {_OWL + "topObjectProperty", _OWL + "bottomObjectProperty"}
_DATA = {_OWL + "topDataProperty", _OWL + "bottomDataProperty"}
_DATATYPES = {
    _OWL + "real", _OWL + "rational", expand("rdfs:Literal"), expand("rdf:PlainLiteral"), expand("rdf:XMLLiteral"),
    expand("rdf:langString"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kinds:
    """Names by what they are declared as, in a document and in all that it imports."""

    object: frozenset[str]
    data: frozenset[str]
    annotation: frozenset[str]
    datatype: frozenset[str]

    @classmethod
    def of(cls, statements: Iterable[Triple | Quad]) -> "Kinds":
        """Declarations among statements."""
        found: dict[str, set[str]] = {word: set() for word in DECLARED.values()}
        for one in statements:
            if one.predicate == RDF_TYPE and isinstance(one.object, NamedNode) and one.object.value in DECLARED:
                if isinstance(one.subject, NamedNode):
                    found[DECLARED[one.object.value]].add(one.subject.value)
        return cls(
            frozenset(found["ObjectProperty"] | _OBJECT),
            frozenset(found["DataProperty"] | _DATA),
            frozenset(found["AnnotationProperty"] | _ANNOTATION),
            frozenset(found["Datatype"] | _DATATYPES),
        )

    def of_property(self, name: str) -> str:
        """``Object``, ``Data`` or ``Annotation``; raises `OntologyError` for what is declared as none of them."""
        for word, names in (("Object", self.object), ("Data", self.data), ("Annotation", self.annotation)):
            if name in names:
                return word
        raise OntologyError(
            f"{compact(name)} is used as a property and declared as none", fix="declare it in the ontology"
        )

    def is_datatype(self, name: str) -> bool:
        """Whether a name is that of a datatype."""
        return name.startswith(XSD) or name in self.datatype
