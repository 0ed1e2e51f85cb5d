"""Stores that are made to be measured: what they hold, and whether what is wrong with them is seen."""

from collections import Counter, defaultdict
from contextlib import ExitStack
from dataclasses import replace

import pyoxigraph
import pytest

from cbec_kg import paths
from cbec_kg.bench import crash, ingest, reconcile
from cbec_kg.bench.filling import fill
from cbec_kg.bench.made import Made
from cbec_kg.bench.section import Section
from cbec_kg.errors import CbecError
from cbec_kg.pipeline.build import reasoned_graphs, validated
from cbec_kg.pipeline.graphs import quads_of
from cbec_kg.pipeline.grounds import Footing
from cbec_kg.pipeline.living import living
from cbec_kg.pipeline.sources import read_sources
from cbec_kg.store.builds import current
from cbec_kg.triples.names import Namer

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


def test_comparing_for_one_article_is_told_by_store_and_index_and_leaves_them_as_they_were(filled, tmp_path):
    before = frozenset(pyoxigraph.Store.read_only(str(current(filled))))
    with ExitStack() as stack:
        graph = stack.enter_context(living(filled, SOURCES))
        index = reconcile._index(tmp_path / "index", SOURCES, Made(), COUNT + 1, stack)
        whole = reconcile.Bench(COUNT - 1, graph.delta.reconciling, graph)
        costs = reconcile.measured([whole, index], SOURCES, rounds=2, seed=0)
    compares = [f"compare {what} {size}" for what in ("early", "new", "old") for size in (COUNT - 1, COUNT + 1)]
    wholes = [f"{what} {COUNT - 1}" for what in ("forget old", "ingest new")]
    assert sorted(costs.times("cpu").seconds) == sorted(compares + wholes)
    assert costs.times("wall").count == 2
    assert sorted(costs.counts) == sorted(compares)
    assert all(one.claims and one.points and one.changed for one in costs.counts[f"compare old {COUNT + 1}"])
    assert index.index_bytes > 1_000
    del whole  # it holds the database open, which tidies up under whoever reads it
    assert frozenset(pyoxigraph.Store.read_only(str(current(filled)))) == before


def test_more_made_up_articles_have_more_points_and_few_claims_of_each():
    claims, articles = defaultdict(set), Counter()
    sizes = {}
    for number in range(1_000):
        content = Made().content(number)
        footing = Footing.of(content, Namer(SOURCES.vocabulary))
        for one in {one.digest: one for one in footing.figures}.values():
            claims[one.point].add(one.digest)
            articles[one.digest] += 1
        if number + 1 in (250, 1_000):
            sizes[number + 1] = len(claims)
    assert sizes[1_000] > 3 * sizes[250]
    assert max(map(len, claims.values())) < 20
    assert articles.most_common(1)[0][1] > 100  # the nation's total
    disagreeing = sum(len(found) > 1 for found in claims.values())
    assert 0.3 < disagreeing / len(claims) < 0.7


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
