"""What changed since a moment is the difference between the graphs that the contents of both moments make."""

import tempfile
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cbec_kg.errors import CbecError, StoreError
from cbec_kg.model.article import Article
from cbec_kg.model.new_names import NewName
from cbec_kg.model.rows import ObservationRow, RelationRow
from cbec_kg.namespaces import CBEC, ID, OBS
from cbec_kg.pipeline import log
from cbec_kg.pipeline.changes import changes, vocabulary_of
from cbec_kg.pipeline.changes_table import as_json, changes_table
from cbec_kg.pipeline.graphs import asserted_graphs, quads_of
from cbec_kg.pipeline.history import History, Made
from cbec_kg.pipeline.since import moment
from cbec_kg.pipeline.sources import Curated
from cbec_kg.rdf.terms import iri
from cbec_kg.store.embedded import EmbeddedStore, MemoryStore
from tests.pipeline.test_delta import SOURCES

VOCABULARY = SOURCES.vocabulary
PLANS = tuple(NewName(f"x-{number}", f"Far Shores Plan {number}", "Programme") for number in range(3))
MINUTE = datetime(2024, 1, 20, tzinfo=UTC)


def observation(article, period, kind, value, **more):
    """A row that states trade of China, with an interval of a tenth of the value's unit on each side."""
    value = Decimal(value)
    unit, basis = ("CNY", None) if kind == "level" else ("percent", "yoy")
    given_keys = {
        "indicator": "cbec-trade-value", "entity": "china", "flow": "total", "scope": "gac-total", "period": period,
        "kind": kind, "value": value, "lower": value - Decimal("0.1"), "upper": value + Decimal("0.1"),
        "unit": unit, "basis": basis, "qualifier": "exact", "status": "reported", "start": 0, "end": 9,
    }  # fmt: skip
    return ObservationRow(article=article, **{**given_keys, **more})


def launching(article, plan):
    return RelationRow(
        article=article, start=10, end=20, status="actual",
        subject="aliexpress", predicate="launches", object=plan.code,
    )  # fmt: skip


def content(name, rows, published=None):
    plans = {row.object for row in rows if isinstance(row, RelationRow)}
    article = Article(id=name, lang="en", sha256="0" * 64, length=99, published=published)
    return Curated(article, tuple(rows), tuple(plan for plan in PLANS if plan.code in plans))


@st.composite
def contents(draw, name):
    """What an article states: a few figures of two observations, and programmes with names of its own."""
    rows = draw(
        st.lists(
            st.builds(
                observation, st.just(name), st.sampled_from(["2022", None]), st.sampled_from(["level", "growth"]),
                st.sampled_from(["5", "5.1", "7", "7.5"]),
                status=st.sampled_from(["reported", "reported", "estimate", "forecast"]),
                reported_by=st.sampled_from([None, None, "general-administration-of-customs"]),
                released_on=st.sampled_from([None, "2023-01-13"]),
                qualifier=st.sampled_from(["exact", "about"]),
                base_period=st.sampled_from([None, None, "--H1"]),
                end=st.integers(5, 9),
            ),
            max_size=4,
        )
    )  # fmt: skip
    rows += [launching(name, plan) for plan in draw(st.sets(st.sampled_from(PLANS), max_size=2))]
    return content(name, dict.fromkeys(rows), draw(st.sampled_from([None, "2023-02-01", "2024-01-20"])))


NAMES = ("c1", "c2", "m1", "m2")
"""Curated articles, which a build changes, and ingested ones, which change by themselves."""


@st.composite
def histories(draw):
    """Events: a build with the contents of the curated articles, or one ingested article that comes or is forgotten."""
    events = [("build", {name: draw(contents(name)) for name in NAMES[:2]})]
    for _ in range(draw(st.integers(1, 6))):
        if draw(st.booleans()):
            held = draw(st.sets(st.sampled_from(NAMES[:2])))
            events.append(("build", {name: draw(contents(name)) for name in sorted(held)}))
        else:
            name = draw(st.sampled_from(NAMES[2:]))
            events.append((name, draw(st.none() | contents(name))))
    return events


