"""Values for a tool's argument, as a tool: those that occur in the graph, the most used first.

>>> suggest_values("en", {}).name
'suggest_values'
"""

from collections.abc import Callable, Mapping
from typing import Any

from cbec_kg.errors import BadParameter, UnknownQuery
from cbec_kg.mcp.cells import clipped
from cbec_kg.mcp.tool import Outcome, Tool
from cbec_kg.namespaces import CBEC
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.formats.display import one_line
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.query.schemas import LONGEST_VALUE, Schema, closed, lang_schema
from cbec_kg.query.suggest import Suggestion, suggest
from cbec_kg.store.following import OpenGraph

__all__ = ["suggest_values"]

_MOST = 100
# Arguments of the tool ``answer`` that name things.
_OF_ANSWER = {
    "indicator": "Indicator", "against": "Indicator", "entity": "Entity", "partner": "Entity", "market": "Entity",
    "channel": "Entity", "sector": "Sector", "scope": "StatisticalScope", "flow": "TradeFlow",
}  # fmt: skip


def suggest_values(lang: str, queries: Mapping[str, str], catalogue: Catalogue | None = None) -> Tool:
    """The tool ``suggest_values``; ``queries`` are those of the other tools' names."""
    text: Schema = {"type": "string"}
    properties: dict[str, Schema] = {
        "tool": {**text, "maxLength": LONGEST_VALUE, "description": "Name of a tool, such as platforms_programmes"},
        "argument": {**text, "maxLength": LONGEST_VALUE, "description": "Name of one of its arguments"},
        "text": {
            **text, "maxLength": LONGEST_VALUE, "default": "",
            "description": "How a label or code begins, English or Chinese",
        },
        "limit": {
            "type": "integer", "minimum": 1, "maximum": _MOST, "default": 20, "description": "Most values to give",
        },
        "lang": lang_schema(lang),
    }  # fmt: skip
    value = closed(
        {
            "value": {**text, "description": "To be given as it is"},
            "labels": {"type": "object", "additionalProperties": text},
            "uses": {"type": ["integer", "null"]},
        },
        ["value", "labels", "uses"],
    )
    return Tool(
        name="suggest_values",
        title="Values for an argument" if lang == "en" else "参数取值建议",
        description="What another tool's argument may be: values that occur in the graph, the most used first.",
        inputs=closed(properties, ["tool", "argument"]),
        outputs=closed(
            {
                "values": {"type": "array", "items": value},
                "more": {"type": "integer", "description": "How many others occur"},
            },
            ["values", "more"],
        ),
        call=_call(queries, catalogue),
    )


def _call(queries: Mapping[str, str], catalogue: Catalogue | None) -> Callable[[OpenGraph, dict[str, Any]], Outcome]:
    def call(graph: OpenGraph, arguments: dict[str, Any]) -> Outcome:
        params = _params(arguments["tool"], queries, catalogue)
        if arguments["argument"] not in params:
            raise BadParameter(
                f"{arguments['tool']} has no argument {arguments['argument'][:80]!r} that values are known for",
                fix=did_you_mean(arguments["argument"][:80], list(params)),
            )
        param = params[arguments["argument"]]
        every = suggest(param, graph.store(), arguments["text"], lang=arguments["lang"], limit=None)
        found = every[: arguments["limit"]]
        more = len(every) - len(found)
        values = [{"value": one.value, "labels": dict(one.labels), "uses": one.uses} for one in found]
        lines = [clipped(one_line(_line(one, arguments["lang"])), 400) for one in found]
        if more:
            lines.append(f"{more} more occur: give text, how a label or code begins, or raise limit (at most {_MOST}).")
        text = "\n".join(lines) or f"No such value occurs; {param.name} takes {param.expects()}."
        return Outcome(text, {"values": values, "more": more})

    return call


def _params(tool: str, queries: Mapping[str, str], catalogue: Catalogue | None) -> dict[str, Param]:
    if tool == "answer":
        found = {name: Param(name, "iri", Bilingual(name), cls=CBEC + cls) for name, cls in _OF_ANSWER.items()}
        return {**found, "period": Param("period", "period", Bilingual("period"))}
    if tool not in queries:
        raise UnknownQuery(f"no tool {tool[:80]!r}", fix=did_you_mean(tool[:80], ["answer", *queries]))
    query = (catalogue or Catalogue()).find(queries[tool])
    return {param.name: param for param in query.params if param.type != "lang"}


def _line(one: Suggestion, lang: str) -> str:
    label = one.labels.get(lang) or next(iter(one.labels.values()), "")
    uses = "" if one.uses is None else f", {one.uses} uses"
    return f"- {one.value}{f': {label}' if label else ''}{uses}"
