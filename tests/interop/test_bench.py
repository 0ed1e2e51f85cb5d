"""``cbec-kg bench`` where it takes time: ``ingest``, ``search`` and ``reconcile`` fill stores, and then measure.

What they are made of is in tests/bench; ``quality`` reads a whole corpus, as tests/extract does.
"""

import json
import os

import pytest

from cbec_kg.bench import search
from tests.cli.test_bench import TEXT, corpus, run

__all__ = ["corpus"]

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="takes time: `make interop`")

QUICK = ("--seconds", "0", "--stream", "0.01")


def test_one_article_in_a_small_and_a_larger_store(capsys):
    code, out, err = run(capsys, "ingest", "--size", "3", "--size", "6", "--rounds", "2", "--format", "json")
    report = json.loads(out)
    assert (code, err) == (0, "")
    assert [(row["what"], row["articles"]) for row in report["ingest"]] == [
        ("ingest", 3), ("ingest", 6), ("forget", 3), ("forget", 6),
    ]  # fmt: skip
    assert {row["rounds"] for row in report["ingest"]} == {2}
    assert [row["cpu_ratio"] for row in report["ingest"]][::2] == [1, 1]


def test_finding_by_name_in_a_graph_and_a_larger_one(capsys, built_store):
    arguments = ["--store", str(built_store), "--names", "1", "--names", "40000", "--rounds", "2", "--format", "json"]
    code, out, err = run(capsys, "search", *arguments)
    rows = json.loads(out)["search"]
    assert (code, err) == (0, "")
    small, large = sorted({row["names"] for row in rows})
    assert small < 40_000 <= large < 2 * 40_000
    assert [row["what"] for row in rows if row["names"] == large] == ["read", "index", *search._WHAT]
    assert {row["ratio"] for row in rows if row["names"] == small} > {1.0}
    assert [row["mb"] > 1 for row in rows if row["what"] == "index"] == [True, True]
    assert [row["mb"] > 1 for row in rows[-2:]] == [True, True]


def test_comparing_for_one_article_in_a_store_and_a_larger_index(capsys):
    arguments = ["--size", "3", "--index", "6", "--rounds", "2", "--format", "json"]
    code, out, err = run(capsys, "reconcile", *arguments)
    rows = json.loads(out)["reconcile"]
    assert (code, err) == (0, "")
    assert [(row["what"], row["articles"]) for row in rows] == [
        ("compare new", 3), ("compare new", 6), ("compare early", 3), ("compare early", 6), ("compare old", 3),
        ("compare old", 6), ("ingest new", 3), ("forget old", 3),
    ]  # fmt: skip
    assert [row["cpu_ratio"] for row in rows if row["articles"] == 3] == [1] * 5
    assert [row["points"] > 0 for row in rows if "points" in row] == [True] * 6


def test_the_scorer_of_the_project_is_asked(capsys, shared):
    corpus = shared / "corpus"
    code, out, _ = run(
        capsys, "extract", "--corpus", str(corpus / "dev.jsonl"), "--gold", str(corpus / "gold"),
        "--scorer", str(shared / "tools" / "score_extraction.py"), "--part", "quality", "--format", "json",
    )  # fmt: skip
    report = json.loads(out)
    assert code == 0
    assert [row["level"] for row in report["quality"]] == ["number", "kind", "period", "full"]
    assert len(report["quality_by_article"]) == len(list((corpus / "gold").glob("*.json"))) == 17
    assert sum(row["gold"] for row in report["quality_by_article"]) == report["quality"][0]["gold"]
    assert all(row["min"] <= row["median"] <= row["max"] for row in report["leave_one_out"])


def test_speed_memory_and_ledger_have_a_key_each(capsys, corpus):
    code, out, err = run(capsys, "extract", "--corpus", str(corpus), *QUICK, "--format", "json",
                         "--part", "speed", "--part", "memory", "--part", "ledger")  # fmt: skip
    report = json.loads(out)
    assert (code, err) == (0, "")
    assert list(report) == ["benchmark", "corpus", "speed", "memory", "ledger", "rows"]
    assert [(row["lang"], row["articles"]) for row in report["corpus"]] == [("en", 1), ("zh", 1)]
    assert report["corpus"][0]["bytes"] == len(TEXT)
    for row in report["speed"]:
        assert row["rounds"] == 3
        assert row["mb_per_second"] / row["articles_per_second"] * 1e6 == pytest.approx(row["bytes"], rel=1e-4)
        assert row["times_figures"] > 0
        assert row["times_digits"] > 0
    assert report["memory"][0]["peak_ratio"] == 1
    english = report["ledger"][0]
    assert (english["numerals"], english["claim"], english["unread"]) == (3, 2, 0)
    assert report["rows"][0]["observation"] == 2
