"""What a version says of each term, as statements of a few kinds, and how heavy a change of each kind is.

The weights follow one rule. What followed from the ontology must still follow, and data that was consistent must
still be: a change that may break either is ``breaking``. What only adds to what follows, or takes a constraint away, is
``compatible``. Words for people are ``editorial``, but for alternative names: by them articles are read.

>>> weight("parent", added=True), weight("parent", added=False)
('compatible', 'breaking')
>>> weight("disjoint", added=True), weight("disjoint", added=False)
('breaking', 'compatible')
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cbec_kg.namespaces import compact, expand
from cbec_kg.ontology.difference.expressions import Around, Expression, plain
from cbec_kg.rdf.terms import BlankNode, Literal, NamedNode, Triple

__all__ = ["PAIRED", "SYMMETRIC", "WEIGHTS", "Statement", "statements", "weight"]

WEIGHTS = ("editorial", "compatible", "breaking")
_EDITORIAL, _COMPATIBLE, _BREAKING = WEIGHTS
_WEIGHT: dict[str, tuple[str, str]] = {
    "label": (_EDITORIAL, _EDITORIAL),
    "definition": (_EDITORIAL, _EDITORIAL),
    "note": (_EDITORIAL, _EDITORIAL),
    "annotation": (_EDITORIAL, _EDITORIAL),
    "axiom annotation": (_EDITORIAL, _EDITORIAL),
    "name": (_COMPATIBLE, _COMPATIBLE),
    "link": (_COMPATIBLE, _COMPATIBLE),
    "deprecation": (_COMPATIBLE, _COMPATIBLE),
    "type": (_COMPATIBLE, _BREAKING),
    "parent": (_COMPATIBLE, _BREAKING),
    "inverse": (_COMPATIBLE, _BREAKING),
    "chain": (_COMPATIBLE, _BREAKING),
    "characteristic": (_COMPATIBLE, _BREAKING),
    "broader": (_COMPATIBLE, _BREAKING),
    "scheme": (_COMPATIBLE, _BREAKING),
    "statement": (_COMPATIBLE, _BREAKING),
    "code": (_BREAKING, _BREAKING),
    "domain": (_BREAKING, _BREAKING),
    "range": (_BREAKING, _BREAKING),
    "equivalent": (_BREAKING, _BREAKING),
    "axiom": (_BREAKING, _BREAKING),
    "restriction": (_BREAKING, _BREAKING),
    "constraint": (_BREAKING, _COMPATIBLE),
    "disjoint": (_BREAKING, _COMPATIBLE),
}
_KIND = {
    "rdfs:label": "label", "skos:prefLabel": "label", "skos:definition": "definition", "rdfs:comment": "definition",
    "skos:altLabel": "name", "skos:hiddenLabel": "name",
    "skos:example": "note", "skos:scopeNote": "note", "skos:changeNote": "note", "skos:historyNote": "note",
    "skos:editorialNote": "note", "skos:note": "note", "rdfs:isDefinedBy": "note", "dcterms:source": "note",
    "rdfs:seeAlso": "link", "schema:sameAs": "link", "owl:sameAs": "statement", "skos:exactMatch": "link",
    "skos:closeMatch": "link", "skos:broadMatch": "link", "skos:narrowMatch": "link", "skos:relatedMatch": "link",
    "owl:deprecated": "deprecation", "dcterms:isReplacedBy": "deprecation", "dcterms:replaces": "deprecation",
    "rdfs:subClassOf": "parent", "rdfs:subPropertyOf": "parent", "owl:inverseOf": "inverse",
    "owl:propertyChainAxiom": "chain", "rdfs:domain": "domain", "rdfs:range": "range",
    "owl:equivalentClass": "equivalent", "owl:equivalentProperty": "equivalent", "owl:disjointUnionOf": "equivalent",
    "owl:disjointWith": "disjoint", "owl:propertyDisjointWith": "disjoint", "owl:differentFrom": "disjoint",
    "owl:hasKey": "constraint", "skos:notation": "code", "skos:inScheme": "scheme", "skos:topConceptOf": "scheme",
    "skos:broader": "broader",
}  # fmt: skip
_CHARACTERISTICS = {
    f"owl:{name}": kind
    for kind, names in (
        ("characteristic", ("TransitiveProperty", "SymmetricProperty", "ReflexiveProperty")),
        (
            "constraint",
            ("FunctionalProperty", "InverseFunctionalProperty", "AsymmetricProperty", "IrreflexiveProperty"),
        ),
    )
    for name in names
}
_GROUPS = {
    "owl:AllDisjointClasses": "owl:disjointWith",
    "owl:AllDisjointProperties": "owl:propertyDisjointWith",
    "owl:AllDifferent": "owl:differentFrom",
}
_BUILT_IN = (expand("owl:"), expand("rdf:"), expand("rdfs:"))
PAIRED = frozenset(
    {"label", "definition", "note", "annotation", "code", "parent", "domain", "range", "inverse", "broader", "scheme",
     "statement", "restriction", "equivalent"}
)  # fmt: skip
"""Kinds of which one gone and one new are one change, from old to new."""
SYMMETRIC = frozenset({"disjoint", "inverse"})
"""Kinds that say the same of both their terms."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said of a term: its kind, the compact predicate, the language of a text, and the value."""

    kind: str
    predicate: str
    language: str
    value: Expression

    def key(self) -> tuple[str, str, str, str]:
        """What to sort by."""
        return self.kind, self.predicate, self.language, plain(self.value)


