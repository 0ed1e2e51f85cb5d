"""Check the shapes themselves: both engines pass over a misspelt constraint without a word.

>>> from cbec_kg.rdf.terms import Literal, Triple, iri
>>> from cbec_kg.validate.shapes import read_shapes
>>> lint(read_shapes())
()
>>> misspelt = Triple(iri("cs:SpanEnd"), iri("sh:minCuont"), Literal(1))
>>> lint([*read_shapes(), misspelt])[0].problem
'sh:minCuont is no term of SHACL'
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph

from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import CBEC, SHAPES, VOCAB, compact, expand
from cbec_kg.rdf.terms import RDF_TYPE, XSD, Literal, NamedNode, Subject, Term, Triple, iri
from cbec_kg.validate.report import SEVERITIES
from cbec_kg.validate.shapes import SH, TARGETS, Graph, path_text

__all__ = ["Flaw", "ignored", "lint"]

_HEADER = NamedNode(SHAPES.removesuffix("#"))
_LISTS = ("in", "languageIn", "or", "and", "xone", "ignoredProperties")
_INTEGERS = ("minCount", "maxCount", "minLength", "maxLength", "qualifiedMinCount", "qualifiedMaxCount")
_CONSTRAINTS = {
    *_LISTS, *_INTEGERS, "class", "closed", "datatype", "disjoint", "equals", "hasValue", "lessThan",
    "lessThanOrEquals", "maxExclusive", "maxInclusive", "minExclusive", "minInclusive", "node", "nodeKind", "not",
    "pattern", "property", "qualifiedValueShape", "sparql", "uniqueLang",
}  # fmt: skip
_PROPERTIES = {
    *_CONSTRAINTS, *TARGETS, "alternativePath", "declare", "flags", "inversePath", "message", "namespace", "path",
    "prefix", "prefixes", "qualifiedValueShapesDisjoint", "select", "severity",
}  # fmt: skip
_VALUES = {
    *SEVERITIES, "IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral", "NodeShape",
    "PropertyShape", "SPARQLConstraint",
}  # fmt: skip
# Not allowed in SHACL-SPARQL (VALUES, MINUS, SERVICE), and FROM, which would leave the graph that is checked.
_FORBIDDEN = re.compile(r"\b(VALUES|MINUS|SERVICE|FROM)\b", re.IGNORECASE)
# rdflib cannot read a bare negative decimal once pyshacl is loaded.
_NEGATIVE = re.compile(r'(?<!["\w])-\d*\.\d')
# Neither pyshifty's regular expressions nor XPath's know these.
_EXOTIC = re.compile(r"\(\?|\\[1-9]|\\[bBAZ]|[*+?}]\+")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
_NAME = re.compile(r"(?<![\w<:/])([a-z]+):([A-Za-z0-9][\w-]*)")


@dataclass(frozen=True, slots=True)
class Flaw:
    """A shape's compact name, and what is wrong with it."""

    shape: str
    problem: str


def lint(shapes: Iterable[Triple], ontology: Iterable[Triple] = ()) -> tuple[Flaw, ...]:
    """Everything wrong with the shapes, sorted; with the ontology at hand also its terms that the shapes misspell."""
    graph = Graph(shapes)
    owner = _owners(graph)
    flaws = [*_ignored(graph, owner)]
    for shape in graph.shapes:
        if isinstance(shape, NamedNode):
            flaws += _shape(graph, shape)
        else:
            flaws.append(Flaw(owner.get(shape, "?"), "a typed shape without an IRI: results could not name it"))
    prefixes = _prefixes(graph)
    for triple in graph.triples:
        if triple.predicate.value == SH + "sparql" and not isinstance(triple.object, Triple):
            problems = _query(graph, triple.object, prefixes)
            flaws += [Flaw(owner.get(triple.subject, "?"), problem) for problem in problems]
    if declared := {triple.subject for triple in ontology}:
        flaws += _undeclared(graph, declared, owner)
    if not graph.shapes:
        flaws.append(Flaw("?", "there is no shape at all"))
    return tuple(sorted(set(flaws), key=lambda flaw: (flaw.shape, flaw.problem)))


def ignored(shapes: Iterable[Triple]) -> tuple[Flaw, ...]:
    """The flaws that an engine would pass over: unknown terms, values and paths that it cannot use."""
    graph = Graph(shapes)
    return tuple(sorted(set(_ignored(graph, _owners(graph))), key=lambda flaw: (flaw.shape, flaw.problem)))


