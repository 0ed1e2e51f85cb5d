"""The command line as a person meets it: its streams and its exit code; where only a process shows it, of a process."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from cbec_kg.cli.main import COMMANDS
from tests import command
from tests.conftest import ROOT, cases


def environment(store: Path | None) -> dict[str, str]:
    named = {"CBEC_KG_STORE": str(store)} if store else {}
    return {"PATH": "/usr/bin:/bin", "NO_COLOR": "1", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", **named}


def run(*arguments: str, store: Path | None = None, text: str | None = None) -> subprocess.CompletedProcess:
    return command.run(*arguments, environment=environment(store), text=text)


def started(*arguments: str, store: Path | None = None) -> subprocess.CompletedProcess:
    """The same in a process of its own."""
    line = [sys.executable, "-m", "cbec_kg", *arguments]
    return subprocess.run(line, capture_output=True, text=True, env=environment(store), cwd=ROOT, timeout=120)


@pytest.mark.parametrize("case", cases("cli/cases.yaml"))
def test_what_goes_wrong_is_one_line(case, built_store):
    done = run(*case["run"], store=built_store, text=case.get("stdin"))
    assert done.returncode == case.get("exit", 2), done.stdout + done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("cbec-kg: ")
    assert "Traceback" not in done.stderr
    for part in case["says"]:
        assert part in done.stderr, done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_complete(name):
    done = run(name, "--help")
    assert done.returncode == 0
    assert COMMANDS[name][1] in " ".join(done.stdout.split())


def test_a_process_says_the_same(built_store):
    """Of its answers, its refusals and what it says of itself: `run` leaves nothing out."""
    for arguments in (["--help"], ["sparql", "ASK { ?s a cbec:Platform }"], ["sparql", "SELECT * {"], ["qury"], []):
        here, there = run(*arguments, store=built_store), started(*arguments, store=built_store)
        assert (there.returncode, there.stdout, there.stderr) == (here.returncode, here.stdout, here.stderr)


def test_the_group_lists_every_command():
    listed = run("--help").stdout
    assert all(f"  {name} " in listed for name in COMMANDS)


def test_alone_it_shows_its_help():
    done = run()
    assert done.returncode == 2
    assert done.stdout == run("--help").stdout


def test_a_long_query_is_no_file_name(built_store):
    text = f"ASK {{ ?s a cbec:Platform FILTER(?s != <urn:{'x' * 400}>) }}"
    assert run("sparql", text, store=built_store).stdout == "true\n"


def test_a_missing_store_says_what_to_run(tmp_path):
    for arguments in (
        ["query", "figures/total"],
        ["sparql", "ASK {}"],
        ["validate"],
        ["export", "--to", str(tmp_path / "out")],
    ):
        done = run(*arguments, store=tmp_path / "none")
        assert (done.returncode, done.stdout) == (2, "")
        assert "cbec-kg build" in done.stderr
    assert not (tmp_path / "out").exists()


def test_build_prints_counts_and_the_graph_answers(tmp_path):
    done = run("build", "--format", "json", store=tmp_path / "store")
    counts = json.loads(done.stdout)
    assert done.returncode == 0
    assert done.stderr == ""
    assert counts["articles"] == len(list((ROOT / "data" / "articles").glob("*.json")))
    asked = run(
        "sparql", "SELECT (COUNT(?c) AS ?n) { ?c cbec:evidence ?e }", "--format", "csv", store=tmp_path / "store"
    )
    assert int(asked.stdout.split()[1]) == counts["evidence"]


def test_invalid_data_shows_the_report_and_exits_1(tmp_path):
    name = "003_df624e09d33e8050"
    rows = (ROOT / "data" / "articles" / f"{name}.jsonl").read_text("utf-8")
    (tmp_path / f"{name}.json").write_text((ROOT / "data" / "articles" / f"{name}.json").read_text("utf-8"))
    (tmp_path / f"{name}.jsonl").write_text(
        rows.replace('"value": 11.7, "lower": 11.65, "upper": 11.75', '"value": 11.7, "lower": 12')
    )
    done = run("validate", str(tmp_path / f"{name}.jsonl"), "--lang", "zh")
    assert done.returncode == 1
    assert "LowerBound" in done.stdout
    assert "文章" in done.stdout
    assert done.stderr.startswith("cbec-kg: 1 violation")
    valid = run("validate", str(ROOT / "data" / "articles" / f"{name}.jsonl"))
    assert valid.returncode == 0


def test_evidence_holds(built_store, shared):
    done = run("verify", "--articles", str(shared / "seeds"), "--format", "json", store=built_store)
    failures = json.loads(done.stdout)["failures"]
    here = {path.stem for path in (shared / "seeds").glob("*.txt")}
    assert len(here) == 5
    assert [failure for failure in failures if failure["kind"] != "missing" or failure["article"] in here] == []
    assert done.returncode == bool(failures)


def test_broken_evidence_exits_1(built_store, shared, tmp_path):
    for path in (shared / "seeds").glob("*.txt"):
        text = path.read_bytes()
        (tmp_path / path.name).write_bytes(text.replace(b"2.11 trillion", b"2.12 trillion"))
    done = run("verify", "--articles", str(tmp_path), "--format", "json", store=built_store)
    assert done.returncode == 1
    assert "003_df624e09d33e8050" in {failure["article"] for failure in json.loads(done.stdout)["failures"]}


def test_a_reader_that_leaves_is_no_error(built_store):
    line = (
        f"{sys.executable} -m cbec_kg sparql 'SELECT ?s ?p ?o {{ ?s ?p ?o }}' --format csv --store {built_store} "
        "| head -1; echo ${PIPESTATUS[0]}"
    )
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.stdout.splitlines() == ["s,p,o", "0"]
    assert done.stderr == ""


def test_a_reader_that_leaves_a_workbook_is_no_error(built_store):
    pytest.importorskip("openpyxl")
    asked = f"{sys.executable} -m cbec_kg query sources/article --format xlsx --store {built_store}"
    done = subprocess.run(
        ["bash", "-c", f"{asked} | true"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=120,
        env={"PATH": "/usr/bin:/bin"},
    )
    assert done.stderr == ""


def test_a_topic_lists_its_questions(built_store):
    done = run("query", "platforms", "--format", "csv", store=built_store)
    names = [line.split(",")[0] for line in done.stdout.splitlines()[1:]]
    assert names == sorted(f"platforms/{path.stem}" for path in (ROOT / "queries" / "platforms").glob("*.rq"))


def test_the_readme_runs(store, tmp_path):
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    commands = [
        line.partition("  #")[0].strip()
        for block in blocks
        for line in block.splitlines()
        if line.startswith("cbec-kg ") and not line.startswith("cbec-kg serve ")  # tests/web/test_readme.py has it
    ]
    assert len(commands) > 8
    for written in commands:
        line = written.replace("--to ", f"--to {tmp_path}/").replace("cbec-kg ", f"{sys.executable} -m cbec_kg ", 1)
        done = subprocess.run(
            ["bash", "-c", line], capture_output=True, text=True, cwd=ROOT, timeout=120,
            env={"CBEC_KG_STORE": str(store), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"},
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, ""), written
        assert done.stdout.strip(), written
