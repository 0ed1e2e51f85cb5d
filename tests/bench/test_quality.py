"""Quality: a scorer is asked, never copied, and what single articles do to F1 is plain arithmetic."""

import json
import re
from pathlib import Path

import pytest

from cbec_kg.bench.corpus import Corpus
from cbec_kg.bench.quality import pull, quality
from cbec_kg.errors import CbecError

SCORER = """
import argparse, json, pathlib, sys
parser = argparse.ArgumentParser()
for name in ("--gold", "--pred", "--split"):
    parser.add_argument(name)
parser.add_argument("--json", action="store_true")
given = parser.parse_args()
assert given.json and pathlib.Path(given.pred).read_text("utf-8")
wanted = given.split.split(",")
golds = [json.loads(path.read_text("utf-8")) for path in sorted(pathlib.Path(given.gold).glob("*.json"))]
marks = [gold["f1"] for gold in golds if gold["id"] in wanted and gold["f1"] is not None]
if not marks:
    sys.exit("no gold observations: nothing to score")
f1 = round(sum(marks) / len(marks), 3)
one = {"precision": f1, "recall": f1, "f1": f1, "gold": len(marks), "predicted": len(marks)}
print(json.dumps({"number": one, "full": {**one, "f1": round(f1 / 2, 3)}}))
"""
MARKS = {"made-up-en-1": 1.0, "made-up-en-2": 0.4, "made-up-zh-1": 0.8, "made-up-zh-2": None}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    for name, mark in MARKS.items():
        (folder / f"{name}.json").write_text(json.dumps({"id": name, "f1": mark}), "utf-8")
    return folder


def scorer(folder: Path, text: str = SCORER) -> Path:
    path = folder / "scorer.py"
    path.write_text(text, "utf-8")
    return path


def ask(gold: Path, program: Path):
    return quality(Corpus.read([]), gold=gold, scorer=program, tell=lambda what: None)


def test_levels_are_those_of_the_scorer(gold, tmp_path):
    levels, _, _ = ask(gold, scorer(tmp_path))
    assert [(row["level"], row["f1"], row["gold"]) for row in levels.rows] == [("number", 0.733, 3), ("full", 0.366, 3)]


def test_each_article_and_all_the_others(gold, tmp_path):
    _, by_article, _ = ask(gold, scorer(tmp_path))
    rows = {row["article"]: row for row in by_article.rows}
    assert list(rows) == ["made-up-en-2", "made-up-zh-1", "made-up-en-1", "made-up-zh-2"]  # the worst first
    assert [row["number"] for row in rows.values()] == [0.4, 0.8, 1.0, None]
    assert [row["number_without"] for row in rows.values()] == [0.9, 0.7, 0.6, 0.733]
    assert rows["made-up-zh-2"]["gold"] == 0
    assert "made-up-zh-2" in by_article.text()


def test_what_the_worst_article_pulls(gold, tmp_path):
    _, _, without = ask(gold, scorer(tmp_path))
    row = without.rows[0]
    assert (row["f1"], row["min"], row["max"]) == (0.733, 0.6, 0.9)
    assert row["median"] == pytest.approx((0.7 + 0.733) / 2)
    assert (row["worst"], row["best"]) == ("made-up-en-2", "made-up-en-1")
    assert (row["worst_pull"], row["best_pull"]) == (pytest.approx(-0.167), pytest.approx(0.133))


def test_one_article_has_no_others(tmp_path, gold):
    for name in list(MARKS)[1:]:
        (gold / f"{name}.json").unlink()
    levels, by_article, without = ask(gold, scorer(tmp_path))
    assert levels.rows[0]["f1"] == 1.0
    assert by_article.rows[0]["full_without"] is None
    assert without.rows[0] == {"level": "number", "f1": 1.0}
    assert pull(0.5, {}) == {"f1": 0.5}
    assert " - " in without.text()


def test_gold_of_other_articles_is_left_out_and_said(gold, tmp_path):
    (gold / "zzz.json").write_text('{"id": "elsewhere", "f1": 0.1}', "utf-8")
    levels, by_article, _ = ask(gold, scorer(tmp_path))
    assert levels.rows[0]["f1"] == 0.733
    assert len(by_article.rows) == 4
    assert levels.notes == ("1 articles of the gold are not in the corpus and are left out.",)


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("raise SystemExit('cannot read it')", "ended with 1: cannot read it"),
        ("import sys; sys.exit(3)", "ended with 3: it said nothing"),
        ("print('number 0.5')", "it printed no scores"),
        ("print('[]')", "it printed no scores"),
        ('print(\'{"number": {"f1": 1}}\')', "it printed no scores"),
    ],
)
def test_a_scorer_that_fails_is_one_line(gold, tmp_path, program, said):
    with pytest.raises(CbecError) as caught:
        ask(gold, scorer(tmp_path, program))
    assert said in str(caught.value)
    assert "scorer.py" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "no gold in it"),
        ({"a.json": "{no json"}, "a.json: no gold of an article"),
        ({"a.json": "[]"}, "a.json: no gold of an article"),
        ({"a.json": '{"id": "elsewhere", "f1": 1}'}, "none of its articles is in made-up articles"),
        ({"a.json": '{"id": "made-up-en-1", "f1": null}'}, "no observation of an article in made-up articles"),
    ],
)
def test_gold_that_is_none_is_one_line(tmp_path, files, said):
    folder = tmp_path / "gold"
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    with pytest.raises(CbecError, match=re.escape(said)):
        ask(folder, scorer(tmp_path))
