"""The gallery, the editor, findings and the factor map in a real browser, and every page of a saved query."""

import os
from collections.abc import Iterator

import pytest

from cbec_kg.query.catalogue import Catalogue
from tests.interop.web.browser import Watched, take_completion, violations, watched
from tests.web.pages.reading import read
from tests.web.serving import Served, serving

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="needs a browser: `make interop`")


@pytest.fixture(scope="module")
def server(built_store) -> Iterator[Served]:
    with serving(built_store, "--rate", "0") as served:
        yield served


def fine(seen: Watched) -> None:
    """Nothing was refused by the policy, no script failed, nobody else was asked, axe finds nothing."""
    assert seen.errors == []
    assert seen.outside == []
    assert violations(seen.page) == []


def test_the_editor_completes_terms_declares_their_prefix_and_runs_by_keyboard(server, chromium):
    with watched(chromium) as seen:
        page = seen.page
        page.goto(server.url("/editor"))
        page.get_by_role("textbox", name="Query").click()
        page.keyboard.press("Control+a")
        page.keyboard.type("SELECT * WHERE { ?s a cbec:Platf", delay=10)
        page.get_by_role("option", name="cbec:Platform").first.wait_for()
        fine(seen)
        take_completion(page, "cbec:Platform")
        page.keyboard.type(" . ?s rdfs:label ?l ")
        written = page.locator("#query").input_value()
        assert written.startswith("PREFIX cbec: <https://w3id.org/cbec-kg/ontology#>\n")
        assert "?s a cbec:Platform . ?s rdfs:label ?l" in written
        page.keyboard.press("Escape")
        page.keyboard.press("Control+Enter")
        page.get_by_role("table").wait_for()
        assert sorted(page.get_by_role("columnheader").all_inner_texts()) == ["l", "s"]
        fine(seen)


def test_chinese_words_complete_to_terms(server, chromium):
    with watched(chromium, lang="zh") as seen:
        page = seen.page
        page.goto(server.url("/editor"))
        page.get_by_role("textbox", name="查询").click()
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        page.keyboard.insert_text("跨境电商进出口额")
        page.keyboard.press("Control+ ")
        take_completion(page, "voc:cbec-trade-value")
        assert "voc:cbec-trade-value" in page.locator("#query").input_value()
        fine(seen)


def test_tab_leaves_the_editor(server, chromium):
    with watched(chromium) as seen:
        page = seen.page
        page.goto(server.url("/editor"))
        page.get_by_role("textbox", name="Query").focus()
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Run"


def test_without_scripts_the_editor_and_the_forms_work(server, chromium):
    with watched(chromium, scripts=False) as seen:
        page = seen.page
        page.goto(server.url("/editor"))
        page.get_by_label("Query", exact=True).fill("SELECT ?o { id:china rdfs:label ?o }")
        page.get_by_role("button", name="Run").click()
        assert "中国" in page.get_by_role("table").inner_text()
        page.goto(server.url("/queries/platforms/programmes"))
        page.get_by_label("Platform").first.select_option("id:shein")
        page.get_by_role("button", name="Ask").click()
        assert "platform=" in page.url
        assert page.get_by_role("status").inner_text()


def test_a_block_is_copied_by_its_button(server, chromium):
    with watched(chromium) as seen:
        page = seen.page
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(server.url("/queries/platforms/programmes"))
        page.get_by_role("button", name="Copy").nth(1).click()
        page.get_by_role("button", name="Copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()").startswith("curl --get ")


def test_every_page_of_a_saved_query_and_all_it_links_to_are_there(server):
    asked: dict[str, int] = {}
    for query in Catalogue():
        for lang in ("en", "zh"):
            page = server.get(f"/queries/{query.name}?lang={lang}")
            assert page.status_code == 200, query.name
            for link in read(page.text).links:
                path = link.partition("#")[0]
                if path.startswith("/") and not path.startswith("/api/") and path not in asked:
                    asked[path] = server.get(path).status_code
    assert {path: status for path, status in asked.items() if status not in (200, 303)} == {}
    assert len(asked) > 500
