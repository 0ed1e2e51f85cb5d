"""Rows as JSON lines: strict reading, canonical writing.

>>> line = (
...     '{"type":"factor","article":"a1","factor":"x","outcome":"y","polarity":"positive","status":"actual",'
...     '"start":0,"end":9}')
>>> row = parse_row(line)
>>> type(row).__name__, row.factor, row.period
('FactorRow', 'x', None)
>>> to_json(row)[:67]
'{"type": "factor", "article": "a1", "factor": "x", "outcome": "y", '
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, asdict, fields
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from cbec_kg.errors import RowError
from cbec_kg.model.period import OPEN_CODE, is_day, parse
from cbec_kg.model.review import Review
from cbec_kg.model.rows import LABELLED, OPTIONAL, ROW_TYPES, ObservationRow, Restated, Row, TrendRow

__all__ = ["from_dict", "in_order", "parse_row", "read_rows", "read_text", "sort_key", "to_json", "write_rows"]

_NUMBERS = frozenset({"value", "lower", "upper", "confidence"})
_INTEGERS = frozenset({"start", "end", "list_position", "year_offset"})
_LISTS = frozenset({"parts", "characteristics"})
_OTHERS = _NUMBERS | _INTEGERS | _LISTS | {"restated", "review", "reviewed"}
_FIELDS = {name: frozenset(field.name for field in fields(cls)) for name, cls in ROW_TYPES.items()}
_REQUIRED = {
    name: frozenset(f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING)
    for name, cls in ROW_TYPES.items()
}


def parse_row(line: str, where: str = "row") -> Row:
    """Row of one JSON line; labels are dropped, for they follow from the codes. Raises `RowError` naming ``where``."""
    try:
        data: dict[str, Any] = json.loads(line, parse_float=Decimal, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise RowError(f"{where}: not JSON: {error.msg} at column {error.colno}") from None
    except (ValueError, RecursionError) as error:
        raise RowError(f"{where}: {error}") from None
    if not isinstance(data, dict):
        raise RowError(f"{where}: a row is a JSON object")
    return from_dict(data, where)


def from_dict(data: dict[str, Any], where: str = "row") -> Row:
    """Row of a decoded object; see `parse_row`."""
    data = dict(data)
    kind = data.pop("type", None)
    cls = ROW_TYPES.get(kind) if isinstance(kind, str) else None
    if cls is None:
        raise RowError(f"{where}: unknown type", fix=f"one of {', '.join(ROW_TYPES)}")
    for key in LABELLED:
        data.pop(f"{key}_label", None)
    known = _FIELDS[cls.TYPE]
    if unknown := sorted(set(data) - known):
        raise RowError(
            f"{where}: a {cls.TYPE} has no key {unknown[0]!r}", fix=f"its keys are {', '.join(sorted(known))}"
        )
    data = {key: _checked(key, value, where) for key, value in data.items() if value is not None}
    if missing := sorted(_REQUIRED[cls.TYPE] - set(data)):
        raise RowError(f"{where}: {cls.TYPE} without {', '.join(missing)}")
    row = cls(**data)
    if not 0 <= row.start < row.end:
        raise RowError(f"{where}: start {row.start} is not below end {row.end}")
    _check_periods(row, where)
    _check_names(data, row.article, where)
    if isinstance(row, TrendRow) and row.phenomenon and row.indicator:
        raise RowError(f"{where}: a trend of a series and of a phenomenon", fix="keep one of the two")
    return row


def _check_periods(row: Row, where: str) -> None:
    """Each period is written as its one code, so that one fact has one name; dates are days of the calendar."""
    for key in ("period", "base_period", "record_since"):
        code = getattr(row, key, None)
        if code is None or OPEN_CODE.fullmatch(code):
            continue
        try:
            wanted = parse(code).code
        except RowError as error:
            raise RowError(f"{where}: {error}") from None
        if code != wanted:
            raise RowError(f"{where}: {key} is {code!r}", fix=f"write {wanted!r}")
    if row.released_on is not None and not is_day(row.released_on):
        raise RowError(f"{where}: released_on is {row.released_on!r}", fix="write a day, such as 2021-01-14")


def _check_names(data: dict[str, Any], article: str, where: str) -> None:
    """What is left unnamed belongs to its article."""
    for key, value in data.items():
        for name in value if key in _LISTS else [value]:
            if isinstance(name, str) and name.startswith("unnamed_"):
                position = name.removeprefix(f"unnamed_{article}_")
                if position == name or not position.isdecimal():
                    raise RowError(f"{where}: {key} is {name!r}", fix=f"write unnamed_{article}_POSITION")


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number")


def _checked(key: str, value: Any, where: str) -> Any:
    """Value of a key in the type that its field has; raises `RowError`."""
    match key:
        case _ if key in _NUMBERS and isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            if Decimal(repr(float(value))) != value:
                raise RowError(f"{where}: {key} {value} has more digits than a JSON number carries everywhere")
            return Decimal(value)
        case _ if key in _INTEGERS and isinstance(value, int) and not isinstance(value, bool):
            return value
        case _ if key in _LISTS and isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        case "restated" if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return tuple(_restated(item, where) for item in value)
        case "review" if isinstance(value, dict) and all(isinstance(said, str) for said in value.values()):
            return _review(value, where)
        case "reviewed" if isinstance(value, bool):
            return value
        case _ if key not in _OTHERS and isinstance(value, str):
            return value
    raise RowError(f"{where}: {key} is {json.dumps(value, default=str)}", fix=f"write {_expected(key)}")


def _expected(key: str) -> str:
    if key in _NUMBERS:
        return "a number"
    if key in _INTEGERS:
        return "a whole number"
    if key in _LISTS or key == "restated":
        return "a list"
    if key == "review":
        return "an object with state, by, at and reason"
    return "true or false" if key == "reviewed" else "a string"


def _review(item: dict[str, str], where: str) -> Review:
    try:
        return Review(**item)
    except TypeError as error:
        raise RowError(f"{where}: review: {str(error).replace('Review.__init__() ', '')}") from None


def _restated(item: dict[str, Any], where: str) -> Restated:
    try:
        return Restated(**{key: _checked(key, value, where) for key, value in item.items() if value is not None})
    except TypeError as error:
        raise RowError(f"{where}: restated: {str(error).replace('__init__() ', '')}") from None


def _plain(value: Any) -> Any:
    """JSON value of a field; a decimal becomes an integer where it is whole."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Review):
        return {key: said for key, said in asdict(value).items() if said is not None}
    if isinstance(value, Restated):
        keys = ("value", "lower", "upper", "unit", "start", "end", "written")
        return {key: _plain(getattr(value, key)) for key in keys if key != "written" or value.written}
    return value


