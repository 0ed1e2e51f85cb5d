"""``cbec-kg extract``: what it prints, what it refuses, and how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cbec_kg import paths
from cbec_kg.cli import main

TEXT = "China's cross-border e-commerce exports rose 11.7 percent to 1.55 trillion yuan last year."
FIXED = ["indicator", "indicator_label", "entity", "entity_label", "partner", "partner_label", "sector", "flow",
         "scope", "period", "value", "lower", "upper", "unit", "kind", "basis", "base_period", "qualifier", "status",
         "reported_by", "restated", "start", "end", "rule", "confidence"]  # fmt: skip


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "an article.txt"
    path.write_text(TEXT, "utf-8")
    return path


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["extract", *arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_rows_have_the_keys_of_the_format(capsys, article):
    code, out, err = run(capsys, str(article), "--published", "2023-03-01")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [list(row)[2 : 2 + len(FIXED)] for row in rows] == [FIXED] * 2
    assert [(row["article"][:9], row["period"], row["flow"], row["value"]) for row in rows] == [
        ("anarticle", "2022", "export", 11.7),
        ("anarticle", "2022", "export", 1550000000000),
    ]


def test_without_a_date_what_hangs_on_it_stays_open(capsys, article):
    code, out, _ = run(capsys, str(article))
    assert code == 0
    assert {json.loads(line)["period"] for line in out.splitlines()} == {None}


def test_a_sidecar_gives_the_date(capsys, article):
    article.with_suffix(".json").write_text('{"published": "2021-05-06"}', "utf-8")
    _, out, _ = run(capsys, str(article))
    assert {json.loads(line)["period"] for line in out.splitlines()} == {"2020"}


def test_the_ledger_has_a_line_for_every_numeral(capsys, article):
    _, out, _ = run(capsys, str(article), "--ledger")
    lines = [json.loads(line) for line in out.splitlines()]
    numerals = [line for line in lines if line["type"] == "numeral"]
    assert [(one["text"], one["status"]) for one in numerals if one["text"][0].isdigit()] == [
        ("11.7", "claim"),
        ("1.55", "claim"),
    ]
    assert set(numerals[0]) == {"type", "article", "start", "end", "text", "status", "reason"}


def test_a_table_for_people(capsys, article):
    code, out, _ = run(capsys, str(article), "--format", "table")
    assert code == 0
    assert "1.55 trillion yuan" in out
    assert "cross-border e-commerce trade value, export; China" in out


def test_articles_are_sorted_whatever_their_order(capsys, tmp_path):
    lines = [json.dumps({"id": name, "text": TEXT, "lang": "en"}) for name in ("b", "c", "a")]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), "utf-8")
    _, out, _ = run(capsys, str(tmp_path / "many.jsonl"))
    assert [json.loads(line)["article"] for line in out.splitlines()] == ["a", "a", "b", "b", "c", "c"]


def test_one_process_or_several_print_the_same_bytes(tmp_path):
    lines = [json.dumps({"id": f"a{n}", "text": f"{TEXT} Imports were {n} billion yuan."}) for n in range(60)]
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    outputs = []
    for jobs in ("1", "3"):
        told = subprocess.run(
            [sys.executable, "-m", "cbec_kg", "extract", str(path), "--jobs", jobs, "--ledger"],
            capture_output=True, check=True,
        )  # fmt: skip
        outputs.append(told.stdout)
    assert outputs[0] == outputs[1]
    assert outputs[0].count(b'"observation"') == 180


def test_one_bad_article_costs_no_other(capsys, tmp_path, article):
    (tmp_path / "empty.txt").write_text("", "utf-8")
    (tmp_path / "lines.jsonl").write_text('{"id": "x", "text": "Exports rose 5 percent."}\n{not json\n', "utf-8")
    code, out, err = run(capsys, str(tmp_path))
    assert code == 1
    assert {json.loads(line)["article"] for line in out.splitlines()} >= {"x"}
    messages = err.splitlines()
    assert any("empty.txt" in line for line in messages)
    assert any("lines.jsonl:2" in line for line in messages)
    assert messages[-1].startswith("cbec-kg: 2 of 4 articles failed")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.txt", b"", "no text"),
        ("binary.txt", b"\x00\x01\x02PK", "binary"),
        ("latin.txt", b"Exports of caf\xe9 rose 5 percent.", "UTF-8"),
        ("broken.pdf", b"%PDF-1.4 nothing", "PDF"),
        ("german.txt", b"Die Ausfuhren sind im letzten Jahr um 5 Prozent gestiegen, und das ist viel. " * 4,
         "language"),
        ("tables.csv", b"a,b", "csv"),
    ],
)  # fmt: skip
def test_an_unreadable_input_alone_is_wrong_use(capsys, tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = run(capsys, str(path))
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert name in err
    assert said.casefold() in err.casefold()
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "given",
    [
        ["missing.txt"],
        ["missing"],
        [],
        ["https://example.com/page"],
        ["a.txt", "--published", "yesterday"],
        ["a.txt", "--url", "javascript:alert(1)"],
        ["a.txt", "-o", "a.txt"],
        ["a.txt", "-o", "none/a.jsonl"],
    ],
)
def test_wrong_use(capsys, given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    code, out, err = run(capsys, *given)
    assert (code, out) == (2, "")
    assert (tmp_path / "a.txt").read_text("utf-8") == TEXT
    assert err.count("\n") == 1


def test_a_file_is_written_whole_or_not_at_all(capsys, article, tmp_path):
    target = tmp_path / "rows.jsonl"
    target.write_text("old", "utf-8")
    assert run(capsys, str(tmp_path / "missing.txt"), "-o", str(target))[0] == 2
    assert target.read_text("utf-8") == "old"
    assert run(capsys, str(article), "-o", str(target))[0] == 0
    assert len(target.read_text("utf-8").splitlines()) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({article.name, "rows.jsonl"})


def test_a_file_that_is_replaced_keeps_its_mode_and_what_links_to_it(capsys, article, tmp_path):
    target, link = tmp_path / "rows.jsonl", tmp_path / "link"
    target.write_text("old", "utf-8")
    target.chmod(0o600)
    link.symlink_to(target)
    assert run(capsys, str(article), "-o", str(link))[0] == 0
    assert link.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert target.read_text("utf-8").startswith("{")


def test_a_table_shows_falls_what_moves_and_every_numeral(capsys, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Imports fell 3.1 percent in 2023. Cross-border e-commerce has grown rapidly.", "utf-8")
    _, out, _ = run(capsys, str(path), "--format", "table", "--ledger")
    assert "growth yoy -3.1 percent; goods trade value, import" in out
    assert "rose: development of cross-border e-commerce" in out
    assert "3.1  claim" in out


def test_curated_rows_are_what_extraction_is_held_against(capsys, shared):
    code, out, _ = run(capsys, str(shared / "seeds"), "--diff", str(paths.data()), "--format", "jsonl")
    lines = [json.loads(line) for line in out.splitlines()]
    counts = {line["type"]: line for line in lines if "type" in line}
    assert code == 0
    assert counts["observation"]["curated"] > 80
    assert counts["observation"]["recall"] > 0.5
    judged = [line for line in lines if "difference" in line]
    assert {line["difference"] for line in judged} <= {"differs", "missing", "extra"}
    differing = [line for line in judged if line["difference"] == "differs" and line["row"]["type"] == "observation"]
    assert differing
    assert all(line["row"]["value"] == line["curated"]["value"] for line in differing)


def test_rows_of_no_article_are_no_comparison(capsys, article, tmp_path):
    (tmp_path / "rows").mkdir()
    code, _, err = run(capsys, str(article), "--diff", str(tmp_path / "rows"))
    assert code == 2
    assert "none of these articles" in err


def test_a_pipe_to_write_to_stays_a_pipe(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE, text=True)
    done = subprocess.run(
        [sys.executable, "-m", "cbec_kg", "extract", str(tmp_path / "a.txt"), "-o", str(pipe)], timeout=60
    )
    out, _ = reader.communicate(timeout=60)
    assert (done.returncode, out.count("\n")) == (0, 2)
    assert pipe.is_fifo()
