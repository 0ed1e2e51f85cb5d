"""Receipts: what an answer wrote holds against the articles alone, and every way to falsify it is named."""

import copy
import json
import shutil

import pytest

from cbec_kg.answer.answer import ask
from cbec_kg.answer.question import Question
from cbec_kg.answer.receipt import digest_of, make, name, text_of
from cbec_kg.errors import UnreadableInput
from cbec_kg.verify.receipt import check_receipt, read_receipt

TOTAL = Question("cbec-trade-value", period="2020")
CONFLICT = Question("goods-trade-value", period="2020", measure="growth")
ARTICLE = "001_d49279904a86bcb3"
QUESTIONS = {
    "known": TOTAL,
    "conflicting": CONFLICT,
    "silent": Question("company-revenue", entity="shein"),
    "as of": Question("cbec-trade-value", period="2020", as_of="2021-01-16"),
    "derived": Question("cbec-trade-value", period="2021"),
    "compared": Question("cbec-trade-value", period="2020", measure="gap", against="goods-trade-value"),
    "ratio": Question("cbec-share-of-goods-trade", period="2020"),
    "rank": Question("app-download-count", entity="shein", period="2021", market="us", measure="rank"),
    "elided": Question("cbec-trade-value", period="2022-H1"),
}


def receipt_of(graph, question):
    found = ask(graph, question)
    return make(found.answer, found.indicators)


def only(receipt):
    (counted,) = receipt["counted"]
    return receipt["claims"][counted]


def forged(receipt, **keys):
    """The same claim with other keys, its digest made to fit."""
    (old,) = receipt["counted"]
    claim = receipt["claims"].pop(old)
    claim["keys"] |= keys
    new = digest_of(claim["keys"])
    receipt["claims"][new] = claim
    receipt["counted"] = [new]
    receipt |= {key: keys[key] for key in ("value", "lower", "upper", "unit") if key in keys}


@pytest.mark.parametrize("which", QUESTIONS)
def test_a_receipt_holds(which, graph, shared):
    receipt = json.loads(text_of(receipt_of(graph, QUESTIONS[which])))
    report = check_receipt(receipt, shared / "seeds")
    assert report.ok, report.text()
    places = [place for claim in receipt["claims"].values() for place in claim["evidence"]]
    assert report.spans == sum(1 + len(place.get("restated", ())) for place in places)
    assert (report.spans > 0) == (receipt["type"] != "silent")


def test_the_same_bytes_each_time(graph):
    first, again = receipt_of(graph, TOTAL), receipt_of(graph, TOTAL)
    assert text_of(first) == text_of(again)
    assert name(first) == name(again)
    assert name(first) != name(receipt_of(graph, CONFLICT))


def set_key(key, value):
    return lambda receipt: only(receipt)["keys"].__setitem__(key, value)


def set_place(key, value):
    return lambda receipt: only(receipt)["evidence"][0].__setitem__(key, value)


def again(receipt):
    (told,) = only(receipt)["evidence"][0]["restated"]
    return told


