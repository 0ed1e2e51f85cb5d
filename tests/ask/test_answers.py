"""What the graph answers to the questions in plain words: the figure that the articles state or give, or silence."""

from decimal import Decimal

import pytest

from cbec_kg.answer.answer import answer
from cbec_kg.ask.question import read_question
from cbec_kg.ask.reading import Reading
from tests.ask.test_question import ROWS, TODAY


def answered():
    rows = [row for row in ROWS if "answer" in row or row.get("silent")]
    return [pytest.param(row, id=row["id"]) for row in rows]


@pytest.mark.parametrize("row", answered())
def test_a_question_is_answered(row, graph):
    read = read_question(row["text"], TODAY)
    assert isinstance(read, Reading)
    found = answer(graph, read.question)
    wanted = row.get("answer", {"type": "silent"})
    assert found.type == wanted["type"]
    if "value" in wanted:
        assert found.value == Decimal(wanted["value"])
