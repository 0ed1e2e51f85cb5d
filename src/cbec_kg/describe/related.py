"""What a thing is related to, and what is related to it, by relation.

>>> Group(Ref("https://w3id.org/cbec-kg/ontology#uses", "uses"), (Ref("a:b", "sites"),), 3).more
2
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cbec_kg.namespaces import compact
from cbec_kg.query.labels import labels_of
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import Literal, NamedNode, Term, iri
from cbec_kg.store.base import Store

__all__ = ["Group", "Ref", "grouped", "incoming", "named"]

_BELOW, _SUB_PROPERTY, _DOMAIN = (spell(iri(f"rdfs:{name}")) for name in ("subClassOf", "subPropertyOf", "domain"))
_LINK, _ENTITY = spell(iri("owl:ObjectProperty")), spell(iri("cbec:Entity"))
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


def incoming(store: Store, node: NamedNode, lang: str, most: int) -> tuple[Group, ...]:
    """Relations of other entities to a thing. Records are about it too, by their own properties: they are claims."""
    properties = store.select(
        f"SELECT DISTINCT ?property {{ ?class {_BELOW}* {_ENTITY} . ?property a {_LINK} ; {_DOMAIN} ?class }}"
    )
    known = tuple(row[0] for row in properties.rows)
    found = store.select(
        f"SELECT ?property ?thing {{ VALUES ?property {{ {spell_all((*known, _BROADER))} }} "
        f"?thing ?property {spell(node)} }}"
    )
    pairs = [(known.value, thing) for known, thing in found.rows if isinstance(known, NamedNode) and thing is not None]
    return grouped(store, pairs, lang, most)


def grouped(store: Store, pairs: Iterable[tuple[str, Term]], lang: str, most: int) -> tuple[Group, ...]:
    """Things by relation, in order of their labels; what a more special relation says is not said again."""
    by_relation: dict[str, set[Term]] = {}
    for relation, thing in pairs:
        by_relation.setdefault(relation, set()).add(thing)
    for special, wider in _wider(store, by_relation):
        by_relation[wider] -= by_relation[special]
    things = {one.value for some in by_relation.values() for one in some if isinstance(one, NamedNode)}
    labels = labels_of(store, {*by_relation, *things}, lang)
    groups = []
    for relation, some in by_relation.items():
        refs = sorted((_ref(one, labels) for one in some if _spoken(one, lang)), key=lambda ref: (ref.label, ref.iri))
        if refs:
            groups.append(Group(Ref(relation, labels.get(relation, compact(relation))), tuple(refs[:most]), len(refs)))
    return tuple(sorted(groups, key=lambda group: (group.relation.label, group.relation.iri)))


def _wider(store: Store, relations: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of relations: a special one, and a wider one that follows from it."""
    values = spell_all(tuple(map(NamedNode, sorted(relations))))
    found = store.select(
        f"SELECT ?special ?wider {{ VALUES ?special {{ {values} }} VALUES ?wider {{ {values} }} "
        f"?special {_SUB_PROPERTY}+ ?wider FILTER (?special != ?wider) }}"
    )
    rows = (tuple(one.value for one in row if isinstance(one, NamedNode)) for row in found.rows)
    return [(special, wider) for special, wider in rows]


def _ref(term: Term, labels: Mapping[str, str]) -> Ref:
    if isinstance(term, NamedNode):
        return Ref(term.value, labels.get(term.value, compact(term.value)))
    return Ref("", term.value if isinstance(term, Literal) else str(term))


def _spoken(term: Term, lang: str) -> bool:
    """Whether a text is in the reader's language, or in none."""
    return not isinstance(term, Literal) or not term.language or term.language == lang
