"""Terms, codes and hierarchies of the ontology and the entities, as plain data.

Below the triples nothing sees RDF: rows speak in codes, and this is where a code finds its IRI, its labels and its
kind.

>>> from cbec_kg.rdf.terms import Triple, iri, text
>>> flow = iri("voc:flow-total")
>>> vocabulary = Vocabulary.of([
...     Triple(flow, iri("rdf:type"), iri("cbec:TradeFlow")), Triple(flow, iri("skos:inScheme"), iri("voc:flows")),
...     Triple(flow, iri("skos:notation"), text("total")),
...     Triple(flow, iri("rdfs:label"), text("imports and exports", "en"))])
>>> vocabulary.code("flows", "total").label("en")
'imports and exports'
"""

import difflib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import CBEC, ID, VOCAB, expand, local_name
from cbec_kg.rdf.terms import Literal, NamedNode, Triple

__all__ = ["Predicate", "Term", "Vocabulary"]

_LABEL, _TYPE = expand("rdfs:label"), expand("rdf:type")
_NOTATION, _SCHEME = expand("skos:notation"), expand("skos:inScheme")
_SUBCLASS, _SUBPROPERTY = expand("rdfs:subClassOf"), expand("rdfs:subPropertyOf")
_DOMAIN, _RANGE = expand("rdfs:domain"), expand("rdfs:range")
_FEW = 20  # so many codes fit into one line of an error
_OPEN_SCHEMES = frozenset({"indicators", "sectors", "groups", "phenomena", "technologies", "actor-groups", "standards"})


@dataclass(frozen=True, slots=True)
class Term:
    """One named term: a code value, a concept or an entity.

    ``links`` holds what else it points to, by the local name of the property, IRIs sorted.
    """

    iri: str
    code: str
    scheme: str | None
    classes: tuple[str, ...]
    labels: dict[str, str]
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str) -> str:
        """Its label in a language, else in any, else its code."""
        return self.labels.get(language) or next(iter(self.labels.values()), self.code)

    def link(self, prop: str) -> str | None:
        """The one IRI that a property leads to, if any."""
        found = self.links.get(prop, ())
        return found[0] if found else None


@dataclass(frozen=True, slots=True)
class Predicate:
    """A relation of the closed list, with the classes it takes."""

    iri: str
    labels: dict[str, str]
    domain: str
    range: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every term by IRI, by scheme and code, and (entities and open vocabularies) by code alone."""

    terms: dict[str, Term]
    coded: dict[tuple[str, str], Term]
    things: dict[str, Term]
    predicates: dict[str, Predicate]
    superclasses: dict[str, frozenset[str]]

    @classmethod
    def of(cls, triples: Iterable[Triple]) -> "Vocabulary":
        """Vocabulary of the ontology's and the entities' triples."""
        out: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        labels: dict[str, dict[str, str]] = defaultdict(dict)
        for triple in triples:
            s, p, o = triple.subject, triple.predicate.value, triple.object
            if not isinstance(s, NamedNode):
                continue
            if p == _LABEL and isinstance(o, Literal) and o.language:
                labels[s.value][o.language] = o.value
            elif isinstance(o, (NamedNode, Literal)):
                out[s.value][p].append(o.value)
        terms, coded, things = {}, {}, {}
        for iri, props in sorted(out.items()):
            if not iri.startswith((VOCAB, ID)):
                continue
            scheme = local_name(props[_SCHEME][0]) if props.get(_SCHEME) else None
            code = props[_NOTATION][0] if props.get(_NOTATION) else local_name(iri)
            links = {local_name(p): tuple(sorted(v)) for p, v in props.items()}
            term = Term(iri, code, scheme, tuple(sorted(props[_TYPE])), labels[iri], links)
            terms[iri] = term
            if scheme:
                coded[scheme, code] = term
            if scheme is None or scheme in _OPEN_SCHEMES:
                things[code] = term
        supers = {iri: _above(iri, out, _SUBCLASS) for iri in out if out[iri].get(_SUBCLASS)}
        predicates = {
            local_name(iri): Predicate(iri, labels[iri], props[_DOMAIN][0], props[_RANGE][0])
            for iri, props in out.items()
            if iri.startswith(CBEC) and CBEC + "relatedTo" in _above(iri, out, _SUBPROPERTY) and props.get(_DOMAIN)
        }
        return cls(terms, coded, things, predicates, supers)

    def code(self, scheme: str, code: str) -> Term:
        """Term of a code in a scheme; raises `OntologyError` with the nearest codes."""
        try:
            return self.coded[scheme, code]
        except KeyError:
            known = sorted(c for s, c in self.coded if s == scheme)
            raise _unknown(f"code {code!r} in {scheme}", code, known, few=True) from None

    def thing(self, code: str) -> Term:
        """Entity, phenomenon, technology, sector, indicator or group of a code; raises `OntologyError`."""
        try:
            return self.things[code]
        except KeyError:
            raise _unknown(f"name {code!r}", code, self.things) from None

    def predicate(self, name: str) -> Predicate:
        """Relation of the closed list; raises `OntologyError`."""
        try:
            return self.predicates[name]
        except KeyError:
            raise _unknown(f"predicate {name!r}", name, self.predicates) from None

    def is_a(self, term: Term, cls: str) -> bool:
        """Whether one of a term's classes is ``cls`` or below it."""
        return any(c == cls or cls in self.superclasses.get(c, ()) for c in term.classes)


def _above(iri: str, out: dict[str, dict[str, list[str]]], prop: str) -> frozenset[str]:
    """Everything reachable by ``prop``, the start itself left out unless it lies on a cycle."""
    seen: set[str] = set()
    todo = list(out[iri].get(prop, ())) if iri in out else []
    while todo:
        parent = todo.pop()
        if parent not in seen:
            seen.add(parent)
            todo.extend(out[parent].get(prop, ()) if parent in out else ())
    return frozenset(seen)


def _unknown(what: str, code: str, known: Iterable[str], *, few: bool = False) -> OntologyError:
    known = list(known)
    near = difflib.get_close_matches(code, known, n=3)
    if not near and few and len(known) <= _FEW:
        return OntologyError(f"unknown {what}", fix=f"one of {', '.join(known)}")
    return OntologyError(
        f"unknown {what}", fix=f"nearest: {', '.join(near)}" if near else "add it to the ontology or the entities"
    )
