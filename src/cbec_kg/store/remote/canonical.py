"""Literals as the embedded store spells them, so that rows of every store are the same.

Servers differ in how they write a number (``1.50``, ``01``) and in its type (xsd:int, xsd:nonNegativeInteger). Oxigraph
spells what it holds in one way; so literals of XML Schema's types are put into an empty one and read back. Strings,
IRIs and blank nodes stay as they are.

>>> canonical([(Literal("01", datatype=NamedNode(XSD + "int")), Literal("1.50", datatype=NamedNode(XSD + "decimal")))])
[(<Literal value=1 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#integer>>, \
<Literal value=1.5 datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#decimal>>)]
"""

from collections.abc import Iterable

import pyoxigraph

from cbec_kg.rdf.terms import XSD, Literal, NamedNode, Quad, Term, Triple

__all__ = ["canonical", "canonical_triples"]

Row = tuple[Term | None, ...]
_STRING = XSD + "string"
_NODE = NamedNode("urn:x")


def canonical(rows: Iterable[Row]) -> list[Row]:
    """The same rows; a literal whose type does not allow it stays the text that it is."""
    given = list(rows)
    typed = list({term for row in given for term in row if isinstance(term, Literal) and _is_typed(term)})
    if not typed:
        return given
    store = pyoxigraph.Store()
    store.bulk_extend(Quad(_NODE, NamedNode(f"urn:x:{place}"), term) for place, term in enumerate(typed))
    spelled = {typed[int(quad.predicate.value[6:])]: quad.object for quad in store}
    return [tuple(spelled.get(term, term) if isinstance(term, Literal) else term for term in row) for row in given]


def _is_typed(term: Literal) -> bool:
    datatype = term.datatype.value
    return datatype.startswith(XSD) and datatype != _STRING


def canonical_triples(triples: Iterable[Triple]) -> list[Triple]:
    """The same triples, spelled in the same way."""
    given = list(triples)
    objects = [term for (term,) in canonical((triple.object,) for triple in given) if term is not None]
    return [Triple(triple.subject, triple.predicate, term) for triple, term in zip(given, objects, strict=True)]
