"""What people say of what was read: the graph is that of a build with the same corrections, whatever came between."""

import json
import os
import random
import shutil
from dataclasses import replace

import pytest

from cbec_kg import paths
from cbec_kg.errors import CbecError, InvalidData, StoreError
from cbec_kg.pipeline.article import described
from cbec_kg.pipeline.build import build
from cbec_kg.pipeline.correct import Corrector, Said
from cbec_kg.pipeline.corrected import corrected, corrected_sources
from cbec_kg.pipeline.ingest import Ingester
from cbec_kg.pipeline.listing import listed
from cbec_kg.pipeline.living import living
from cbec_kg.pipeline.overlay import Overlay, overlay_path
from cbec_kg.pipeline.shelf import Shelf
from cbec_kg.store.builds import current
from cbec_kg.triples.mint import claim_digest
from tests.pipeline.conftest import built_of, quads
from tests.pipeline.test_delta import CONTENTS, SOURCES, made_up

ZONE = "Ningbo seaside model zone"
TEXTS = [
    f"Cross-border e-commerce exports of the {ZONE} rose 5.5 percent in 2023.",
    f"Cross-border e-commerce exports of the {ZONE} rose 5.5 percent to 3 billion yuan in 2023.",
]
PLACES = {f"place{n}": made_up(f"place{n}", text) for n, text in enumerate(TEXTS)}
assert {name.label for one in PLACES.values() for name in one.names} == {ZONE}
SAID = Said("Li Wei", "its own page says so")
UNDATED = "004_26d94ad46617d009"
NEW = sorted({name.code for one in ("made1", "made2") for name in CONTENTS[one, 0].names})


@pytest.fixture(scope="module")
def read(built_store, tmp_path_factory):
    """A store that two articles came to; `both` is a copy of it to change."""
    folder = shutil.copytree(built_store, tmp_path_factory.mktemp("both") / "store")
    with living(folder, SOURCES) as graph:
        graph.put(CONTENTS["made1", 0])
        graph.put(CONTENTS["made2", 0])
    return folder


@pytest.fixture
def both(read, tmp_path):
    return shutil.copytree(read, tmp_path / "both")


@pytest.fixture(scope="module")
def read_quads(read):
    """The graph that `both` holds before a test changes it."""
    return quads(read)


def differences(store):
    shelf, overlay = Shelf(store), Overlay.read(overlay_path(store, None))
    articles = SOURCES.articles | {name: shelf.get(name) for name in shelf.ids()}
    sources = corrected_sources(replace(SOURCES, articles=articles), overlay)
    return sorted(map(str, quads(store) ^ built_of(sources)))[:5]


def looked_at(number):
    """Whether a step of a few is compared with a build: every other one here, each one in `make interop`."""
    return number % 2 == 1 or "CBEC_KG_INTEROP" in os.environ


def corrector(graph, keep=True):
    return Corrector(graph, Ingester(graph, SOURCES), SAID, keep=keep)


def claims(graph, article):
    return [claim_digest(row) for row in graph.shown(article).rows]


def states(store):
    overlay = Overlay.read(overlay_path(store, None))
    return [state for state, _ in listed(store, overlay, paths.resources())]


def figure(graph, article="made1"):
    """The first figure of an article that is a level or growth."""
    return next(row for row in graph.shown(article).rows if row.TYPE == "observation" and row.kind == "growth")


def test_a_claim_is_amended_shows_what_was_read_and_that_is_undone(both, read_quads):
    with living(both, SOURCES) as graph:
        row = figure(graph)
        (change,) = corrector(graph).claim(claim_digest(row), "amend", {"value": "1.25 percent", "period": "2019"})
        assert change.before[0] == claim_digest(row) != change.after[0]
        assert "2019" in change.after[1]
    assert differences(both) == []
    (told,) = [one for one in described(both, paths.resources(), "made1").claims if one.state == "corrected"]
    assert str(row.value) in told.note
    assert SAID.reason in told.note
    assert any("reviewNote" in str(quad.predicate) and SAID.reason in str(quad.object) for quad in quads(both))
    with living(both, SOURCES) as graph:
        corrector(graph).claim(change.after[0], "undo", {})
    assert quads(both) == read_quads
    assert states(both) == ["undone", "undone"]