class Kept:
    """A history written event by event, and besides it the contents of every moment as a list of dictionaries."""

    def __init__(self, folder, events):
        self.folder, self.moments, self.forgotten, self.builds = folder, [], [], []
        folder.mkdir(exist_ok=True)
        history, held, build = History(folder), {}, 0
        for number, (what, new) in enumerate(events):
            at = (MINUTE + timedelta(minutes=number)).isoformat(timespec="seconds")
            gone = 0
            if what == "build":
                build += 1
                self.builds.append((f"{build:04}", number))
                held = {name: one for name, one in held.items() if name in NAMES[2:]} | new
                for name in NAMES[:2]:
                    history.add(name, new.get(name), Made(at, f"{build:04}", "build"), curated=True)
                entry = {"build": f"{build:04}", "forgot": 0, "entities_came": [], "entities_went": []}
                log.append(folder, {"at": at, **entry})
            elif new:
                held = held | {what: new}
                history.add(what, new, Made(at, f"{build:04}", "change"), curated=False)
            elif what in held:
                held = {name: one for name, one in held.items() if name != what}
                self.moments = [{n: one for n, one in earlier.items() if n != what} for earlier in self.moments]
                history.forget(what)
                log.append(folder, {"at": at, "forgot": 1})
                gone = 1
            self.moments.append(held)
            self.forgotten.append(gone)

    def graph(self):
        return MemoryStore(quads_of(graphs(self.moments[-1])))


def graphs(held):
    return asserted_graphs(replace(SOURCES, ontology=(), shapes=(), entities=(), articles=held))


def told(triples):
    """Properties of each subject of a dump, by local name."""
    found = defaultdict(dict)
    for triple in triples:
        found[str(triple.subject)[1:-1]][triple.predicate.value.removeprefix(CBEC)] = triple.object.value
    return found


def dumped(held):
    """What a graph shows, which entities articles name, and which claims its findings say contradict each other."""
    made = graphs(held)
    shown = {
        (node.removeprefix(OBS), kind): (said.get(value), said[f"{kind}Claim"].rsplit("/", 1)[1])
        for node, said in told(made["observations"]).items()
        for kind, value in (
            ("level", "level"),
            ("growth", "growthPercent"),
            ("share", "sharePercent"),
            ("rank", "rank"),
        )
        if f"{kind}Claim" in said
    }
    stated = told(t for name, triples in made.items() if name.startswith("article_") for t in triples)
    names = {node.removeprefix(ID) for node in stated if node.startswith(f"{ID}x-")}
    found, based = told(made["findings"]), defaultdict(list)
    for triple in made["findings"]:
        if triple.predicate.value == CBEC + "basedOn":
            based[str(triple.subject)[1:-1]].append(triple.object.value.rsplit("/", 1)[1])
    kinds = {triple.subject.value for triple in made["findings"] if triple.object == iri("cbec:Disagreement")}
    pairs = {tuple(sorted(based[one])) for one in kinds if found[one]["check"].endswith("check-same-key")}
    return shown, names, pairs


def figures(found):
    """Figures that changed: value and claim, before and now."""

    def side(one):
        return one and (str(one.row.value), one.digest)

    return {(one.observation, one.measure): (side(one.before), side(one.now)) for one in found.figures}


def pairs_of(conflicts):
    return {tuple(side.digest for side in one.sides) for one in conflicts}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(histories(), st.data())
def test_changes_are_the_difference_of_two_builds(events, data):
    with tempfile.TemporaryDirectory() as folder:
        kept = Kept(Path(folder), events)
        graph = kept.graph()
        number = data.draw(st.integers(0, len(events) - 1), label="moment")
        named = {at: build for build, at in kept.builds}
        given_as = [(MINUTE + timedelta(minutes=number, seconds=30)).isoformat()]
        given_as += [named[number]] if number in named else []
        found = [changes(Path(folder), graph, VOCABULARY, text) for text in given_as]
    (shown, names, pairs), (shown_now, names_now, pairs_now) = dumped(kept.moments[number]), dumped(kept.moments[-1])
    for one in found:
        assert figures(one) == {
            key: (shown.get(key), shown_now.get(key))
            for key in shown.keys() | shown_now.keys()
            if shown.get(key) != shown_now.get(key)
        }
        assert (set(one.entities_came), set(one.entities_went)) == (names_now - names, names - names_now)
        assert pairs_of(one.conflicts_came) == pairs_now - pairs
        assert pairs_of(one.conflicts_went) == pairs - pairs_now
        assert one.forgotten == sum(kept.forgotten[number + 1 :])
        for article in one.articles:
            before, now = kept.moments[number].get(article.article), kept.moments[-1].get(article.article)
            assert [side and set(side.rows) for side in (article.before, article.now)] == [
                side and set(side.rows) for side in (before, now)
            ]
        assert as_json(one, "en")
        assert changes_table(one, "zh").endswith("\n")


