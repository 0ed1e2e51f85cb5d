"""Names of the graph asked for over HTTP: where they lead, what headers say, what is refused and how."""

import re

import httpx
import pytest
import yaml

from cbec_kg.web.data.forms import DATA, FORMS, form_for
from cbec_kg.web.data.routes import routes
from tests.conftest import ROOT, cases
from tests.web.serving import inside


@pytest.mark.parametrize("row", cases("web/data/cases/dereference.yaml"))
def test_a_path_is_answered_so(row, server):
    headers = {"accept": row["accept"]} if "accept" in row else {"accept": "*/*"}
    got = server.get(row["path"], **headers)
    assert got.status_code == row["status"], got.text
    if row.get("routed", True):
        assert got.headers["access-control-allow-origin"] == "*"
    if "location" in row:
        assert got.headers["location"] == row["location"]
        assert got.content == b""
        assert got.headers["vary"] == "Accept"
    if "type" in row:
        assert got.headers["content-type"] == row["type"]
    if "holds" in row:
        assert row["holds"] in got.text
    if row["status"] >= 400:
        said = got.json()
        assert said["status"] == row["status"]
        assert "\n" not in said["detail"]
    if "near" in row:
        assert row["near"] in [one["iri"] for one in said["suggestions"]]
    if row["status"] == 406:
        assert said["offered"] == [form.media_type for form in FORMS]


def test_an_endless_name_is_nothing(server):
    got = server.get("/id/" + "a" * 20_000)
    assert got.status_code == 404
    assert len(got.content) < 500


def test_a_suggestion_is_a_link_for_people_and_leads_to_the_form_for_programs(server):
    page = server.get("/id/aliexpres", accept="text/html")
    assert page.status_code == 404
    assert '<a href="/id/aliexpress.html">AliExpress</a>' in page.text
    chinese = server.get("/id/aliexpres", accept="text/html", accept_language="zh")
    assert "全球速卖通</a>" in chinese.text
    asked = server.get("/id/aliexpres.nt").json()["suggestions"][0]
    assert server.get(asked["href"]).status_code == 200


def links(answer: httpx.Response) -> set[tuple[str, str, str]]:
    """Target, relation and type of each link."""
    found = re.findall(r'<([^>]*)>; rel="([^"]*)"(?:; type="([^"]*)")?', answer.headers["link"])
    assert len(found) == answer.headers["link"].count("<")
    return set(found)


def test_links_lead_to_all_forms_and_say_what_is_what(server):
    name, there = "https://w3id.org/cbec-kg/id/aliexpress", {form.suffix: form.media_type for form in FORMS}
    lead, data, page = (server.get(f"/id/aliexpress{end}") for end in ("", ".nt", ".html"))
    for got, own in ((lead, ""), (data, ".nt"), (page, ".html")):
        found = links(got)
        others = {(f"/id/aliexpress{end}", "alternate", media) for end, media in there.items() if end != own}
        assert {link for link in found if link[1] == "alternate"} == others
        assert {(name, "cite-as", ""), ("/.well-known/void", "collection", "")} <= found
        assert ("https://creativecommons.org/licenses/by/4.0/", "license", "") in found
        assert ("https://w3id.org/cbec-kg/ontology#Platform", "type", "") in found
        assert {link[0] for link in found if link[1] == "canonical"} == ({f"/id/aliexpress{own}"} if own else set())
    described = {(f"/id/aliexpress{form.suffix}", "describedby", form.media_type) for form in DATA}
    assert described <= links(lead) & links(page)
    assert {(name, "describes", ""), ("/id/aliexpress.html", "describes", "text/html")} <= links(data)
    for target, relation, media in links(lead):
        if relation == "alternate":
            assert server.get(target).headers["content-type"].startswith(media)


