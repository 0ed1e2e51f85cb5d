"""One figure as a tool: asked for by its dimensions, or in plain words.

>>> one_figure("en").name, plain_words("en").inputs["required"]
('answer', ['text'])
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from cbec_kg.answer.answer import Asked, ask
from cbec_kg.answer.as_json import as_json
from cbec_kg.answer.present import present, present_why
from cbec_kg.answer.question import MEASURES, Question
from cbec_kg.answer.why import why as why_of
from cbec_kg.ask.question import read_question
from cbec_kg.ask.reading import Reading, Refusal
from cbec_kg.ask.telling import as_json as reading_json
from cbec_kg.ask.telling import refused, told
from cbec_kg.mcp.cells import clipped, exact_number
from cbec_kg.mcp.tool import MOST_BYTES, Outcome, Tool
from cbec_kg.query.schemas import LONGEST_VALUE, Schema, closed, lang_schema
from cbec_kg.store.following import OpenGraph

__all__ = ["one_figure", "plain_words"]

_KINDS = (
    "known: claims state it and agree; derived: none states it, others give it; conflicting: claims contradict each "
    "other, and each side is told; silent: the graph does not have it, and says what is nearest."
)
_WHY: Schema = {
    "type": "boolean", "default": False,
    "description": "Also name the smallest set of claims without which the type would be another",
}  # fmt: skip
# What is left out first where an answer is too long; the figure, its sources and its sides stay.
_LEFT_OUT = ("checks", "routes", "revised_from", "nearest", "undated_claims", "inputs", "claims", "sides", "sources")


def one_figure(lang: str) -> Tool:
    """The tool ``answer``."""
    properties = {
        "indicator": _text("What is measured, such as cbec-trade-value: its code, prefixed name or label"),
        "entity": {**_text("Whose figure it is"), "default": "china"},
        "period": _text("2022, 2020-H1, 2020-01/2020-02, 2022年上半年 ...; else the latest with a figure"),
        "flow": {"type": "string", "enum": ["total", "export", "import"], "description": "Direction of trade"},
        "scope": _text("What is counted (gac-total, gac-retail ...); else the answer chooses and says so"),
        "partner": _text("The other side of trade between two"),
        "sector": _text("Of one sector alone"),
        "market": _text("In one market"),
        "channel": _text("On one platform"),
        "measure": {"type": "string", "enum": list(MEASURES), "default": "level", "description": "What of it"},
        "against": _text("For share, growth, gap, contribution: the indicator it is held against"),
        "as_of": {"type": "string", "format": "date", "description": "What was known on that day"},
        "why": _WHY,
        "lang": lang_schema(lang),
    }
    return Tool(
        name="answer",
        title="One figure, typed" if lang == "en" else "单个数据及其类型",
        description=f"One figure of China's cross-border e-commerce with its interval and sources. {_KINDS}",
        inputs=closed(properties, ["indicator"]),
        outputs=_outputs(),
        call=_answer,
    )


def plain_words(lang: str) -> Tool:
    """The tool ``ask``."""
    properties = {
        "text": _text('One figure, asked in English or Chinese: "CBEC exports in 2022?", 2021年跨境电商进出口额是多少'),
        "today": {
            "type": "string", "format": "date", "description": 'The day that "last year" is counted from; else today',
        },
        "why": _WHY,
        "lang": lang_schema(None, "Language of labels; else that of the question"),
    }  # fmt: skip
    return Tool(
        name="ask",
        title="A figure in plain words" if lang == "en" else "用自然语言询问数据",
        description="Like the tool answer, from a question in plain words, read by a grammar that says how it read it "
        f"and refuses what it does not understand. {_KINDS}",
        inputs=closed(properties, ["text"]),
        outputs=_outputs(),
        call=_ask,
    )


def _text(description: str) -> Schema:
    return {"type": "string", "maxLength": LONGEST_VALUE, "description": description}


def _outputs() -> Schema:
    number: Schema = {"type": ["number", "null"]}
    text: Schema = {"type": ["string", "null"]}
    objects: Schema = {"type": "array", "items": {"type": "object"}}
    properties: dict[str, Schema] = {
        "type": {"type": "string", "enum": ["known", "derived", "conflicting", "silent"]},
        "sentences": {"type": "array", "items": {"type": "string"}, "description": "The answer for a person"},
        "question": {"type": "object"},
        "value": number, "lower": number, "upper": number,
        "unit": text, "scope": text, "status": text, "period": text, "flow": text, "formula": text,
        "sources": {
            **objects, "description": "Articles and the characters in them that say so; offsets count code points",
        },
        "inputs": objects, "sides": objects, "nearest": objects,
        "left_out": {"type": "array", "items": {"type": "string"}, "description": "Keys cut because they are too long"},
    }  # fmt: skip
    required = [name for name in properties if name != "left_out"]
    return {"type": "object", "properties": properties, "required": required}


def _answer(graph: OpenGraph, arguments: dict[str, Any]) -> Outcome:
    asked = {field.name: arguments[field.name] for field in fields(Question) if field.name in arguments}
    return _told(ask(graph.store(), Question(**asked)), arguments["lang"], why=arguments["why"])


def _ask(graph: OpenGraph, arguments: dict[str, Any]) -> Outcome:
    lang = arguments.get("lang")
    today = date.fromisoformat(arguments["today"]) if "today" in arguments else date.today()
    read = read_question(arguments["text"], today)
    if isinstance(read, Refusal):
        raise refused(read, lang)
    return _told(ask(graph.store(), read.question), lang or read.lang, why=arguments["why"], read=read)


def _told(found: Asked, lang: str, *, why: bool, read: Reading | None = None) -> Outcome:
    """The answer as sentences and as JSON, with how the question was read and why it has its type."""
    wanted, direction = (read.status, read.direction) if read else (None, None)
    lines = [told(read, lang)] if read else []
    lines += present(found.answer, lang, wanted=wanted, direction=direction).split("\n")
    data: dict[str, Any] = {**as_json(found.answer), **({"reading": reading_json(read)} if read else {})}
    if why:
        reason = why_of(found.ledger, found.indicators, found.answer)
        data["why"] = asdict(reason)
        lines += ["", *present_why(reason, found.answer, lang).split("\n")]
    data = {"type": data.pop("type"), "sentences": [line for line in lines if line], **_plain(data)}
    text = "\n".join(lines)
    return Outcome(_bounded(text), _short(data))


def _plain(data: Any) -> Any:
    """The same for JSON's readers: lists for tuples, numbers for decimals."""
    match data:
        case Decimal():
            return exact_number(data)
        case Mapping():
            return {key: _plain(value) for key, value in data.items()}
        case list() | tuple():
            return [_plain(value) for value in data]
    return data


def _bounded(text: str) -> str:
    if len(text.encode()) <= MOST_BYTES:
        return text
    return clipped(text, MOST_BYTES // 4)


def _short(data: dict[str, Any]) -> dict[str, Any]:
    """The answer within the limit: lists are emptied, in the order of `_LEFT_OUT`, and named in ``left_out``."""
    for key in _excess(data):
        data = {**data, key: [], "left_out": [*data.get("left_out", ()), key]}
    return data


def _excess(data: dict[str, Any]) -> Iterator[str]:
    size = len(json.dumps(data, ensure_ascii=False).encode())
    for key in ("sentences", *_LEFT_OUT):
        if size <= MOST_BYTES:
            return
        if data.get(key):
            size -= len(json.dumps(data[key], ensure_ascii=False).encode())
            yield key