def test_bounds_follow_the_figure_as_it_is_written(both):
    with living(both, SOURCES) as graph:
        (change,) = corrector(graph).claim(claim_digest(figure(graph)), "amend", {"value": "1.25 percent"})
        row = next(row for row in graph.shown("made1").rows if claim_digest(row) == change.after[0])
        assert (str(row.value), str(row.lower), str(row.upper)) == ("1.25", "1.245", "1.255")


def test_a_claim_is_rejected_and_comes_back(both, read_quads):
    with living(both, SOURCES) as graph:
        digest = claim_digest(figure(graph))
        corrector(graph).claim(digest, "reject", {})
        assert digest not in claims(graph, "made1")
        corrector(graph).claim(digest, "undo", {})
    assert quads(both) == read_quads


def test_what_was_said_survives_reading_again_and_building(both):
    with living(both, SOURCES) as graph:
        corrector(graph).claim(claim_digest(figure(graph)), "amend", {"value": "1.25 percent"})
    after = quads(both)
    with living(both, SOURCES) as graph:
        graph.put(CONTENTS["made1", 1])
        graph.put(CONTENTS["made1", 0])
    assert quads(both) == after
    build(both, paths.resources())
    assert quads(both) == after


def test_a_text_that_changed_under_a_correction_is_told_and_the_line_kept(both):
    with living(both, SOURCES) as graph:
        corrector(graph).claim(claim_digest(figure(graph)), "reject", {})
        other = replace(CONTENTS["made1", 0], article=replace(CONTENTS["made1", 0].article, sha256="f" * 64))
        graph.put(other)
        assert len(corrected(other, graph.overlay).unmatched) == 1
    assert states(both) == ["unmatched"]
    assert differences(both) == []


def test_forgetting_an_article_drops_its_corrections_and_leaves_no_trace(store, built_quads):
    with living(store, SOURCES) as graph:
        graph.put(CONTENTS["made1", 0])
        speaker = corrector(graph)
        speaker.claim(claim_digest(figure(graph)), "amend", {"value": "1.25 percent"})
        for code in NEW:
            if graph.naming({code}):
                corrector(graph).entity(code, "merge", {}, "g100-overseas-plan")
        corrector(graph).metadata("made1", {"published": "2024-07-30"})
        dropped = graph.drop("made1")
        assert len(dropped) >= 3
    assert quads(store) == built_quads
    assert not overlay_path(store, None).exists()


def test_a_name_is_merged_with_all_its_claims_and_its_spelling_and_that_is_undone(both, read_quads):
    with living(both, SOURCES) as graph:
        code = next(code for code in NEW if graph.naming({code}) == {"made1", "made2"} or graph.naming({code}))
        label = next(
            name.label for name in CONTENTS["made1", 0].names + CONTENTS["made2", 0].names if name.code == code
        )
        assert corrector(graph).entity(code, "merge", {}, "g100-overseas-plan")
    text = "\n".join(map(str, quads(both)))
    assert code not in text
    assert any(quad.predicate.value.endswith("altLabel") and quad.object.value == label for quad in quads(both))
    assert differences(both) == []
    with living(both, SOURCES) as graph:
        corrector(graph).entity(code, "undo", {})
    assert quads(both) == read_quads


def test_a_name_is_accepted_as_something_new(both):
    with living(both, SOURCES) as graph:
        for code in NEW:
            name = next(n for n in CONTENTS["made1", 0].names + CONTENTS["made2", 0].names if n.code == code)
            corrector(graph).entity(code, "accept", {"en": "A Name", "zh": "某名称", "class": name.candidate})
    text = "\n".join(map(str, quads(both)))
    assert "某名称" in text
    assert not any("candidateType" in str(q.predicate) and str(q.subject).find("/id/x-") > 0 for q in quads(both))
    assert differences(both) == []


def test_what_is_shown_of_a_name_follows_what_is_said_of_it(store):
    """Two articles state the same observation of a name: its labels are those of the name as it is now."""
    with living(store, SOURCES) as graph:
        for content in PLACES.values():
            graph.put(content)
        code = PLACES["place0"].names[0].code
    for number, (action, given, into) in enumerate((
        ("accept", {"zh": "宁波海滨示范区", "en": "Ningbo Seaside Zone", "class": "Place"}, None),
        ("accept", {"zh": "宁波海滨区", "class": "Place"}, None), ("undo", {}, None), ("merge", {}, "ningbo"),
        ("reject", {}, None), ("undo", {}, None),
    )):  # fmt: skip
        with living(store, SOURCES) as graph:
            corrector(graph).entity(code, action, given, into)
        assert not looked_at(number) or differences(store) == [], action


