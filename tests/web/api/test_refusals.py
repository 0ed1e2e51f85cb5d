"""What is refused says so as a problem (RFC 9457), with the parameter at fault."""

import pytest

from tests.conftest import cases
from tests.web.serving import Served


@pytest.mark.parametrize("case", cases("web/api/cases_refused.yaml"))
def test_a_refusal_is_a_problem(server: Served, case: dict) -> None:
    headers = {"accept": case["accept"]} if "accept" in case else {}
    found = server.get(case["path"].replace("LONG", "x" * 2000).replace("NAME", "x" * 300), **headers)
    assert (found.status_code, found.headers["content-type"]) == (case["status"], "application/problem+json")
    told = found.json()
    assert told["status"] == case["status"]
    assert told["type"] == "about:blank"
    assert case["says"] in told["detail"]
    assert "\n" not in told["detail"]
    for member in ("parameter", "nearest", "words"):
        if member in case:
            assert told[member] == case[member]


@pytest.mark.parametrize("path", ["/api/queries", "/api/answer", "/openapi.json", "/changes.atom", "/api"])
def test_other_methods_are_refused_with_those_that_are_not(server: Served, path: str) -> None:
    found = server.post(path)
    assert found.status_code == 405
    assert {one.strip() for one in found.headers["allow"].split(",")} == {"GET", "HEAD", "OPTIONS"}


def test_a_browser_gets_a_page(server: Served) -> None:
    found = server.get("/api/entity?name=Shien&lang=en", accept="text/html,*/*;q=0.1")
    assert (found.status_code, found.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "did you mean Shein" in found.text
