"""The ontology as a page tells it: its header, classes as a tree, properties, code lists; and the shapes.

>>> from cbec_kg.rdf.terms import RDFS_LABEL, Quad, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> city, place = iri("cbec:City"), iri("cbec:Place")
>>> told = ontology_of(MemoryStore([
...     Quad(city, RDF_TYPE, iri("owl:Class")), Quad(city, iri("rdfs:subClassOf"), place),
...     Quad(city, RDFS_LABEL, text("城市", "zh")), Quad(place, RDF_TYPE, iri("owl:Class")),
... ]))
>>> [(term.name, depth) for term, depth in told.classes], told.classes[1][0].labels
([('Place', 0), ('City', 1)], {'zh': '城市'})
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cbec_kg.namespaces import BASE, CBEC, compact, local_name
from cbec_kg.query.labels import labels_in_both
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, BlankNode, Literal, NamedNode, Term, iri
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph

__all__ = ["Ontology", "Scheme", "Shape", "TermTold", "ontology_of", "ontology_told", "shapes_told"]

Texts = dict[str, tuple[str, ...]]
Links = tuple[str, ...]
_CODES = 60
"""A list with more members is told by its number alone: it is one of concepts, not of codes."""


@dataclass(frozen=True, slots=True)
class TermTold:
    """A class or property; texts by language, links by what they say (domain, range, above, inverse, disjoint)."""

    iri: str
    name: str
    kind: str
    labels: dict[str, str]
    definition: dict[str, str]
    aliases: Texts
    examples: Texts
    links: dict[str, Links]
    traits: Links = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list of codes or concepts: ``members`` are told where they are few, ``total`` counts them."""

    iri: str
    labels: dict[str, str]
    definition: dict[str, str]
    total: int
    members: tuple[tuple[str, str, dict[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Ontology:
    """All of it; ``labels`` names what terms link to, in both languages."""

    header: dict[str, dict[str, str]]
    classes: tuple[tuple[TermTold, int], ...]
    properties: dict[str, tuple[TermTold, ...]]
    schemes: tuple[Scheme, ...]
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with its messages by language, its severity, and the classes or properties that it is for."""

    iri: str
    name: str
    severity: str
    messages: dict[str, str]
    targets: Links
    path: str


def ontology_told(graph: OpenGraph) -> Ontology:
    """The graph's ontology."""
    return graph.made_of(ontology_of)


def shapes_told(graph: OpenGraph) -> tuple[Shape, ...]:
    """The graph's shapes with a message, by name."""
    return graph.made_of(_shapes)


_KINDS = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")
_TRAITS = (
    "owl:TransitiveProperty", "owl:SymmetricProperty", "owl:FunctionalProperty", "owl:InverseFunctionalProperty",
    "owl:IrreflexiveProperty", "owl:AsymmetricProperty",
)  # fmt: skip
_LINKS = {
    "above": ("rdfs:subClassOf", "rdfs:subPropertyOf"), "domain": ("rdfs:domain",), "range": ("rdfs:range",),
    "inverse": ("owl:inverseOf",), "disjoint": ("owl:disjointWith",),
    "elsewhere": ("owl:equivalentClass", "owl:equivalentProperty"),
}  # fmt: skip


def ontology_of(store: Store) -> Ontology:
    """Read it from a store."""
    facts = _facts(store, f"?s {_A} ?kind . VALUES ?kind {{ {' '.join(spell(iri(kind)) for kind in _ALL)} }}")
    terms = {name: _term(name, known) for name, known in facts.items() if name.startswith(CBEC)}
    linked = {to for term in terms.values() for some in term.links.values() for to in some}
    classes = {name: term for name, term in terms.items() if term.kind == "Class"}
    return Ontology(
        _header(store),
        tuple(_tree(classes)),
        {
            local_name(kind): tuple(
                sorted((t for t in terms.values() if t.kind == local_name(kind)), key=lambda t: t.name.lower())
            )
            for kind in (iri(one).value for one in _KINDS)
        },
        tuple(_schemes(store)),
        labels_in_both(store, linked),
    )


_ALL = ("owl:Class", *_KINDS)
_A = spell(RDF_TYPE)
Known = dict[str, list[Term]]


def _facts(store: Store, pattern: str) -> dict[str, Known]:
    facts: dict[str, Known] = {}
    for subject, known, value in store.select(f"SELECT DISTINCT ?s ?p ?o {{ {pattern} ?s ?p ?o }}").rows:
        if isinstance(subject, NamedNode) and isinstance(known, NamedNode) and value is not None:
            facts.setdefault(subject.value, {}).setdefault(known.value, []).append(value)
    return facts


def _term(name: str, known: Known) -> TermTold:
    types = {one.value for one in known.get(RDF_TYPE.value, ()) if isinstance(one, NamedNode)}
    kind = next(local_name(iri(one).value) for one in _ALL if iri(one).value in types)
    links = {
        says: some
        for says, names in _LINKS.items()
        if (some := tuple(sorted({to for one in names for to in _iris(known.get(iri(one).value, ()))} - {name})))
    }
    return TermTold(
        name, local_name(name), kind, _first(known, "rdfs:label"), _first(known, "skos:definition"),
        _texts(known, "skos:altLabel"), _texts(known, "skos:example"), links,
        tuple(compact(one) for one in sorted(types) if compact(one) in _TRAITS),
    )  # fmt: skip


def _iris(values: Iterable[Term]) -> Iterator[str]:
    return (one.value for one in values if isinstance(one, NamedNode))


def _texts(known: Known, name: str) -> Texts:
    found: dict[str, list[str]] = {}
    for one in known.get(iri(name).value, ()):
        if isinstance(one, Literal):
            found.setdefault((one.language or "en").partition("-")[0], []).append(one.value)
    return {lang: tuple(sorted(set(some))) for lang, some in sorted(found.items())}


def _first(known: Known, name: str) -> dict[str, str]:
    return {lang: some[0] for lang, some in _texts(known, name).items()}


def _tree(classes: dict[str, TermTold]) -> Iterator[tuple[TermTold, int]]:
    """Classes with their depth, each once, below the first that stands right above it."""
    below: dict[str, list[TermTold]] = {}
    for term in sorted(classes.values(), key=lambda one: one.name):
        above = [one for one in term.links.get("above", ()) if one in classes]
        below.setdefault(_nearest(above, classes), []).append(term)
    seen: set[str] = set()
    stack = [(term, 0) for term in reversed(below.get("", ()))]
    while stack:
        term, depth = stack.pop()
        if term.iri not in seen:
            seen.add(term.iri)
            yield term, depth
            stack.extend((one, depth + 1) for one in reversed(below.get(term.iri, ())))


def _nearest(above: list[str], classes: dict[str, TermTold]) -> str:
    """Of the classes right above one, the one that is below most others."""

    def height(name: str, seen: frozenset[str] = frozenset()) -> int:
        uppers = [one for one in classes[name].links.get("above", ()) if one in classes and one not in seen]
        return 1 + max((height(one, seen | {name}) for one in uppers), default=0)

    return max(above, key=lambda one: (height(one), one), default="")


def _header(store: Store) -> dict[str, dict[str, str]]:
    """Title, description, version and so on, by their local names; what is in no language is under ``""``."""
    found: dict[str, dict[str, str]] = {}
    for known, value in store.select(f"SELECT ?p ?o {{ {spell(NamedNode(BASE + 'ontology'))} ?p ?o }}").rows:
        if isinstance(known, NamedNode) and isinstance(value, Literal | NamedNode):
            lang = (value.language or "") if isinstance(value, Literal) else ""
            found.setdefault(local_name(known.value), {}).setdefault(lang, value.value)
    return found


def _schemes(store: Store) -> Iterator[Scheme]:
    scheme, within, code = (spell(iri(name)) for name in ("skos:ConceptScheme", "skos:inScheme", "skos:notation"))
    facts = _facts(store, f"?s {_A} {scheme} .")
    members: dict[str, dict[str, str]] = {}
    for one, member, notation in store.select(
        f"SELECT ?scheme ?member ?code {{ ?member {within} ?scheme OPTIONAL {{ ?member {code} ?code }} }}"
    ).rows:
        if isinstance(one, NamedNode) and isinstance(member, NamedNode):
            written = notation.value if isinstance(notation, Literal) else local_name(member.value)
            members.setdefault(one.value, {})[member.value] = written
    few = {name: some for name, some in members.items() if len(some) <= _CODES}
    labels = labels_in_both(store, {member for some in few.values() for member in some})
    for name, known in sorted(facts.items()):
        told = sorted((code, member, labels.get(member, {})) for member, code in few.get(name, {}).items())
        yield Scheme(
            name, _first(known, "rdfs:label") or _first(known, "skos:prefLabel"), _first(known, "skos:definition"),
            len(members.get(name, ())), tuple((member, code, both) for code, member, both in told),
        )  # fmt: skip


def _shapes(store: Store) -> tuple[Shape, ...]:
    message = spell(iri("sh:message"))
    facts = _facts(store, f"?s {message} ?m .")
    found = []
    for name, known in sorted(facts.items()):
        targets = [
            to
            for target in ("sh:targetClass", "sh:targetSubjectsOf", "sh:targetObjectsOf", "sh:targetNode")
            for to in _iris(known.get(iri(target).value, ()))
        ]
        severity = next(_iris(known.get(iri("sh:severity").value, ())), "")
        path = [one for one in known.get(iri("sh:path").value, ()) if not isinstance(one, BlankNode)]
        found.append(
            Shape(
                name, local_name(name), local_name(severity) if severity else "Violation",
                _first(known, "sh:message"), tuple(sorted(set(targets))),
                path[0].value if path and isinstance(path[0], NamedNode) else "",
            )
        )  # fmt: skip
    return tuple(found)
