"""The list of findings and the page of each, on a running server; a graph of a revision, in a reader's work."""

import re
from pathlib import Path

import pytest

from cbec_kg.namespaces import compact
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, iri, text
from cbec_kg.store.embedded import EmbeddedStore, MemoryStore
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.pages.compared import finding
from cbec_kg.web.work.pages.findings import Choice, Listed, listed
from tests.web.pages.reading import read
from tests.web.serving import Served

GROWTH_2020 = "2020: disagrees (growth against two levels)"


@pytest.fixture(scope="module")
def found(built_store: Path) -> Listed:
    return listed(OpenGraph(EmbeddedStore(built_store)), Choice(), "en", 0, 1_000)


def page_of(server: Served, found: Listed, label: str, lang: str = "en") -> str:
    (address,) = (
        f"/finding/{one.thing.iri.rpartition('/')[2]}.html" for one in found.findings if label in one.thing.label
    )
    answer = server.get(f"{address}?lang={lang}")
    assert answer.status_code == 200
    return answer.text


def test_the_list_has_every_finding_conflicts_first_with_numbers_by_kind(server: Served, found: Listed) -> None:
    page = read(server.get("/findings").text)
    kinds = [row[0] for row in page.rows if row[0] in ("conflict", "agreement", "derived", "revision")]
    assert len(kinds) == found.total == sum(found.kinds.values()) - found.kinds["gap"]
    assert kinds == sorted(kinds, key=["conflict", "revision", "agreement", "derived"].index)
    assert found.kinds["conflict"] >= 4


def test_choices_narrow_the_list_and_their_numbers_are_true(server: Served, built_store: Path, found: Listed) -> None:
    graph = OpenGraph(EmbeddedStore(built_store))
    for kind in ("conflict", "agreement", "derived"):
        assert listed(graph, Choice(kind), "en", 0, 1).total == found.kinds[kind]
    for one in found.indicators:
        assert listed(graph, Choice(indicator=compact(one.thing.iri)), "en", 0, 1).total == one.count
    for one in found.articles:
        assert listed(graph, Choice(article=one.thing.iri), "en", 0, 1).total == one.count
    page = server.get("/findings?kind=conflict&indicator=voc%3Agoods-trade-value").text
    assert {row[0] for row in read(page).rows[1:4]} == {"conflict"}
    assert "voc%3Agoods-trade-value" in page


def test_gaps_are_years_between_others_of_a_series(found: Listed) -> None:
    gaps = {gap.series.iri.rpartition("/")[2]: gap.years for gap in found.gaps}
    assert gaps["cbec-trade-value_china_all_all_total_gac-total"] == (2021,)
    assert all(len(years) for years in gaps.values())


@pytest.mark.parametrize("query", ["kind=x", "indicator=%22%3E%3Cscript%3E", "article=a%20b"])
def test_a_choice_that_is_none_is_refused(server: Served, query: str) -> None:
    answer = server.get(f"/findings?{query}", accept="text/html")
    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_a_choice_that_fits_nothing_has_an_empty_list(server: Served) -> None:
    assert "There are none with these choices" in server.get("/findings?article=art:none").text
    assert server.get("/findings?page=999").status_code == 200


def test_every_finding_has_a_page_in_both_languages(server: Served, found: Listed) -> None:
    for place, one in enumerate(found.findings):
        address = f"/finding/{one.thing.iri.rpartition('/')[2]}.html?lang={'zh' if place % 2 else 'en'}"
        assert server.get(address).status_code == 200, one.thing.label


def test_a_conflict_shows_formula_numbers_both_intervals_and_where_each_side_stands(
    server: Served, found: Listed
) -> None:
    page = page_of(server, found, GROWTH_2020)
    for said in (
        "(32.16 trillion / 31.54 trillion − 1) × 100 = 1.96575776791",
        "+1.966% (+1.933% to +1.998%)", "+1.5% (+1.45% to +1.55%)", "0.384%", "Why, perhaps", "another scope",
        "The tested claim", "The claims it was held against", "characters 702",
    ):  # fmt: skip
        assert said in page, said
    links = read(page).links
    assert any(link.startswith("/claim/") for link in links)
    assert any(re.match(r"/article/\S+\.html#\S", link) for link in links)
    assert "/findings?indicator=voc%3Agoods-trade-value" in links
    bars = read(page).of("rect")
    assert float(bars[0]["x"]) > float(bars[1]["x"]) + float(bars[1]["width"])


def test_an_agreement_says_that_the_intervals_meet(server: Served, found: Listed) -> None:
    page = page_of(server, found, "2022: agrees (exports and imports against the total)", "zh")
    assert "1.55万亿 + 5600亿 = 2.11万亿" in page
    assert "两个区间相交" in page


def test_of_a_revision_both_releases_are_told() -> None:
    revision, first, second = iri("finding:1"), iri("claim:1"), iri("claim:2")
    told = {
        "cbec:check": iri("voc:check-same-key"), "cbec:formula": text("later release - earlier release"),
        "cbec:earlierClaim": first, "cbec:laterClaim": second,
    }  # fmt: skip
    store = MemoryStore(
        [
            Quad(revision, RDF_TYPE, iri("cbec:Revision")),
            *(Quad(revision, iri("cbec:basedOn"), claim) for claim in (first, second)),
            *(Quad(revision, iri(name), value) for name, value in told.items()),
            Quad(first, RDFS_LABEL, text("2.11 trillion", "en")),
            Quad(second, RDFS_LABEL, text("2.1 trillion", "en")),
        ]
    )
    compared = finding(OpenGraph(store), revision.value, "en")
    assert (compared.kind, compared.claims, compared.tested) == ("revision", (), None)
    assert compared.earlier is not None
    assert compared.earlier.label == "2.11 trillion"
    assert compared.later is not None
    assert compared.later.label == "2.1 trillion"


def test_a_finding_that_is_none_is_not_found(server: Served) -> None:
    assert server.get("/finding/0000.html").status_code == 404
