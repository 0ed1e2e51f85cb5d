"""Answers over a few claims: types, sides, revisions, days, what is near, and why."""

import random

import pytest

from cbec_kg.answer.answering import answer_from, type_of
from cbec_kg.answer.current import Preferred, current, in_order
from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.present import present, present_why
from cbec_kg.answer.why import MOST, why
from cbec_kg.reconcile import vintages
from cbec_kg.reconcile.book import Book
from tests.answer.small import INDICATORS, claim, indicators, ledger, number, question
from tests.conftest import cases


@pytest.mark.parametrize("case", cases("answer/cases/small.yaml"))
def test_answer(case):
    found = answer_from(ledger(case), question(case), indicators(case))
    assert found.type == case["type"]
    assert (found.interval is not None) == (found.type in ("known", "derived"))
    assert found.value is None or found.interval.holds(found.value)
    if "value" in case:
        assert found.value == number(case["value"])
    if "counted" in case:
        assert sorted(figure.digest for figure in found.claims) == case["counted"]
    if "sides" in case:
        assert [sorted(figure.digest for figure in side.claims) for side in found.sides] == case["sides"]
    if "within" in case:
        interval = found.interval
        assert [round(end, 3) for end in (interval.lower, interval.upper)] == [number(end) for end in case["within"]]
    if "agrees" in case:
        assert [route.agrees for route in found.checks] == case["agrees"]
    if "checks" in case:
        assert [[one.tested.digest, one.agrees, *one.explanations] for one in found.checks] == case["checks"]
    if "replaced" in case:
        assert [figure.digest for figure in found.revised_from] == case["replaced"]
    if "undated" in case:
        assert found.undated_left_out == case["undated"]
    if "left out" in case:
        assert [*found.undated_claims, *found.undated_articles] == case["left out"]
    if "of" in case:
        assert found.point.period == case["of"]
    if "unit" in case:
        assert found.unit == case["unit"]
    if "near" in case:
        assert [one.figure.digest for one in found.nearest] == case["near"]  # and nothing else
    assert set(case.get("nearest", ())) <= {one.reason for one in found.nearest}
    assert set(case.get("notes", ())) <= {note.code for note in found.notes}


def looked_up(figures, measure):
    """What answers look up of figures, in whatever order these come."""
    book = Book(figures)
    points = book.points()
    told = [[book.at(point), book.shares_of(point), book.since(point), book.scopes(point)] for point in points]
    at = [[figure for figure in figures if figure.point == point] for point in points]
    told += [[current(some, measure, Preferred("CNY")), in_order(some)] for some in at]
    told += [[vintages.days(some), vintages.superseded(some), vintages.current(some)] for some in at]
    return [list(book.figures), *told, in_order(figures)]


@pytest.mark.parametrize("case", cases("answer/cases/small.yaml"))
def test_the_order_of_figures_never_shows(case):
    figures = list(ledger(case).book.figures.values())
    measure = case.get("measure", "level")
    told = looked_up(figures, measure)
    assert looked_up(figures[::-1], measure) == told
    for seed in range(3):
        random.Random(seed).shuffle(figures)
        assert looked_up(figures, measure) == told


SAID = [one for one in cases("answer/cases/small.yaml") if "says" in one.values[0]]


@pytest.mark.parametrize("case", SAID)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_an_answer_says(case, lang):
    lines = present(answer_from(ledger(case), question(case), indicators(case)), lang).splitlines()
    assert [line for line in lines if line in case["says"][lang]] == case["says"][lang]


@pytest.mark.parametrize("case", [one for one in cases("answer/cases/small.yaml") if "why" in one.values[0]])
def test_why(case):
    claims, asked = ledger(case), question(case)
    reason = why(claims, INDICATORS, answer_from(claims, asked, INDICATORS))
    assert [sorted(reason.claims), reason.becomes] == case["why"]
    assert reason.proven
    assert answer_from(claims.without(reason.claims), asked, INDICATORS).type == reason.becomes


def test_of_many_claims_the_set_is_minimal_and_not_called_smallest():
    many = Ledger(claim(f"c{number:02}", 2, 1, 3) for number in range(12))
    asked = question({})
    reason = why(many, INDICATORS, answer_from(many, asked, INDICATORS))
    assert (len(reason.claims), reason.becomes, reason.proven, reason.among) == (12, "silent", False, 12)
    assert MOST < reason.tried < 2 * MOST


def test_of_many_claims_only_those_that_are_needed_are_named():
    agreeing = [claim(f"c{number:02}", 2, 1, 3) for number in range(12)]
    many = Ledger([*agreeing, *(claim(digest, 9, 8, 10) for digest in ("x", "y", "z"))])
    reason = why(many, INDICATORS, answer_from(many, question({}), INDICATORS))
    assert (reason.claims, reason.becomes, reason.proven) == (("x", "y", "z"), "known", False)


@pytest.mark.parametrize(("count", "most"), [(50, 120), (120, 23)])
def test_the_more_claims_the_fewer_sets_are_tried(count, most):
    many = Ledger(claim(f"c{number:04}", 3 * number, 3 * number, 3 * number + 1) for number in range(count))
    found = answer_from(many, question({}), INDICATORS)
    reason = why(many, INDICATORS, found)
    assert 0 < reason.tried <= most
    assert not reason.proven
    assert reason.becomes == "silent" or len(reason.claims) < count
    assert type_of(many.without(reason.claims), question({}), INDICATORS) == reason.becomes


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ([], {"en": "nothing it rests on", "zh": "没有依据任何说法"}),
        ([["a", 1, 1, 1]], {"en": "no others", "zh": "未尝试其他说法"}),
        ([["a", 1, 1, 1, {"period": "2021"}]], {"en": "nothing it rests on", "zh": "没有依据任何说法"}),
    ],
)
def test_what_was_tried_is_said(claims, says):
    known = ledger({"claims": claims})
    found = answer_from(known, question({}), INDICATORS)
    reason = why(known, INDICATORS, found)
    assert reason.proven == bool(reason.claims)
    assert [words in present_why(reason, found, lang) for lang, words in says.items()] == [True, True]
