"""Answers in lines for people, in both languages."""

import pytest

from cbec_kg.answer.answering import answer_from
from cbec_kg.answer.present import present
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer, Near
from tests.answer.small import INDICATORS, ledger, question
from tests.conftest import cases


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("case", cases("answer/cases/present.yaml"))
def test_lines(case, lang):
    found = answer_from(ledger(case), question(case), INDICATORS)
    lines = present(found, lang, wanted=case.get("wanted"), direction=case.get("direction")).split("\n")
    assert set(case[lang]) <= set(lines), lines
    assert not [word for word in case.get("without", ()) for line in lines if word in line]


def test_what_was_wanted_is_told_before_the_answer():
    case = {"claims": [["a", 5, 5, 5], ["b", 7, 7, 7, {"status": "target"}]]}
    lines = present(answer_from(ledger(case), question(case), INDICATORS), "en", wanted="target").split("\n")
    assert [line.partition(":")[0] for line in lines[:2]] == ["target", "known"]


@pytest.mark.parametrize(("count", "words"), [(1, "1 figure"), (2, "2 figures")])
def test_one_figure_is_no_figures(count, words):
    near = Near("another indicator", indicator="i", count=count)
    line = present(Answer(type="silent", question=Question("i"), nearest=(near,)), "en").splitlines()[-1]
    assert line.endswith(f"i: {words}")
