"""Read from a store what can be found: things of some classes, each with its names, its class, and claims about it.

>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein = iri("id:shein")
>>> known = Known.of(MemoryStore([
...     Quad(iri("cbec:Platform"), iri("rdfs:subClassOf"), iri("cbec:Entity")),
...     Quad(shein, RDF_TYPE, iri("cbec:Platform")), Quad(shein, RDFS_LABEL, text("Shein", "en")),
...     Quad(shein, iri("skos:altLabel"), text("希音", "zh")),
... ]))
>>> known.things[0].labels, local_name(known.things[0].cls), known.texts, known.kinds
({'en': 'Shein'}, 'Platform', ['Shein', '希音', 'shein'], ['label', 'alias', 'code'])
"""

from dataclasses import dataclass, field

from cbec_kg.namespaces import CBEC, local_name
from cbec_kg.query.hierarchy import Hierarchy
from cbec_kg.query.saved import LANGUAGES
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import RDF_TYPE, Literal, NamedNode, iri
from cbec_kg.store.base import Store

__all__ = ["KINDS", "ROOTS", "Known", "Thing"]

ROOTS = ("cbec:Entity", "cbec:Article", "cbec:CodeValue", "owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty")
"""What can be found; of things that are called and known alike, the first kinds come first."""
KINDS = ("label", "code", "alias")
"""Kinds of names, the one that says most first."""

_PROPERTIES = {
    "rdfs:label": "label", "skos:prefLabel": "label", "skos:notation": "code", "skos:altLabel": "alias",
    "skos:hiddenLabel": "alias",
}  # fmt: skip
_TERMS = frozenset(iri(root).value for root in ROOTS if root.startswith("owl:"))
_A, _CLAIM, _ABOUT = map(spell, (RDF_TYPE, iri("cbec:Claim"), iri("cbec:about")))


@dataclass(slots=True)
class Thing:
    """Something that can be found: ``cls`` is its most specific class, ``claims`` counts those about it."""

    iri: str
    code: str
    cls: str
    claims: int = 0
    labels: dict[str, str] = field(default_factory=dict)


class Known:
    """Things, sorted by IRI, and their names in columns: tens of thousands of them, so that none is an object.

    ``owners`` has the number of each name's thing, ``langs`` is empty for a code, and the code of a thing is the name
    ``codes_from`` + its number.
    """

    def __init__(self, hierarchy: Hierarchy, things: list[Thing]) -> None:
        self.hierarchy = hierarchy
        self.things = things
        self.texts: list[str] = []
        self.owners: list[int] = []
        self.kinds: list[str] = []
        self.langs: list[str] = []
        self.codes_from = 0

    @classmethod
    def of(cls, store: Store) -> "Known":
        """All that a store holds now, by a handful of plain queries; raises what the store raises."""
        hierarchy = Hierarchy.of(store)
        wanted = dict.fromkeys(one for root in ROOTS for one in hierarchy.below(iri(root).value))
        typed = f"VALUES ?class {{ {spell_all(tuple(map(NamedNode, wanted)))} }} ?thing {_A} ?class"
        types: dict[str, list[str]] = {}
        for thing, kind in _pairs(store, f"SELECT ?thing ?class {{ {typed} }}"):
            types.setdefault(thing, []).append(kind.value)
        known = cls(
            hierarchy,
            [
                Thing(thing, local_name(thing), hierarchy.most_specific(kinds))
                for thing, kinds in sorted(types.items())
                # Other vocabularies' own classes and properties are not what people look for here.
                if thing.startswith(CBEC) or not _TERMS.issuperset(kinds)
            ],
        )
        known._read(store, typed)
        return known

    def _read(self, store: Store, typed: str) -> None:
        numbers = {thing.iri: number for number, thing in enumerate(self.things)}
        for written, kind in _PROPERTIES.items():
            # Every claim has a label too, so those are asked for by class.
            of = f"{{ SELECT DISTINCT ?thing {{ {typed} }} }}" if written == "rdfs:label" else ""
            found = store.select(f"SELECT ?thing ?name {{ {of} ?thing {spell(iri(written))} ?name }}")
            for thing, name in found.rows:
                if isinstance(thing, NamedNode) and isinstance(name, Literal):
                    if (number := numbers.get(thing.value)) is not None:
                        self._add(number, kind, name.value, (name.language or "")[:2])
        self._add_codes()
        told = f"?claim {_A} {_CLAIM} ; {_ABOUT} ?thing"
        counted = f"SELECT ?thing (COUNT(DISTINCT ?claim) AS ?claims) {{ {told} }} GROUP BY ?thing"
        for one, count in _pairs(store, counted):
            if one in numbers:
                self.things[numbers[one]].claims = int(count.value)

    def _add(self, owner: int, kind: str, text: str, lang: str = "") -> None:
        self.owners.append(owner)
        self.kinds.append(kind)
        self.texts.append(text)
        self.langs.append(lang)
        if kind == "label" and lang in LANGUAGES:
            labels = self.things[owner].labels
            labels[lang] = min(text, labels.get(lang, text))

    def _add_codes(self) -> None:
        """A thing's code is its notation; what its IRI ends in names it too."""
        noted: dict[int, str] = {}
        for owner, kind, text in zip(self.owners, self.kinds, self.texts, strict=True):
            if kind == "code":
                noted[owner] = min(text, noted.get(owner, text))
        for owner in noted:
            self._add(owner, "code", self.things[owner].code)
        self.codes_from = len(self.texts)
        for owner, thing in enumerate(self.things):
            thing.code = noted.get(owner, thing.code)
            self._add(owner, "code", thing.code)


def _pairs(store: Store, query: str) -> list[tuple[str, NamedNode | Literal]]:
    """Rows of two: the IRI of a thing, and what stands beside it."""
    rows = list(store.select(query).rows)
    return [
        (thing.value, other)
        for thing, other in rows
        if isinstance(thing, NamedNode) and isinstance(other, NamedNode | Literal)
    ]
