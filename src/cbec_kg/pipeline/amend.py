"""What a person says a row should be, ``KEY=VALUE``, as the row's own keys and values.

>>> from cbec_kg.model.row_json import parse_row
>>> row = parse_row('{"type":"observation","article":"a1","indicator":"i","entity":"e","flow":null,"scope":"none",'
...     '"period":"2022","value":98,"lower":97.5,"upper":98.5,"unit":"percent","kind":"growth","qualifier":"exact",'
...     '"status":"reported","written":"98%","start":1,"end":4}')
>>> changes_of(row, {"value": "9.8 percent", "period": "2023"})
{'period': '2023', 'value': 9.8, 'unit': 'percent', 'as_written': '9.8 percent', 'lower': 9.75, 'upper': 9.85}
"""

import re
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from typing import Any

from cbec_kg.errors import CbecError
from cbec_kg.model.correction import AS_WRITTEN
from cbec_kg.model.rows import ObservationRow, Row
from cbec_kg.normalise.bounds import QUALIFIERS, interval
from cbec_kg.normalise.numbers import read

__all__ = ["changes_of"]

_FIXED = frozenset({
    "article", "start", "end", "rule", "confidence", "written", "restated", "reviewed", "review", "enumeration",
    "list_position",
})  # fmt: skip
_LISTS = ("parts", "characteristics")
_BOUNDS = ("lower", "upper")
_PLACES = 30
STATUSES = ("reported", "preliminary", "revised", "estimate", "forecast", "target", "actual", "planned", "denied")


def changes_of(row: Row, given: Mapping[str, str], written: str | None = None) -> dict[str, Any]:
    """Keys of a row with their new values; raises `CbecError` for a key that no person may change, or a bad value.

    A value is written as an article would ("2.11 trillion yuan"); its bounds follow, where they are not given too.
    An empty value takes a key away. ``written`` is the figure of an amendment before this one.
    """
    known = {field.name for field in fields(row)} - _FIXED
    if not given:
        raise CbecError("nothing to amend", fix=f"write KEY=VALUE; keys are {', '.join(sorted(known))}")
    if unknown := sorted(set(given) - known):
        raise CbecError(f"a {row.TYPE} has no {unknown[0]!r} to amend", fix=f"keys are {', '.join(sorted(known))}")
    out: dict[str, Any] = {key: _text(key, value) for key, value in given.items() if key not in ("value", *_BOUNDS)}
    for key in _BOUNDS:
        if key in given:
            out[key] = _plain(_number(key, given[key])) if given[key] else None
    if isinstance(row, ObservationRow) and given.keys() & {"value", "qualifier"}:
        out |= _figure(row, given, written or row.written or "")
    return out


def _text(key: str, value: str) -> Any:
    if key == "year_offset":
        if value and not re.fullmatch(r"-?[0-9]", value):
            raise CbecError(f"year_offset is {value!r}", fix="write a whole number of years, such as -1")
        return int(value) if value else None
    if key == "status" and value not in STATUSES:
        raise CbecError(f"status is {value!r}", fix=f"one of {', '.join(STATUSES)}")
    if key in _LISTS:
        return [part.strip() for part in value.split(",")]
    return value or None


def _number(key: str, value: str) -> Decimal:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _PLACES:
        raise CbecError(f"{key} is {value[:40]!r}", fix="write a number")
    return number


def _figure(row: ObservationRow, given: Mapping[str, str], before: str) -> dict[str, Any]:
    """Value, unit and bounds of a figure that is written anew, or meant otherwise."""
    qualifier = given.get("qualifier") or row.qualifier
    if qualifier not in QUALIFIERS:
        raise CbecError(f"qualifier is {qualifier!r}", fix=f"one of {', '.join(QUALIFIERS)}")
    written = given.get("value", before)
    quantity = read(written)
    if quantity is None:
        raise CbecError(f"value {written!r} is no figure", fix="write it as an article would: 2.11 trillion yuan")
    value = quantity.value if "value" in given else row.value
    if value is None:
        raise CbecError("a record has no value", fix="reject it, or amend its other keys")
    unit = given.get("unit") or ("value" in given and quantity.unit) or str(row.unit)
    bounds = interval(value, quantity.last_digit, qualifier, unit)
    out: dict[str, Any] = {"value": _plain(value), "unit": unit, AS_WRITTEN: written} if "value" in given else {}
    out |= {key: _plain(bound) for key, bound in zip(_BOUNDS, bounds, strict=True) if key not in given}
    return out


def _plain(number: Decimal | None) -> int | float | None:
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
