"""Articles go into the store and out of it by the command line."""

import json
import shutil

import pytest

from cbec_kg.fetch import Visit, Visits
from tests.cli.conftest import dump, run

TEXT = (
    "Cross-border e-commerce exports of Hangzhou rose 11.7 percent to 80.2 billion yuan in 2023, Hangzhou Customs said."
)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "hz.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_an_article_is_stored_known_replaced_and_forgotten(capsys, store, built_dump, article):
    code, out, err = run(capsys, "ingest", article, "--store", store)
    assert (code, err) == (0, "")
    assert out.splitlines() == ["hz: stored, 3 rows", "stored: 1 new; 3 rows, 0 set aside, 0 numerals unread"]
    once = dump(store)
    assert len(once) > len(built_dump)
    assert "hz: known" in run(capsys, "ingest", article, "--store", store)[1]
    assert dump(store) == once
    article.write_text(TEXT.replace("11.7", "12.7"), "utf-8")
    assert "in the place of what it was" in run(capsys, "ingest", article, "--store", store)[1]
    assert run(capsys, "forget", "hz", "--store", store) == (0, "hz: forgotten\n", "")
    assert dump(store) == built_dump


def test_a_dry_run_stores_nothing(capsys, store, built_dump, article):
    code, out, _ = run(capsys, "ingest", article, "--dry-run", "--format", "json", "--store", store)
    told = json.loads(out)
    assert (code, told["new"], told["dry_run"], told["articles"][0]["outcome"]) == (0, 1, True, "new")
    assert dump(store) == built_dump


def test_what_breaks_a_shape_is_set_aside_and_the_rest_is_stored(capsys, store, article):
    article.write_text(f"{TEXT} Wages of couriers rose 8 percent. There are 2.5 pilot zones.", "utf-8")
    code, out, _ = run(capsys, "ingest", article, "--format", "json", "--store", store)
    told = json.loads(out)["articles"][0]
    assert code == 0
    assert [one["shape"] for one in told["aside"]] == ["HasIndicator", "CountWhole"]
    assert told["rows"] == 3


def test_a_bad_article_costs_no_other(capsys, store, article, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01" * 50)
    code, out, err = run(capsys, "ingest", tmp_path / "bad.txt", article, tmp_path / "none.txt", "--store", store)
    assert code == 1
    assert "hz: stored" in out
    assert "1 new, 2 failed" in out
    assert len(err.splitlines()) == 3


def test_curated_articles_are_known_by_their_bytes(capsys, store, tmp_path, shared):
    seed = sorted((shared / "seeds").glob("*.txt"))[0]
    assert ": known, " in run(capsys, "ingest", seed, "--store", store)[1]
    (tmp_path / seed.name).write_text("Exports rose 5 percent in 2023.", "utf-8")
    code, _, err = run(capsys, "ingest", tmp_path / seed.name, "--store", store)
    assert code == 2
    assert "curated with other bytes" in err
    code, _, err = run(capsys, "forget", seed.stem, "--store", store)
    assert code == 2
    assert "is curated" in err


@pytest.mark.parametrize("command", [("ingest", "hz.txt"), ("forget", "hz")])
def test_nothing_is_changed_without_a_build_or_after_another(capsys, store, article, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    assert run(capsys, *command, "--store", tmp_path / "empty")[0] == 2
    log = store / "log.jsonl"
    log.write_text(log.read_text("utf-8").replace('"sources": "', '"sources": "0'), "utf-8")
    code, _, err = run(capsys, *command, "--store", store)
    assert code == 2
    assert "changed since the build" in err


def test_real_articles_come_hold_against_their_text_and_go(capsys, store, built_dump, shared, tmp_path):
    """Every figure of some seventy articles stands in its text, and nothing of them is left when they are forgotten."""
    corpora = [shared / "corpus" / f"{name}.jsonl" for name in ("dev", "unlabelled")]
    code, out, err = run(capsys, "ingest", *corpora, "--jobs", 2, "--format", "json", "--store", store)
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert (told["new"], told["known"], told["failed"]) == (73, 5, 0)
    assert told["rows"] > 1000
    for path in [*corpora, *(shared / "seeds").glob("*.txt")]:
        shutil.copy(path, tmp_path)
    code, out, _ = run(capsys, "verify", "--articles", tmp_path, "--store", store)
    assert (code, out.splitlines()[-1][-8:]) == (0, "all hold")
    assert run(capsys, "validate", "--store", store)[0] == 0
    ids = [one["article"] for one in told["articles"] if one["outcome"] == "new"]
    assert run(capsys, "forget", *ids, "--store", store)[0] == 0
    assert dump(store) == built_dump


def test_a_fresh_build_drops_what_was_ingested_and_says_so(capsys, store, built_dump, article):
    run(capsys, "ingest", article, "--store", store)
    assert run(capsys, "build", "--store", store)[0] == 0
    assert dump(store) != built_dump
    Visits(store).keep_article("hz", Visit("https://example.com/", '"a"', None))
    Visits(store).keep_feed(Visit("https://example.com/feed", '"a"', None))
    code, _, err = run(capsys, "build", "--fresh", "--store", store)
    assert code == 0
    assert "drops 1 ingested article" in err
    assert not (store / "fetched").exists()
    assert not (store / "feeds").exists()  # or its articles would never come again
    assert dump(store) == built_dump
