"""What an article stated is kept a version a line, once, whatever happens to the process, and goes with the article."""

import json
import shutil
from dataclasses import replace

import pytest

from cbec_kg import paths
from cbec_kg.errors import StoreError
from cbec_kg.pipeline import log
from cbec_kg.pipeline.build import build
from cbec_kg.pipeline.history import History, Made
from cbec_kg.pipeline.living import living, pending_file
from cbec_kg.pipeline.overlay import Overlay, overlay_path
from cbec_kg.pipeline.shelf import Shelf
from tests.pipeline.killed import killed
from tests.pipeline.test_delta import CONTENTS, SOURCES

MADE = Made("2024-01-20T08:00:00+00:00", "0001", "build")


def told(store, article):
    """Versions of an article: who wrote each, and what it stated."""
    return [(version.made.by, version.content()) for version in History(store).versions(article)]


def forgotten(store):
    return sum(entry.get("forgot", 0) for entry in log.entries(store))


def test_the_first_build_begins_the_history_of_every_article(store):
    assert History(store).ids() == sorted(SOURCES.articles)
    for article, content in SOURCES.articles.items():
        [version] = History(store).versions(article)
        assert (version.made.build, version.made.by, version.curated) == ("0001", "build", True)
        assert set(version.content().rows) == set(content.rows)


def test_a_version_for_each_change_and_none_for_none(store):
    with living(store, SOURCES) as graph:
        for which in (0, 0, 1, 1, 0):
            graph.put(CONTENTS["made1", which])
    assert told(store, "made1") == [("change", CONTENTS["made1", which]) for which in (0, 1, 0)]


def test_a_build_writes_what_changed_only(store, tmp_path):
    with living(store, SOURCES) as graph:
        graph.put(CONTENTS["made1", 0])
    resources = tmp_path / "resources"
    for name in ("ontology", "data"):
        shutil.copytree(paths.resources() / name, resources / name)
    before = {path.name: path.read_bytes() for path in History(store).folder.iterdir()}
    build(store, resources)
    assert {path.name: path.read_bytes() for path in History(store).folder.iterdir()} == before
    first, second, *_ = sorted(SOURCES.articles)
    for suffix in (".json", ".jsonl", ".ttl"):
        (resources / "data" / "articles" / f"{first}{suffix}").unlink()
    rows = resources / "data" / "articles" / f"{second}.jsonl"
    rows.write_text("".join(rows.read_text("utf-8").splitlines(keepends=True)[1:]), "utf-8")
    people = resources / "data" / "entities" / "people.ttl"
    people.write_text(people.read_text("utf-8").replace("id:li-kuiwen", "id:li-kuiwen-2"), "utf-8")
    for path in (resources / "data" / "articles").glob("*.jsonl"):
        path.write_text(path.read_text("utf-8").replace('"li-kuiwen"', '"li-kuiwen-2"'), "utf-8")
    build(store, resources)
    versions = History(store).versions(first)
    assert [(v.made.build, v.curated, v.content() is None) for v in versions] == [
        ("0001", True, False), ("0003", True, True),
    ]  # fmt: skip
    assert [version.made.build for version in History(store).versions(second)] == ["0001", "0003"]
    assert [version.made.by for version in History(store).versions("made1")] == ["change"]
    entry = log.entries(store)[-1]
    assert (entry["entities_came"], entry["entities_went"]) == (["li-kuiwen-2"], ["li-kuiwen"])
    assert forgotten(store) == 0
    build(store, paths.resources())
    assert [v.content() is None for v in History(store).versions(first)] == [False, True, False]


def test_a_fresh_build_forgets_and_counts(store):
    with living(store, SOURCES) as graph:
        graph.put(CONTENTS["made1", 0])
        graph.put(CONTENTS["made2", 0])
        graph.drop("made2")
    build(store, paths.resources(), fresh=True)
    assert History(store).ids() == sorted(SOURCES.articles)
    assert [entry.get("forgot") for entry in log.entries(store)] == [0, 1, 1]


MOMENTS = [
    ("put", "pending", "after"), ("put", "graph", "after"), ("put", "history", "before"),
    ("put", "history", "after"), ("drop", "shelf", "before"), ("drop", "graph", "after"),
    ("drop", "history", "before"), ("drop", "history", "after"), ("drop", "log", "before"),
]  # fmt: skip
ENDED_BY_BUILD = [("put", "history", "before"), ("drop", "shelf", "before"), ("drop", "log", "before")]
"""Of these a build is seen to end each in make test; tests/interop/test_killed_builds.py has all."""


@pytest.mark.parametrize(
    ("change", "where", "when", "ended_by"),
    [*((*moment, "living") for moment in MOMENTS), *((*moment, "build") for moment in ENDED_BY_BUILD)],
)
def test_a_process_that_is_killed_writes_a_version_once(store, change, where, when, ended_by):
    kill_and_end(store, change, where, when, ended_by)


def kill_and_end(store, change, where, when, ended_by):
    """Whoever opens the graph next, or builds it, ends the history too: each version and each count once."""
    killed(store, change, where, when, CONTENTS["made1", 0], CONTENTS["made1", 1])
    at = json.loads(pending_file(store).read_text("utf-8"))["at"]
    if ended_by == "living":
        with living(store, SOURCES):
            pass
    else:
        build(store, paths.resources())
    now = Shelf(store).get("made1")
    undone = where in ("pending", "shelf")
    if change == "put":
        assert now == CONTENTS["made1", 0 if undone else 1]
        assert told(store, "made1") == [("change", CONTENTS["made1", which]) for which in range(1 if undone else 2)]
        assert History(store).versions("made1")[-1].made.at <= at
        assert forgotten(store) == 0
    else:
        assert now == (CONTENTS["made1", 0] if undone else None)
        assert told(store, "made1") == ([("change", now)] if undone else [])
        assert forgotten(store) == (0 if undone else 1)


def test_a_new_article_that_did_not_come_is_not_forgotten(store):
    """A process that died before anything of a new article was kept leaves nothing to count."""
    history = History(store)
    marks = [Overlay.read(overlay_path(store, None)).mark] * 2
    begun = {"articles": [["made1", None]], "overlay": marks, **history.begin()}
    pending_file(store).write_text(json.dumps(begun), "utf-8")
    with living(store, SOURCES):
        pass
    assert (history.versions("made1"), forgotten(store)) == ([], 0)


def test_half_a_line_is_no_version(tmp_path):
    history, content = History(tmp_path), CONTENTS["made1", 0]
    history.add("made1", content, MADE, curated=False)
    path = history.folder / "made1.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:-9])
    assert [version.content() for version in history.versions("made1")] == [content]
    history.add("made1", None, MADE, curated=False)
    assert path.read_bytes().startswith(whole)
    assert [version.content() for version in history.versions("made1")] == [content, None]


def test_rows_in_another_order_are_no_other_version(tmp_path):
    history, content = History(tmp_path), CONTENTS["made2", 0]
    assert history.add("made2", content, MADE, curated=False)
    assert not history.add("made2", replace(content, rows=content.rows[::-1]), MADE, curated=False)


def test_a_damaged_file_is_named(tmp_path):
    history = History(tmp_path)
    history.add("made1", CONTENTS["made1", 0], MADE, curated=False)
    (history.folder / "made1.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(StoreError, match=r"made1\.jsonl cannot be read"):
        history.versions("made1")
