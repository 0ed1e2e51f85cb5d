"""Receipts of answers over small books made at random: each holds, whatever replaces, repeats or contradicts what."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbec_kg.answer.answering import answer_from
from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.question import Question
from cbec_kg.answer.receipt import digest_of, keys_of, make, text_of
from cbec_kg.verify.receipt import check_receipt
from tests.answer.small import INDICATORS, claim
from tests.conftest import cases

LEVELS = (("2.11", "0.005"), ("2.1", "0.05"), ("2.3", "0.05"))
GROWTHS = (("9.8", "0.05"), ("7.1", "0.05"), ("10", "0.5"))
DAYS = ("2023-01-13", "2023-06-01", "2024-01-12", None)


@st.composite
def releases(draw):
    """What one article says of one of three years: a level, a growth or both, from one speaker."""
    article = draw(st.sampled_from(range(len(DAYS))))
    more = {
        "article": f"a{article}",
        "day": DAYS[article],
        "period": draw(st.sampled_from(["2022"] * 6 + ["2021", "2023"])),
        "speaker": draw(st.sampled_from(["customs"] * 6 + ["bureau", None])),
        "status": draw(st.sampled_from(["reported"] * 6 + ["preliminary", "revised", "forecast"])),
        "scope": draw(st.sampled_from(["wide"] * 6 + ["narrow"])),
    }
    grown = more | {"measure": "growth", "unit": "percent"}
    said = [(draw(st.sampled_from([*LEVELS, None])), more), (draw(st.sampled_from([*GROWTHS, None])), grown)]
    numbers = [(Decimal(figure[0]), Decimal(figure[1]), told) for figure, told in said if figure]
    return [named(claim("x", value, value - half, value + half, told)) for value, half, told in numbers]


def named(made):
    """The claim under the digest that its keys have."""
    return replace(made, digest=digest_of(keys_of(made)))


def told(ledger, asked):
    return json.loads(text_of(make(answer_from(ledger, asked, INDICATORS), INDICATORS)))


@settings(max_examples=500, deadline=None, derandomize=True)
@given(
    st.lists(releases(), max_size=5).map(lambda some: [one for release in some for one in release]),
    st.sampled_from(["2022", "2022", "2022", "2021", None]),
    st.sampled_from(["level", "level", "growth"]),
    st.sampled_from([None, None, "2023-03-01", "2024-02-01"]),
)
def test_every_receipt_holds(some, period, measure, as_of):
    receipt = told(
        Ledger({one.digest: one for one in some}.values()), Question("i", period=period, measure=measure, as_of=as_of)
    )
    report = check_receipt(receipt)
    assert report.ok, report.text()


@pytest.mark.parametrize("case", cases("verify/cases/receipts.yaml"))
def test_what_a_receipt_holds(case):
    ledger = Ledger(named(claim(*row)) for row in case["claims"])
    receipt = told(ledger, Question("i", period="2022", **case.get("ask", {})))
    assert check_receipt(receipt).ok
    assert receipt["value"] == case["value"]
    assert sorted(keys["keys"]["value"] for keys in receipt["claims"].values()) == case["holds"]
    for digest in list(receipt["claims"]):
        if receipt["claims"][digest]["keys"]["value"] in case["rests on"]:
            without = json.loads(json.dumps(receipt))
            del without["claims"][digest]
            assert not check_receipt(without).ok
