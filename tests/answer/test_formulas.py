"""Formulas and calculations in words: every rule has them, and the numbers are those of the headline."""

from decimal import Decimal

import pytest

from cbec_kg.answer.formulas import calculated, in_words
from cbec_kg.answer.result import Route
from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.derive.rules import RULES
from cbec_kg.reconcile.figure import Figure, Point, Stating
from cbec_kg.reconcile.interval import Interval
from tests.conftest import cases

COMPARING = ("growth-gap", "contribution", "share")


def route(rule, inputs, result, flow="total"):
    point = Point(Slots("i", "china", "all", "all", flow, "none"), "2022")
    figures = tuple(
        Figure(
            digest=str(place), point=point, stating=Stating("level", unit), status="reported",
            qualifier=(*more, "exact")[0], value=Decimal(value),
            lower=Interval.of(lower, upper).lower, upper=Interval.of(lower, upper).upper,
        )
        for place, (value, lower, upper, unit, *more) in enumerate(inputs)
    )  # fmt: skip
    value, lower, upper, unit, measure = result
    return Route(rule, "a = b", "1 = 1", point, measure, unit, Interval.of(lower, upper), Decimal(value), figures)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", cases("answer/cases/formulas.yaml"))
def test_a_calculation_for_people(case, lang):
    made = route(case["rule"], case["inputs"], case["result"], case.get("flow", "total"))
    assert [in_words(made, lang), calculated(made, lang)] == case[lang]


@pytest.mark.parametrize("rule", [*(rule.code for rule in RULES), *COMPARING])
def test_every_rule_is_worded_in_both_languages(rule):
    one = ["5", "5", "5", "CNY", "level"]
    for flow in ("export", "import") if rule == "total-less-part" else ("total",):
        worded = {in_words(route(rule, [], one, flow), lang) for lang in ("en", "zh")}
        assert "a = b" not in worded
        assert len(worded) == 2
