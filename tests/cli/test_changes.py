"""What changed is told by the command line, and of what was forgotten nothing is left but a count."""

import json
import shutil

import pytest

from cbec_kg.pipeline.shelf import Shelf
from cbec_kg.triples.mint import claim_digest
from tests.cli.conftest import dump, run

TEXT = (
    "Cross-border e-commerce exports of Hangzhou rose 13.87 percent to 81.93 billion yuan in 2023, "
    "Hangzhou Customs said. AliExpress launched the “Far Shores Plan” in 2023."
)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "far-hz.txt"
    path.write_text(TEXT, "utf-8")
    return path


def since(capsys, store, moment, *more):
    code, out, err = run(capsys, "changes", "--since", moment, "--store", store, *more)
    assert (code, err) == (0, "")
    return out


def told(capsys, store, moment):
    return json.loads(since(capsys, store, moment, "--format", "json"))


def counts(answer):
    return {
        (group, kind): len(found)
        for group in ("figures", "entities", "conflicts")
        for kind, found in answer[group].items()
        if found
    }


def test_an_article_comes_is_revised_and_forgotten(capsys, store, article, tmp_path):
    assert since(capsys, store, 1).splitlines()[-1] == "nothing changed"
    run(capsys, "ingest", article, "--store", store)
    answer = told(capsys, store, "0001")
    assert [(one["article"], one["change"]) for one in answer["articles"]] == [("far-hz", "came")]
    assert counts(answer) == {("figures", "appeared"): 2, ("entities", "appeared"): 1}
    assert answer["entities"]["appeared"][0]["label"] == "Far Shores Plan"
    run(capsys, "build", "--store", store)
    assert told(capsys, store, 1)["figures"] == answer["figures"]
    assert counts(told(capsys, store, 2)) == {}
    other = tmp_path / "other.txt"
    other.write_text(
        "Cross-border e-commerce exports of Hangzhou rose 17.41 percent in 2023, Hangzhou Customs said.", "utf-8"
    )
    run(capsys, "ingest", other, "--published", "2024-06-01", "--store", store)
    answer = told(capsys, store, 2)
    assert counts(answer) == {("figures", "revised"): 1, ("conflicts", "appeared"): 1}
    [revised] = answer["figures"]["revised"]
    assert (revised["before"]["value"], revised["before"]["articles"]) == (13.87, ["far-hz"])
    assert (revised["now"]["value"], revised["now"]["articles"]) == (17.41, ["other"])
    table = since(capsys, store, 2)
    assert "+13.87% year on year [far-hz] -> +17.41% year on year [other]" in table
    assert table.splitlines()[-1] == "changes: figures 1 revised; conflicts 1 appeared"
    assert "修订  2023年杭州跨境电商出口额" in since(capsys, store, 2, "--lang", "zh")
    run(capsys, "forget", "far-hz", "--store", store)
    answer = told(capsys, store, 2)
    assert (answer["forgotten"], counts(answer)) == (1, {("figures", "appeared"): 1})
    assert "13.87" not in json.dumps(answer)
    run(capsys, "forget", "other", "--store", store)
    assert since(capsys, store, 1).splitlines()[1:] == [
        "articles: 0 came, 0 replaced, 0 went, 2 forgotten",
        "claims: 0 new, 0 gone (figures that no observation shows included)",
        "",
        "nothing changed",
    ]


@pytest.mark.parametrize("rebuilt", [False, True])
def test_what_is_forgotten_leaves_no_trace(capsys, store, built_dump, article, rebuilt):
    """No file beside the database holds its id, its figures as written, its names, or one of its claims."""
    run(capsys, "ingest", article, "--store", store)
    article.write_text(TEXT.replace("13.87", "13.89"), "utf-8")
    run(capsys, "ingest", article, "--store", store)
    marks = {"far-hz", "13.87", "13.89", "81.93", "81930000000", "Far Shores"}
    marks |= {claim_digest(row) for row in Shelf(store).get("far-hz").rows}
    assert traces(store, marks) == {"articles/far-hz.json", "grounds-0001.db", "history/far-hz.jsonl"}
    if rebuilt:
        run(capsys, "build", "--store", store)
        since(capsys, store, 1)
    run(capsys, "forget", "far-hz", "--store", store)
    assert traces(store, marks) == set()
    assert dump(store) == built_dump
    assert told(capsys, store, 1)["forgotten"] == 1


def test_a_fresh_build_leaves_no_trace(capsys, store, article):
    run(capsys, "ingest", article, "--store", store)
    assert run(capsys, "build", "--fresh", "--store", store)[0] == 0
    assert traces(store, {"far-hz", "13.87", "81.93"}) == set()
    assert (told(capsys, store, 1)["forgotten"], counts(told(capsys, store, 1))) == (1, {})


def traces(store, marks):
    """Files beside the database whose name or content has one of some marks."""
    return {
        path.relative_to(store).as_posix()
        for path in store.rglob("*")
        if path.is_file() and path.relative_to(store).parts[0] != "builds"
        if any(mark in path.name or mark.encode() in path.read_bytes() for mark in marks)
    }


@pytest.mark.parametrize(
    ("moment", "says"), [("7", "there is 0001"), ("yesterday", "2024-01-20"), ("2024-02-30", "2024-01-20")]
)
def test_what_is_no_moment_is_one_line(capsys, store, moment, says):
    code, out, err = run(capsys, "changes", "--since", moment, "--store", store)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err


def test_a_day_before_the_history_is_its_beginning(capsys, store, article):
    run(capsys, "ingest", article, "--store", store)
    assert since(capsys, store, "2020-01-01").startswith("since build 0001 (")
    assert "nothing earlier is known" in since(capsys, store, "2020-01-01").splitlines()[0]
    assert counts(told(capsys, store, "2020-01-01")) == counts(told(capsys, store, 1))


def test_a_store_from_before_history_says_what_to_run(capsys, store, article):
    shutil.rmtree(store / "history")
    lines = [json.loads(line) for line in (store / "log.jsonl").read_text("utf-8").splitlines()]
    for line in lines:
        del line["entities_came"], line["entities_went"], line["forgot"]
    (store / "log.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    run(capsys, "ingest", article, "--store", store)
    code, _, err = run(capsys, "changes", "--since", "1", "--store", store)
    assert code == 2
    assert "run `cbec-kg build`" in err
    run(capsys, "build", "--store", store)
    assert counts(told(capsys, store, 2)) == {}
