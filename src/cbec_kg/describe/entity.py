"""All that the graph holds of one thing, as plain data with its sources.

>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein, sites = iri("id:shein"), iri("voc:independent-sites")
>>> store = MemoryStore([
...     Quad(shein, RDF_TYPE, iri("cbec:Entity")), Quad(shein, RDFS_LABEL, text("Shein", "en")),
...     Quad(shein, iri("cbec:uses"), sites), Quad(sites, RDFS_LABEL, text("independent sites", "en")),
... ])
>>> shein = describe(store, "id:shein")
>>> shein.code, shein.labels, shein.facts[0].relation.label, [one.label for one in shein.facts[0].things]
('shein', {'en': 'Shein'}, 'cbec:uses', ['independent sites'])
>>> describe(store, "id:temu")
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownName: the graph has nothing with the name id:temu: find its name with `cbec-kg search`
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from cbec_kg.describe.claims import Claims, read_claims
from cbec_kg.describe.related import Group, Ref, grouped, incoming, named
from cbec_kg.errors import UnknownName
from cbec_kg.namespaces import CBEC, local_name
from cbec_kg.query.convert import written_iri
from cbec_kg.query.hierarchy import Hierarchy
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, Literal, NamedNode, Term, iri
from cbec_kg.store.base import Store

__all__ = ["Entity", "describe"]

MOST = 20
"""So many names, things and claims of each kind are told where no other number is given."""

_LABELS = frozenset(iri(name).value for name in ("rdfs:label", "skos:prefLabel"))
_ALIASES = frozenset(iri(name).value for name in ("skos:altLabel", "skos:hiddenLabel"))
_NOTATION, _DEFINITION, _SAME = (iri(name).value for name in ("skos:notation", "skos:definition", "schema:sameAs"))
_CANDIDATE = iri("cbec:candidateType").value
_OTHER = frozenset(iri(name).value for name in ("rdf:type", "rdfs:isDefinedBy", "skos:inScheme"))
_TOLD = _LABELS | _ALIASES | _OTHER | {_NOTATION, _DEFINITION, _SAME, _CANDIDATE}
"""What an `Entity` has fields for, or no reader asks for; all else are facts."""

Own = tuple[str, Term]


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing. Texts in two languages have a key for each language that the graph has.

    ``classes`` are the project's, the most specific first; ``candidate_class`` is a guess, of a name that nobody has
    reviewed. ``facts`` are relations from it, ``links`` those to it, ``claims`` what articles claim of it.
    """

    iri: str
    code: str
    lang: str
    labels: dict[str, str]
    aliases: dict[str, tuple[str, ...]]
    more_aliases: int
    definition: dict[str, str]
    classes: tuple[Ref, ...]
    candidate_class: Ref | None
    same_as: tuple[str, ...]
    facts: tuple[Group, ...]
    links: tuple[Group, ...]
    claims: Claims

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "iri": self.iri,
            "code": self.code,
            "labels": self.labels,
            "aliases": {lang: list(names) for lang, names in self.aliases.items()},
            "more_aliases": self.more_aliases,
            "definition": self.definition,
            "classes": [one.as_json() for one in self.classes],
            "candidate_class": self.candidate_class.as_json() if self.candidate_class else None,
            "same_as": list(self.same_as),
            "facts": [group.as_json() for group in self.facts],
            "links": [group.as_json() for group in self.links],
            "claims": self.claims.as_json(),
        }


def describe(store: Store, name: str, *, lang: str = "en", most: int = MOST) -> Entity:
    """What the graph holds of the thing with an IRI or a prefixed name.

    ``lang`` is the language of labels; of each kind of names, things and claims at most ``most`` are told, beside how
    many there are. Raises `UnknownName` where the graph has no such thing, and what the store raises.
    """
    node = written_iri(name)
    own = [] if node is None else _own(store, node)
    if node is None or not own:
        raise UnknownName(f"the graph has nothing with the name {name}", fix="find its name with `cbec-kg search`")
    hierarchy, types = Hierarchy.of(store), _iris(own, RDF_TYPE.value)
    aliases = _texts(own, _ALIASES)
    is_entity = not set(types).isdisjoint(hierarchy.below(iri("cbec:Entity").value))
    return Entity(
        iri=node.value,
        code=min(_plain(own, _NOTATION), default=local_name(node.value)),
        lang=lang,
        labels=_first(_texts(own, _LABELS)),
        aliases={tag: texts[:most] for tag, texts in aliases.items()},
        more_aliases=sum(max(0, len(texts) - most) for texts in aliases.values()),
        definition=_first(_texts(own, {_DEFINITION})),
        classes=tuple(named(store, _ordered(types, hierarchy), lang)),
        candidate_class=next(iter(named(store, _iris(own, _CANDIDATE), lang)), None),
        same_as=tuple(_iris(own, _SAME)),
        facts=grouped(store, [(known, value) for known, value in own if known not in _TOLD], lang, most, hierarchy),
        links=incoming(store, node, lang, most, hierarchy),
        claims=read_claims(store, node, lang, most) if is_entity else Claims(),
    )


def _own(store: Store, node: NamedNode) -> list[Own]:
    found = store.select(f"SELECT ?property ?value {{ {spell(node)} ?property ?value }}")
    return [(known.value, value) for known, value in found.rows if isinstance(known, NamedNode) and value is not None]


def _iris(own: list[Own], wanted: str) -> list[str]:
    return sorted(value.value for known, value in own if known == wanted and isinstance(value, NamedNode))


def _plain(own: list[Own], wanted: str) -> list[str]:
    return [value.value for known, value in own if known == wanted and isinstance(value, Literal)]


def _texts(own: list[Own], wanted: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Texts by language, each sorted; what is in no language is left out."""
    texts: dict[str, set[str]] = {}
    for known, value in own:
        if known in wanted and isinstance(value, Literal) and value.language:
            texts.setdefault(value.language.partition("-")[0], set()).add(value.value)
    return {lang: tuple(sorted(texts[lang])) for lang in sorted(texts)}


def _first(texts: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {lang: some[0] for lang, some in texts.items()}


def _ordered(types: list[str], hierarchy: Hierarchy) -> list[str]:
    """The project's classes, the most specific first; others, such as owl:Class, where there is none."""
    own = [cls for cls in types if cls.startswith(CBEC)] or types
    return sorted(own, key=lambda cls: (-len(hierarchy.above.get(cls, ())), cls))
