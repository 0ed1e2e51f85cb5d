"""What stands behind a blank node, as OWL's Manchester syntax writes it: restrictions, unions, lists.

Two blank nodes that say the same have the same expression, whatever they are called.

>>> from cbec_kg.rdf.terms import BlankNode, Triple, iri
>>> node = BlankNode("any")
>>> about = Around([
...     Triple(node, iri("owl:onProperty"), iri("cbec:operates")),
...     Triple(node, iri("owl:someValuesFrom"), iri("cbec:Platform"))])
>>> written(about.expression(node), compact)
'cbec:operates some cbec:Platform'
"""

from collections import defaultdict
from collections.abc import Callable, Iterable

from cbec_kg.namespaces import compact, expand
from cbec_kg.rdf.terms import BlankNode, Literal, NamedNode, Term, Triple

__all__ = ["Around", "Expression", "plain", "written"]

Expression = tuple[str | NamedNode | Literal, ...]
"""Words and terms in reading order; equal where they say the same."""

_NIL = NamedNode(expand("rdf:nil"))
_VALUES = {"owl:someValuesFrom": "some", "owl:allValuesFrom": "only", "owl:hasValue": "value", "owl:hasSelf": "Self"}
_COUNTS = {
    f"owl:{kind}{tail}": word
    for kind, word in (("min", "min"), ("max", "max"), ("", "exactly"))
    for tail in ("Cardinality" if kind else "cardinality", "QualifiedCardinality" if kind else "qualifiedCardinality")
}
_FACETS = {
    "xsd:minInclusive": ">=", "xsd:maxInclusive": "<=", "xsd:minExclusive": ">", "xsd:maxExclusive": "<",
    "xsd:length": "length", "xsd:minLength": "minLength", "xsd:maxLength": "maxLength", "xsd:pattern": "pattern",
    "rdf:langRange": "langRange",
}  # fmt: skip
_DEEPEST = 40  # beyond it is no expression that a person wrote, or a circle


class Around:
    """Triples by their subject, to write what a blank node says."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._about: dict[object, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for triple in triples:
            self._about[triple.subject][compact(triple.predicate.value)].append(triple.object)

    def of(self, node: NamedNode | BlankNode) -> dict[str, list[Term]]:
        """Objects of a subject by the compact name of the predicate."""
        return self._about.get(node, {})

    def expression(self, term: object, depth: int = 0) -> Expression:
        """What a term says: itself, or for a blank node all that stands behind it."""
        if isinstance(term, NamedNode | Literal):
            return (term,)
        if not isinstance(term, BlankNode) or depth > _DEEPEST:
            return ("_:",)
        about = self.of(term)

        def one(name: str, *, bracket: bool = False) -> Expression:
            found = self.expression(about[name][0], depth + 1)
            return _bracketed(found) if bracket else found

        if "rdf:first" in about:
            return ("( ", *_joined(self.members(term), " , "), " )")
        for name, word in (("owl:intersectionOf", " and "), ("owl:unionOf", " or ")):
            if name in about:
                return _joined(sorted(map(_bracketed, self.members(about[name][0])), key=plain), word)
        if "owl:oneOf" in about:
            return ("{", *_joined(sorted(self.members(about["owl:oneOf"][0]), key=plain), " , "), "}")
        if "owl:complementOf" in about:
            return ("not ", *one("owl:complementOf", bracket=True))
        if "owl:datatypeComplementOf" in about:
            return ("not ", *one("owl:datatypeComplementOf", bracket=True))
        if "owl:onProperty" in about:
            return self._restriction(about, one)
        if "owl:inverseOf" in about:
            return ("inverse ", *one("owl:inverseOf"))
        if "owl:onDatatype" in about and "owl:withRestrictions" in about:
            facets = (self._facet(node) for node in self._items(about["owl:withRestrictions"][0]))
            return (*one("owl:onDatatype"), "[", *_joined(sorted(facets, key=plain), " , "), "]")
        return self._other(about, depth)

    def _restriction(self, about: dict[str, list[Term]], one: Callable[..., Expression]) -> Expression:
        for name, word in _VALUES.items():
            if name in about:
                target = () if word == "Self" else (" ", *one(name, bracket=True))
                return (*one("owl:onProperty"), f" {word}", *target)
        for name, word in _COUNTS.items():
            if name in about:
                kind = next((kind for kind in ("owl:onClass", "owl:onDataRange") if kind in about), None)
                count = about[name][0]
                number = count.value if isinstance(count, Literal) else "?"
                target = (" ", *one(kind, bracket=True)) if kind else ()
                return (*one("owl:onProperty"), f" {word} {number}", *target)
        return self._other(about, 0)

    def _facet(self, node: Term) -> Expression:
        if not isinstance(node, BlankNode | NamedNode):
            return ("_:",)
        words = [(_FACETS.get(name, name), value) for name, values in sorted(self.of(node).items()) for value in values]
        return tuple(part for word, value in words for part in (f"{word} ", *self.expression(value)))

    def _other(self, about: dict[str, list[Term]], depth: int) -> Expression:
        """What is no class expression: all its statements, sorted."""
        said = [(f"{name} ", *self.expression(value, depth + 1)) for name, values in about.items() for value in values]
        return ("[ ", *_joined(sorted(said, key=plain), " ; "), " ]") if said else ("[]",)

    def _items(self, node: Term) -> list[Term]:
        items: list[Term] = []
        seen: set[object] = set()
        while isinstance(node, BlankNode) and node not in seen:
            seen.add(node)
            about = self.of(node)
            items += about.get("rdf:first", [])
            node = next(iter(about.get("rdf:rest", [])), _NIL)
        return items

    def members(self, node: Term) -> list[Expression]:
        """Expressions of a list's members, in its order."""
        return [self.expression(item) for item in self._items(node)]


def plain(expression: Expression) -> str:
    """An expression with full IRIs, to sort by."""
    return "".join(part if isinstance(part, str) else str(part) for part in expression)


def written(expression: Expression, name: Callable[[str], str]) -> str:
    """An expression as text, each IRI by its ``name``."""
    return "".join(
        part if isinstance(part, str) else name(part.value) if isinstance(part, NamedNode) else _literal(part)
        for part in expression
    )


def _literal(literal: Literal) -> str:
    """A literal as people read it: texts in quotes, numbers and days bare."""
    text = " ".join(literal.value.split())
    return f'"{text}"' if literal.language or literal.datatype.value == expand("xsd:string") else text


def _joined(parts: Iterable[Expression], between: str) -> Expression:
    joined: list[str | NamedNode | Literal] = []
    for part in parts:
        joined += [between, *part] if joined else part
    return tuple(joined)


def _bracketed(expression: Expression) -> Expression:
    return expression if len(expression) == 1 or expression[0] == "{" else ("(", *expression, ")")
