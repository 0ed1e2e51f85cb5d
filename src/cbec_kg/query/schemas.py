"""JSON Schema for parameters and columns of saved queries.

>>> from cbec_kg.query.saved import Bilingual
>>> schema_of(Param("day", "date", Bilingual("Day"), default=("2021-01-15",)), "en")
{'description': 'Day: a date such as 2021-01-14', 'type': 'string', 'format': 'date', 'default': '2021-01-15'}
>>> schema_of(Param("least", "integer", Bilingual("Least"), min="1"), "en")["minimum"]
1
>>> row_schema((Column("growth", "decimal"), Column("saidBy", "iri")), "en")["properties"]
{'growth': {'type': ['number', 'null']}, 'saidBy': {'type': ['string', 'null'], 'description': 'said by'}}
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cbec_kg.query.saved import Column, Param

__all__ = [
    "LONGEST_VALUE", "MOST_ROWS", "MOST_VALUES", "PAGING", "Schema", "closed", "lang_schema", "row_schema", "schema_of",
]  # fmt: skip

Schema = dict[str, Any]
"""A JSON Schema (2020-12) as plain data."""

LONGEST_VALUE = 1_000
MOST_VALUES = 100
MOST_ROWS = 1_000
_SINGLE = "[12][0-9]{3}(-(H[12]|Q[1-4]|[0-9]{2}(-[0-9]{2})?))?"
_PERIOD = rf"^({_SINGLE}(/({_SINGLE}|\.\.))?|period:.+|<?https?://.+)$"
_TYPES: dict[str, Schema] = {
    "iri": {"type": "string", "maxLength": LONGEST_VALUE},
    "string": {"type": "string", "maxLength": LONGEST_VALUE},
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "period": {"type": "string", "pattern": _PERIOD},
    "lang": {"type": "string"},
    "boolean": {"type": "boolean"},
}
_COLUMN_TYPES = {"integer": ["integer"], "decimal": ["number"], "boolean": ["boolean"]}
_ANY = ["string", "number", "boolean"]

PAGING: dict[str, Schema] = {
    "limit": {
        "type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": 100, "description": "Most rows to give",
    },
    "offset": {"type": "integer", "minimum": 0, "maximum": 10**9, "default": 0, "description": "Rows to skip"},
}  # fmt: skip


def closed(properties: dict[str, Schema], required: Sequence[str] = ()) -> Schema:
    """Schema of an object that has these keys and no others."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def lang_schema(default: str | None, description: str = "Language of labels") -> Schema:
    """Schema of a choice of language; without a default the tool chooses."""
    schema: Schema = {"type": "string", "enum": ["en", "zh"], "description": description}
    return {**schema, "default": default} if default else schema


def schema_of(param: Param, lang: str) -> Schema:
    """Schema of a parameter's value, or of a list of them."""
    schema = dict(_TYPES[param.type])
    if param.choices:
        schema = {"type": schema["type"], "enum": [_plain(param, choice) for choice in param.choices]}
    if param.type in ("integer", "decimal"):
        schema |= {
            key: _plain(param, bound) for key, bound in (("minimum", param.min), ("maximum", param.max)) if bound
        }
    if param.max_length is not None:
        schema["maxLength"] = param.max_length
    default: list[Any] = [_plain(param, value) for value in param.default]
    if param.many:
        schema = {"type": "array", "items": schema, "minItems": 1, "maxItems": MOST_VALUES}
    schema = {"description": _described(param, lang), **schema}
    return {**schema, "default": default if param.many else default[0]} if default else schema


def _described(param: Param, lang: str) -> str:
    said = param.label.in_language(lang) + ("" if param.choices else f": {param.expects()}")
    return said if param.default or param.required else f"{said}; any, where it is not given"


def _plain(param: Param, written: str) -> Any:
    """A value of the header as JSON has it."""
    if param.type == "boolean":
        return written == "true"
    if param.type in ("integer", "decimal"):
        number = Decimal(written)
        return int(number) if number == number.to_integral_value() else float(number)
    return written


def row_schema(columns: Sequence[Column], lang: str) -> Schema:
    """Schema of one row, an object with every column; null where a row has nothing.

    Hosts may put all schemas before a model, so a column whose heading is its name has no description.
    """
    properties: dict[str, Schema] = {}
    for column in columns:
        schema: Schema = {"type": [*_column_type(column), "null"]}
        heading = column.heading(lang)
        properties[column.name] = schema if heading == column.name else {**schema, "description": heading}
    return closed(properties)


def _column_type(column: Column) -> list[str]:
    if column.type in (None, "term"):
        return _ANY
    return _COLUMN_TYPES.get(column.type or "", ["string"])