def _ignored(graph: Graph, owner: dict[Subject | Triple, str]) -> Iterator[Flaw]:
    yield from _terms(graph, owner)
    yield from _paths_and_lists(graph, owner)
    yield from _parameters(graph, owner)


def _owners(graph: Graph) -> dict[Subject | Triple, str]:
    """Compact name of the named shape, or of the header, that each node belongs to."""
    owner: dict[Subject | Triple, str] = {}
    below: dict[Subject | Triple, list[Term]] = {}
    for triple in graph.triples:
        if isinstance(triple.object, pyoxigraph.BlankNode):
            below.setdefault(triple.subject, []).append(triple.object)
    for top in dict.fromkeys(triple.subject for triple in graph.triples if isinstance(triple.subject, NamedNode)):
        stack: list[Term] = [top]
        while stack:
            node = stack.pop()
            if not isinstance(node, Literal) and node not in owner:
                owner[node] = compact(top.value)
                stack += below.get(node, [])
    return owner


def _terms(graph: Graph, owner: dict[Subject | Triple, str]) -> Iterator[Flaw]:
    for triple in graph.triples:
        at = owner.get(triple.subject, "?")
        name = triple.predicate.value.removeprefix(SH)
        if name != triple.predicate.value and name not in _PROPERTIES:
            yield Flaw(
                at, f"sh:{name} is no term of SHACL" if not _known_elsewhere(name) else f"sh:{name} is not for us"
            )
        if isinstance(triple.object, NamedNode) and triple.object.value.startswith(SH):
            name = triple.object.value.removeprefix(SH)
            if name not in _VALUES:
                yield Flaw(at, f"sh:{name} is no value of SHACL")


def _known_elsewhere(name: str) -> bool:
    """SHACL has it, but it would switch a rule off, or only one of the engines knows it."""
    return name in {"deactivated", "js", "rule", "target", "entailment", "ask", "expression", "zeroOrMorePath",
                    "oneOrMorePath", "zeroOrOnePath", "shapesGraph", "defaultValue"}  # fmt: skip


def _shape(graph: Graph, shape: NamedNode) -> Iterator[Flaw]:
    at = compact(shape.value)
    if not at.startswith("cs:"):
        yield Flaw(at, "its IRI is not in the namespace of our shapes")
    if len(graph.objects(shape, RDF_TYPE.value)) != 1:
        yield Flaw(at, "it is not typed once, as a node shape or a property shape")
    severities = graph.objects(shape, SH + "severity")
    if len(severities) != 1 or severities[0] not in [NamedNode(SH + name) for name in SEVERITIES]:
        yield Flaw(at, "it needs one sh:severity: Violation, Warning or Info")
    messages = [term for term in graph.objects(shape, SH + "message") if isinstance(term, Literal)]
    if sorted(term.language or "" for term in messages) != ["en", "zh"] or not all(
        term.value.strip() for term in messages
    ):
        yield Flaw(at, "it needs one sh:message in English and one in Chinese")
    if not any(graph.objects(shape, SH + target) for target in TARGETS):
        yield Flaw(at, "it has no target: it would check nothing")
    constraints = [t.predicate.value.removeprefix(SH) for t in graph.triples if t.subject == shape]
    constraints = [name for name in constraints if name in _CONSTRAINTS]
    if not constraints:
        yield Flaw(at, "it has no constraint: it would check nothing")
    if "property" in constraints:
        yield Flaw(
            at, "sh:property outside sh:or, sh:and, sh:not, sh:xone: results would name a blank shape; make it a shape"
        )
    is_property = iri("sh:PropertyShape") in graph.objects(shape, RDF_TYPE.value)
    if is_property != (len(graph.objects(shape, SH + "path")) == 1):
        yield Flaw(at, "a property shape has one sh:path, a node shape none")


def _paths_and_lists(graph: Graph, owner: dict[Subject | Triple, str]) -> Iterator[Flaw]:
    for triple in graph.triples:
        if isinstance(triple.object, Triple):
            continue
        name = triple.predicate.value.removeprefix(SH)
        try:
            if name == "path":
                path_text(graph, triple.object)
            elif name in _LISTS and triple.predicate.value.startswith(SH) and not graph.items(triple.object):
                yield Flaw(owner.get(triple.subject, "?"), f"the list of sh:{name} is empty")
        except OntologyError as error:
            yield Flaw(owner.get(triple.subject, "?"), f"sh:{name}: {error.message}")


