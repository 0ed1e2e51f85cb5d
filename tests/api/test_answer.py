"""A figure from Python is the one that the commands tell."""

import json
from datetime import date
from decimal import Decimal

import pytest

from cbec_kg.errors import CbecError
from tests.cli.conftest import run
from tests.conftest import cases


@pytest.mark.parametrize("case", cases("api/cases/figures.yaml"))
def test_an_answer_is_that_of_the_command(case, local, built_store, capsys):
    found = local.answer(**case["ask"], why=case.get("why", False), lang=case.get("lang"))
    assert (found.type, found.value) == (case["type"], Decimal(case["value"]) if case["value"] else None)
    indicator, *rest = case["ask"].items()
    options = [part for key, value in rest for part in (f"--{key.replace('_', '-')}", str(value))]
    options += ["--why"] if case.get("why") else []
    options += ["--lang", case.get("lang", "en"), "--store", built_store]
    assert run(capsys, "answer", indicator[1], *options) == (0, repr(found) + "\n", "")
    assert run(capsys, "answer", indicator[1], *options, "--format", "json")[1] == found.to_json() + "\n"
    assert len(found.sources) == len({(one["article"], one["start"]) for one in found.as_json()["sources"]})


def test_parts_of_an_answer(kg):
    found = kg.answer("cbec-trade-value", period=2022, flow="export")
    assert (found.lower, found.upper, found.unit) == (1545000000000, 1555000000000, "CNY")
    assert (found.period, found.scope, found.status, found.measure) == ("2022", "gac-total", "reported", "level")
    assert [source.compact for source in found.sources] == ["art:003_df624e09d33e8050 563-581"]
    assert [one.written for one in found.evidence] == ["1.55 trillion yuan"]
    assert (found.why.becomes, found.why.proven) == ("derived", True)
    assert found.citations[0].bibtex.startswith("@misc{003_df624e09d33e8050,")
    assert found.question.scope == "gac-total"
    assert found._repr_html_().startswith("<pre>known: 1.55 trillion yuan")
    derived = kg.answer("cbec-trade-value", period=2019)
    assert derived.formula == "level(P - 1y) = level(P) / (1 + growth(P)/100)"
    assert derived.calculation.startswith("1690000000000 / (1 + 31.1/100)")
    assert derived.lower < derived.value < derived.upper


def test_a_question_in_words_is_that_of_the_command(local, built_store, capsys):
    asked = "2022年跨境电商出口额是多少"
    found = local.ask(asked)
    assert found.value == 1550000000000
    assert found.reading.startswith("读作：")
    assert run(capsys, "ask", asked, "--store", built_store) == (0, repr(found) + "\n", "")
    told = run(capsys, "ask", asked, "--store", built_store, "--format", "json")[1]
    assert json.loads(told)["reading"]["text"] == asked
    assert told == found.to_json() + "\n"
    assert local.ask("CBEC exports last year", today=date(2023, 6, 15)).period == "2022"


def test_a_receipt_holds(local, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    found = local.answer("cbec-trade-value", period=2022, flow="export")
    path = found.write_receipt()
    assert json.loads(path.read_text())["type"] == "known"
    assert found.write_receipt(path) == path
    path.write_text("other")
    with pytest.raises(CbecError, match="exists and is another"):
        found.write_receipt(path)