TAMPERED = {
    "another value": (lambda receipt: receipt.__setitem__("value", "1700000000000"), {"value"}),
    "a wider interval": (lambda receipt: receipt.__setitem__("upper", "1700000000000"), {"value"}),
    "another unit": (lambda receipt: receipt.__setitem__("unit", "USD"), {"value"}),
    "another type": (lambda receipt: receipt.__setitem__("type", "conflicting"), {"type"}),
    "a key of the claim": (set_key("entity", "japan"), {"digest", "type", "value", "claims"}),
    "a value and its digest": (
        lambda receipt: forged(receipt, value="1690000000001", lower="1685000000001", upper="1695000000001"),
        {"figure"},
    ),
    "a unit and its digest": (lambda receipt: forged(receipt, unit="USD"), {"unit"}),
    "bounds and their digest": (lambda receipt: forged(receipt, lower="1689000000000"), {"bounds"}),
    "a span that is moved": (set_place("start", 802), {"characters"}),
    "a span outside": (set_place("end", 99_999), {"place"}),
    "other characters": (set_place("written", "1.96 trillion yuan"), {"characters"}),
    "another article's digest": (
        lambda receipt: receipt["articles"][ARTICLE].__setitem__("sha256", "0" * 64),
        {"sha256"},
    ),
    "another length": (lambda receipt: receipt["articles"][ARTICLE].__setitem__("length", 1), {"length"}),
    "no evidence": (lambda receipt: only(receipt).__setitem__("evidence", []), {"evidence", "type", "value", "claims"}),
    "an amount in dollars": (lambda receipt: again(receipt).__setitem__("value", "261600000000"), {"figure"}),
    "the characters of an amount in dollars": (lambda receipt: again(receipt).__setitem__("end", 840), {"edges"}),
    "a claim that does not count": (lambda receipt: receipt.__setitem__("counted", []), {"claims"}),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_what_is_tampered_with_is_named(how, graph, shared):
    receipt = copy.deepcopy(receipt_of(graph, TOTAL))
    tamper, kinds = TAMPERED[how]
    tamper(receipt)
    report = check_receipt(receipt, shared / "seeds")
    assert {one.kind for one in (*report.faults, *report.failures)} == kinds
    assert all(one.text() in report.text() for one in (*report.faults, *report.failures))


def test_a_side_that_is_dropped_is_missed(graph, shared):
    receipt = receipt_of(graph, CONFLICT)
    dropped = receipt["sides"].pop()["claims"][0]
    del receipt["claims"][dropped]
    report = check_receipt(receipt, shared / "seeds")
    assert {fault.kind for fault in report.faults} >= {"type"}


def deeper(receipt):
    return receipt["formulas"][0]


@pytest.mark.parametrize(
    ("key", "value"), [("value", "2"), ("lower", "1"), ("rule", "guess"), ("formula", "level = 2"), ("inputs", [])]
)
def test_a_formula_is_worked_out_again(key, value, graph):
    receipt = receipt_of(graph, QUESTIONS["derived"])
    assert check_receipt(receipt).ok
    deeper(receipt)[key] = value
    assert [fault.kind for fault in check_receipt(receipt).faults] == ["formula"]


def test_an_input_that_is_taken_away_is_missed(graph):
    receipt = receipt_of(graph, QUESTIONS["ratio"])
    del receipt["claims"][deeper(receipt)["inputs"][0]["claim"]]
    assert {fault.kind for fault in check_receipt(receipt).faults} == {"type", "value", "formula"}


def test_an_article_with_other_bytes(graph, shared, tmp_path):
    text = (shared / "seeds" / f"{ARTICLE}.txt").read_bytes()
    (tmp_path / f"{ARTICLE}.txt").write_bytes(text.replace(b"1.69", b"1.96"))
    report = check_receipt(receipt_of(graph, TOTAL), tmp_path)
    assert [failure.kind for failure in report.failures] == ["sha256", "characters"]


def test_without_texts_the_rest_is_checked_and_said_so(graph):
    receipt = receipt_of(graph, TOTAL)
    report = check_receipt(receipt)
    assert report.ok
    assert "texts unchecked" in report.text()
    receipt["value"] = "1"
    assert not check_receipt(receipt).ok


@pytest.mark.parametrize("part", ["claims", "articles", "terms", "question"])
def test_a_receipt_without_a_part_is_unreadable(part, graph):
    receipt = receipt_of(graph, TOTAL)
    del receipt[part]
    with pytest.raises(UnreadableInput):
        check_receipt(receipt)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"receipt": "cbec-kg/0"}', "\ud800"])
def test_what_is_no_receipt(text, tmp_path):
    path = tmp_path / "receipt.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(UnreadableInput):
        read_receipt(path)


