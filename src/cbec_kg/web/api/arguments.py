"""Check the query part of an address against an operation's parameters, before a reader hears of it.

>>> known = (Parameter("flow", {"type": "string", "enum": ["export", "import"]}), Parameter("n", {"type": "integer"}))
>>> checked("totals", known, [("flow", "export"), ("n", "5")])
{'flow': 'export', 'n': 5}
>>> checked("growth", [Parameter("least", {"type": "number"})], [("least", "556364918113221.94")])
{'least': '556364918113221.94'}
>>> checked("totals", known, [("flwo", "export")])
Traceback (most recent call last):
    ...
cbec_kg.web.api.arguments.BadArgument: totals has no parameter 'flwo': did you mean flow?
>>> checked("totals", known, [("n", "5"), ("n", "6")])
Traceback (most recent call last):
    ...
cbec_kg.web.api.arguments.BadArgument: n is given 2 times: give it once
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Context, Decimal
from typing import Any

from cbec_kg.errors import BadParameter
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.said import said
from cbec_kg.query.schemas import LONGEST_VALUE, Schema
from cbec_kg.web.api.operation import Parameter

__all__ = ["BadArgument", "checked"]

# Numbers as JSON writes them (RFC 8259, section 6).
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]{1,3})?")
_PLACES, _DIGITS = Decimal(1).scaleb(-18), Context(prec=60)
_MOST = 10**20


class BadArgument(BadParameter):
    """A parameter that is unknown, missing, repeated or not of its type; ``parameter`` is its name."""

    def __init__(self, parameter: str, message: str, fix: str) -> None:
        super().__init__(message, fix=fix)
        self.parameter = parameter


def checked(what: str, parameters: Sequence[Parameter], pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Values by name, defaults added: integers, truths and lists as such, numbers as exact text; raises `BadArgument`.

    ``what`` is what the parameters belong to, as an error names it.
    """
    known = {parameter.name: parameter for parameter in parameters}
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in known:
            fix = did_you_mean(name, list(known)) if known else "leave it out"
            raise BadArgument(name[:LONGEST_VALUE], f"{what} has no parameter {said(name)}", fix)
        given.setdefault(name, []).append(value)
    found: dict[str, Any] = {}
    for name, parameter in known.items():
        if name in given:
            found[name] = _values(parameter, given[name])
        elif parameter.required:
            raise BadArgument(name, f"{what} needs {name}", f"give {parameter.description or name}")
        elif "default" in parameter.schema:
            found[name] = parameter.schema["default"]
    return found


def _values(parameter: Parameter, written: list[str]) -> Any:
    name, schema = parameter.name, parameter.schema
    if not parameter.many:
        if len(written) > 1:
            raise BadArgument(name, f"{name} is given {len(written)} times", "give it once")
        return _value(name, schema, written[0])
    if len(written) > schema["maxItems"]:
        raise BadArgument(name, f"{name} is given {len(written)} times", f"give it {schema['maxItems']} times at most")
    return [_value(name, schema["items"], one) for one in written]


def _value(name: str, schema: Schema, written: str) -> Any:
    kind = schema["type"]
    if kind != "string" and kind != "boolean":
        return _number(name, schema, written)
    if not written:
        raise BadArgument(name, f"{name} is empty", "give a value, or leave it out")
    if "enum" in schema and written not in schema["enum"]:
        raise BadArgument(name, f"{name} is {said(written)}", did_you_mean(written, schema["enum"]))
    if kind == "boolean":
        if written not in ("true", "false"):
            raise BadArgument(name, f"{name} is {said(written)}", "give true or false")
        return written == "true"
    if len(written) > (most := schema.get("maxLength", LONGEST_VALUE)):
        raise BadArgument(name, f"{name} has {len(written):,} characters", f"give at most {most:,}")
    if schema.get("format") == "date" and not _is_day(written):
        raise BadArgument(name, f"{name} is {said(written)}", "give a date such as 2021-01-14")
    return written


def _number(name: str, schema: Schema, written: str) -> int | str:
    whole = schema["type"] == "integer"
    if len(written) > 400 or not _NUMBER.fullmatch(written):
        raise BadArgument(name, f"{name} is {said(written)}", f"give a {'whole ' if whole else ''}number")
    number = Decimal(written)
    if abs(number) >= _MOST:
        raise BadArgument(name, f"{name} is {said(written)}", "give a smaller number")
    if whole and number != number.to_integral_value():
        raise BadArgument(name, f"{name} is {said(written)}", "give a whole number")
    if not schema.get("minimum", number) <= number <= schema.get("maximum", number):
        bounds = (("minimum", "at least"), ("maximum", "at most"))
        fix = " and ".join(f"{word} {schema[key]:,}" for key, word in bounds if key in schema)
        raise BadArgument(name, f"{name} is {said(written)}", f"give {fix}")
    # The graph's numbers have 18 decimal places; what is smaller counts as nothing.
    return int(number) if whole else f"{number.quantize(_PLACES, context=_DIGITS).normalize(_DIGITS):f}"


def _is_day(written: str) -> bool:
    try:
        return date.fromisoformat(written).isoformat() == written
    except ValueError:
        return False
