"""What a thing is related to, and what is related to it, by relation.

>>> Group(Ref("https://w3id.org/cbec-kg/ontology#uses", "uses"), (Ref("a:b", "sites"),), 3).more
2
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cbec_kg.namespaces import compact
from cbec_kg.query.hierarchy import Hierarchy
from cbec_kg.query.labels import labels_of
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import RDF_TYPE, Literal, NamedNode, Term, iri
from cbec_kg.store.base import Store

__all__ = ["Group", "Ref", "grouped", "incoming", "named"]

_A, _LINK, _DOMAIN = map(spell, (RDF_TYPE, iri("owl:ObjectProperty"), iri("rdfs:domain")))
_ENTITY = iri("cbec:Entity").value
_BROADER = iri("skos:broader")


@dataclass(frozen=True, slots=True)
class Ref:
    """A thing and its label; a plain value has no IRI."""

    iri: str
    label: str

    def as_json(self) -> dict[str, Any] | str:
        """Plain values for JSON: a plain value is a string."""
        return {"iri": self.iri, "label": self.label} if self.iri else self.label


@dataclass(frozen=True, slots=True)
class Group:
    """Things that stand in one relation, by label; ``total`` counts also those that are not told."""

    relation: Ref
    things: tuple[Ref, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not told."""
        return self.total - len(self.things)

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        things = [thing.as_json() for thing in self.things]
        return {"relation": self.relation.as_json(), "things": things, "total": self.total, "more": self.more}


def named(store: Store, iris: Sequence[str], lang: str) -> list[Ref]:
    """Things with their labels, in the order given; without a label a thing is called by its name."""
    labels = labels_of(store, iris, lang)
    return [Ref(one, labels.get(one, compact(one))) for one in iris]


def incoming(store: Store, node: NamedNode, lang: str, most: int, hierarchy: Hierarchy) -> tuple[Group, ...]:
    """Relations of other entities to a thing. Records are about it too, by their own properties: they are claims."""
    entities = set(hierarchy.below(_ENTITY))
    domains = store.select(f"SELECT ?property ?class {{ ?property {_A} {_LINK} ; {_DOMAIN} ?class }}")
    known = {
        relation
        for relation, cls in domains.rows
        if isinstance(relation, NamedNode) and isinstance(cls, NamedNode) and cls.value in entities
    }
    found = store.select(
        f"SELECT ?property ?thing {{ VALUES ?property {{ {spell_all((*sorted(known, key=str), _BROADER))} }} "
        f"?thing ?property {spell(node)} }}"
    )
    pairs = [(known.value, thing) for known, thing in found.rows if isinstance(known, NamedNode) and thing is not None]
    return grouped(store, pairs, lang, most, hierarchy)


def grouped(
    store: Store, pairs: Iterable[tuple[str, Term]], lang: str, most: int, hierarchy: Hierarchy
) -> tuple[Group, ...]:
    """Things by relation, in order of their labels; what a more special relation says is not said again."""
    by_relation: dict[str, set[Term]] = {}
    for relation, thing in pairs:
        by_relation.setdefault(relation, set()).add(thing)
    for special, some in by_relation.items():
        for wider in hierarchy.above.get(special, frozenset()) & by_relation.keys():
            by_relation[wider] -= some
    things = {one.value for some in by_relation.values() for one in some if isinstance(one, NamedNode)}
    labels = labels_of(store, {*by_relation, *things}, lang)
    groups = []
    for relation, some in by_relation.items():
        refs = sorted((_ref(one, labels) for one in some if _spoken(one, lang)), key=lambda ref: (ref.label, ref.iri))
        if refs:
            groups.append(Group(Ref(relation, labels.get(relation, compact(relation))), tuple(refs[:most]), len(refs)))
    return tuple(sorted(groups, key=lambda group: (group.relation.label, group.relation.iri)))


def _ref(term: Term, labels: Mapping[str, str]) -> Ref:
    if isinstance(term, NamedNode):
        return Ref(term.value, labels.get(term.value, compact(term.value)))
    return Ref("", term.value if isinstance(term, Literal) else str(term))


def _spoken(term: Term, lang: str) -> bool:
    """Whether a text is in the reader's language, or in none."""
    return not isinstance(term, Literal) or not term.language or term.language == lang
