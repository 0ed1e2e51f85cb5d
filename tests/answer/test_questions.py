"""What the built graph answers, row by row, and what it refuses to be asked."""

from decimal import Decimal

import pytest

from cbec_kg.answer.answer import answer, ask
from cbec_kg.answer.as_json import as_json
from cbec_kg.answer.fetch import fetch_entity
from cbec_kg.answer.present import present
from cbec_kg.answer.question import Question
from cbec_kg.answer.receipt import digest_of, keys_of
from cbec_kg.errors import BadParameter
from tests.conftest import cases

QUESTIONS = cases("answer/cases/questions.yaml") + cases("answer/cases/derived.yaml")


def as_written(told: object, row: object) -> Decimal:
    """What is told, with the digits that the row writes."""
    written = Decimal(str(row)).normalize()
    step = Decimal((0, (1,), written.as_tuple().exponent))
    return (Decimal(str(told)) / step).to_integral_value() * step


@pytest.mark.parametrize("case", QUESTIONS)
def test_question(case, graph):
    told = as_json(answer(graph, Question(**case["ask"])))
    assert told["type"] == case["type"]
    if "value" in case:
        assert as_written(told["value"], case["value"]) == Decimal(str(case["value"]))
    else:
        assert told["value"] is None
    if "within" in case:
        for key, end in zip(("lower", "upper"), case["within"], strict=True):
            assert as_written(told[key], end) == Decimal(str(end))
    for key in ("scope", "period", "status", "flow"):
        if key in case:
            assert told[key] == case[key]
    if "sides" in case:
        assert [str(side["value"]) for side in told["sides"]] == [str(value) for value in case["sides"]]
    if "undated" in case:
        assert told["undated_left_out"] == case["undated"]
    if "articles" in case:
        assert [source["article"] for source in told["sources"]] == case["articles"]
    if "inputs" in case:
        assert len(told["inputs"]) == case["inputs"]
        assert all(one["sources"] for one in told["inputs"])
    if "agrees" in case:
        assert [route["agrees"] for route in told["checks"]] == case["agrees"]
    if "missing" in case:
        missing = [one["point"] for one in told["nearest"] if one["reason"] == "missing input"]
        assert [one.get("point") for one in told["nearest"]][: len(missing)] == missing == case["missing"]
    assert [one["reason"] for one in told["nearest"]].count("another indicator") <= 3
    assert (told["formula"] is not None) == (told["type"] == "derived")
    assert set(case.get("notes", ())) <= {note["note"] for note in told["notes"]}
    assert set(case.get("nearest", ())) <= {one["reason"] for one in told["nearest"]}


@pytest.mark.parametrize("case", QUESTIONS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_answer_reads(case, lang, graph):
    found = answer(graph, Question(**case["ask"]))
    lines = present(found, lang).splitlines()
    assert lines[0].strip()
    assert "None" not in "".join(lines)
    if lang == "zh" and found.type == "silent":
        assert lines[0].startswith("无记载")


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"indicator": "revenu"}, "voc:company-revenue"),
        ({"indicator": "cbec-trade-value", "flow": "exports and more"}, "TradeFlow"),
        ({"indicator": "cbec-trade-value", "period": "20222"}, "YYYY-Hn"),
        ({"indicator": "CBEC exports", "period": "2022", "flow": "import"}, "--flow export"),
        ({"indicator": "跨境电商进口", "period": "2022", "flow": "total"}, "--flow import"),
        ({"indicator": "cbec-trade-value", "measure": "share", "against": "goods exports"}, "--flow export"),
        ({"indicator": "cbec-trade-value", "period": "去年"}, "does not say its year"),
        ({"indicator": "cbec-trade-value", "period": "H1"}, "does not say its year"),
        ({"indicator": "cbec-trade-value", "period": "2021 and 2022"}, "2 periods"),
        ({"indicator": "cbec-trade-value", "period": "since 2016"}, "2016/.."),
        ({"indicator": "cbec-trade-value", "period": "2022 perhaps"}, "more than"),
        ({"indicator": "cbec-trade-value", "period": "five years"}, "YYYY-Hn"),
        ({"indicator": "cbec-trade-value", "period": ""}, "period is empty"),
        ({"indicator": "cbec-trade-value", "period": " "}, "period is empty"),
        ({"indicator": "cbec-trade-value", "entity": ""}, "entity is empty"),
        ({"indicator": ""}, "indicator is empty"),
        ({"indicator": "cbec-trade-value", "scope": ""}, "scope is empty"),
        ({"indicator": "cbec-trade-value", "period": "open"}, "YYYY-Hn"),
        ({"indicator": "cbec-trade-value", "period": "openly"}, "YYYY-Hn"),
        ({"indicator": "cbec-trade-value", "period": "open-H1"}, "YYYY-Hn"),
        ({"indicator": "cbec-trade-value", "period": "open_a\x1b[31m"}, "YYYY-Hn"),
        ({"indicator": "cbec-trade-value", "as_of": "yesterday"}, "YYYY-MM-DD"),
        ({"indicator": "cbec-trade-value", "measure": "growht"}, "growth"),
        ({"indicator": "cbec-trade-value", "measure": "gap"}, "--against"),
        ({"indicator": "cbec-trade-value", "against": "goods-trade-value"}, "share, growth"),
    ],
)
def test_what_cannot_be_asked(asked, says, graph):
    with pytest.raises(BadParameter) as error:
        answer(graph, Question(**asked))
    assert says in str(error.value)
    assert str(error.value).isprintable()


def test_every_digest_is_of_the_keys_that_a_receipt_tells(graph):
    pairs = {("cbec-trade-value", "china"), ("goods-trade-value", "china"), ("app-download-count", "shein")}
    claims = [claim for pair in sorted(pairs) for claim in ask(graph, Question(*pair)).ledger.claims.values()]
    assert len(claims) > 30
    assert [claim.digest for claim in claims if digest_of(keys_of(claim)) != claim.digest] == []


def test_what_was_known_of_an_entity_then(graph):
    counts = [fetch_entity(graph, "china", day) for day in ("2000-01-01", "2021-01-14", "2021-01-16", None)]
    assert counts[0].claims == 0 < counts[1].claims < counts[2].claims < counts[3].claims
    assert not counts[0].figures
    assert sum(number for _, number in counts[2].figures) < sum(number for _, number in counts[3].figures)


@pytest.mark.parametrize(
    ("lang", "head"),
    [("en", "silent: 1 claim is left out because it has no date"), ("zh", "无记载：1条说法因没有日期而未计入")],
)
def test_what_only_an_undated_article_states_is_not_called_unstated(lang, head, graph):
    found = answer(graph, Question("cbec-trade-value", period="2022", as_of="2023-01-01"))
    first, *others = present(found, lang).splitlines()
    assert first == head
    assert any("cbec-kg article 003_df624e09d33e8050 --set published=DATE" in line for line in others)
    assert "published=DATE" not in present(answer(graph, Question("cbec-trade-value", period="2022")), lang)


def test_the_exchange_rate_behind_an_amount_in_dollars(graph):
    (source,) = as_json(answer(graph, Question("cbec-trade-value", period="2020")))["sources"]
    (again,) = source["restated"]
    assert (again["value"], again["unit"]) == (261500000000, "USD")
    rate = again["rate"]
    assert [round(rate[key], 2) for key in ("lower", "value", "upper")] == list(map(Decimal, ("6.44", "6.46", "6.48")))
