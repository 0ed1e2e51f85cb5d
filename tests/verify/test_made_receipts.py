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

LEVELS = (("2.11", "0.005"), ("2.1", "0.05"), ("2.1", "0.005"), ("2.3", "0.05"))
GROWTHS = (("9.8", "0.05"), ("7.1", "0.05"), ("10", "0.5"))
DAYS = ("2023-01-13", "2023-06-01", "2024-01-12", None)


@st.composite
def claims(draw):
    """A claim of a level or growth of one of three years, by one of two speakers, in one of four articles."""
    grows = draw(st.booleans())
    value, half = (Decimal(one) for one in draw(st.sampled_from(GROWTHS if grows else LEVELS)))
    more = {
        "period": draw(st.sampled_from(["2021", "2022", "2022", "2023"])),
        "speaker": draw(st.sampled_from(["customs", "customs", "customs", "bureau", None])),
        "status": draw(st.sampled_from(["reported", "reported", "reported", "preliminary", "revised", "forecast"])),
        "scope": draw(st.sampled_from(["wide", "wide", "wide", "narrow"])),
    } | ({"measure": "growth", "unit": "percent"} if grows else {})
    made = claim("x", value, value - half, value + half, more)
    article = draw(st.sampled_from(range(len(DAYS))))
    source = replace(made.evidence[0].source, id=f"a{article}", published=DAYS[article])
    return named(replace(made, evidence=(replace(made.evidence[0], source=source),)))


def named(made):
    """The claim under the digest that its keys have."""
    return replace(made, digest=digest_of(keys_of(made)))


def told(ledger, asked):
    return json.loads(text_of(make(answer_from(ledger, asked, INDICATORS), INDICATORS)))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(claims(), max_size=9),
    st.sampled_from(["2021", "2022", "2023", None]),
    st.sampled_from(["level", "growth"]),
    st.sampled_from([None, "2023-03-01", "2023-12-31"]),
)
def test_every_receipt_holds(some, period, measure, as_of):
    receipt = told(Ledger(some), Question("i", period=period, measure=measure, as_of=as_of))
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
