"""Things of the graph as tools: find them by what they are called, and tell all that is known of one.

>>> find_entities("en").inputs["required"], describe_entity("en").inputs["required"]
(['text'], ['name'])
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cbec_kg.describe.entity import Entity, describe
from cbec_kg.describe.related import Group, Ref
from cbec_kg.mcp.articles import articles_of
from cbec_kg.mcp.cells import clipped
from cbec_kg.mcp.tool import MOST_BYTES, Outcome, Tool
from cbec_kg.namespaces import BASE, compact
from cbec_kg.query.convert import written_iri
from cbec_kg.query.formats.display import one_line
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.query.schemas import LONGEST_VALUE, Schema, closed, lang_schema
from cbec_kg.query.sources import Source
from cbec_kg.rdf.terms import iri
from cbec_kg.search.index import EntityIndex, Hit
from cbec_kg.search.naming import thing_named
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph

__all__ = ["describe_entity", "find_entities"]

_TEXT: Schema = {"type": "string"}
_LABELS: Schema = {"type": "object", "additionalProperties": _TEXT}
_OBJECTS: Schema = {"type": "array", "items": {"type": "object"}}
_CLASS = Param("class", "iri", Bilingual("class"), cls=iri("owl:Class").value)
# So many things of a relation and claims of a kind are told, fewer where that is too long.
_MOST = (20, 8, 3, 1)


def find_entities(lang: str) -> Tool:
    """The tool ``search_entities``."""
    properties: dict[str, Schema] = {
        "text": {
            "type": "string", "maxLength": LONGEST_VALUE,
            "description": "A label, alias or code, or part of one, English or Chinese; slips of typing are forgiven",
        },
        "class": {
            "type": "string", "maxLength": LONGEST_VALUE,
            "description": "Only things of this class or one below it: cbec:Platform, or its label",
        },
        "limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 10, "description": "Most things to give"},
        "lang": lang_schema(lang),
    }  # fmt: skip
    hit = {
        "name": {**_TEXT, "description": "Prefixed name, which every tool takes"},
        "code": _TEXT, "labels": _LABELS, "class": _TEXT, "matched": _TEXT, "score": {"type": "number"},
    }  # fmt: skip
    hits: Schema = {"type": "array", "items": closed(hit, list(hit))}
    return Tool(
        name="search_entities",
        title="Find entities" if lang == "en" else "查找实体",
        description="Find entities, indicators, places, terms and articles by what they are called, best first.",
        inputs=closed(properties, ["text"]),
        outputs=closed({"hits": hits}, ["hits"]),
        call=_find,
    )


def describe_entity(lang: str) -> Tool:
    """The tool ``describe_entity``."""
    properties: dict[str, Schema] = {
        "name": {
            "type": "string", "maxLength": LONGEST_VALUE,
            "description": "A label, code, prefixed name or IRI: Shein, 希音, id:shein",
        },
        "lang": lang_schema(lang),
    }  # fmt: skip
    told: dict[str, Schema] = {
        "name": _TEXT, "code": _TEXT, "labels": _LABELS, "aliases": {"type": "object"},
        "definition": _LABELS, "classes": _OBJECTS, "same_as": {"type": "array", "items": _TEXT},
        "facts": {**_OBJECTS, "description": "Relations from it"},
        "links": {**_OBJECTS, "description": "Relations to it"},
        "claims": {"type": "object", "description": "What articles claim of it, by kind, with the places"},
        "sources": _OBJECTS, "articles": {"type": "object"},
        "truncated": {"type": "boolean", "description": "Whether a list gives fewer than its total"},
    }  # fmt: skip
    return Tool(
        name="describe_entity",
        title="All about one thing" if lang == "en" else "一个实体的全部信息",
        description="What the graph holds of one thing: names, kinds, relations to others, and what articles claim.",
        inputs=closed(properties, ["name"]),
        outputs={"type": "object", "properties": told, "required": list(told)},
        call=_describe,
    )


def _find(graph: OpenGraph, arguments: dict[str, Any]) -> Outcome:
    store, cls, lang = graph.store(), arguments.get("class"), arguments["lang"]
    cls = Resolver(store)(_CLASS, cls).value if cls is not None else None
    hits = graph.made_of(EntityIndex.of).search(arguments["text"], lang=lang, limit=arguments["limit"], cls=cls)
    lines = [f"- {_label(hit, lang)} ({compact(hit.iri)}), {compact(hit.cls)}; {hit.matched}" for hit in hits]
    data = [
        {
            "name": compact(hit.iri), "code": hit.code, "labels": dict(hit.labels), "class": compact(hit.cls),
            "matched": str(hit.matched), "score": hit.score,
        }
        for hit in hits
    ]  # fmt: skip
    text = "\n".join(clipped(one_line(line), 400) for line in lines)
    return Outcome(text or "Nothing in the graph is called that.", {"hits": data})


def _label(hit: Hit, lang: str) -> str:
    return hit.labels.get(lang) or next(iter(hit.labels.values()), hit.code)


def _describe(graph: OpenGraph, arguments: dict[str, Any]) -> Outcome:
    store, lang = graph.store(), arguments["lang"]
    name = arguments["name"]
    if not written_iri(name):
        name = thing_named(graph.made_of(EntityIndex.of), name, lang=lang)
    for most in _MOST:
        entity = describe(store, name, lang=lang, most=most)
        data = _data(entity, store)
        text = "\n".join(clipped(one_line(line), 400) for line in _lines(entity, lang))
        if max(len(text.encode()), len(json.dumps(data, ensure_ascii=False).encode())) <= MOST_BYTES:
            break
    return Outcome(text, data)


def _data(entity: Entity, store: Store) -> dict[str, Any]:
    told = _compacted(entity.as_json())
    sources = sorted(
        {
            Source(place.article.iri, place.start, place.end)
            for kind in entity.claims.kinds for claim in kind.claims for place in claim.places
        },
        key=lambda one: (one.article, one.start or 0, one.end or 0),
    )  # fmt: skip
    more = [*(group.more for group in (*entity.facts, *entity.links)), *(kind.more for kind in entity.claims.kinds)]
    return {
        "name": told.pop("iri"),
        **told,
        "sources": [{"article": compact(one.article), "start": one.start, "end": one.end} for one in sources],
        "articles": articles_of({one.article for one in sources}, store),
        "truncated": any(more),
    }


def _compacted(data: Any) -> Any:
    """The same with prefixed names for the project's IRIs."""
    match data:
        case str():
            return compact(data) if data.startswith(BASE) else data
        case Mapping():
            return {key: _compacted(value) for key, value in data.items()}
        case list() | tuple():
            return [_compacted(value) for value in data]
    return data


