"""Articles come to a stored graph and go, whatever happens to the process that changes it."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pyoxigraph
import pytest

from cbec_kg import paths
from cbec_kg.errors import CbecError, StoreError, StoreLocked, StoreMissing
from cbec_kg.model.rows import ObservationRow
from cbec_kg.pipeline.build import build
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.pipeline.living import living, pending_file
from cbec_kg.pipeline.shelf import Shelf
from cbec_kg.store.builds import current
from tests.pipeline.conftest import built_of, quads
from tests.pipeline.killed import killed
from tests.pipeline.test_delta import CONTENTS, NAMER, SOURCES, made_up


def differences(store):
    """What the stored graph has that a build of what is on the shelf would not have, and the other way round."""
    shelf = Shelf(store)
    articles = SOURCES.articles | {name: shelf.get(name) for name in shelf.ids()}
    wanted = built_of(replace(SOURCES, articles=articles))
    graph = pyoxigraph.Store.read_only(str(current(store)))
    different = sorted(map(str, frozenset(graph) ^ wanted))[:5]
    different += sorted(map(str, set(graph.named_graphs()) - {quad.graph_name for quad in wanted}))
    grounds = Grounds.in_memory()
    for name, content in articles.items():
        grounds.put(name, Footing.of(content, NAMER))
    with closing(sqlite3.connect(store / f"grounds-{current(store).name}.db")) as kept:
        return different + sorted(map(str, indexed(kept) ^ indexed(grounds._db)))[:5]


def indexed(connection):
    """What an index holds, without the numbers that it gives to articles."""
    queries = (
        "SELECT hex(thing), id FROM rests JOIN article ON article = number", "SELECT * FROM claim",
        "SELECT * FROM said", "SELECT * FROM trait", "SELECT * FROM move",
        "SELECT hex(thing), code, start, end FROM period",
    )  # fmt: skip
    return {row for query in queries for row in connection.execute(query)}


def test_an_article_comes_once_and_goes_without_a_trace(store, built_quads):
    with living(store, SOURCES) as graph:
        assert graph.put(CONTENTS["made1", 0])
        assert not graph.put(CONTENTS["made1", 0])
        assert graph.put(CONTENTS["made2", 0])
    assert Shelf(store).ids() == ["made1", "made2"]
    assert differences(store) == []
    with living(store, SOURCES) as graph:
        assert graph.put(CONTENTS["made1", 1])
        assert graph.drop("made2") == []
        assert graph.drop("made2") is None
    assert differences(store) == []
    with living(store, SOURCES) as graph:
        assert graph.drop("made1") == []
    assert quads(store) == built_quads


def test_a_build_keeps_what_was_ingested(store):
    with living(store, SOURCES) as graph:
        graph.put(CONTENTS["made1", 0])
    build(store, paths.resources())
    assert differences(store) == []
    assert Shelf(store).ids() == ["made1"]


def test_an_index_that_is_missing_is_made_again(store):
    with living(store, SOURCES) as graph:
        graph.put(CONTENTS["made1", 0])
    (store / f"grounds-{current(store).name}.db").unlink()
    (store / "grounds-0000.db").touch()
    with living(store, SOURCES) as graph:
        graph.put(CONTENTS["made2", 0])
    assert differences(store) == []
    assert [path.name for path in store.glob("grounds-*")] == [f"grounds-{current(store).name}.db"]


def test_a_full_disk_leaves_a_change_that_the_next_one_ends(store, monkeypatch):
    """Of the same process too: what stands in the journal is ended before anything else is begun."""

    def full(store, minus, plus):
        raise StoreError("the store cannot be written: no space left on device")

    with living(store, SOURCES) as graph:
        with monkeypatch.context() as patch:
            patch.setattr("cbec_kg.pipeline.living.apply", full)
            with pytest.raises(StoreError):
                graph.put(CONTENTS["made1", 0])
        assert graph.put(CONTENTS["made2", 0])
    assert Shelf(store).ids() == ["made1", "made2"]
    assert differences(store) == []


def test_curated_articles_stay(store):
    with living(store, SOURCES) as graph:
        for article in SOURCES.articles:
            with pytest.raises(CbecError, match="curated"):
                graph.drop(article)


def test_there_is_one_writer(store):
    with living(store, SOURCES), pytest.raises(StoreLocked), living(store, SOURCES):
        pass


def test_without_a_build_there_is_nothing_to_change(tmp_path):
    with pytest.raises(StoreMissing), living(tmp_path / "none", SOURCES):
        pass


@pytest.mark.parametrize(
    ("change", "where", "when"),
    [
        ("put", "pending", "after"), ("put", "shelf", "after"), ("put", "graph", "before"), ("put", "graph", "after"),
        ("drop", "shelf", "before"), ("drop", "graph", "before"), ("drop", "graph", "after"),
    ],
)  # fmt: skip
def test_a_process_that_is_killed_leaves_whole_articles(store, change, where, when):
    """Whoever opens the graph next ends what was begun, wherever the process died."""
    killed(store, change, where, when, CONTENTS["made1", 0], CONTENTS["made1", 1])
    with living(store, SOURCES):
        assert not pending_file(store).exists()
    assert differences(store) == []
    if where == "graph":
        assert Shelf(store).get("made1") == (CONTENTS["made1", 1] if change == "put" else None)


def test_an_article_that_cannot_be_compared_leaves_all_as_it_was(store, monkeypatch):
    with living(store, SOURCES) as graph:

        def broken(*_):
            raise ArithmeticError("too large")

        monkeypatch.setattr(graph.delta, "edit", broken)
        with pytest.raises(CbecError, match="made1 cannot be taken in: ArithmeticError: too large"):
            graph.put(CONTENTS["made1", 0])
        assert not graph.pending.exists()
        assert graph.shelf.ids() == []
        monkeypatch.undo()
        assert graph.put(CONTENTS["made2", 0])
    assert differences(store) == []


def test_a_number_of_thirty_digits_is_a_number(store):
    content = made_up("huge", f"China's cross-border e-commerce trade was {10**30} yuan in 2020, up 31.1 percent.")
    assert any(row.value == 10**30 for row in content.rows if isinstance(row, ObservationRow))
    with living(store, SOURCES) as graph:
        assert graph.put(content)
    assert differences(store) == []
