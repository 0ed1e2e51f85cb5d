"""What was read is mended by the command line."""

import json
import re
import shutil

import pytest

from cbec_kg import paths
from cbec_kg.cli import main
from cbec_kg.pipeline.article import described
from tests.cli.conftest import dump, run
from tests.cli.test_ingest import TEXT

UNDATED = TEXT.replace(" in 2023", " in the first half") + " Shein launched the “Far Shores Plan” in 2023."


@pytest.fixture(scope="module")
def ingested(built_store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("ingested")
    (folder / "hz.txt").write_text(UNDATED, "utf-8")
    return shutil.copytree(built_store, folder / "store"), folder / "hz.txt"


@pytest.fixture(scope="module")
def read(ingested, tmp_path_factory):
    """The store once the article was read; `store` is a copy of it to change."""
    folder = shutil.copytree(ingested[0], tmp_path_factory.mktemp("read") / "store")
    assert main(["ingest", str(ingested[1]), "--store", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def read_dump(read):
    return dump(read)


@pytest.fixture(scope="module")
def digest(read):
    """The claim of growth in the article."""
    claims = described(read, paths.resources(), "hz").claims
    return next(one.claim for one in claims if "year on year" in one.en)


@pytest.fixture
def store(read, tmp_path):
    return shutil.copytree(read, tmp_path / "store")


def claims(capsys, store, article="hz"):
    return json.loads(run(capsys, "article", article, "--format", "json", "--store", store)[1])["claims"]


def growth(capsys, store):
    return next(one for one in claims(capsys, store) if "year on year" in one["en"])


def test_a_claim_is_amended_listed_and_undone(capsys, store, read_dump):
    digest = growth(capsys, store)["claim"]
    code, out, err = run(
        capsys, "correct", f"claim:{digest}", "amend", "value=12.7 percent", "--reason", "the  release",
        "--by", "Li Wei", "--store", store,
    )  # fmt: skip
    assert (code, err) == (0, "")
    assert re.search(rf"- claim:{digest}.*11\.7%", out)
    assert "+12.7%" in out
    told = growth(capsys, store)
    assert told["state"] == "corrected"
    assert "Li Wei" in told["note"]
    assert "value: 11.7" in told["note"]
    code, out, _ = run(capsys, "correct", "--list", "--store", store)
    assert out.startswith("applied    amend   hz ")
    assert "Li Wei: the release" in out
    assert run(capsys, "correct", f"claim:{told['claim']}", "undo", "--reason", "no", "--store", store)[0] == 0
    assert dump(store) == read_dump


def test_a_name_is_listed_with_its_mentions_and_merged(capsys, store):
    code, out, _ = run(capsys, "query", "entities/unreviewed", "--format", "csv", "--store", store)
    (name,) = {line.partition(",")[0] for line in out.splitlines() if "/id/x-" in line}
    code, out, _ = run(capsys, "correct", name, "merge", "G100 Overseas Plan", "--reason", "the same", "--store", store)
    assert (code, out.splitlines()[-1]) == (0, "changed: 1 row")
    code, out, _ = run(capsys, "query", "platforms/programmes", "--format", "csv", "--store", store)
    assert "/id/x-" not in run(capsys, "query", "entities/unreviewed", "--format", "csv", "--store", store)[1]


def test_a_date_that_is_set_later_closes_periods_and_lists_them(capsys, store):
    code, out, err = run(capsys, "article", "hz", "--set", "published=2024-07-30", "--store", store)
    assert (code, err) == (0, "")
    assert out.count("first half of an unstated year (article hz)") == out.count("first half of 2024") == 2
    assert out.splitlines()[-1] == "changed: 2 rows"
    assert "published  2024-07-30" in run(capsys, "article", "hz", "--store", store)[1]


def test_a_dry_run_changes_nothing(capsys, store, read_dump, digest):
    given = ("--reason", "x", "--dry-run", "--format", "json", "--store", store)
    code, out, _ = run(capsys, "correct", f"claim:{digest}", "reject", *given)
    assert (code, json.loads(out)["changes"][0]["after"]) == (0, None)
    assert run(capsys, "article", "hz", "--set", "published=2024-07-30", "--dry-run", "--store", store)[0] == 0
    assert dump(store) == read_dump


def test_forgetting_lists_the_corrections_that_go(capsys, store, digest):
    run(capsys, "correct", f"claim:{digest}", "reject", "--reason", "wrong", "--store", store)
    code, out, _ = run(capsys, "forget", "hz", "--store", store)
    assert code == 0
    assert "correction dropped" in out
    assert not (store / "corrections.jsonl").exists()


def test_corrections_in_a_file_of_their_own(capsys, store, ingested, digest, tmp_path):
    overlay = tmp_path / "mine.jsonl"
    given = ("reject", "--reason", "wrong", "--store", store, "--overlay", overlay)
    code, _, err = run(capsys, "correct", f"claim:{digest}", *given)
    assert code == 2
    assert "cbec-kg build" in err
    assert run(capsys, "build", "--store", store, "--overlay", overlay)[0] == 0
    assert run(capsys, "correct", f"claim:{digest}", *given)[0] == 0
    assert len(overlay.read_text().splitlines()) == 1
    assert run(capsys, "ingest", ingested[1], "--store", store)[0] == 0  # the overlay of the build is remembered


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "--list"),
        (["claim:" + "0" * 20, "accept"], "--reason"),
        (["claim:" + "0" * 20, "accept", "--reason", "x"], "no claim"),
        (["id:aliexpress", "reject", "--reason", "x"], "data/entities"),
        (["id:x-0", "merge", "aliexpress", "--reason", "x"], "entities/unreviewed"),
        (["id:x-0", "merge", "--reason", "x"], "merge needs one entity"),
        (["claim:" + "0" * 20, "merge", "aliexpress", "--reason", "x"], "cannot be merged"),
        (["claim:" + "0" * 20, "amend", "value", "--reason", "x"], "KEY=VALUE"),
    ],
)
def test_wrong_use_is_told(capsys, ingested, given, said):
    code, _, err = run(capsys, "correct", *given, "--store", ingested[0])
    assert code == 2
    assert said in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [("published=yesterday", "yesterday"), ("published=2024-07", "whole day"), ("lang=zh", "no 'lang'"), ("x", "KEY=")],
)
def test_metadata_that_cannot_be_is_told(capsys, store, given, said):
    code, _, err = run(capsys, "article", "hz", "--set", given, "--store", store)
    assert code == 2
    assert said in err