@pytest.fixture
def kept(tmp_path):
    """An article states a figure, another one revises it, contradicts it, and gives a figure in dollars besides."""
    dollars = observation("m2", "2022", "level", "3", unit="USD")
    rows = (observation("m2", "2022", "level", "7", released_on="2023-07-13"), dollars, launching("m2", PLANS[0]))
    events = [
        ("build", {"c1": content("c1", [observation("c1", "2022", "level", "5", released_on="2023-01-13")])}),
        ("m1", content("m1", [observation("m1", "2022", "growth", "9.8")])),
        ("m2", content("m2", rows)),
    ]
    return Kept(tmp_path, events)


TRADE = "Cross-border e-commerce trade value (imports and exports; cross-border e-commerce, customs total), China, 2022"


def test_a_table_for_people(kept):
    found = changes(kept.folder, kept.graph(), VOCABULARY, "1")
    assert changes_table(found, "en").splitlines() == [
        "since build 0001 (2024-01-20 00:00:00 UTC)",
        "articles: 2 came, 0 replaced, 0 went, 0 forgotten",
        "claims: 4 new, 0 gone (figures that no observation shows included)",
        "",
        "figures",
        f"  appeared  {TRADE}: +9.8% year on year [m1]",
        f"  revised   {TRADE}: 5 yuan [c1] -> 7 yuan [m2]",
        "",
        "entities",
        "  appeared  Far Shores Plan 0 (x-0)",
        "",
        "conflicts",
        f"  appeared  {TRADE}: 5 yuan [c1] against 7 yuan [m2]",
        "",
        "changes: figures 1 appeared, 1 revised; entities 1 appeared; conflicts 1 appeared",
    ]


def test_long_groups_are_cut(kept):
    found = changes(kept.folder, kept.graph(), VOCABULARY, "1")
    assert "  ... 1 more" in changes_table(found, "en", 1).splitlines()
    assert "figures 1 appeared, 1 revised" in changes_table(found, "en", 1)


def test_json_has_what_no_observation_shows(kept):
    told_ = as_json(changes(kept.folder, kept.graph(), VOCABULARY, "1"), "zh")
    [_, second] = told_["articles"]
    assert (second["article"], second["change"], len(second["claims_new"])) == ("m2", "came", 3)
    assert any("3美元" in claim["label"] for claim in second["claims_new"])
    [revised] = told_["figures"]["revised"]
    assert (revised["before"]["value"], revised["now"]["articles"]) == (5, ["m2"])


def test_what_is_forgotten_has_no_part_in_either_moment(kept):
    History(kept.folder).forget("m2")
    log.append(kept.folder, {"at": "2024-01-21T00:00:00+00:00", "forgot": 1})
    held = {name: one for name, one in kept.moments[-1].items() if name != "m2"}
    found = changes(kept.folder, MemoryStore(quads_of(graphs(held))), VOCABULARY, "1")
    assert (found.forgotten, [one.article for one in found.articles]) == (1, ["m1"])
    assert "m2" not in changes_table(found, "en")
    assert [one.before for one in found.figures] == [None]


def test_a_name_that_another_article_has_neither_comes_nor_goes(tmp_path):
    def plan(name):
        return content(name, [launching(name, PLANS[0])])

    events = [("build", {}), ("m1", plan("m1")), ("m2", plan("m2")), ("m2", content("m2", []))]
    for count, minute, came in ((2, 0, ("x-0",)), (3, 1, ()), (4, 2, ())):
        kept = Kept(tmp_path / str(count), events[:count])
        found = changes(kept.folder, kept.graph(), VOCABULARY, f"2024-01-20T00:0{minute}:30")
        assert (found.entities_came, found.entities_went) == (came, ())


