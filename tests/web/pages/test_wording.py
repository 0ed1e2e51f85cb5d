"""What went wrong is said in Chinese on pages in Chinese."""

from pathlib import Path

import httpx
import pytest
import yaml
from lxml import html

from tests.web.serving import Served

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "wrong.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.get("query") or case["path"])
def test_a_mistake_is_told_in_the_language_of_the_page(server: Served, case: dict[str, str]) -> None:
    chinese, english = (_asked(server, case, lang) for lang in ("zh", "en"))
    assert (chinese.status_code, english.status_code) == (case["status"], case["status"])
    shown, other = (" ".join(html.document_fromstring(one.text).text_content().split()) for one in (chinese, english))
    assert case["says"] in shown
    assert case["says"] not in other


def _asked(server: Served, case: dict[str, str], lang: str) -> httpx.Response:
    if "query" in case:
        return server.post(case["path"], {"query": case["query"]}, accept="text/html", accept_language=lang)
    return server.get(case["path"], accept="text/html", accept_language=lang)
