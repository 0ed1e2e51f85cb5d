"""Terms, class expressions, data ranges and property expressions in functional syntax.

Rules are those of tables 11 to 14 of the OWL 2 Mapping to RDF Graphs (W3C Recommendation, 2012), read backwards.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> union, first, rest = BlankNode("u"), BlankNode("l1"), BlankNode("l2")
>>> said = Expressions([
...     Triple(union, RDF_TYPE, iri("owl:Class")), Triple(union, iri("owl:unionOf"), first),
...     Triple(first, iri("rdf:first"), iri("cbec:City")), Triple(first, iri("rdf:rest"), rest),
...     Triple(rest, iri("rdf:first"), iri("cbec:Port")), Triple(rest, iri("rdf:rest"), iri("rdf:nil")),
... ], Kinds.of([]))
>>> said.class_expression(union), said.left()
('ObjectUnionOf(cbec:City cbec:Port)', [])
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from cbec_kg.errors import OntologyError
from cbec_kg.export.functional.kinds import Kinds
from cbec_kg.namespaces import PREFIXES, compact, expand
from cbec_kg.rdf.terms import RDF_TYPE, XSD, BlankNode, Literal, NamedNode, Term, Triple

__all__ = ["Expressions"]

_OWL = PREFIXES["owl"]
_FIRST, _REST, _NIL = expand("rdf:first"), expand("rdf:rest"), expand("rdf:nil")
_DATATYPE = expand("rdfs:Datatype")
_SETS = {"intersectionOf": "IntersectionOf", "unionOf": "UnionOf"}
# A cardinality with a class or data range is another predicate in RDF, and the same word.
_CARDINALITIES = {
    "minCardinality": "MinCardinality",
    "minQualifiedCardinality": "MinCardinality",
    "maxCardinality": "MaxCardinality",
    "maxQualifiedCardinality": "MaxCardinality",
    "cardinality": "ExactCardinality",
    "qualifiedCardinality": "ExactCardinality",
}


class Expressions:
    """Reads what hangs on blank nodes; ``prefixes`` collects those that the texts need."""

    def __init__(self, about_blanks: Iterable[Triple], kinds: Kinds) -> None:
        """Take the triples whose subjects are blank nodes."""
        self.kinds = kinds
        self.prefixes: set[str] = set()
        self._said: dict[BlankNode, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        self._left: set[Triple] = set()
        for triple in about_blanks:
            assert isinstance(triple.subject, BlankNode)
            self._said[triple.subject][triple.predicate.value].append(triple.object)
            self._left.add(triple)

    def left(self, node: BlankNode | None = None) -> list[Triple]:
        """Triples about blank nodes, or about one, that no text has come of so far, in a fixed order."""
        if node is None:
            return sorted(self._left, key=str)
        about = (Triple(node, NamedNode(name), value) for name, found in self._said[node].items() for value in found)
        return sorted((triple for triple in about if triple in self._left), key=str)

    def values(self, node: BlankNode, predicate: str) -> list[Term]:
        """All objects of a predicate, which is a full IRI; they count as read."""
        found = self._said[node].get(predicate, []) if node in self._said else []
        self._left -= {Triple(node, NamedNode(predicate), value) for value in found}
        return found

    def value(self, node: BlankNode, predicate: str) -> Term | None:
        """The one object of a predicate, or None; raises `OntologyError` for two."""
        found = self.values(node, predicate)
        if len(found) > 1:
            raise OntologyError(f"{len(found)} values of {compact(predicate)} in one axiom", fix="leave one of them")
        return found[0] if found else None

    def read(self, triple: Triple) -> None:
        """Count a triple as read."""
        self._left.discard(triple)

    def has(self, node: Term, predicate: str) -> bool:
        """Whether a blank node has a predicate, which is a full IRI; it does not count as read."""
        return isinstance(node, BlankNode) and node in self._said and predicate in self._said[node]

    def items(self, term: Term) -> list[Term]:
        """Members of a list; raises `OntologyError` for what is none."""
        found: list[Term] = []
        while isinstance(term, BlankNode):
            first, rest = self.value(term, _FIRST), self.value(term, _REST)
            if first is None or rest is None:
                raise OntologyError("a list that breaks off in an axiom", fix="close it with rdf:nil")
            self._left -= {Triple(term, RDF_TYPE, NamedNode(expand("rdf:List")))}
            found.append(first)
            term = rest
        if term != NamedNode(_NIL):
            raise OntologyError(f"{self.term(term)} stands for a list in an axiom", fix="write a list")
        return found

    def name(self, iri: str) -> str:
        """A prefixed name where the project has one, else the IRI in brackets."""
        short = compact(iri)
        if short == iri:
            return f"<{iri}>"
        self.prefixes.add(short.partition(":")[0])
        return short

    def literal(self, literal: Literal) -> str:
        """A literal; of strings the datatype is left out."""
        quoted = '"' + literal.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if literal.language:
            return f"{quoted}@{literal.language}"
        datatype = literal.datatype.value
        return quoted if datatype == XSD + "string" else f"{quoted}^^{self.name(datatype)}"

    def term(self, term: Term) -> str:
        """A name, a literal, or an individual without a name, as it stands."""
        if isinstance(term, NamedNode):
            return self.name(term.value)
        if isinstance(term, Literal):
            return self.literal(term)
        if isinstance(term, BlankNode):
            return f"_:{term.value}"
        raise OntologyError("a triple inside a triple", fix="OWL 2 has none")

    def individual(self, term: Term) -> str:
        """An individual; raises `OntologyError` for a literal."""
        if isinstance(term, Literal):
            raise OntologyError(f"{self.literal(term)} stands where a thing should", fix="correct the triple")
        return self.term(term)

    def object_property(self, term: Term) -> str:
        """A property of things, or the inverse of one."""
        if isinstance(term, BlankNode):
            inner = self.value(term, _OWL + "inverseOf")
            self._left -= {Triple(term, RDF_TYPE, NamedNode(_OWL + "ObjectProperty"))}
            if not isinstance(inner, NamedNode):
                raise OntologyError("a property without a name in an axiom", fix="give it one")
            return f"ObjectInverseOf({self.name(inner.value)})"
        return self.term(term)

    def class_expression(self, term: Term) -> str:
        """A class, by name or by what it is made of."""
        if not isinstance(term, BlankNode):
            return self.individual(term)
        self._left -= {Triple(term, RDF_TYPE, NamedNode(_OWL + kind)) for kind in ("Class", "Restriction")}
        if self.has(term, _OWL + "onProperty"):
            return self._restriction(term)
        for predicate, word in _SETS.items():
            if (value := self.value(term, _OWL + predicate)) is not None:
                return f"Object{word}({self._each(self.class_expression, value)})"
        if (value := self.value(term, _OWL + "complementOf")) is not None:
            return f"ObjectComplementOf({self.class_expression(value)})"
        if (value := self.value(term, _OWL + "oneOf")) is not None:
            return f"ObjectOneOf({self._each(self.individual, value)})"
        raise OntologyError("a class without a name that OWL 2 has no form for", fix="use those of OWL 2")

    def data_range(self, term: Term) -> str:
        """A datatype, by name or by what it is made of."""
        if not isinstance(term, BlankNode):
            return self.individual(term)
        self._left -= {Triple(term, RDF_TYPE, NamedNode(_DATATYPE))}
        for predicate, word in _SETS.items():
            if (value := self.value(term, _OWL + predicate)) is not None:
                return f"Data{word}({self._each(self.data_range, value)})"
        if (value := self.value(term, _OWL + "datatypeComplementOf")) is not None:
            return f"DataComplementOf({self.data_range(value)})"
        if (value := self.value(term, _OWL + "oneOf")) is not None:
            return f"DataOneOf({self._each(self.term, value)})"
        if (value := self.value(term, _OWL + "onDatatype")) is not None:
            facets = self.value(term, _OWL + "withRestrictions")
            return f"DatatypeRestriction({self.term(value)} {self._each(self._facet, facets or NamedNode(_NIL))})"
        raise OntologyError("a datatype without a name that OWL 2 has no form for", fix="use those of OWL 2")

    def _facet(self, term: Term) -> str:
        assert isinstance(term, BlankNode)
        [(predicate, _)] = self._said[term].items()
        value = self.value(term, predicate)
        assert value is not None
        return f"{self.name(predicate)} {self.term(value)}"

    def _each(self, written: Callable[[Term], str], term: Term) -> str:
        return " ".join(written(item) for item in self.items(term))

    def _restriction(self, node: BlankNode) -> str:
        of = self.value(node, _OWL + "onProperty")
        assert of is not None
        data = isinstance(of, NamedNode) and self.kinds.of_property(of.value) == "Data"
        word, prop = ("Data", self.term(of)) if data else ("Object", self.object_property(of))
        filler = self.data_range if data else self.class_expression
        for predicate, kind in (("someValuesFrom", "SomeValuesFrom"), ("allValuesFrom", "AllValuesFrom")):
            if (value := self.value(node, _OWL + predicate)) is not None:
                return f"{word}{kind}({prop} {filler(value)})"
        if (value := self.value(node, _OWL + "hasValue")) is not None:
            return f"{word}HasValue({prop} {self.term(value)})"
        if self.value(node, _OWL + "hasSelf") is not None:
            return f"ObjectHasSelf({prop})"
        for predicate, kind in _CARDINALITIES.items():
            if (value := self.value(node, _OWL + predicate)) is not None:
                assert isinstance(value, Literal)
                of_what = self.value(node, _OWL + ("onDataRange" if data else "onClass"))
                return f"{word}{kind}({value.value} {prop}{'' if of_what is None else ' ' + filler(of_what)})"
        raise OntologyError(f"a restriction on {prop} that OWL 2 has no form for", fix="use those of OWL 2")
