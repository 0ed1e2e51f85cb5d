"""What a document holds, for its page: title, version, how many statements, and of what.

>>> from cbec_kg.store.embedded import MemoryStore
>>> found = contents(OpenGraph(MemoryStore()), "https://w3id.org/cbec-kg/alignment/un-m49", "en")
>>> found.title, found.terms[0].anchor
('Alignment of regions and countries to UN M49', '001')
"""

from collections.abc import Iterable
from dataclasses import dataclass

from cbec_kg.namespaces import compact
from cbec_kg.query.labels import labels_of
from cbec_kg.rdf.terms import RDFS_LABEL, Literal, NamedNode, Term, iri
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.data.documents import triples_of

__all__ = ["Contents", "Held", "contents"]

_MOST = 1_000
"""So many things are listed."""
_LABELS = (RDFS_LABEL, iri("sh:message"))
"""What a thing is called; a shape has no name, and says what it asks for."""
_TITLE, _DESCRIPTION, _VERSION = iri("dcterms:title"), iri("dcterms:description"), iri("owl:versionInfo")


@dataclass(frozen=True, slots=True)
class Held:
    """One thing: ``anchor`` is the name behind a hash, empty where the thing has an address of its own."""

    iri: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document holds; ``more`` things are not listed."""

    title: str
    description: str
    version: str
    statements: int
    terms: tuple[Held, ...]
    more: int


def contents(graph: OpenGraph, name: str, lang: str) -> Contents:
    """What a document holds, in a language where it has it; raises `CbecError` for what is none."""
    store = graph.store()
    header: dict[NamedNode, list[Term]] = {}
    own: dict[str, list[Literal]] = {}
    count = 0
    for triple in triples_of(store, name):
        count += 1
        if not isinstance(triple.subject, NamedNode):
            continue
        if triple.subject.value == name:
            header.setdefault(triple.predicate, []).append(triple.object)
            continue
        labels = own.setdefault(triple.subject.value, [])
        if triple.predicate in _LABELS and isinstance(triple.object, Literal):
            labels.append(triple.object)
    listed = sorted(own, key=lambda one: (not one.startswith(name + "#"), one))[:_MOST]
    elsewhere = labels_of(store, [one for one in listed if not own[one]], lang)
    terms = tuple(
        Held(one, _said(own[one], lang) or elsewhere.get(one, compact(one)), _anchor(one, name)) for one in listed
    )
    return Contents(
        _said(header.get(_TITLE, []), lang) or compact(name), _said(header.get(_DESCRIPTION, []), lang),
        _said(header.get(_VERSION, []), lang), count, terms, len(own) - len(listed),
    )  # fmt: skip


def _said(texts: Iterable[Term], lang: str) -> str:
    """The text in a language, else the first in any."""
    found = sorted((one.language != lang, one.value) for one in texts if isinstance(one, Literal))
    return found[0][1] if found else ""


def _anchor(thing: str, name: str) -> str:
    return thing.removeprefix(name + "#") if thing.startswith(name + "#") else ""
