"""Check what an assistant gave against a tool's schema, and say what is wrong in one line.

Models write ``null`` for "not given", ``"5"`` for 5 and one value where a list goes: what can mean one thing only is
taken as that.

>>> schema = {"properties": {"flow": {"type": "string", "enum": ["export", "import"]}, "n": {"type": "integer"}}}
>>> checked("total", schema, {"flow": "export", "n": "5"})
{'flow': 'export', 'n': 5}
>>> checked("total", schema, {"flwo": "export"})
Traceback (most recent call last):
    ...
cbec_kg.errors.BadParameter: total has no argument 'flwo': did you mean flow?
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from cbec_kg.errors import BadParameter
from cbec_kg.query.nearest import did_you_mean, listed
from cbec_kg.query.schemas import Schema

__all__ = ["checked"]

_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,18})?")
_SHOWN = 60
_KINDS = {
    "string": "a text", "integer": "a whole number", "number": "a number", "boolean": "true or false",
}  # fmt: skip


def checked(tool: str, schema: Schema, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """The arguments by their schema, defaults added; raises `BadParameter`."""
    known: dict[str, Schema] = schema["properties"]
    found = {}
    for name, value in (given or {}).items():
        if name not in known:
            raise BadParameter(f"{tool} has no argument {_shown(name)}", fix=did_you_mean(name[:_SHOWN], list(known)))
        if value is not None:
            found[name] = _value(name, known[name], value)
    for name in schema.get("required", ()):
        if name not in found:
            raise BadParameter(f"{tool} needs {name}", fix=f"give {known[name].get('description', name)}")
    defaults = {name: one["default"] for name, one in known.items() if "default" in one and name not in found}
    return {**defaults, **found}


def _value(name: str, schema: Schema, value: Any) -> Any:
    kind = schema["type"]
    if kind == "array":
        values = value if isinstance(value, list) else [value]
        if not schema["minItems"] <= len(values) <= schema["maxItems"]:
            fix = f"give {schema['minItems']} to {schema['maxItems']}"
            raise BadParameter(f"{name} has {len(values)} values", fix=fix)
        return [_value(name, schema["items"], one) for one in values]
    taken = _TAKEN[kind](value)
    if taken is None:
        raise BadParameter(f"{name} is {_shown(value)}", fix=f"give {_KINDS[kind]}")
    if "enum" in schema and taken not in schema["enum"]:
        choices = [str(choice) for choice in schema["enum"]]
        fix = did_you_mean(str(taken)[:_SHOWN], choices) if kind == "string" else listed(choices)
        raise BadParameter(f"{name} is {_shown(taken)}", fix=fix)
    if "maxLength" in schema and len(str(taken)) > schema["maxLength"]:
        raise BadParameter(f"{name} has {len(str(taken)):,} characters", fix=f"give at most {schema['maxLength']:,}")
    if not schema.get("minimum", taken) <= taken <= schema.get("maximum", taken):
        bounds = " and ".join(
            f"{word} {schema[key]}" for key, word in (("minimum", "at least"), ("maximum", "at most")) if key in schema
        )
        raise BadParameter(f"{name} is {_shown(taken)}", fix=f"give {bounds}")
    if schema.get("format") == "date" and not _is_day(str(taken)):
        raise BadParameter(f"{name} is {_shown(taken)}", fix="give a date such as 2021-01-14")
    return taken


def _text(value: Any) -> str | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value}"  # a period that is a year
    return value if isinstance(value, str) else None


def _number(value: Any) -> int | float | Decimal | None:
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        number = Decimal(value.strip())
        return int(number) if number == number.to_integral_value() else number
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) == float("inf") or value != value:
        return None
    return value


def _integer(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number == int(number) else None


def _boolean(value: Any) -> bool | None:
    return value if isinstance(value, bool) else {"true": True, "false": False}.get(str(value).lower())


_TAKEN = {"string": _text, "number": _number, "integer": _integer, "boolean": _boolean}


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False


def _shown(value: Any) -> str:
    """A value as an error quotes it, short and on one line."""
    shown = value if isinstance(value, str) else str(value)
    return repr(shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + "…")
