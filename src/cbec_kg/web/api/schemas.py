"""JSON Schemas (2020-12) of what the API takes and gives.

>>> from cbec_kg.query.saved import Bilingual
>>> parameter_schema(Param("day", "date", Bilingual("Day")))
{'type': 'string', 'format': 'date'}
>>> name_of("cbec:Platform")["format"]
'cbec:Platform'
"""

from typing import Any

from cbec_kg.namespaces import compact
from cbec_kg.query.saved import Param, SavedQuery
from cbec_kg.query.schemas import LONGEST_VALUE, MOST_VALUES, Schema, lang_schema, row_schema, schema_of

__all__ = [
    "ANSWER", "CATALOGUE", "ENTITY", "EXPLANATION", "HITS", "LANG", "NAME", "PERIOD", "PROBLEM", "RECEIPT",
    "SUGGESTIONS", "example_of", "listed", "name_of", "parameter_schema", "rows_schema", "text",
]  # fmt: skip

_ANY: Schema = {}
_TEXT: Schema = {"type": "string"}
_MAYBE: Schema = {"type": ["string", "null"]}
_NUMBER: Schema = {"type": ["number", "null"]}
_WHOLE: Schema = {"type": "integer", "minimum": 0}
_LABELS: Schema = {"type": "object", "additionalProperties": _TEXT}
LANG = lang_schema(None, "Language of labels and texts; else what Accept-Language likes best")
LANG.pop("description")
NAME = "cbec-kg:name"
"""Format of a name of anything in the graph: a label, an alias, a code, a prefixed name or an IRI."""
PERIOD = "cbec-kg:period"


def text(longest: int = LONGEST_VALUE) -> Schema:
    """Schema of a text of a person."""
    return {"type": "string", "minLength": 1, "maxLength": longest}


def name_of(cls: str | None = None) -> Schema:
    """Schema of a name of a thing; the format is the class that it is of."""
    return {**text(), "format": cls or NAME}


def parameter_schema(param: Param) -> Schema:
    """Schema of a saved query's parameter as a query part gives it."""
    schema = schema_of(param, "en")
    schema.pop("description", None)
    if not param.many:
        return _finished(param, schema)
    return {**schema, "items": _finished(param, schema["items"]), "maxItems": MOST_VALUES}


def _finished(param: Param, schema: Schema) -> Schema:
    kept = {key: schema[key] for key in ("default",) if key in schema}
    if param.type == "iri" and not param.choices:
        return {**name_of(compact(param.cls) if param.cls else None), **kept}
    if param.type == "period" and not param.choices:
        return {**text(), "format": PERIOD, **kept}
    if param.type == "integer":
        return {"minimum": -(2**63) + 1, "maximum": 2**63 - 1, **schema}
    if param.type == "decimal":
        return {"minimum": -(10**15), "maximum": 10**15, **schema}
    return schema


def listed(item: Schema) -> Schema:
    """Schema of a list."""
    return {"type": "array", "items": item}


def _object(properties: dict[str, Schema], optional: tuple[str, ...] = (), *, more: bool = False) -> Schema:
    required = [name for name in properties if name not in optional]
    schema: Schema = {"type": "object", "properties": properties, "required": required}
    return schema if more else {**schema, "additionalProperties": False}


_KINDS: Schema = {"enum": ["known", "derived", "conflicting", "silent"]}
_SPAN: Schema = _object(
    {"iri": {**_TEXT, "format": "iri"}, "article": _TEXT, "start": _WHOLE, "end": _WHOLE}, ("start", "end")
)


def rows_schema(query: SavedQuery) -> Schema:
    """Schema of the rows of a saved query as JSON."""
    row = row_schema(query.columns, "en")
    return _object({
        "query": {"const": query.name},
        "title": _TEXT,
        "lang": {"enum": ["en", "zh"]},
        "offset": _WHOLE,
        "columns": listed(_object({"name": _TEXT, "type": _TEXT, "label": _TEXT})),
        "rows": listed({**row, "required": [column.name for column in query.columns]}),
        "sources": {**listed(listed(_SPAN)), "description": "Of each row: articles and code points, the end exclusive"},
        "labels": {**_LABELS, "description": "Of things in rows that no column labels"},
        "next": {**_MAYBE, "description": "Address of the next rows, null behind the last"},
    })  # fmt: skip