def test_the_day_of_an_article_decides_as_in_the_graph(tmp_path):
    """Two claims that only the articles' days set apart; then one article is given another day, and no other row."""

    def dated(name, value, day):
        return content(name, [observation(name, "2022", "level", value)], day)

    events = [
        ("build", {"c1": dated("c1", "5", "2023-01-13")}), ("m1", dated("m1", "7", "2023-07-13")),
        ("m1", dated("m1", "7", "2022-07-13")),
    ]  # fmt: skip
    for count, shown in ((2, "7"), (3, None)):
        kept = Kept(tmp_path / str(count), events[:count])
        [*revised] = figures(changes(kept.folder, kept.graph(), VOCABULARY, "1")).values()
        assert [now[0] for _, now in revised] == ([shown] if shown else [])


def test_codes_that_the_vocabulary_has_lost_stand_for_themselves(tmp_path):
    strange = replace(observation("c1", "2022", "level", "5"), entity="atlantis", indicator="sea-level", scope="deep")
    history, made = History(tmp_path), Made("2024-01-20T00:00:00+00:00", "0001", "build")
    history.add("c1", content("c1", [strange]), made, curated=True)
    history.add("c1", None, replace(made, build="0002"), curated=True)
    for build in ("0001", "0002"):
        went = ["atlantis"] if build == "0002" else []
        log.append(tmp_path, {"build": build, "at": made.at, "entities_came": [], "entities_went": went})
    found = changes(tmp_path, MemoryStore(), VOCABULARY, "1")
    assert "went  Sea-level (imports and exports), atlantis, 2022: 5 yuan [c1]" in changes_table(found, "en")
    assert "  went  atlantis\n" in changes_table(found, "en")
    assert found.entities_went == ("atlantis",)
    assert as_json(found, "en")["articles"][0]["change"] == "went"


LINES = [
    {"at": "2024-01-19T00:00:00+00:00", "build": "0001"},
    {"at": "2024-01-20T08:00:00+00:00", "build": "0002", "entities_came": [], "entities_went": []},
    {"at": "2024-01-20T09:00:00+00:00", "forgot": 1},
    {"at": "2024-01-21T08:00:00+00:00", "build": "0003", "entities_came": [], "entities_went": []},
]


@pytest.mark.parametrize(
    ("given_as", "build", "at", "later", "early"),
    [
        ("2", "0002", "2024-01-20T08:00:00+00:00", 2, False),
        ("0003", "0003", "2024-01-21T08:00:00+00:00", 0, False),
        ("2024-01-21", None, "2024-01-21T00:00:00+00:00", 1, False),
        ("2024-01-20T17:00+08:00", None, "2024-01-20T09:00:00+00:00", 2, False),
        ("2024-01-20T09:00:01", None, "2024-01-20T09:00:01+00:00", 1, False),
        ("2024-01-20", "0002", "2024-01-20T08:00:00+00:00", 2, True),
        ("2999-01-01", None, "2999-01-01T00:00:00+00:00", 0, False),
    ],
)
def test_moments(given_as, build, at, later, early):
    since = moment(given_as, LINES)
    assert (since.build, since.at, len(since.later), since.early) == (build, at, later, early)


@pytest.mark.parametrize(
    ("given_as", "says"), [("1", "there is 0002, 0003"), ("9", "there is 0002, 0003"), ("soon", "YYYY|2024-01-20")]
)
def test_what_is_no_moment(given_as, says):
    with pytest.raises(CbecError, match=says):
        moment(given_as, LINES)


def test_a_store_without_history_says_what_to_run():
    with pytest.raises(StoreError, match="cbec-kg build"):
        moment("2024-01-20", LINES[:1])


def test_the_vocabulary_of_a_graph_is_that_of_its_sources(built_store):
    stored = vocabulary_of(EmbeddedStore(built_store))
    assert stored.coded == VOCABULARY.coded
    assert stored.things == VOCABULARY.things
    assert stored.superclasses == VOCABULARY.superclasses