def test_a_copy_elsewhere_reads_the_same(graph, tmp_path, shared):
    receipt = receipt_of(graph, TOTAL)
    path = tmp_path / name(receipt)
    path.write_text(text_of(receipt), "utf-8")
    shutil.copy(shared / "seeds" / f"{ARTICLE}.txt", tmp_path)
    assert read_receipt(path) == receipt
    assert check_receipt(read_receipt(path), tmp_path).ok


@pytest.mark.parametrize("which", ["another length", "another file's digest"])
def test_what_a_receipt_says_is_not_said_of_a_store(which, graph, shared):
    receipt = copy.deepcopy(receipt_of(graph, TOTAL))
    receipt["articles"][ARTICLE] |= {"length": 1} if which == "another length" else {"sha256": "0" * 64}
    only(receipt)["evidence"][0]["written"] = "1.96 trillion yuan"
    told = str(check_receipt(receipt, shared / "seeds"))
    assert "the receipt says" in told
    assert "the store" not in told


def corrected(receipt, **keys):
    """The claim with other keys and a digest that fits, said to be so by a person."""
    forged(receipt, **keys)
    for place in only(receipt)["evidence"]:
        place["review"] = "corrected"


OTHER = {"value": "1690000000001", "lower": "1685000000001", "upper": "1695000000001"}


def test_what_only_a_correction_says_does_not_hold(graph, shared):
    receipt = copy.deepcopy(receipt_of(graph, TOTAL))
    corrected(receipt, **OTHER)
    report = check_receipt(receipt, shared / "seeds")
    assert [one.kind for one in report.faults] == ["corrected"]
    assert not report.failures
    assert {one.kind for one in report.uncheckable} == {"corrected"}
    assert "not checkable: corrected by a person" in report.text()
    assert "hold" not in report.text()


def test_a_correction_that_the_text_bears_out_holds(graph, shared):
    receipt = copy.deepcopy(receipt_of(graph, TOTAL))
    corrected(receipt)
    report = check_receipt(receipt, shared / "seeds")
    assert report.ok
    assert not report.uncheckable


def test_a_correction_that_the_answer_does_not_need_is_counted(graph, shared):
    receipt = copy.deepcopy(receipt_of(graph, TOTAL))
    more = copy.deepcopy(only(receipt))
    more["keys"] |= {**OTHER, "period": "2019"}
    for place in more["evidence"]:
        place["review"] = "corrected"
    receipt["claims"][digest_of(more["keys"])] = more
    report = check_receipt(receipt, shared / "seeds")
    assert (report.ok, len(report.uncheckable)) == (True, 1)
    assert "1 not checkable (corrected by a person): digits, spans and arithmetic hold" in report.text()


def test_one_evidence_that_the_text_bears_out_is_enough(graph, shared):
    receipt = copy.deepcopy(receipt_of(graph, CONFLICT))
    for claim in receipt["claims"].values():
        claim["evidence"][0]["review"] = "corrected"
    assert check_receipt(receipt, shared / "seeds").ok


@pytest.mark.parametrize("number", ["1e999999999", "1E5", "9" * 61, "0." + "1" * 61, "١", " 1", "NaN", "--1"])
def test_a_number_that_is_no_plain_decimal_is_unreadable(number, graph):
    receipt = copy.deepcopy(receipt_of(graph, TOTAL))
    only(receipt)["keys"]["value"] = number
    with pytest.raises(UnreadableInput) as error:
        check_receipt(receipt)
    assert len(str(error.value)) < 300
    assert str(error.value).isprintable()


@pytest.mark.parametrize("text", ["1" * 5000, "[" * 100_000, "NaN"])
def test_json_that_cannot_be_read_is_no_receipt(text, tmp_path):
    path = tmp_path / "receipt.json"
    path.write_text('{"receipt": ' + text, "utf-8")
    with pytest.raises(UnreadableInput):
        read_receipt(path)
