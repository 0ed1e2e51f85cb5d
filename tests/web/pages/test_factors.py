"""The factor map: the drawing, the table that says the same, and its choices."""

from pathlib import Path

import pytest

from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.pages.factor_drawing import draw
from cbec_kg.web.work.pages.factors import mapped
from tests.web.pages.reading import read
from tests.web.serving import Served


@pytest.fixture(scope="module")
def graph(built_store: Path) -> OpenGraph:
    return OpenGraph(EmbeddedStore(built_store))


def test_the_table_says_what_the_drawing_shows(server: Served) -> None:
    page = read(server.get("/factors?factor=voc%3Atechnology").text)
    lines = [attributes for name, attributes in page.elements if name == "path" and attributes["d"].startswith("M358")]
    rows = [row for row in page.rows if row[1] in ("drives", "curbs", "affects, without saying which way")]
    assert len(lines) == len(rows) > 20
    assert [line["class"] for line in lines].count("negative") == [row[1] for row in rows].count("curbs")
    assert all(row[5] for row in rows), "a row without claims"


def test_rolled_up_numbers_are_those_of_the_claims_behind_them(graph: OpenGraph) -> None:
    whole = mapped(graph, "", "", "en")
    assert whole.rolled_up
    for edge in whole.edges[:5]:
        part = mapped(graph, edge.factor.iri, edge.outcome.iri, "en")
        same = [claim for one in part.edges if one.polarity == edge.polarity for claim in one.claims]
        assert len(same) >= edge.count
        assert {one.iri for one in edge.articles} <= {article.iri for one in part.edges for article in one.articles}
    assert len(whole.edges[0].articles) >= len(whole.edges[-1].articles)


def test_a_factor_named_by_several_articles_is_counted_once_an_article(graph: OpenGraph) -> None:
    found = mapped(graph, "voc:cbec-development", "voc:foreign-trade", "en")
    (edge,) = (
        one for one in found.edges
        if one.factor.iri.endswith("/cbec-development") and one.outcome.iri.endswith("/foreign-trade")
        and one.polarity == "positive"
    )  # fmt: skip
    assert len(edge.articles) == 3
    assert len({claim.iri for claim in edge.claims}) == edge.count


def test_nothing_is_said_of_a_term_that_is_no_factor(server: Served) -> None:
    assert "No article says so" in server.get("/factors?factor=id:nobody").text
    answer = server.get("/factors?factor=%22%3E%3Cscript%3E", accept="text/html")
    assert answer.status_code == 400
    assert "<script>" not in answer.text


def test_both_languages_name_polarities_in_words(server: Served) -> None:
    assert "推动" in server.get("/factors?lang=zh").text
    assert "drives" in server.get("/factors?lang=en").text


def test_wider_lines_are_those_of_more_articles_and_names_are_escaped_by_the_page() -> None:
    drawing = draw([("a", "x", "positive", 1), ("b", "x", "positive", 9)], {"a": "A" * 60}, {("left", "a"): "/p"})
    thin, wide = drawing.lines
    assert thin.width < wide.width <= 9
    assert drawing.left[0].short.endswith("…")
    assert drawing.left[0].href == "/p"
    assert {round(node.y) for node in drawing.right} == {35}