def test_a_name_that_is_none_takes_its_rows_with_it(both):
    with living(both, SOURCES) as graph:
        for code in NEW:
            corrector(graph).entity(code, "reject", {})
    assert not any(code in str(quad) for quad in quads(both) for code in NEW)
    assert differences(both) == []


def test_a_date_set_later_is_that_of_a_build_with_it(store, built_quads):
    with living(store, SOURCES) as graph:
        changes = corrector(graph).metadata(UNDATED, {"published": "2022-08-10"})
        assert changes
        assert all("2022" in change.after[1] for change in changes if change.after)
    article = SOURCES.articles[UNDATED]
    dated = replace(article, article=replace(article.article, published="2022-08-10"))
    sources = corrected_sources(replace(SOURCES, articles=SOURCES.articles | {UNDATED: dated}), Overlay(store))
    assert quads(store) == built_of(sources)
    assert not any(f"open-H1_{UNDATED}" in str(quad) for quad in quads(store))
    with living(store, SOURCES) as graph:
        corrector(graph).metadata(UNDATED, {"published": None})
    assert quads(store) == built_quads


def test_a_date_before_what_an_article_reports_is_refused(both, read_quads):
    with living(both, SOURCES) as graph, pytest.raises(InvalidData, match="FutureNeedsForecast"):
        corrector(graph).metadata("000_7b0ff383e1855b6b", {"published": "1999-01-01"})
    assert quads(both) == read_quads