def to_json(row: Row, label: Callable[[str, str], str | None] | None = None) -> str:
    """One line of JSON, keys in the row format's order.

    ``label(key, code)`` gives the English label of a code; with it an observation carries its label keys.
    """
    out: dict[str, Any] = {"type": row.TYPE, "article": row.article}
    keys = row.KEYS
    if isinstance(row, TrendRow) and row.phenomenon is not None:
        keys = ("phenomenon", *keys[keys.index("direction") :])
    for key in keys:
        value = getattr(row, key)
        out[key] = _plain(value)
        if label and key in LABELLED and isinstance(row, ObservationRow):
            out[f"{key}_label"] = label(key, value) if value is not None else None
    for key in OPTIONAL:
        value = getattr(row, key, None)
        if key not in out and value is not None and value is not False and value != "":
            out[key] = _plain(value)
    return json.dumps(out, ensure_ascii=False)


def sort_key(row: Row) -> tuple[str, int, int, str, str]:
    """Order of rows: article, start, end, type, then the row's own text with sorted keys."""
    whole = json.dumps(json.loads(to_json(row)), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return row.article, row.start, row.end, row.TYPE, whole


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Rows in the order of `sort_key`, which is costly and asked only where two rows stand at one place."""
    out: list[Row] = []
    for _, same in groupby(sorted(rows, key=_place), key=_place):
        held = list(same)
        out += held if len(held) == 1 else sorted(held, key=sort_key)
    return out


def _place(row: Row) -> tuple[str, int, int, str]:
    return row.article, row.start, row.end, row.TYPE


def read_text(path: Path) -> str:
    """Text of a UTF-8 file, a byte order mark left out; raises `RowError`."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RowError(f"{path}: byte {error.start} is not UTF-8", fix="save the file as UTF-8") from None
    except OSError as error:
        raise RowError(f"{path}: {error.strerror}") from None


def read_rows(path: Path) -> Iterator[Row]:
    """Rows of a JSONL file; blank lines are skipped, an error names file and line. The same row twice is an error."""
    seen: dict[Row, int] = {}
    for number, line in enumerate(read_text(path).split("\n"), 1):
        if line.strip():
            row = parse_row(line, f"{path}:{number}")
            if row in seen:
                raise RowError(f"{path}:{number}: the same row as in line {seen[row]}", fix="remove one of the two")
            seen[row] = number
            yield row


def write_rows(rows: Iterable[Row], label: Callable[[str, str], str | None] | None = None) -> str:
    """Canonical text of a rows file: sorted, one a line."""
    return "".join(to_json(row, label) + "\n" for row in sorted(rows, key=sort_key))
