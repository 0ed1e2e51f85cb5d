"""The SPARQL editor without scripts, on a running server; with scripts a browser tries it (tests/interop/web)."""

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

import cbec_kg.web
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.limits import Limits, TooBig
from cbec_kg.web.work.pages.editor import as_file
from tests.web.pages.reading import read
from tests.web.serving import Served

VENDOR = Path(cbec_kg.web.__file__).parent / "static" / "vendor"
PLATFORMS = "SELECT ?p ?label { ?p a cbec:Platform ; rdfs:label ?label FILTER(LANG(?label) = 'en') } ORDER BY ?p"


def text_of(page: str) -> str:
    """What stands in the text field."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    assert found is not None
    return found[1].replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'")


def test_a_shared_query_stands_in_the_field_and_is_not_run(server: Served) -> None:
    page = server.get("/editor?" + urlencode({"query": PLATFORMS + '\n# "</textarea><script>alert(1)</script>'}))
    assert page.status_code == 200
    assert text_of(page.text).startswith(PLATFORMS)
    assert "<script>alert" not in page.text
    assert "<table" not in page.text


def test_a_saved_query_is_an_example_that_runs(server: Served) -> None:
    text = text_of(server.get("/editor?example=platforms/list").text)
    assert (
        text == Catalogue().find("platforms/list").text.partition("\n\n")[0].split("#+")[-1].partition("\n")[2].strip()
    )
    found = read(server.post("/editor", {"query": text, "limit": "100"}).text)
    assert len(found.rows) > 2
    assert server.get("/editor?example=no/such").status_code == 404


def test_rows_are_a_table_whose_things_are_links(server: Served) -> None:
    found = read(server.post("/editor", {"query": PLATFORMS, "limit": "1000"}).text)
    assert found.rows[0] == ["p", "label"]
    assert found.links["/id/aliexpress.html"] == "AliExpress"
    assert "Rows: " in found.text


def test_more_rows_than_fit_are_told_of(server: Served) -> None:
    page = server.post("/editor", {"query": "SELECT * { ?s ?p ?o }", "limit": "20"}).text
    assert len(read(page).rows) == 21
    assert "The first 20 rows; there are more" in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("ASK { id:china ?p ?o }", "Yes: "),
        ("ASK { id:china rdfs:nothing ?o }", "No: "),
        ("SELECT * { id:china rdfs:nothing ?o }", "No rows."),
        ("CONSTRUCT { id:china rdfs:label ?o } WHERE { id:china rdfs:label ?o }", "中国"),
    ],
)
def test_every_form_of_query_has_an_answer_to_read(server: Served, query: str, said: str) -> None:
    page = server.post("/editor", {"query": query})
    assert page.status_code == 200
    assert said in page.text


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT * {", 400, "cannot be read"),
        ("", 400, "cannot be read"),
        ("DELETE WHERE { ?s ?p ?o }", 400, "only queries are run here"),
        ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", 400, "leave SERVICE out"),
        ("SELECT * " + "{" * 3_000 + "}" * 3_000, 400, "more than 500 brackets"),
    ],
)
def test_what_is_refused_is_said_above_a_text_that_stays(server: Served, query: str, status: int, said: str) -> None:
    page = server.post("/editor", {"query": query})
    assert page.status_code == status
    assert said in page.text
    assert text_of(page.text) == query


def test_a_form_that_is_none_or_too_long_is_refused(server: Served) -> None:
    kind = {"content_type": "application/x-www-form-urlencoded"}
    assert server.post("/editor", "{}", content_type="application/json").status_code == 415
    assert server.post("/editor", b"query=" + b"x" * (1 << 20), **kind).status_code == 413
    assert server.post("/editor", b"query=%ff", **kind).status_code == 400
    assert server.post("/editor", "&".join(f"a{n}=" for n in range(30)), **kind).status_code == 400


@pytest.mark.parametrize(
    ("form", "media", "begins"),
    [
        ("csv", "text/csv; charset=utf-8", b"p,label\r\n"),
        ("json", "application/sparql-results+json", b'{"head"'),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_an_answer_is_downloaded_whole(server: Served, form: str, media: str, begins: bytes) -> None:
    answer = server.post("/editor", {"query": PLATFORMS, "format": form, "download": "yes", "limit": "1"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == media
    assert answer.headers["content-disposition"].startswith('attachment; filename="answer.')
    assert answer.content.startswith(begins)
    if form == "csv":
        assert answer.text.count("\n") > 100


def test_a_file_has_all_rows_or_is_none(built_store: Path) -> None:
    graph = OpenGraph(EmbeddedStore(built_store))
    with pytest.raises(TooBig, match="more than 3 rows"):
        as_file(graph, Limits(rows=3), PLATFORMS, "csv", "en")


def test_triples_are_downloaded_as_triples_and_rows_are_not(server: Served) -> None:
    query = "CONSTRUCT { id:china rdfs:label ?o } WHERE { id:china rdfs:label ?o }"
    asked = {"query": query, "format": "ttl", "download": "yes"}
    answer = server.post("/editor", asked)
    assert answer.headers["content-type"].startswith("text/turtle")
    assert "id:china" in answer.text
    assert "holds triples" in server.post("/editor", asked | {"query": PLATFORMS}).text
    assert "unknown format" in server.post("/editor", asked | {"format": "<x>"}).text


def test_terms_have_prefixes_classes_properties_codes_and_entities_in_both_languages(server: Served) -> None:
    answer = server.get("/editor/terms.json")
    told = json.loads(answer.text)
    terms = {name: (kind, en, zh) for name, kind, en, zh in told["terms"]}
    assert told["prefixes"]["cbec"] == "https://w3id.org/cbec-kg/ontology#"
    assert terms["cbec:Platform"] == ("class", "platform", "平台")
    assert terms["cbec:launches"][0] == "property"
    assert terms["voc:status-reported"][0] == "code"
    assert terms["id:china"] == ("entity", "China", "中国")
    assert server.get("/editor/terms.json", if_none_match=answer.headers["etag"]).status_code == 304


def test_the_field_has_a_name_and_all_scripts_are_of_this_server(server: Served) -> None:
    found = read(server.get("/editor").text)
    assert {"for": "query"} in found.of("label")
    assert all(one["src"].startswith("/static/") for one in found.of("script"))
    script = server.get("/static/editor.js").text
    (bundle,) = re.findall(r'from "\./(vendor/[^"]+)"', script)
    assert server.get(f"/static/{bundle}").status_code == 200


def test_what_others_wrote_is_what_its_readme_names() -> None:
    told = re.findall(r"^([0-9a-f]{64})  (\S+)$", (VENDOR / "README.md").read_text("utf-8"), re.MULTILINE)
    found = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()} - {"README.md"}
    assert {name for _, name in told} == found
    for digest, name in told:
        assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == digest, name
    assert (VENDOR / "codemirror-6.43.15/codemirror.min.js").stat().st_size < 400_000
