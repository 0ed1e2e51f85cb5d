"""The lexicon: every name of every term, as plain data that a reader of articles can be built from.

>>> from cbec_kg.rdf.terms import Triple, iri, text
>>> shop = iri("id:example-shop")
>>> vocabulary = Vocabulary.of([
...     Triple(shop, iri("rdf:type"), iri("cbec:Platform")),
...     Triple(shop, iri("rdfs:label"), text("Example Shop", "en")),
...     Triple(shop, iri("skos:altLabel"), text("示例店", "zh"))])
>>> lexicon = Lexicon.of(vocabulary)
>>> lexicon.names["zh"], lexicon.entries["example-shop"].kind
((('示例店', 'example-shop'),), 'Platform')
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cbec_kg import paths
from cbec_kg.namespaces import CBEC, local_name
from cbec_kg.ontology import catalog
from cbec_kg.ontology.vocabulary import Term, Vocabulary
from cbec_kg.rdf.parse import parse_file

__all__ = ["Entry", "Lexicon", "default_lexicon"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a reader needs to know of a term.

    ``kind`` is the local name of its class (Indicator, City, Platform ...), ``classes`` all of them with what stands
    above. ``unit`` is the default unit of an indicator, ``dimension`` that unit's dimension (money, count, ratio ...),
    ``scopes`` its scopes, ``whole`` and ``group`` what its shares and ranks are of.
    ``numerator`` and ``denominator`` are the indicators that a ratio is of.
    ``broader`` are the terms of its scheme that stand right above it.
    """

    code: str
    kind: str
    classes: frozenset[str]
    scheme: str | None
    label_en: str
    label_zh: str
    unit: str | None = None
    dimension: str | None = None
    scopes: tuple[str, ...] = ()
    whole: str | None = None
    group: str | None = None
    series: str | None = None
    within: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    numerator: str | None = None
    denominator: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """All entries by code, and pairs of name and code in each language, sorted."""

    entries: dict[str, Entry]
    names: dict[str, tuple[tuple[str, str], ...]]
    units: dict[str, str]

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> "Lexicon":
        """Lexicon of a vocabulary: entities and open vocabularies, and the words of units."""
        entries: dict[str, Entry] = {}
        names: dict[str, set[tuple[str, str]]] = {"en": set(), "zh": set()}
        units: dict[str, str] = {}
        for code, term in vocabulary.things.items():
            entries[code] = _entry(vocabulary, term)
            for name in _names(term):
                names[_language(name)].add((name, code))
        for (scheme, code), term in vocabulary.coded.items():
            if scheme == "units":
                units |= dict.fromkeys(_names(term), code)
        return cls(entries, {lang: tuple(sorted(pairs)) for lang, pairs in names.items()}, units)

    def label(self, key: str, code: str) -> str | None:
        """English label of a code, for the label keys of a row; None where the lexicon does not hold it."""
        entry = self.entries.get(code)
        return entry.label_en if entry else None


def _names(term: Term) -> list[str]:
    return [*term.labels.values(), *term.links.get("altLabel", ())]


def _language(name: str) -> str:
    """Language of a name by its script: Chinese where it holds a Chinese character."""
    return "zh" if any("\u3400" <= char <= "\u9fff" for char in name) else "en"


def _entry(vocabulary: Vocabulary, term: Term) -> Entry:
    def code_at(prop: str) -> str | None:
        target = vocabulary.terms.get(term.link(prop) or "")
        return target.code if target else None

    own = [cls for cls in term.classes if cls.startswith(CBEC)]
    above = {cls for name in own for cls in vocabulary.superclasses.get(name, ())}
    unit = vocabulary.terms.get(term.link("defaultUnit") or "")
    dimension = vocabulary.terms.get((unit.link("unitDimension") if unit else None) or "")
    scopes = (vocabulary.terms.get(name) for name in term.links.get("availableScope", ()))
    return Entry(
        code=term.code,
        kind=local_name(own[0]) if own else "",
        classes=frozenset(local_name(name) for name in (*own, *above)),
        scheme=term.scheme,
        label_en=term.label("en"),
        label_zh=term.label("zh"),
        unit=unit.code if unit else None,
        dimension=dimension.code if dimension else None,
        scopes=tuple(scope.code for scope in scopes if scope),
        whole=code_at("defaultWhole"),
        group=code_at("defaultGroup"),
        series=local_name(term.link("measuredBy") or "") or None,
        broader=tuple(
            vocabulary.terms[name].code for name in term.links.get("broader", ()) if name in vocabulary.terms
        ),
        within=tuple(local_name(place) for place in term.links.get("locatedIn", ())),
        numerator=code_at("numerator"),
        denominator=code_at("denominator"),
    )


@cache
def default_lexicon() -> Lexicon:
    """Lexicon of the project's own ontology and entities."""
    return read_lexicon(paths.resources())


def read_lexicon(resources: Path) -> Lexicon:
    """Lexicon of a resources folder; raises `ParseError` or `OntologyError`."""
    book = resources / "ontology" / catalog.CATALOG
    files = dict.fromkeys([*catalog.imports(resources / "ontology" / "vocab.ttl", book)])
    entities = sorted((resources / "data" / "entities").glob("*.ttl"))
    return Lexicon.of(Vocabulary.of(triple for path in (*files, *entities) for triple in parse_file(path)))
