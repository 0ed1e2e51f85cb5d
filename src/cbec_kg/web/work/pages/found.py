"""Things that a text may name, things of a class, and the answer where the text asks for a figure.

>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein = iri("id:shein")
>>> graph = OpenGraph(MemoryStore([
...     Quad(shein, RDF_TYPE, iri("cbec:Entity")), Quad(shein, RDFS_LABEL, text("Shein", "en")),
... ]))
>>> found = search(graph, "shein", "en", 10, 0)
>>> [hit.label for hit in found["hits"]], found["answer"], found["exact"]
(['Shein'], None, True)
>>> found = browse(graph, "cbec:Entity", "en", 10, 0)
>>> [hit.label for hit in found["hits"]], found["total"]
(['Shein'], 1)
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from cbec_kg.errors import UnknownName
from cbec_kg.namespaces import CBEC, compact
from cbec_kg.query.convert import written_iri
from cbec_kg.query.labels import labels_of
from cbec_kg.search import index
from cbec_kg.search.index import EntityIndex
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.pages.answering import answered

__all__ = ["Hit", "browse", "search", "suggestions"]

_MOST = 500
"""So many hits are counted; who looks for more says more."""
_INDICATOR = CBEC + "Indicator"
_QUESTION = re.compile(r"[?？]\s*$|(多少|几何|多大|什么|吗|呢)[?？]?\s*$|^\s*(how|what|which)\b|\d{4}", re.I)


@dataclass(frozen=True, slots=True)
class Hit:
    """A thing that was found: its name in the language of the page, its class, and the other name that matched."""

    iri: str
    label: str
    spoken: str
    code: str
    cls: str
    cls_label: str
    matched: str = ""
    claims: int = 0


def search(
    graph: OpenGraph, text: str, lang: str, limit: int, start: int, cls: str | None = None, today: date | None = None
) -> dict[str, Any]:
    """``hits`` from the one numbered ``start``, ``total``, ``answer`` or ``refused``, and whether one is ``exact``.

    ``text`` is not empty. Raises `BadParameter` for a class that has nothing.
    """
    store, names_of = graph.store(), graph.made_of(EntityIndex.of)
    kind = written_iri(cls) if cls else None
    hits = names_of.search(text, lang=lang, limit=_MOST, cls=kind.value if kind else None)
    shown = hits[start : start + limit]
    names = labels_of(store, {hit.cls for hit in shown}, lang)
    exact = [hit for hit in hits if hit.matched.how == "exact"]
    # A name of one thing asks for that thing; all else may ask for a figure.
    answer = answered(store, text, lang, today) if not cls and not start and not _names_one(text, exact) else {}
    refused = answer.get("refused")
    return {
        "hits": [
            Hit(
                hit.iri, *_name(hit.labels, lang, hit.code), hit.code, hit.cls, names.get(hit.cls, compact(hit.cls)),
                hit.matched.text if hit.matched.text not in hit.labels.values() else "",
            )
            for hit in shown
        ],
        "total": len(hits),
        "cut": len(hits) == _MOST,
        "exact": len(exact) == 1 or bool(exact and len(hits) == 1),
        "answer": answer if answer and refused is None else None,
        "refused": refused if not hits or _QUESTION.search(text) else None,
        "class_label": labels_of(store, [kind.value], lang).get(kind.value, cls) if kind else "",
    }  # fmt: skip


def browse(graph: OpenGraph, cls: str, lang: str, limit: int, start: int) -> dict[str, Any]:
    """Things of a class, or of one below it, those with most claims first; the same keys as of `search`.

    Raises `UnknownName` for what is no class of the graph.
    """
    store, names_of = graph.store(), graph.made_of(EntityIndex.of)
    kind = written_iri(cls)
    below = frozenset(names_of.known.hierarchy.below(kind.value)) if kind else frozenset()
    things = [thing for thing in names_of.known.things if thing.cls in below]
    if kind is None or not things:
        raise UnknownName(f"nothing is of the class {cls}", fix="choose a class of the ontology")
    things.sort(key=lambda thing: (-thing.claims, _name(thing.labels, lang, thing.code)[0], thing.iri))
    shown = things[start : start + limit]
    names = labels_of(store, {kind.value, *(thing.cls for thing in shown)}, lang)
    return {
        "hits": [
            Hit(
                thing.iri, *_name(thing.labels, lang, thing.code), thing.code, thing.cls,
                names.get(thing.cls, compact(thing.cls)), claims=thing.claims,
            )
            for thing in shown
        ],
        "total": len(things),
        "cut": False,
        "exact": False,
        "answer": None,
        "refused": None,
        "class_label": names.get(kind.value, cls),
    }  # fmt: skip


def suggestions(graph: OpenGraph, name: str, lang: str) -> list[dict[str, str]]:
    """Things whose names are like a name that nothing has: ``iri`` and ``label`` of a few."""
    words = re.sub(r"[^\w]+|_", " ", name).strip()
    if not words:
        return []
    names_of = graph.made_of(EntityIndex.of)
    hits = names_of.search(words, lang=lang, limit=5)
    return [{"iri": hit.iri, "label": _name(hit.labels, lang, hit.code)[0]} for hit in hits]


def _name(labels: dict[str, str], lang: str, code: str) -> tuple[str, str]:
    """A label and its language."""
    if lang in labels:
        return labels[lang], lang
    return next(((label, spoken) for spoken, label in labels.items()), (code, ""))


def _names_one(text: str, exact: list[index.Hit]) -> bool:
    """Whether a text is the name of something that is no indicator."""
    return bool(exact) and not _QUESTION.search(text) and all(hit.cls != _INDICATOR for hit in exact)
