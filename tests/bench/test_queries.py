"""What the benchmark of saved queries tells; its times are of no account here."""

import shutil

import pytest

from cbec_kg import paths
from cbec_kg.bench.queries import growth, latency
from cbec_kg.errors import CbecError
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.run import run

NAMES = ("platforms/list", "indicators/list")


@pytest.fixture
def catalogue(tmp_path):
    for name in NAMES:
        (tmp_path / name).parent.mkdir()
        shutil.copy(paths.queries() / f"{name}.rq", tmp_path / f"{name}.rq")
    return Catalogue(tmp_path)


def test_every_query_has_a_row_with_what_it_was_measured_beside(catalogue, built_store, graph):
    section = latency(catalogue, built_store, cold=1, warm=3, tell=lambda what: None)
    *rows, whole = section.rows
    assert {row["query"]: row["rows"] for row in rows} == {
        name: len(tuple(run(catalogue.find(name), {}, graph).rows)) for name in NAMES
    }
    assert [row["median_ms"] for row in rows] == sorted((row["median_ms"] for row in rows), reverse=True)
    for row in rows:
        assert row["p99_ms"] >= row["median_ms"] > 0
        assert row["cold_ms"] > row["median_ms"]
        assert row["ratio"] > 0
        assert row["rounds"] == 3
    assert whole["rows"] == sum(row["rows"] for row in rows)


def test_growth_has_each_query_in_each_store(catalogue):
    section = growth(catalogue, sizes=(4, 2), rounds=1, tell=lambda what: None)
    assert sorted((row["query"], row["articles"]) for row in section.rows) == sorted(
        (name, size) for name in NAMES for size in (2, 4)
    )
    assert all(row["ratio"] == 1 for row in section.rows if row["articles"] == 2)


def test_a_query_that_does_not_end_is_told_without_a_time(tmp_path, monkeypatch):
    (tmp_path / "a").mkdir()
    endless = "#+ summary: Endless\n#+ columns: {n: integer}\nSELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"
    (tmp_path / "a" / "endless.rq").write_text(endless)
    monkeypatch.setattr("cbec_kg.bench.queries._PATIENCE", 1.0)
    (row,) = growth(Catalogue(tmp_path), sizes=(1,), rounds=1, tell=lambda what: None).rows
    assert (row["rows"], row["median_ms"], row["ratio"]) == (None, None, None)


def test_a_slow_query_is_not_asked_over_and_over(catalogue, monkeypatch):
    monkeypatch.setattr("cbec_kg.bench.queries._ENOUGH", 1e-9)
    rows = growth(catalogue, sizes=(1,), rounds=4, tell=lambda what: None).rows
    assert {row["rounds"] for row in rows} == {1}


def test_a_folder_without_queries_is_refused(tmp_path, built_store):
    with pytest.raises(CbecError, match="no queries in"):
        latency(Catalogue(tmp_path), built_store, cold=0, warm=1, tell=lambda what: None)
