"""An answer as JSON: every number is the exact decimal, as text and not only to so many digits."""

import json
from decimal import Decimal

import pytest

from cbec_kg.answer.answering import answer_from
from cbec_kg.answer.as_json import as_json, json_text
from tests.answer.small import INDICATORS, ledger, question

NUMBERS = ["0.1", "0.30000000000000004", "12345678901234567890.123456789", "9007199254740993", "1" + "0" * 30, "-0.05"]


def floats(told):
    """Every binary number in plain data."""
    if isinstance(told, dict):
        return floats(list(told.values()))
    if isinstance(told, list):
        return [one for each in told for one in floats(each)]
    return [told] if isinstance(told, float) else []


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_are_exact(number):
    case = {"claims": [["a", number, number, number], ["b", number, number, number, {"unit": "USD"}]]}
    told = as_json(answer_from(ledger(case), question(case), INDICATORS))
    assert floats(told) == []
    read = json.loads(json_text(told), parse_float=str, parse_int=str)
    near = read["nearest"][0]
    assert [read["value"], read["lower"], read["upper"], near["value"], near["upper"]] == [number] * 5


def test_a_check_and_a_derived_figure_are_exact():
    case = {
        "claims": [
            ["a", "0.3", "0.25", "0.35", {"period": "2023"}],
            ["g", "10", "9.5", "10.5", {"period": "2023", "measure": "growth", "unit": "percent"}],
        ]
    }
    told = as_json(answer_from(ledger(case), question(case), INDICATORS))
    assert floats(told) == []
    assert json.loads(json_text(told), parse_float=Decimal)["value"] == Decimal("0.272727272727")
