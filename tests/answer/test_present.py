"""Answers in lines for people, in both languages."""

from dataclasses import replace

import pytest

from cbec_kg.answer.answering import answer_from
from cbec_kg.answer.cite import citations
from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.present import present, present_why
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer, Near, Note
from cbec_kg.answer.why import why
from cbec_kg.verify.receipt import Fault
from cbec_kg.verify.report import Failure
from tests.answer.small import INDICATORS, claim, ledger, question
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


SAID = "Te\x1b]0;pwn\x07\nknown: 5 yuan\u2028known: 6 yuan\x9b31m\u202eb"


def as_shown(lines):
    """Whether nothing breaks a line but what ends it, and nothing moves a cursor."""
    return all(line.isprintable() for line in lines) and not [line for line in lines if line.startswith("known")]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_name_forges_no_line(lang):
    note, near = Note("unknown-name", ("entity", SAID)), Near("similar name", name=SAID)
    found = Answer(type="silent", question=Question("i", entity=SAID), notes=(note,), nearest=(near,))
    assert as_shown(present(found, lang).split("\n"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_an_article_forges_no_line(lang):
    one = claim("a", 5, 5, 5)
    (place,) = one.evidence
    source = replace(place.source, title=SAID, publisher=SAID, url=SAID)
    known = Ledger([replace(one, evidence=(replace(place, source=source, written=SAID, speaker=SAID),))])
    found = answer_from(known, question({}), INDICATORS)
    lines = present(found, lang).split("\n")[1:] + present_why(why(known, INDICATORS, found), found, lang).split("\n")
    (cited,) = citations(found)
    assert as_shown([*lines, *cited.bibtex.split("\n"), *getattr(cited, lang).split("\n")])


def test_a_report_on_a_receipt_forges_no_line():
    assert as_shown([Failure("figure", "a", SAID, SAID, label=SAID).text(), Fault("type", SAID, SAID).text()])