def test_what_a_person_reviewed_is_shown_before_what_only_a_rule_read(capsys, store, tmp_path):
    again = tmp_path / "again.txt"
    again.write_text(UNDATED.replace("the first half", "2023") + " ", "utf-8")
    other = tmp_path / "other.txt"
    other.write_text(again.read_text("utf-8") + " ", "utf-8")
    run(capsys, "ingest", again, other, "--store", store)
    digest = next(one["claim"] for one in claims(capsys, store, "again") if "year on year" in one["en"])
    question = ("query", "figures/exports-and-imports", "-p", "entity=Hangzhou", "-p", "period=2023", "--format", "csv")
    assert "11.7" in run(capsys, *question, "--store", store)[1]
    amend = ("correct", f"claim:{digest}", "amend", "value=12.9 percent", "--article", "other", "--reason", "x")
    assert run(capsys, *amend, "--store", store)[0] == 0
    assert "12.9" in run(capsys, *question, "--store", store)[1]


def test_evidence_that_a_person_corrected_is_no_broken_evidence(capsys, store, ingested, digest):
    run(capsys, "correct", f"claim:{digest}", "amend", "value=12.7 percent", "--reason", "x", "--store", store)
    _, out, err = run(capsys, "verify", "--articles", ingested[1].parent, "--store", store)
    assert "the characters say" not in out + err
    assert "hz" not in out + err


def test_a_date_that_was_set_is_not_read_over(capsys, store, ingested):
    run(capsys, "article", "hz", "--set", "published=2024-07-30", "--store", store)
    before = dump(store)
    code, _, err = run(capsys, "ingest", ingested[1], "--published", "2023-08-01", "--store", store)
    assert code == 2
    assert "was set to 2024-07-30" in err
    assert run(capsys, "ingest", ingested[1], "--store", store)[0] == 0
    assert dump(store) == before


def test_the_same_bytes_with_less_known_of_them_change_nothing(capsys, store, ingested):
    run(capsys, "ingest", ingested[1], "--published", "2023-08-01", "--publisher", "CCTV", "--store", store)
    before = dump(store)
    assert "hz: known" in run(capsys, "ingest", ingested[1], "--store", store)[1]
    assert dump(store) == before


def test_a_correction_whose_text_changed_is_told_when_it_comes(capsys, store, digest, tmp_path):
    run(capsys, "correct", f"claim:{digest}", "reject", "--reason", "x", "--store", store)
    (tmp_path / "hz.txt").write_text(UNDATED.replace("11.7", "12.7"), "utf-8")
    code, out, _ = run(capsys, "ingest", tmp_path / "hz.txt", "--store", store)
    assert code == 0
    assert "1 corrections match nothing by now" in out
    assert run(capsys, "correct", "--list", "--store", store)[1].startswith("unmatched")


@pytest.mark.parametrize("name", ["overlay.json", "pending.json"])
@pytest.mark.parametrize("text", ["", "[]", "{", "3"])
def test_a_damaged_file_beside_the_graph_is_one_line(capsys, store, name, text):
    (store / name).write_text(text)
    code, _, err = run(capsys, "forget", "hz", "--store", store)
    assert (code, len(err.splitlines())) == (2, 1)
    assert f"{name} is damaged" in err


def test_half_a_line_of_the_log_is_no_end(capsys, store):
    with (store / "log.jsonl").open("a") as log:
        log.write('{"build": "00')
    assert run(capsys, "forget", "hz", "--store", store)[0] == 0
    assert run(capsys, "changes", "--since", "1", "--store", store)[0] == 0