@pytest.mark.parametrize(
    ("digest", "given", "said"),
    [
        ("0" * 20, {"value": "1"}, "no claim"),
        (None, {}, "nothing to amend"),
        (None, {"valu": "1"}, "no 'valu'"),
        (None, {"value": "much"}, "no figure"),
        (None, {"entity": "no-such-thing"}, "unknown name"),
        (None, {"period": "2019-13"}, "not a calendar period"),
        (None, {"value": "-150 percent"}, "GrowthFloor"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(both, read_quads, digest, given, said):
    with living(both, SOURCES) as graph, pytest.raises(CbecError, match=said):
        corrector(graph).claim(digest or claim_digest(figure(graph)), "amend", given)
    assert quads(both) == read_quads
    assert states(both) == []


def test_curated_claims_and_entities_are_edited_where_they_stand(both):
    with living(both, SOURCES) as graph:
        row = SOURCES.articles[UNDATED].rows[0]
        with pytest.raises(CbecError, match="curated"):
            corrector(graph).claim(claim_digest(row), "reject", {})
        with pytest.raises(CbecError, match="data/entities"):
            corrector(graph).entity("aliexpress", "reject", {})


def test_an_overlay_that_was_edited_is_not_half_applied(both):
    with living(both, SOURCES) as graph:
        corrector(graph).claim(claim_digest(figure(graph)), "reject", {})
    path = overlay_path(both, None)
    line = json.loads(path.read_text())
    path.write_text(json.dumps(line | {"action": "accept"}) + "\n")
    with pytest.raises(StoreError, match="has changed"), living(both, SOURCES):
        pass
    build(both, paths.resources())
    assert differences(both) == []
    with living(both, SOURCES):
        pass


OTHER = made_up("other", "Cross-border e-commerce exports of the Qingdao seaside model zone rose 4.5 percent in 2023.")


def test_what_is_said_of_what_a_name_was_merged_into_reaches_its_articles(store):
    with living(store, SOURCES) as graph:
        graph.put(PLACES["place0"])
        graph.put(OTHER)
        first, second = PLACES["place0"].names[0].code, OTHER.names[0].code
        assert first != second
    for number, (code, action, given, into) in enumerate((
        (first, "merge", {}, second), (second, "accept", {"zh": "青岛海滨区", "class": "Place"}, None),
        (second, "reject", {}, None), (second, "undo", {}, None), (second, "merge", {}, "qingdao"),
        (second, "undo", {}, None),
    )):  # fmt: skip
        with living(store, SOURCES) as graph:
            corrector(graph).entity(code, action, given, into)
        assert not looked_at(number) or differences(store) == [], (action, into)
    with living(store, SOURCES) as graph:
        with pytest.raises(CbecError, match="merged"):
            corrector(graph).entity(second, "merge", {}, first)
        assert graph.drop("other") != []
    assert differences(store) == []
    assert not any(second in path.read_text("utf-8") for path in (store / "history").iterdir())


def test_what_an_article_says_of_itself_is_not_taken_back(both, read_quads):
    with living(both, SOURCES) as graph, pytest.raises(CbecError, match="was not set"):
        corrector(graph).metadata("made1", {"published": None})
    assert quads(both) == read_quads


def test_bounds_of_an_amended_figure_follow_the_figure_as_it_was_amended(both):
    with living(both, SOURCES) as graph:
        (once,) = corrector(graph).claim(claim_digest(figure(graph)), "amend", {"value": "7 percent"})
        (twice,) = corrector(graph).claim(once.after[0], "amend", {"qualifier": "about"})
        corrector(graph).claim(twice.after[0], "amend", {"qualifier": "exact"})
        assert once.after[0] in claims(graph, "made1")


def test_a_change_that_was_begun_is_not_ended_with_other_corrections(both, monkeypatch):
    """What a hand wrote into the file in the meantime would be in the graph for one article only."""

    def full(store, minus, plus):
        raise StoreError("full")

    with living(both, SOURCES) as graph, monkeypatch.context() as patch:
        patch.setattr("cbec_kg.pipeline.living.apply", full)
        with pytest.raises(StoreError, match="full"):
            corrector(graph).claim(claim_digest(figure(graph)), "reject", {})
    path = overlay_path(both, None)
    path.write_text(path.read_text().replace("reject", "accept"))
    with pytest.raises(StoreError, match="changed while"), living(both, SOURCES):
        pass
    build(both, paths.resources())
    assert differences(both) == []


FORMS = {"made1": [CONTENTS["made1", 0], CONTENTS["made1", 1]], "place0": [PLACES["place0"]], "other": [OTHER]}
NAMES = [NEW[0], PLACES["place0"].names[0].code, OTHER.names[0].code]


@pytest.mark.parametrize("seed", range(3))
def test_any_history_ends_where_a_build_does(store, seed):
    draw = random.Random(seed)
    with living(store, SOURCES) as graph:
        ingester, done = Ingester(graph, SOURCES), 0
        for _ in range(40):
            speaker = Corrector(graph, ingester, SAID)
            name = draw.choice(["made1", "place0", "other"])
            try:
                match draw.randrange(7):
                    case 0 | 1:
                        graph.put(draw.choice(FORMS[name]))
                    case 2:
                        graph.drop(name)
                    case 3:
                        day = draw.choice(["2024-07-30", "2025-01-12", None])
                        speaker.metadata(draw.choice([name, UNDATED]), {"published": day})
                    case 4:
                        action = draw.choice(["accept", "merge", "reject", "undo"])
                        given = {"en": "A Name", "zh": "某名称"} if action == "accept" else {}
                        into = draw.choice(["ningbo", "g100-overseas-plan", *NAMES])
                        speaker.entity(draw.choice(NAMES), action, given, into)
                        done += 1
                    case _:
                        content = graph.shown(name)
                        rows = content.rows if content else ()
                        action = draw.choice(["accept", "reject", "amend", "undo"])
                        given = {"period": draw.choice(["2019", "2020-H1", ""])} if action == "amend" else {}
                        if rows:
                            speaker.claim(claim_digest(draw.choice(rows)), action, given)
            except CbecError:
                pass
    assert done >= 2, "names were said something of"
    assert differences(store) == []


def test_older_builds_and_half_written_files_go_with_what_is_forgotten(store):
    with living(store, SOURCES) as graph:
        graph.put(CONTENTS["made1", 0])
    build(store, paths.resources())
    assert len([path for path in (store / "builds").iterdir() if path.is_dir()]) == 2
    (store / "pending.json.new").write_text("made1")
    with living(store, SOURCES) as graph:
        graph.drop("made1")
    assert [path for path in (store / "builds").iterdir() if path.is_dir()] == [current(store)]
    assert not list(store.glob("*.new"))
