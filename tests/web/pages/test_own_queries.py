"""Saved queries of an operator's own folder: their topic, a parameter that must be given, one that takes too long."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cbec_kg.store.pool.limits import Limits
from tests.web.pages.reading import read
from tests.web.serving import Served, inside, serving

NEEDS = """#+ summary: Twice a number
#+ params:
#+   number: {type: integer, required: true, default: 3, label: {en: Number, zh: 数}}
#+ columns: {twice: integer}
SELECT ?twice {
  VALUES ?number { 3 }  #= number
  BIND(2 * ?number AS ?twice)
} ORDER BY ?twice
"""
SLOW = """#+ summary: Everything with everything
#+ params:
#+   kind: {type: iri, class: "owl:Class", default: "cbec:Platform", label: {en: Kind, zh: 类}}
#+ columns: {pairs: integer}
SELECT (COUNT(*) AS ?pairs) {
  VALUES ?kind { cbec:Platform }  #= kind
  ?a ?b ?c . ?d ?e ?f . ?g ?h ?i
}
"""
ELSEWHERE = """#+ summary: Another server
#+ columns: {s: iri}
SELECT ?s { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } } ORDER BY ?s
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("queries")
    (folder / "mine").mkdir()
    for name, text in (("needs", NEEDS), ("slow", SLOW), ("elsewhere", ELSEWHERE)):
        (folder / "mine" / f"{name}.rq").write_text(text, "utf-8")
    return folder


@pytest.fixture(scope="module")
def client(built_store: Path, folder: Path) -> Iterator[Served]:
    with serving(built_store, "--queries", str(folder), "--readers", "1") as served:
        yield served


def test_a_topic_that_is_not_ours_has_its_folders_name(client: Served) -> None:
    page = read(client.get("/queries?lang=zh").text)
    assert page.links["/queries/mine"] == "mine"
    assert len([link for link in page.links if link.startswith("/queries/mine/")]) == 3


def test_a_value_that_must_be_given_is_asked_for(client: Served) -> None:
    page = client.get("/queries/mine/needs?lang=en")
    assert page.status_code == 400
    assert "number is not given" in page.text
    found = read(client.get("/queries/mine/needs?number=21&lang=en").text)
    assert found.rows[1] == ["42"]


def test_a_query_that_takes_too_long_says_so_and_keeps_its_form(built_store: Path, folder: Path) -> None:
    with inside(built_store, queries=folder, readers=1, limits=Limits(seconds=1.5)) as client:
        page = client.get("/queries/mine/slow?kind=cbec:Company&lang=en")
    assert page.status_code == 503
    assert "did not end before its deadline" in page.text
    assert "On a large graph some questions take longer" in page.text
    assert read(page.text).fields["kind"] == ["cbec:Company"]


def test_a_query_that_asks_another_server_is_refused(client: Served) -> None:
    page = client.get("/queries/mine/elsewhere?lang=en")
    assert page.status_code == 400
    assert "leave SERVICE out" in page.text
