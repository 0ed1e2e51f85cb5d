"""Stores that are made to be measured: what they hold, and whether what is wrong with them is seen."""

from dataclasses import replace

import pyoxigraph
import pytest

from cbec_kg import paths
from cbec_kg.bench import crash, ingest
from cbec_kg.bench.filling import fill
from cbec_kg.bench.made import Made
from cbec_kg.bench.section import Section
from cbec_kg.errors import CbecError
from cbec_kg.pipeline.build import reasoned_graphs, validated
from cbec_kg.pipeline.graphs import quads_of
from cbec_kg.pipeline.living import living
from cbec_kg.pipeline.sources import read_sources
from cbec_kg.store.builds import current

SOURCES = replace(read_sources(paths.resources()), articles={})
COUNT = 60


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    store = tmp_path_factory.mktemp("filled") / "store"
    fill(store, SOURCES, Made(), COUNT)
    return store


def built(count):
    contents = [Made().content(number) for number in range(count)]
    graphs = reasoned_graphs(replace(SOURCES, articles={one.article.id: one for one in contents}))
    assert validated(SOURCES, graphs).only("Violation").results == ()
    return frozenset(quads_of(graphs))


def test_a_filled_store_is_what_a_build_makes_and_lives(filled):
    assert frozenset(pyoxigraph.Store.read_only(str(current(filled)))) ^ built(COUNT) == frozenset()
    with living(filled, SOURCES) as graph:
        assert graph.drop(f"made-{COUNT - 1}") == []
    assert frozenset(pyoxigraph.Store.read_only(str(current(filled)))) ^ built(COUNT - 1) == frozenset()


def test_what_an_article_costs_is_told_by_store_and_leaves_it_as_it_was(filled):
    before = frozenset(pyoxigraph.Store.read_only(str(current(filled))))
    with living(filled, SOURCES) as graph:
        costs = ingest.ingest_costs({COUNT - 1: graph}, SOURCES, rounds=2, seed=0)
    assert set(costs) == {"cpu", "wall"}
    assert sorted(costs["cpu"].seconds) == [f"forget {COUNT - 1}", f"ingest {COUNT - 1}"]
    assert costs["wall"].count == 2
    assert frozenset(pyoxigraph.Store.read_only(str(current(filled)))) == before


def test_strays_are_seen(filled):
    assert crash.strays(filled) == []
    for name in ("pending.json", "articles/made-1.json.new", "grounds-0000.db", "CURRENT.new"):
        (filled / name).touch()
        assert crash.strays(filled) == [name]
        (filled / name).unlink()


@pytest.mark.parametrize(
    ("changed", "pending", "where"),
    [(0, False, "before"), (0, True, "during"), (3, False, "during"), (6, True, "during"), (6, False, "after")],
)
def test_where_a_process_died(changed, pending, where):
    assert crash.died(changed=changed, of=6, pending=pending) == where


@pytest.mark.parametrize(
    ("fault", "said"),
    [({}, []), ({"whole": 8}, ["ingest: 8 of 9 whole"]), ({"leaked": 2}, ["ingest: 2 files leaked"]),
     ({"completed": 0}, ["ingest: 0 of 9 completed"]), ({"most": 3.04}, ["ingest: the store is 3.0 times as large"])],
)  # fmt: skip
def test_what_is_left_is_a_fault(fault, said):
    row = {
        "command": "ingest",
        "kills": 9,
        "answered": 9,
        "whole": 9,
        "completed": 9,
        "leaked": 0,
        "most": 1.0,
        **fault,
    }
    assert crash.faults(Section("crash", "", (), (row,))) == said


def test_an_unknown_command_or_too_many_articles_are_refused():
    with pytest.raises(CbecError, match="commands are"):
        crash.crash(commands=("biuld",), tell=print)
    with pytest.raises(CbecError, match="made-up articles"):
        crash.crash(articles=99, tell=print)
