"""What is found by a name: rows of what people type, the order of hits, and what must not be found."""

import dataclasses
import json

import pytest

from cbec_kg.errors import BadParameter
from cbec_kg.namespaces import expand
from cbec_kg.query.fold import fold, fold_lines
from cbec_kg.search.index import EntityIndex
from cbec_kg.search.things import Known
from cbec_kg.store.embedded import MemoryStore
from tests.conftest import cases


@pytest.fixture(scope="module")
def index(graph):
    return EntityIndex.of(graph)


@pytest.mark.parametrize("case", cases("search/cases/names.yaml"))
def test_what_a_name_finds(case, index):
    hits = index.search(case["text"], limit=50, cls=expand(case["cls"]) if "cls" in case else None)
    codes = [hit.code for hit in hits]
    if "nothing" in case:
        assert codes == []
        return
    assert codes
    matched = hits[0].matched
    wanted = [case["first"], *case.get("then", ())] if "first" in case else []
    assert codes[: len(wanted)] == wanted
    assert set(case.get("has", ())) <= set(codes)
    assert set(case.get("lacks", ())).isdisjoint(codes)
    assert len(codes) == 1 or "only" not in case
    told = {"how": matched.how, "kind": matched.kind, "lang": matched.lang, "names": matched.text}
    told["labels"] = hits[0].labels
    assert {key: case[key] for key in told if key in case} == {key: told[key] for key in told if key in case}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_the_order_does_not_depend_on_the_store(graph, index):
    """The same triples the other way round: the same hits, byte for byte."""
    known = Known.of(graph)
    backward = Known.of(graph)
    for column in (backward.texts, backward.kinds, backward.langs, backward.owners):
        column[: backward.codes_from] = column[: backward.codes_from][::-1]
    for text in ("trade", "中国", "hangzou", "a", "cross-border e-commerce"):
        found = [json.dumps([hit.as_json() for hit in index.search(text, limit=200)], ensure_ascii=False)]
        found += [
            json.dumps([hit.as_json() for hit in EntityIndex(one).search(text, limit=200)], ensure_ascii=False)
            for one in (known, backward)
        ]
        assert len(set(found)) == 1


def test_what_more_claims_are_about_comes_first(index):
    hits = index.search("sh", limit=40, cls=expand("cbec:Place"))
    claims = {thing.iri: thing.claims for thing in index.known.things}
    labels = [claims[hit.iri] for hit in hits if hit.matched.how == "prefix" and hit.matched.kind != "alias"]
    assert len(labels) > 5
    assert labels == sorted(labels, reverse=True)
    assert labels[0] > 0


def test_a_limit_cuts_and_changes_no_order(index):
    every = index.search("trade", limit=1000)
    assert len(every) > 100
    for limit in (1, 2, 10, 99):
        assert index.search("trade", limit=limit) == every[:limit]


def test_the_name_is_told_in_the_readers_language(index):
    names = {lang: index.search("Kwai", lang=lang)[0].matched for lang in ("en", "zh")}
    assert {lang: matched.lang for lang, matched in names.items()} == {"en": "en", "zh": "zh"}


@pytest.mark.parametrize(("text", "limit", "cls"), [("", 10, None), (" \n", 10, None), ("a", 0, None),
                                                     ("a", 10, "cbec:Nothing")])  # fmt: skip
def test_what_cannot_be_searched_is_said(text, limit, cls, index):
    with pytest.raises(BadParameter):
        index.search(text, limit=limit, cls=expand(cls) if cls else None)


@pytest.mark.parametrize("unit", ["a", "跨", "ab ", "é", "😀", "\x00", "a\n", "Shein "])
def test_ten_thousand_characters_are_no_name(unit, index):
    assert index.search(unit * (10_000 // len(unit)), limit=3) == ()


def test_a_graph_without_names_has_nothing():
    assert EntityIndex.of(MemoryStore()).search("Shein") == ()


def test_names_with_line_ends_and_marks_stay_apart():
    texts = ["Tmall\nGlobal", "😀", "", "\x00", "ǅ\r\n", "٣", "x" * 300]
    assert fold_lines(texts).split("\n") == ["tmall global", "", "", "", "dz", "٣", "x" * 300]
    assert [fold(text) for text in texts] == fold_lines(texts).split("\n")


def test_every_name_finds_its_thing(index):
    """Each label, alias and code of the graph, as the graph writes it, is found exactly."""
    known = index.known
    for line in range(0, len(known.texts), 37):
        text = known.texts[line]
        if fold(text):
            iri = known.things[known.owners[line]].iri
            hits = index.search(text, limit=50)
            assert iri in {hit.iri for hit in hits if hit.matched.how == "exact"}, text


def test_a_hit_is_plain_data(index):
    hit = index.search("Shein")[0]
    assert json.loads(json.dumps(hit.as_json())) == {
        "iri": "https://w3id.org/cbec-kg/id/shein",
        "code": "shein",
        "labels": {"en": "Shein", "zh": "希音"},
        "class": "https://w3id.org/cbec-kg/ontology#Platform",
        "matched": {"text": "Shein", "kind": "label", "lang": "en", "how": "exact"},
        "score": 1.0,
    }
    with pytest.raises(dataclasses.FrozenInstanceError):
        hit.code = "x"