@pytest.mark.parametrize("path", ["/id/aliexpress.ttl", "/graph/findings.jsonld", "/ontology.nt", "/void.rdf"])
def test_what_a_client_has_is_not_sent_again(path, server):
    first = server.get(path)
    tag, date = first.headers["etag"], first.headers["last-modified"]
    assert re.fullmatch('"[0-9a-f]{20}"', tag)
    assert first.content == server.get(path).content
    assert int(first.headers["content-length"]) == len(first.content)
    assert "max-age" in first.headers["cache-control"]
    for headers in ({"if-none-match": f'"x", {tag}'}, {"if-none-match": f"W/{tag}"}, {"if-modified-since": date}):
        again = server.request("GET", path, headers=headers)
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["access-control-allow-origin"] == "*"
    for headers in (
        {"if-none-match": '"x"'}, {"if-none-match": '"x"', "if-modified-since": date},
        {"if-modified-since": "Thu, 01 Jan 1970 00:00:00 GMT"}, {"if-modified-since": "yesterday"},
    ):  # fmt: skip
        assert server.request("GET", path, headers=headers).status_code == 200


def test_each_form_has_a_tag_of_its_own(server):
    tags = [server.get(f"/id/{name}{form.suffix}").headers["etag"] for name in ("china", "shein") for form in DATA]
    assert len(set(tags)) == 8


@pytest.mark.parametrize("path", ["/id/aliexpress", "/id/aliexpress.ttl", "/graph/findings.nt", "/id/aliexpres"])
def test_head_is_get_without_a_body(path, server):
    got, head = server.get(path), server.request("HEAD", path)
    assert (head.status_code, head.content) == (got.status_code, b"")
    of_each = {"date", "x-request-id"}
    told = {name: value for name, value in got.headers.items() if name not in of_each}
    assert {name: value for name, value in head.headers.items() if name not in of_each} == told


def test_options_and_other_methods(server):
    options = server.request("OPTIONS", "/id/nobody", headers={"Origin": "https://a.example"})
    assert (options.status_code, options.content) == (204, b"")
    assert options.headers["access-control-allow-methods"] == options.headers["allow"] == "GET, HEAD, OPTIONS"
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        refused = server.request(method, "/id/aliexpress.ttl")
        assert refused.status_code == 405
        assert set(refused.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_a_script_of_another_site_may_read_links_and_tags(server):
    exposed = server.get("/id/aliexpress.ttl").headers["access-control-expose-headers"].split(", ")
    assert {"Link", "ETag"} <= set(exposed)


def test_with_a_base_links_lead_there_and_data_keep_their_names(built_store):
    with inside(built_store, base="https://kg.example/x/") as client:
        lead = client.get("/id/aliexpress", headers={"accept": "text/turtle", "host": "127.0.0.1"})
        assert lead.headers["location"] == "https://kg.example/x/id/aliexpress.ttl"
        assert "<https://kg.example/x/id/aliexpress.html>" in lead.headers["link"]
        data = client.get("/id/aliexpress.nt").text
        assert "<https://w3id.org/cbec-kg/id/aliexpress>" in data
        assert "kg.example" not in data
        assert "<https://kg.example/x/sparql>" in client.get("/void.ttl").text
        assert "<loc>https://kg.example/x/id/aliexpress.html</loc>" in client.get("/sitemap.xml").text


# ---- what needs no server


def redirects() -> list[dict]:
    """Rows of what `deploy/w3id` is tested with that lead to a form."""
    rows = yaml.safe_load((ROOT / "tests" / "interop" / "cases" / "w3id.yaml").read_text("utf-8"))
    return [row for row in rows if row["leads"].startswith("303 ")]


@pytest.mark.parametrize("row", redirects(), ids=lambda row: row["id"])
def test_the_redirects_of_w3id_choose_as_the_server_does_and_lead_to_its_routes(row):
    path = row["leads"].removeprefix("303 ").partition("?")[0]
    form = form_for(row.get("accept")) or FORMS[0]  # where nothing fits, w3id leads to Turtle, and the server says so
    assert path.endswith(form.suffix)
    scope = {"type": "http", "method": "GET", "path": f"/{path}", "root_path": ""}
    assert any(route.matches(scope)[0].value == 2 for route in routes()), path