def weight(kind: str, *, added: bool) -> str:
    """How heavy it is that a statement of a kind came, or went."""
    return _WEIGHT[kind][0 if added else 1]


def statements(triples: Iterable[Triple]) -> dict[str, set[Statement]]:
    """Statements by the IRI of the term that they are of.

    Members of an owl:AllDisjointClasses are disjoint pair by pair. What stands on no named term, such as a general
    class axiom, is filed under the first term that it names.
    """
    listed = list(triples)
    around = Around(listed)
    annotations = {
        triple.subject.value
        for triple in listed
        if isinstance(triple.subject, NamedNode) and triple.object == NamedNode(expand("owl:AnnotationProperty"))
    }
    inner = {triple.object for triple in listed if isinstance(triple.object, BlankNode)}
    found: dict[str, set[Statement]] = defaultdict(set)
    roots: dict[BlankNode, None] = {}
    for triple in listed:
        if isinstance(triple.subject, NamedNode):
            said = _statement(triple, around, annotations)
            found[triple.subject.value].add(said)
            if said.kind == "disjoint" and isinstance(triple.object, NamedNode):  # it says the same of both
                found[triple.object.value].add(replace(said, value=(triple.subject,)))
        elif isinstance(triple.subject, BlankNode) and triple.subject not in inner:
            roots[triple.subject] = None
    for root in roots:
        for name, said in _rootless(root, around):
            found[name].add(said)
    return found


def _statement(triple: Triple, around: Around, annotations: set[str]) -> Statement:
    name = compact(triple.predicate.value)
    value = around.expression(triple.object)
    language = (triple.object.language or "") if isinstance(triple.object, Literal) else ""
    if name == "rdf:type":
        kind = _CHARACTERISTICS.get(compact(plain(value).strip("<>")), "type")
    elif isinstance(triple.object, BlankNode) and name in ("rdfs:subClassOf", "rdfs:subPropertyOf"):
        kind = "restriction"
    else:
        kind = _KIND.get(name, "annotation" if triple.predicate.value in annotations else "statement")
    return Statement(kind, name, language, value)


def _rootless(root: BlankNode, around: Around) -> Iterable[tuple[str, Statement]]:
    """Statements of a blank node that nothing leads to, each with the term that it is filed under."""
    about = around.of(root)
    types = {compact(term.value) for term in about.get("rdf:type", []) if isinstance(term, NamedNode)}
    group = next((name for name in _GROUPS if name in types), None)
    if group:
        lists = [*about.get("owl:members", []), *about.get("owl:distinctMembers", [])]
        members = [member for node in lists for member in around.members(node)]
        for one in members:
            for other in members:
                if one != other and len(one) == 1 and isinstance(one[0], NamedNode):
                    yield one[0].value, Statement("disjoint", _GROUPS[group], "", other)
        return
    if types & {"owl:Axiom", "owl:Annotation"}:
        source = next((term for term in about.get("owl:annotatedSource", []) if isinstance(term, NamedNode)), None)
        if source:
            yield source.value, Statement("axiom annotation", "owl:Axiom", "", around.expression(root))
            return
    value = around.expression(root)
    targets = sorted(
        (compact_name, plain(around.expression(target)))
        for compact_name in ("rdfs:subClassOf", "owl:equivalentClass", "owl:disjointWith")
        for target in about.get(compact_name, [])
    )
    if targets:  # a general class axiom: the expression says what it is of, its superclass stands behind
        for compact_name in dict.fromkeys(name for name, _ in targets):
            for target in about[compact_name]:
                value = (*value, f" {compact_name} ", *around.expression(target))
    names = sorted(part.value for part in value if isinstance(part, NamedNode) and not part.value.startswith(_BUILT_IN))
    if names:
        yield names[0], Statement("axiom", "", "", value)
