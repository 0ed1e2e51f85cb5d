"""Things of the graph as tools: find them by what they are called.

>>> find_entities("en").inputs["required"]
['text']
"""

from typing import Any

from cbec_kg.mcp.cells import clipped
from cbec_kg.mcp.following import OpenGraph
from cbec_kg.mcp.schemas import LONGEST_VALUE, closed, lang_schema
from cbec_kg.mcp.tool import Outcome, Schema, Tool
from cbec_kg.namespaces import compact
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.rdf.terms import iri
from cbec_kg.search.index import EntityIndex, Hit

__all__ = ["find_entities"]

_TEXT: Schema = {"type": "string"}
_CLASS = Param("class", "iri", Bilingual("class"), cls=iri("owl:Class").value)


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
    labels: Schema = {"type": "object", "additionalProperties": _TEXT}
    hit = closed(
        {
            "name": {**_TEXT, "description": "Prefixed name, which every tool takes"},
            "code": _TEXT, "labels": labels, "class": _TEXT, "matched": _TEXT, "score": {"type": "number"},
        },
        ["name", "code", "labels", "class", "matched", "score"],
    )  # fmt: skip
    return Tool(
        name="search_entities",
        title="Find entities" if lang == "en" else "查找实体",
        description="Find entities, indicators, places, terms and articles by what they are called, best first.",
        inputs=closed(properties, ["text"]),
        outputs=closed({"hits": {"type": "array", "items": hit}}, ["hits"]),
        call=_find,
    )


def _find(graph: OpenGraph, arguments: dict[str, Any]) -> Outcome:
    store, cls, lang = graph.store(), arguments.get("class"), arguments["lang"]
    cls = Resolver(store)(_CLASS, cls).value if cls is not None else None
    hits = graph.made_of(EntityIndex.of).search(arguments["text"], lang=lang, limit=arguments["limit"], cls=cls)
    lines = [f"- {_named(hit, lang)} ({compact(hit.iri)}), {compact(hit.cls)}; {hit.matched}" for hit in hits]
    return Outcome(
        "\n".join(clipped(line, 400) for line in lines) or "Nothing in the graph is called that.",
        {
            "hits": [
                {
                    "name": compact(hit.iri), "code": hit.code, "labels": dict(hit.labels), "class": compact(hit.cls),
                    "matched": str(hit.matched), "score": hit.score,
                }
                for hit in hits
            ]
        },
    )  # fmt: skip


def _named(hit: Hit, lang: str) -> str:
    return hit.labels.get(lang) or next(iter(hit.labels.values()), hit.code)
