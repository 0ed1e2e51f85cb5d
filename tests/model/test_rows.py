import json
import re

import pytest

from cbec_kg.errors import RowError
from cbec_kg.model.period import open_name
from cbec_kg.model.row_json import parse_row, read_rows, to_json, write_rows
from cbec_kg.model.rows import ROW_TYPES

FACTOR = {
    "type": "factor",
    "article": "a1",
    "factor": "x",
    "outcome": "y",
    "polarity": "positive",
    "status": "actual",
    "start": 0,
    "end": 9,
}
LEVEL = {
    "type": "observation", "article": "a1", "indicator": "i", "entity": "e", "flow": "total", "scope": "none",
    "period": "2022",
    "value": 2.11, "lower": 2.105, "upper": 2.115, "unit": "CNY", "kind": "level", "qualifier": "exact", "status":
    "reported",
    "start": 3, "end": 9,
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"type": "fact"}, "unknown type"),
        ({"colour": "red"}, "no key 'colour'"),
        ({"start": 9}, "not below"),
        ({"start": -1}, "not below"),
        ({"factor": ...}, "factor"),
        ({"factor": 7}, "factor is 7: write a string"),
        ({"start": "0"}, 'start is "0": write a whole number'),
        ({"end": 9.5}, "a whole number"),
        ({"confidence": True}, "confidence is true: write a number"),
        ({"reviewed": "yes"}, "true or false"),
        ({"confidence": float("nan")}, "NaN is no number"),
    ],
)
def test_a_bad_row_says_what_is_wrong(change, said):
    row = {key: value for key, value in {**FACTOR, **change}.items() if value is not ...}
    with pytest.raises(RowError, match=said):
        parse_row(json.dumps(row), "file:7")


def test_an_error_names_file_and_line(tmp_path):
    path = tmp_path / "a1.jsonl"
    path.write_text(json.dumps(FACTOR) + "\n\n{broken\n")
    with pytest.raises(RowError, match=r"a1\.jsonl:3: not JSON"):
        list(read_rows(path))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "byte 0 is not UTF-8"),
        (b"[]", r"a1\.jsonl:1: a row is a JSON object"),
        (b"[" * 100_000, r"a1\.jsonl:1"),
        (json.dumps(FACTOR).encode() + b"\n" + json.dumps(FACTOR).encode(), r"a1\.jsonl:2: the same row as in line 1"),
    ],
)
def test_a_bad_file_says_what_is_wrong(tmp_path, content, said):
    path = tmp_path / "a1.jsonl"
    path.write_bytes(content)
    with pytest.raises(RowError, match=said):
        list(read_rows(path))


def test_line_ends_and_byte_order_marks_do_no_harm(tmp_path):
    path = tmp_path / "a1.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(FACTOR).encode() + b"\r\n")
    assert [row.factor for row in read_rows(path)] == ["x"]


def test_rows_are_sorted_and_read_back():
    rows = [parse_row(json.dumps(row)) for row in (LEVEL, FACTOR)]
    lines = write_rows(rows).splitlines()
    assert [json.loads(line)["start"] for line in lines] == [0, 3]
    assert [parse_row(line) for line in lines] == rows[::-1]


def test_numbers_keep_their_digits():
    row = parse_row(json.dumps(LEVEL))
    assert '"value": 2.11, "lower": 2.105' in to_json(row)
    assert '"value": 2110000000000,' in to_json(
        parse_row(json.dumps({**LEVEL, "value": 2110000000000.0, "lower": None, "upper": None}))
    )


def test_labels_follow_the_codes():
    out = json.loads(to_json(parse_row(json.dumps(LEVEL)), lambda key, code: f"{key} {code}"))
    assert (out["entity_label"], out["indicator_label"], out["partner_label"]) == ("entity e", "indicator i", None)
    assert list(out)[:5] == ["type", "article", "indicator", "indicator_label", "entity"]


def test_every_type_reads_its_own_output():
    for name, cls in ROW_TYPES.items():
        need = {"article": "a1", "start": 0, "end": 1, "status": "actual"}
        left_out = {"value", "lower", "upper", "confidence", "restated", "period", "base_period", *need}
        need |= {key: "x" for key in cls.KEYS if key not in left_out}
        need |= {"parts": ("x",)} if "parts" in cls.KEYS else {}
        need |= {"characteristics": ("x",)} if "characteristics" in cls.KEYS else {}
        row = cls(**need)
        assert parse_row(to_json(row)) == row, name


@pytest.mark.parametrize("code", ["--H1", "--Q3", "--05", "--05-06", "--01/--10", "--05/..", "--01-15/--02-03"])
def test_what_hangs_on_an_unknown_year_is_read_as_it_is_written(code):
    row = parse_row(json.dumps(LEVEL | {"period": code}))
    assert parse_row(to_json(row)) == row
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", open_name(code, "a1", 1))


@pytest.mark.parametrize("code", ["--H3", "--13", "--01/10", "--H1/..", "--01/--13", "--", "--05/"])
def test_what_is_no_part_of_a_year_is_refused(code):
    with pytest.raises(RowError):
        parse_row(json.dumps(LEVEL | {"period": code}))


def test_this_year_of_an_article_without_a_date_is_not_the_same_as_no_period():
    row = parse_row(json.dumps(LEVEL | {"period": None, "year_offset": 0}))
    assert parse_row(to_json(row)) == row
    assert '"year_offset": 0' in to_json(row)
