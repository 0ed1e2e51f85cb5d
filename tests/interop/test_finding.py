"""On every store the same things are found by name, the same values suggested, and a thing described alike."""

import pytest

from cbec_kg.describe.entity import describe
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.suggest import suggest
from cbec_kg.search.index import EntityIndex

TEXTS = (
    "Shein",
    "tmall glo",
    "海外仓",
    "hangzou",
    "阿里巴吧",
    "trade value",
    "CNY",
    "id:tmall",
    "cbec-trade-value",
    "Kwai",
)
THINGS = ("id:shein", "id:china", "voc:cbec-trade-value", "voc:unit-cny", "cbec:Platform", "art:003_df624e09d33e8050")
PARAMS = sorted(
    {
        (param.type, param.cls, param.choices): (query.name, param.name)
        for query in Catalogue()
        for param in query.params
        if param.type in ("iri", "period") or param.choices
    }.values()
)


@pytest.fixture(scope="module")
def store(opened):
    return opened("curated").store


@pytest.fixture(scope="module")
def indexes(graph, store):
    return EntityIndex.of(graph), EntityIndex.of(store)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_same_is_found(text, lang, indexes):
    here, there = (index.search(text, lang=lang, limit=100) for index in indexes)
    assert there == here
    assert here


def test_the_same_names_are_known(indexes):
    here, there = (
        sorted(
            (index.known.things[owner].iri, kind, lang, text)
            for owner, kind, lang, text in zip(
                index.known.owners, index.known.kinds, index.known.langs, index.known.texts, strict=True
            )
        )
        for index in indexes
    )
    assert there == here
    assert indexes[0].known.things == indexes[1].known.things


@pytest.mark.parametrize(("query", "name"), PARAMS)
def test_the_same_is_suggested(query, name, graph, store):
    param = Catalogue().find(query).param(name)
    assert suggest(param, store, limit=None) == suggest(param, graph, limit=None)


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_thing_is_described_alike(thing, lang, graph, store):
    assert describe(store, thing, lang=lang).as_json() == describe(graph, thing, lang=lang).as_json()