def _lines(entity: Entity, lang: str) -> Iterator[str]:
    label = entity.labels.get(lang) or next(iter(entity.labels.values()), entity.code)
    yield f"**{label}** ({compact(entity.iri)}): {', '.join(ref.label for ref in entity.classes)}"
    if definition := entity.definition.get(lang) or next(iter(entity.definition.values()), ""):
        yield definition
    others = [name for tag, name in entity.labels.items() if name != label]
    if names := [*others, *(name for aliases in entity.aliases.values() for name in aliases)]:
        yield f"Also called: {', '.join(names)}"
    yield from (_related(group) for group in entity.facts)
    yield from (_related(group, "← ") for group in entity.links)
    for kind in entity.claims.kinds:
        yield f"{kind.kind.label} ({kind.total}):"
        for claim in kind.claims:
            places = "; ".join(f"{compact(one.article.iri)} {one.start}-{one.end}" for one in claim.places)
            yield f"- {claim.label} ({claim.status}; {places})"
        if kind.more:
            yield f"- and {kind.more} more: the tool entities_everything lists them"


def _related(group: Group, sign: str = "") -> str:
    more = f" and {group.more} more" if group.more else ""
    return f"{sign}{group.relation.label}: {', '.join(map(_ref, group.things))}{more}"


def _ref(ref: Ref) -> str:
    return f"{ref.label} ({compact(ref.iri)})" if ref.iri and ref.label != compact(ref.iri) else ref.label
