"""Entity tags, methods, languages and access from other sites, on every kind of resource."""

import shutil

import pytest

from cbec_kg.pipeline.history import History, Made
from tests.web.serving import Served, inside

RESOURCES = [
    "/api/queries", "/api/queries/platforms/programmes", "/api/queries/platforms/programmes/suggest?param=platform",
    "/api/queries/platforms/programmes/sparql", "/api/answer?indicator=cbec-trade-value", "/api/search?q=shein",
    "/api/entity?name=Shein", "/changes.atom", "/openapi.json",
]  # fmt: skip


@pytest.mark.parametrize("path", RESOURCES)
def test_what_the_client_has_is_not_sent_again(server: Served, path: str) -> None:
    first = server.get(path)
    assert first.status_code == 200
    assert first.headers["access-control-allow-origin"] == "*"
    again = server.get(path, if_none_match=f'"other", {first.headers["etag"]}')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    assert server.get(path, if_none_match='"other"').status_code == 200
    head = server.request("HEAD", path)
    assert (head.status_code, head.content) == (200, b"")
    assert [head.headers[name] for name in ("etag", "content-type")] == [
        first.headers[name] for name in ("etag", "content-type")
    ]


def test_answers_in_other_forms_and_languages_have_other_tags(server: Served) -> None:
    path = "/api/queries/platforms/programmes"
    told = [server.get(path), server.get(path, accept="text/csv"), server.get(path, accept_language="zh")]
    told += [
        server.get(f"{path}?limit=1"),
        server.get(f"{path}?limit=1&offset=1"),
        server.get(f"{path}?platform=Shein"),
    ]
    assert len({one.headers["etag"] for one in told}) == len(told)
    assert all("Accept-Language" in one.headers["vary"] for one in told)


def test_scripts_of_other_sites_may_ask(server: Served) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    found = server.request("OPTIONS", "/api/queries", headers=asked)
    assert (found.status_code, found.headers["access-control-allow-origin"]) == (204, "*")
    assert "GET" in found.headers["access-control-allow-methods"]
    refused = server.get("/api/entity?name=Shien", origin="https://example.org")
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (404, "*")


def test_a_changed_graph_has_other_tags(store) -> None:
    """An article that changes a build in place changes its files; so does a newer build."""
    with inside(store, readers=1) as client:
        before = client.get("/api/queries/platforms/list").headers["etag"]
        assert client.get("/api/queries/platforms/list").headers["etag"] == before
        build = next((store / "builds").iterdir())
        shutil.copytree(build, build.with_name("9999"))
        (store / "CURRENT").write_text("9999\n")
        again = client.get("/api/queries/platforms/list", headers={"If-None-Match": before})
        assert again.status_code == 200
        assert again.headers["etag"] != before


def test_a_feed_says_when_it_last_changed(store) -> None:
    with inside(store, readers=1) as client:
        first = client.get("/changes.atom?limit=1")
        since = {"If-Modified-Since": first.headers["last-modified"]}
        assert client.get("/changes.atom?limit=1", headers=since).status_code == 304
        history = History(store)
        article = history.ids()[0]
        history.add(article, None, Made("2099-01-01T00:00:00+00:00", "0001", "change"), curated=True)
        build = next((store / "builds").iterdir())
        (build / "touched").write_text("")  # as every change of an article changes a file of the build
        again = client.get("/changes.atom?limit=1", headers=since)
        assert (again.status_code, again.headers["last-modified"]) == (200, "Thu, 01 Jan 2099 00:00:00 GMT")
