"""Written figures, row by row; what a figure is of plays no part here."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbec_kg.normalise.bounds import interval
from cbec_kg.normalise.numbers import Quantity, find, read, readings
from cbec_kg.normalise.words import default_words
from tests.conftest import cases

settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def folder(name):
    return cases(f"normalise/cases/{name}.yaml")


@pytest.mark.parametrize("case", [*folder("read_en"), *folder("read_zh")])
def test_read(case):
    expected = None
    if "value" in case:
        expected = Quantity(Decimal(case["value"]), case["unit"], Decimal(case["last_digit"]))
    assert read(case["written"]) == expected


@pytest.mark.parametrize("case", folder("find"))
def test_find(case):
    found = [
        [case["text"][f.start : f.end], str(f.quantity.value), f.quantity.unit, *([f.qualifier] if f.qualifier else [])]
        for f in find(case["text"])
    ]
    assert found == case["figures"]


@pytest.mark.parametrize("case", folder("readings"))
def test_readings(case):
    start, end = case["text"].index("["), case["text"].index("]") - 1
    text = case["text"].replace("[", "").replace("]", "")
    found = readings(text, start, end)
    assert [[str(f.quantity.value), f.quantity.unit] for f in found] == case["readings"]
    assert all(start <= f.start and f.end <= end for f in found)


@pytest.mark.parametrize("case", folder("bounds"))
def test_interval(case):
    quantity = read(case["written"])
    bounds = interval(quantity.value, quantity.last_digit, case["qualifier"], case.get("unit") or quantity.unit)
    assert [None if limit is None else str(limit) for limit in bounds] == [case["lower"], case["upper"]]


def test_a_qualifier_that_is_none_is_refused():
    with pytest.raises(ValueError, match="one of exact, about, over, under"):
        interval(Decimal(1), Decimal(1), "roughly", "percent")


def test_further_unit_words_come_in_as_arguments():
    words = default_words().with_units({"francs": "CHF", "CHF": "CHF", "yuan": "CNH", "瑞郎": "CHF"})
    assert read("5 francs") is None
    assert [read(w, words).unit for w in ("5 francs", "CHF 5", "5万瑞郎", "5 yuan", "5%")] == [
        "CHF",
        "CHF",
        "CHF",
        "CNH",
        "percent",
    ]


@given(st.integers(0, 10**15), st.sampled_from(["", " thousand", " million", "万", "亿", "万亿"]))
def test_digits_with_commas_read_as_the_number(number, scale):
    factor = {"": 0, " thousand": 3, " million": 6, "万": 4, "亿": 8, "万亿": 12}[scale]
    quantity = read(f"{number:,}{scale}")
    assert quantity == read(f"{number}{scale}")
    assert quantity.value == Decimal(number).scaleb(factor)
    assert quantity.last_digit == Decimal(1).scaleb(factor)


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_bounds_hold_the_value_and_a_rewritten_figure_has_the_same(number):
    quantity = read(f"{number}%")
    lower, upper = interval(quantity.value, quantity.last_digit, "exact", "percent")
    assert lower <= number <= upper
    assert upper - lower == quantity.last_digit == Decimal("0.01")


@given(
    st.text(alphabet="0123456789,.%$万亿千百十一两三成倍第分之点半多 -+thousandmillionpercentyuanfold()", max_size=30)
)
def test_find_never_fails_and_keeps_order(text):
    found = list(find(text))
    spans = [(figure.start, figure.end) for figure in found]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for start in range(len(text)):
        readings(text, start, len(text))
