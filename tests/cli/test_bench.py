"""``cbec-kg bench``: what it prints, what it refuses, and how it ends; never how fast anything is.

Those that fill stores and graphs first are in tests/interop/test_bench.py, and their parts in tests/bench.
"""

import io
import json
from pathlib import Path

import pytest

from cbec_kg.bench import crash as bench_crash
from cbec_kg.bench import determinism
from cbec_kg.bench.catalogue import BENCHMARKS, PARTS
from cbec_kg.bench.section import Section
from cbec_kg.cli import main
from cbec_kg.cli.bench import Stages, command

TEXT = "China's cross-border e-commerce exports rose 11.7 percent to 1.55 trillion yuan in 2022."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "few.jsonl"
    lines = [
        {"id": "a", "lang": "en", "text": TEXT},
        {"id": "b", "lang": "zh", "text": "2022年跨境电商出口增长11.7%。"},
    ]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["bench", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_without_a_name_it_lists_the_benchmarks(capsys):
    code, out, err = run(capsys)
    assert (code, err) == (0, "")
    assert [line.split()[0] for line in out.splitlines()] == list(BENCHMARKS) == list(command.commands)
    assert all(what in out for what in BENCHMARKS.values())


def test_json_has_a_key_for_each_table(capsys, corpus):
    """With the tables that take time it is in tests/interop/test_bench.py."""
    code, out, err = run(capsys, "extract", "--corpus", str(corpus), "--part", "ledger", "--format", "json")
    report = json.loads(out)
    assert (code, err) == (0, "")
    assert list(report) == ["benchmark", "corpus", "ledger", "rows"]
    assert [(row["lang"], row["articles"]) for row in report["corpus"]] == [("en", 1), ("zh", 1)]
    english = report["ledger"][0]
    assert (english["numerals"], english["claim"], english["unread"]) == (3, 2, 0)
    assert report["rows"][0]["observation"] == 2


def test_tables_for_people(capsys, corpus):
    code, out, err = run(capsys, "extract", "--corpus", str(corpus), "--part", "ledger")
    assert (code, err) == (0, "")
    assert out.startswith("Corpus: few.jsonl\n  language  articles")
    assert "\n\nNumerals\n" in out
    assert "\x1b" not in out
    assert all(line == line.rstrip() for line in out.splitlines())


@pytest.mark.parametrize("different", [False, True])
def test_other_bytes_exit_1(capsys, corpus, monkeypatch, different):
    seeds = iter(range(99))
    monkeypatch.setattr(determinism, "digest", lambda *given: "0" * 63 + str(next(seeds) if different else 7))
    code, out, err = run(capsys, "extract", "--corpus", str(corpus), "--part", "determinism", "--format", "json")
    assert code == different
    assert [row["equal"] for row in json.loads(out)["determinism"]] == [True] + [not different] * 4
    assert err.count("\n") == different
    if different:
        assert err.startswith("cbec-kg: other bytes by hash seed 1, hash seed 4242, 2 processes")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["extrat"], "no command 'extrat'; did you mean 'extract'?"),
        (["extract", "--part", "sped"], "speed"),
        (["extract", "--seconds", "-1"], "--seconds"),
        (["extract", "--stream", "0"], "--stream"),
        (["extract", "--format", "csv"], "json"),
        (["extract", "--corpus", "nowhere.jsonl"], "nowhere.jsonl"),
        (["extract", "--corpus", "broken.jsonl"], "broken.jsonl:1"),
        (["extract", "--gold", "."], "--scorer FILE is missing"),
        (["extract", "--scorer", "broken.jsonl"], "--gold DIR is missing"),
        (["ingest", "--size", "0"], "--size"),
        (["reconcile", "--index", "0"], "--index"),
        (["search", "--names", "0"], "--names"),
        (["search", "--store", "nowhere"], "cbec-kg build"),
        (["crash", "--command", "biuld"], "commands are"),
        (["extract", "--part", "quality"], "--gold DIR and --scorer FILE"),
    ],
)
def test_wrong_use_is_one_line(capsys, tmp_path, monkeypatch, given, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.jsonl").write_text("{no json\n", "utf-8")
    code, out, err = run(capsys, *given)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert said in err


def test_help_names_every_option_and_part(capsys):
    _, out, _ = run(capsys, "extract", "--help")
    assert all(part in out for part in PARTS)
    assert all(option in out for option in ("--corpus", "--gold", "--scorer", "--seconds", "--stream", "--format"))


@pytest.mark.parametrize("whole", [True, False])
def test_what_a_killed_process_left_decides_the_exit(capsys, monkeypatch, whole):
    row = {"command": "ingest", "kills": 9, "answered": 9, "whole": 8 + whole, "completed": 9, "leaked": 0, "most": 1.0}
    monkeypatch.setattr(bench_crash, "crash", lambda **given: Section("crash", "Killed", (), (row,)))
    code, out, err = run(capsys, "crash", "--format", "json")
    assert json.loads(out)["crash"][0]["kills"] == 9
    assert code == (not whole)
    assert err == ("" if whole else "cbec-kg: ingest: 8 of 9 whole: find what was not whole before any release\n")


def test_progress_goes_to_a_terminal_and_away_again():
    stream = io.StringIO()
    stages = Stages(stream)
    with stages:
        stages.stage("growth: en")
    assert stream.getvalue() == "\r\x1b[Kmeasuring growth: en ...\r\x1b[K"