def _parameters(graph: Graph, owner: dict[Subject | Triple, str]) -> Iterator[Flaw]:
    """Values of the wrong datatype (pyshifty passes over ``sh:minCount "1"``), and regular expressions out of reach."""
    for triple in graph.triples:
        at, value = owner.get(triple.subject, "?"), triple.object
        name = triple.predicate.value.removeprefix(SH)
        literal = value if isinstance(value, Literal) else None
        datatype = literal.datatype.value.removeprefix(XSD) if literal else ""
        if name in _INTEGERS and (datatype != "integer" or not literal or int(literal.value) < 0):
            yield Flaw(at, f"sh:{name} needs a whole number, written bare")
        elif name in ("class", "datatype", "disjoint", "equals", "lessThan", "lessThanOrEquals", *TARGETS):
            if triple.predicate.value.startswith(SH) and not isinstance(value, NamedNode):
                yield Flaw(at, f"sh:{name} needs an IRI")
        elif name in ("uniqueLang", "closed") and (datatype, literal and literal.value) != ("boolean", "true"):
            yield Flaw(at, f"sh:{name} needs true, written bare")
        elif name == "pattern":
            text = literal.value if literal else ""
            if datatype != "string" or _EXOTIC.search(text) or not _compiles(text):
                yield Flaw(at, "sh:pattern needs a plain regular expression that every engine reads")


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True


def _prefixes(graph: Graph) -> dict[str, str]:
    """Prefixes that the header declares for queries."""
    found = {}
    for node in graph.objects(_HEADER, SH + "declare"):
        names, spaces = graph.objects(node, SH + "prefix"), graph.objects(node, SH + "namespace")
        if len(names) == len(spaces) == 1 and isinstance(names[0], Literal) and isinstance(spaces[0], Literal):
            found[names[0].value] = spaces[0].value
    return found


def _query(graph: Graph, node: Term, prefixes: dict[str, str]) -> Iterator[str]:
    texts = [term.value for term in graph.objects(node, SH + "select") if isinstance(term, Literal)]
    if len(texts) != 1:
        yield "sh:sparql needs one sh:select"
        return
    if graph.objects(node, RDF_TYPE.value) != [iri("sh:SPARQLConstraint")]:
        yield "sh:sparql is not typed sh:SPARQLConstraint"
    if graph.objects(node, SH + "severity") or graph.objects(node, SH + "message"):
        yield "severity and messages belong on the shape, not on its sh:sparql: one engine ignores them there"
    if graph.objects(node, SH + "prefixes") != [_HEADER]:
        yield f"sh:sparql needs sh:prefixes <{_HEADER.value}>"
    for prefix, namespace in prefixes.items():
        if expand(f"{prefix}:") != namespace:
            yield f"the header declares another namespace for {prefix}: than the project's"
    bare = _STRING.sub('""', texts[0])
    for word in sorted({match.upper() for match in _FORBIDDEN.findall(bare)}):
        yield f"{word} is not allowed in a shape's query"
    if _NEGATIVE.search(bare):
        yield 'a bare negative decimal in a query: write "-0.5"^^xsd:decimal'
    if not re.match(r"\s*SELECT\s+(DISTINCT\s+)?\$this\b", texts[0]):
        yield "the query must SELECT $this first"
    header = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in sorted(prefixes.items()))
    try:
        pyoxigraph.Store().query(header + texts[0])
    except SyntaxError as error:
        yield f"the query cannot be parsed: {error.msg}"


def _undeclared(graph: Graph, declared: set[Subject | Triple], owner: dict[Subject | Triple, str]) -> Iterator[Flaw]:
    for triple in graph.triples:
        if isinstance(triple.object, NamedNode):
            used = [triple.object.value]
        elif triple.predicate.value == SH + "select" and isinstance(triple.object, Literal):
            bare = _STRING.sub('""', triple.object.value)
            used = [expand(f"{prefix}:{name}") for prefix, name in _NAME.findall(bare) if prefix in ("cbec", "voc")]
        else:
            continue
        for name in used:
            if name.startswith((CBEC, VOCAB)) and NamedNode(name) not in declared:
                yield Flaw(owner.get(triple.subject, "?"), f"the ontology does not declare {compact(name)}")