_PARAMETER: Schema = _object(
    {
        "name": _TEXT, "type": _TEXT, "label": _LABELS, "class": _MAYBE, "default": listed(_TEXT),
        "choices": listed(_TEXT), "many": {"type": "boolean"}, "required": {"type": "boolean"}, "expects": _TEXT,
        "min": _MAYBE, "max": _MAYBE, "max_length": {"type": ["integer", "null"]},
        "suggest": _TEXT,
    }
)  # fmt: skip
CATALOGUE: Schema = _object({
    "queries": listed(_object({
        "name": _TEXT, "topic": _TEXT, "summary": _LABELS, "description": _LABELS, "tags": listed(_TEXT),
        "parameters": listed(_PARAMETER),
        "columns": listed(_object({"name": _TEXT, "type": _TEXT, "label": _LABELS})),
        "links": _object({"rows": _TEXT, "sparql": _TEXT}),
    })),
})  # fmt: skip
SUGGESTIONS: Schema = _object({
    "parameter": _TEXT,
    "values": listed(_object({
        "value": _TEXT, "iri": _MAYBE, "labels": _LABELS, "uses": {"type": ["integer", "null"]},
    })),
    "more": {**_WHOLE, "description": "How many others occur"},
})  # fmt: skip

_SOURCE: Schema = _object(
    {
        "claim": _TEXT, "article": _TEXT, "start": _WHOLE, "end": _WHOLE, "written": _MAYBE, "attributed_to": _MAYBE,
        "released_on": _MAYBE, "published": _MAYBE, "title": _MAYBE, "publisher": _MAYBE, "url": _MAYBE,
        "sha256": _MAYBE, "review": _MAYBE, "restated": listed({"type": "object"}),
    },
    more=True,
)  # fmt: skip
_OBJECTS = listed({"type": "object"})
ANSWER: Schema = _object(
    {
        "type": _KINDS,
        "question": {"type": "object"},
        "point": _MAYBE, "period": _MAYBE, "flow": _MAYBE, "measure": _MAYBE,
        "value": _NUMBER, "lower": _NUMBER, "upper": _NUMBER,
        "unit": _MAYBE, "scope": _MAYBE, "status": _MAYBE, "formula": _MAYBE, "calculation": _MAYBE,
        "inputs": _OBJECTS, "routes": _OBJECTS, "checks": _OBJECTS, "claims": listed(_TEXT), "sides": _OBJECTS,
        "sources": listed(_SOURCE), "revised_from": _OBJECTS, "as_of": _MAYBE, "undated_left_out": _WHOLE,
        "undated_claims": listed(_TEXT), "undated_articles": listed(_TEXT), "nearest": _OBJECTS, "notes": _OBJECTS,
        "reading": {"type": "object", "description": "How a question in plain words was read"},
        "why": {"type": "object", "description": "The smallest set of claims whose removal changes the type"},
        "citations": listed(_object({"article": _TEXT, "en": _TEXT, "zh": _TEXT, "bibtex": _TEXT})),
    },
    ("reading", "why", "citations"),
)  # fmt: skip
RECEIPT: Schema = _object(
    {
        "receipt": _TEXT, "question": {"type": "object"}, "type": _KINDS, "claims": {"type": "object"},
        "articles": {"type": "object"}, "terms": {"type": "object"},
    },
    more=True,
)  # fmt: skip
HITS: Schema = _object({
    "hits": listed(_object({
        "iri": _TEXT, "code": _TEXT, "labels": _LABELS, "class": _TEXT,
        "matched": _object({"text": _TEXT, "kind": _TEXT, "lang": _MAYBE, "how": _TEXT}),
        "score": {"type": "number"},
    })),
})  # fmt: skip
ENTITY: Schema = _object({
    "iri": _TEXT, "code": _TEXT, "labels": _LABELS, "aliases": {"type": "object"}, "more_aliases": _WHOLE,
    "definition": _LABELS, "classes": listed(_ANY), "candidate_class": _ANY, "same_as": listed(_TEXT),
    "facts": _OBJECTS, "links": _OBJECTS, "claims": {"type": "object"},
})  # fmt: skip
EXPLANATION: Schema = _object({"holds": {"type": "boolean"}, "proofs": _OBJECTS, "nearest": _OBJECTS}, more=True)
PROBLEM: Schema = _object(
    {
        "type": {**_TEXT, "format": "uri-reference"}, "title": _TEXT, "status": {"type": "integer"}, "detail": _TEXT,
        "parameter": {**_TEXT, "description": "The parameter at fault"},
        "nearest": {**listed(_TEXT), "description": "Names that are spelled alike, the best first"},
        "reason": {**_TEXT, "description": "Why a question was not read, as a code"},
        "words": {**listed(_TEXT), "description": "The words of a question that are at fault"},
    },
    ("parameter", "nearest", "reason", "words"), more=True,
)  # fmt: skip


def example_of(param: Param) -> Any:
    """A value that a parameter may have: its default, else one of its choices."""
    values = param.default or param.choices
    return (list(values[:1]) if param.many else values[0]) if values else None
