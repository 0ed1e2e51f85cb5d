"""Labels of things in the reader's language.

>>> from cbec_kg.rdf.terms import Quad, text, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> store = MemoryStore([Quad(iri("id:china"), iri("rdfs:label"), text("中国", "zh"))])
>>> labels_of(store, [iri("id:china").value, iri("id:shein").value], "en")
{'https://w3id.org/cbec-kg/id/china': '中国'}
"""

from collections.abc import Collection, Iterator

from cbec_kg.query.saved import LANGUAGES
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDFS_LABEL, Literal, NamedNode
from cbec_kg.store.base import Store

__all__ = ["labels_in_both", "labels_of"]

# Long enough to make few queries, short enough for the URL and body limits of servers.
_AT_ONCE = 500


def labels_of(store: Store, iris: Collection[str], lang: str) -> dict[str, str]:
    """``rdfs:label`` of each IRI that has one: in ``lang``, else in the project's other language, else in any."""
    best: dict[str, tuple[int, str]] = {}
    for thing, label in _read(store, sorted(set(iris))):
        rank = (_rank(label.language or "", lang), label.value)
        if thing not in best or rank < best[thing]:
            best[thing] = rank
    return {thing: written for thing, (_, written) in best.items()}


def labels_in_both(store: Store, iris: Collection[str]) -> dict[str, dict[str, str]]:
    """``rdfs:label`` of each IRI in each of the project's languages that it has."""
    found: dict[str, dict[str, str]] = {thing: {} for thing in sorted(set(iris))}
    for thing, label in _read(store, list(found)):
        lang = (label.language or "").lower().partition("-")[0]
        if lang in LANGUAGES:
            found[thing][lang] = min(label.value, found[thing].get(lang, label.value))
    return {thing: {lang: labels[lang] for lang in LANGUAGES if lang in labels} for thing, labels in found.items()}


def _read(store: Store, iris: list[str]) -> Iterator[tuple[str, Literal]]:
    for start in range(0, len(iris), _AT_ONCE):
        things = " ".join(spell(NamedNode(iri)) for iri in iris[start : start + _AT_ONCE])
        found = store.select(
            f"SELECT ?thing ?label {{ VALUES ?thing {{ {things} }} ?thing {spell(RDFS_LABEL)} ?label }}"
        )
        for thing, label in found.rows:
            if isinstance(thing, NamedNode) and isinstance(label, Literal):
                yield thing.value, label


def _rank(tag: str, lang: str) -> int:
    language = tag.lower().partition("-")[0]
    return 0 if language == lang else 1 if language in LANGUAGES else 2
