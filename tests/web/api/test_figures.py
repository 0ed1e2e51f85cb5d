"""Figures over HTTP are those of the command line, key by key; what is told of things is what the library tells."""

import json
from datetime import date
from decimal import Decimal

import pytest

from cbec_kg.answer.answer import ask
from cbec_kg.answer.as_json import json_text
from cbec_kg.answer.question import Question
from cbec_kg.answer.receipt import make, name, text_of
from cbec_kg.answer.telling import tell
from cbec_kg.ask.asking import ask_in_words
from cbec_kg.describe.entity import describe
from cbec_kg.explain.explanation import explain
from cbec_kg.explain.naming import read_triple
from cbec_kg.explain.telling import as_json
from cbec_kg.search.index import EntityIndex
from tests.web.serving import Served

ASKED = {
    "known": ({"indicator": "cbec-trade-value", "period": "2022", "flow": "export"}, "lang=zh"),
    "derived": ({"indicator": "cbec-trade-value", "period": "2022", "flow": "import", "measure": "share"}, "cite=true"),
    "silent": ({"indicator": "company-revenue", "entity": "shein", "period": "2001"}, "why=true"),
    "as of a day": ({"indicator": "cbec-trade-value", "as_of": "2022-06-30"}, "why=true&cite=true"),
}  # fmt: skip


def address(path, asked, more):
    return f"{path}?{'&'.join(f'{key}={value}' for key, value in asked.items())}&{more}".rstrip("&")


@pytest.mark.parametrize("case", ASKED)
def test_an_answer_is_that_of_the_command_line(server: Served, graph, case: str) -> None:
    asked, more = ASKED[case]
    found = server.get(address("/api/answer", asked, more))
    told = tell(ask(graph, Question(**asked)), "en", why="why" in more, cite="cite" in more, build=graph.build.name)
    assert found.text == json_text(told.keys) + "\n"
    receipt = server.get(found.links["related"]["url"])
    settled = ask(graph, Question(**asked))
    made = make(settled.answer, settled.indicators)
    assert receipt.text == text_of(made)
    assert receipt.headers["content-disposition"] == f'inline; filename="{name(made)}"'


def test_lines_for_people(server: Served, graph) -> None:
    asked = Question("cbec-trade-value", period="2022")
    found = server.get("/api/answer?indicator=cbec-trade-value&period=2022&lang=zh", accept="text/plain")
    assert found.text == tell(ask(graph, asked), "zh").text + "\n"
    assert found.headers["content-language"] == "zh"


@pytest.mark.parametrize(
    ("text", "lang"),
    [("CBEC exports last year", None), ("2021年跨境电商进出口额是多少", None), ("CBEC imports in 2022", "zh")],
)
def test_plain_words_are_read_and_answered(server: Served, graph, text: str, lang: str | None) -> None:
    more = f"&lang={lang}" if lang else ""
    found = server.get(f"/api/ask?q={text}&today=2023-06-15{more}")
    asked, head, spoken = ask_in_words(graph, text, today=date(2023, 6, 15), lang=lang)
    assert json.loads(found.text) == json.loads(json_text(tell(asked, spoken, head=head).keys))
    assert found.headers["content-language"] == spoken


def test_numbers_keep_every_digit(server: Served) -> None:
    found = server.get("/api/answer?indicator=cbec-trade-value&period=2022&measure=growth")
    value = json.loads(found.text, parse_float=Decimal)["value"]
    assert str(value) in found.text


def test_things_are_found_described_and_explained(server: Served, graph) -> None:
    hits = EntityIndex.of(graph).search("tmall glo", lang="en", limit=2)
    assert server.get("/api/search?q=tmall glo&limit=2").json() == {"hits": [hit.as_json() for hit in hits]}
    only = server.get("/api/search?q=yiwu&class=cbec:Place").json()["hits"]
    assert only[0]["code"] == "yiwu"
    entity = json.loads(json.dumps(describe(graph, "id:shein", lang="zh", most=3).as_json()))
    assert server.get("/api/entity?name=希音&most=3&lang=zh").json() == entity
    why = explain(graph, read_triple(graph, "Yiwu", "a", "cbec:Place"))
    assert server.get("/api/explain?s=Yiwu&p=a&o=cbec:Place").json() == json.loads(
        json.dumps(as_json(why, graph, "en"))
    )
    assert server.get("/api/explain?s=id:yiwu&p=a&o=cbec:Platform").json()["holds"] is False
