"""The query operation, the service description and reading of graphs, request by request on a real server."""

import pytest

from tests.conftest import cases


@pytest.mark.parametrize("row", cases("web/sparql/cases/requests.yaml"))
def test_a_request_is_answered_as_the_protocol_says(row, server):
    body = bytes.fromhex(row["hex"]) if "hex" in row else (row.get("body", "") * row.get("times", 1)).encode()
    answer = server.request(row.get("method", "GET"), row["path"], headers=row.get("headers", {}), content=body)
    assert answer.status_code == row["status"], answer.text[:300]
    if "kind" in row:
        assert answer.headers["content-type"] == row["kind"]
    if "is" in row:
        assert answer.text == row["is"]
    for part in row.get("says", ()):
        assert str(part).lower() in answer.text.lower(), answer.text[:300]
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        assert len(answer.text.splitlines()) == 1
    if not row["path"].startswith("/update"):
        assert answer.headers["access-control-allow-origin"] == "*"


def test_a_browser_is_sent_to_the_editor(server):
    answer = server.get("/sparql", accept="text/html")
    assert (answer.status_code, answer.headers["location"]) == (303, "/editor")


def test_methods_are_told_to_scripts_of_other_pages(server):
    answer = server.request("OPTIONS", "/sparql", headers={"Origin": "https://example.org"})
    assert answer.status_code == 204
    assert answer.headers["allow"] == answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS, POST"
    assert "access-control-allow-origin" not in server.request("OPTIONS", "/update").headers
    assert server.request("PUT", "/sparql").headers["allow"] == "GET, HEAD, OPTIONS, POST"


@pytest.mark.parametrize("path", ["/sparql?query=SELECT+*+{?s+a+cbec:Platform}", "/store?graph=x:none", "/sparql"])
def test_a_head_has_the_headers_alone(server, path):
    whole, head = (server.request(method, path, headers={"Accept": "*/*"}) for method in ("GET", "HEAD"))
    assert (head.status_code, head.content) == (whole.status_code, b"")
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert whole.content


def test_a_long_answer_comes_whole(server, graph):
    answer = server.get("/sparql?query=SELECT+?s+?p+{?s+?p+?o}&format=tsv")
    assert "content-length" not in answer.headers  # it was sent as it was made
    assert answer.text.count("\n") == 1 + sum(1 for _ in graph.quads(""))
