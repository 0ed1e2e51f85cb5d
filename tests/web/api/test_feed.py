"""The feed is Atom that readers of feeds read, each entry a change that the history tells."""

import xml.etree.ElementTree as xml
from datetime import datetime

import feedparser
import pytest

from cbec_kg.model.slots import Slots
from cbec_kg.pipeline.changes import vocabulary_of
from cbec_kg.pipeline.moments import moments
from tests.web.serving import Served

ATOM = "{http://www.w3.org/2005/Atom}"
SERIES = "cbec-trade-value_china_all_all_total_gac-total"


@pytest.fixture(scope="module")
def steps(built_store, graph):
    return list(moments(built_store, graph, vocabulary_of(graph)))


def feed(server: Served, path: str):
    text = server.get(path).text
    root = xml.fromstring(text)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    found = feedparser.parse(text)
    assert not found.bozo
    for entry in root.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1, name
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")).tzinfo
        assert entry.find(f"{ATOM}link").get("rel") == "alternate"
    return found


def test_every_change_of_the_history_is_an_entry(server: Served, steps) -> None:
    found, path, entries = None, "/changes.atom?limit=40", []
    while path:
        found = feed(server, path)
        entries += found.entries
        links = {one.rel: one.href for one in found.feed.links}
        assert links["self"] == server.url(path)
        path = links.get("next", "").removeprefix(server.base)
    figures = sum(len(step.compared.figures) for step in steps)
    conflicts = sum(len(step.compared.conflicts_came) + len(step.compared.conflicts_went) for step in steps)
    kinds = [entry.tags[0].term for entry in entries]
    assert (kinds.count("appeared"), kinds.count("conflict")) == (figures, conflicts)
    assert kinds.count("came") == sum(step.count for step in steps)
    assert len({entry.id for entry in entries}) == len(entries) > 40
    assert any("2.11 trillion yuan" in entry.title for entry in entries)


def test_ids_stay_in_every_page_and_language(server: Served) -> None:
    ids = [entry.id for entry in feed(server, "/changes.atom?limit=9").entries]
    assert [entry.id for entry in feed(server, "/changes.atom?limit=4&offset=5").entries] == ids[5:]
    chinese = feed(server, "/changes.atom?limit=9&lang=zh")
    assert [entry.id for entry in chinese.entries] == ids
    assert chinese.entries[0].title.startswith("新增：")


def test_a_series_has_a_feed_of_its_own(server: Served, steps) -> None:
    rows = [(one.now or one.before).row for step in steps for one in step.compared.figures]
    expected = sum(Slots.of(row).name == SERIES for row in rows)
    mine = feed(server, f"/series/{SERIES}/changes.atom")
    assert [entry.tags[0].term for entry in mine.entries].count("appeared") == expected > 0
    assert all(f"/obs/{SERIES}_" in entry.link for entry in mine.entries)
    assert [one.id for one in feed(server, f"/changes.atom?series={SERIES}").entries] == [
        one.id for one in mine.entries
    ]
