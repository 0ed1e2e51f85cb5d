"""The tools ``answer`` and ``ask``: the four types, with sources, and the same as the command line."""

import json

import pytest

from cbec_kg.answer.answer import answer
from cbec_kg.answer.as_json import as_json, json_text
from cbec_kg.answer.question import Question
from tests.mcp.conftest import calls

ASKED = {
    "known": {"indicator": "cbec-trade-value", "period": "2022", "flow": "export"},
    "derived": {"indicator": "cbec-trade-value", "period": "2019"},
    "silent": {"indicator": "cbec-trade-value", "period": "1999"},
}


@pytest.fixture(scope="session")
def conflicting(graph):
    """A question that the built graph answers with two sides: the first disagreement that is one."""
    found = graph.select(
        "SELECT DISTINCT ?indicator ?entity ?flow ?period ?measure { ?f a cbec:Disagreement ; cbec:onObservation ?o ; "
        "cbec:testedClaim/cbec:measure/skos:notation ?measure . ?o cbec:indicator/skos:notation ?indicator ; "
        "cbec:measuredEntity ?e ; cbec:period/cbec:code ?period ; cbec:flow/skos:notation ?flow . "
        "BIND(STRAFTER(STR(?e), '/id/') AS ?entity) } ORDER BY ?indicator ?entity ?flow ?period ?measure"
    )
    for indicator, entity, flow, period, measure in found.rows:
        asked = {"indicator": indicator.value, "entity": entity.value, "period": period.value}
        asked |= {"measure": measure.value.removeprefix("measure-")}
        if flow.value in ("total", "export", "import"):
            asked["flow"] = flow.value
        if answer(graph, Question(**asked)).type == "conflicting":
            return asked
    pytest.fail("no disagreement of the built graph gives a conflicting answer")


def test_answers_are_those_of_the_graph(built_store, graph, conflicting):
    asked = {**ASKED, "conflicting": conflicting}
    results = calls(built_store, *(("answer", question) for question in asked.values()))
    for (kind, question), result in zip(asked.items(), results, strict=True):
        data = result.structured_content
        assert not result.is_error, result.content
        assert data["type"] == kind
        expected = json.loads(json_text(as_json(answer(graph, Question(**question)))))
        assert {key: data[key] for key in expected} == expected
        assert data["sentences"][0].startswith(kind)
        assert result.content[0].text.startswith(kind)
        if kind != "silent":
            sources = data["sources"] or [one for side in data["sides"] for one in side["sources"]]
            assert sources
            assert all(one["article"] and one["start"] < one["end"] for one in sources)


def test_why_and_language(built_store):
    english, chinese = calls(
        built_store,
        ("answer", {**ASKED["known"], "why": True}),
        ("answer", {**ASKED["known"], "lang": "zh"}),
    )
    assert english.structured_content["why"]["becomes"] in ("derived", "silent", "conflicting")
    assert "already in" not in chinese.content[0].text
    assert "万亿元" in chinese.content[0].text


def test_plain_words(built_store):
    english, chinese, dated = calls(
        built_store,
        ("ask", {"text": "CBEC exports in 2022?"}),
        ("ask", {"text": "2022年跨境电商出口额是多少"}),
        ("ask", {"text": "CBEC exports last year?", "today": "2023-06-15"}),
    )
    values = {result.structured_content["value"] for result in (english, chinese, dated)}
    assert values == {1550000000000}
    assert english.content[0].text.startswith("Read as: ")
    assert "跨境电商" in chinese.content[0].text
    assert dated.structured_content["reading"]["said"]
