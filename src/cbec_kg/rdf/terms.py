"""RDF terms and short ways to write them.

>>> iri("cbec:Platform")
<NamedNode value=https://w3id.org/cbec-kg/ontology#Platform>
>>> decimal("9.80").value, decimal(5).value
('9.8', '5')
"""

from decimal import Decimal

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from cbec_kg.namespaces import expand

__all__ = [
    "BlankNode", "DefaultGraph", "Literal", "NamedNode", "Quad",
    "RDF_TYPE", "RDFS_LABEL", "Subject", "Term", "Triple", "XSD",
    "canonical_decimal", "date_time", "decimal", "integer", "iri", "text",
]  # fmt: skip

Subject = NamedNode | BlankNode | Triple
Term = NamedNode | BlankNode | Literal | Triple

XSD = "http://www.w3.org/2001/XMLSchema#"
_DECIMAL = NamedNode(XSD + "decimal")
_INTEGER = NamedNode(XSD + "integer")
_DATE_TIME = NamedNode(XSD + "dateTime")


def iri(name: str) -> NamedNode:
    """Node of a prefixed name."""
    return NamedNode(expand(name))


RDF_TYPE = iri("rdf:type")
RDFS_LABEL = iri("rdfs:label")


def canonical_decimal(value: Decimal | int | str) -> str:
    """Decimal string without exponent, trailing zeros or minus zero (XML Schema 1.1's canonical form, whole ones
    without point)."""
    written = format(Decimal(value), "f")
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written in ("-0", "") else written


def decimal(value: Decimal | int | str) -> Literal:
    """xsd:decimal in its canonical spelling."""
    return Literal(canonical_decimal(value), datatype=_DECIMAL)


def integer(value: int) -> Literal:
    """xsd:integer."""
    return Literal(str(value), datatype=_INTEGER)


def date_time(day: str) -> Literal:
    """Zone-less xsd:dateTime of a day ``YYYY-MM-DD`` or of a date and time."""
    return Literal(day if "T" in day else f"{day}T00:00:00", datatype=_DATE_TIME)


def text(value: str, language: str | None = None) -> Literal:
    """Plain or language-tagged string."""
    return Literal(value, language=language) if language else Literal(value)
