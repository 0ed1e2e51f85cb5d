"""Pages on a running server: what they say in both languages, that they are sound, that their links lead somewhere."""

import re
from collections import deque
from pathlib import Path

import pytest
import yaml
from lxml import html

from cbec_kg.query.saved import LANGUAGES
from cbec_kg.web.bilingual import known_texts
from cbec_kg.web.templating import HERE
from tests.web.pages.checking import faults, links_of
from tests.web.serving import Served

ROWS = yaml.safe_load((Path(__file__).parent / "cases" / "pages.yaml").read_text("utf-8"))
MOST = 50
"""So many addresses are followed from the first page; two of each kind, so that every kind is."""


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["path"])
def test_a_page_says_it_in_both_languages_and_is_sound(server: Served, row) -> None:
    for lang in LANGUAGES:
        answer = server.get(row["path"], accept="text/html", accept_language=lang)
        assert answer.status_code == row.get("status", 200)
        assert answer.headers["content-language"] == lang
        told = " ".join(html.document_fromstring(answer.text).text_content().split())
        assert [words for words in row[lang] if words not in told] == []
        assert faults(answer.text) == []


def test_links_lead_somewhere(server: Served) -> None:
    """From the first page on, two addresses of each kind, pages read for their links in turn."""
    seen, kinds, lost = {"/"}, dict[str, int](), []
    waiting = deque(["/"])
    while waiting and len(seen) < MOST:
        path = waiting.popleft()
        answer = server.get(path, accept="text/html")
        if answer.status_code >= 400:
            lost.append((path, answer.status_code))
        elif answer.headers["content-type"].startswith("text/html"):
            for link in links_of(answer.text):
                kind = re.sub(r"[^/?&=]+(?=\.\w+$|$)|=[^&]*", "*", link)
                if link not in seen and kinds.get(kind, 0) < 2:
                    kinds[kind] = kinds.get(kind, 0) + 1
                    seen.add(link)
                    waiting.append(link)
    assert lost == []
    assert len(seen) > MOST / 2


def test_a_switch_keeps_the_page_and_what_it_chose(server: Served) -> None:
    answer = server.get("/search?q=shein&page=1", accept_language="en")
    (link,) = html.document_fromstring(answer.text).xpath("//a[@class='language']/@href")
    assert link == "?q=shein&page=1&lang=zh"
    chinese = server.get(f"/search{link}&theme=dark", accept_language="en")
    assert 'lang="zh-CN" data-theme="dark"' in chinese.text
    kept = "; ".join(one.partition(";")[0] for one in chinese.headers.get_list("set-cookie"))
    after = server.get("/articles", accept_language="en", cookie=kept)
    assert 'lang="zh-CN" data-theme="dark"' in after.text


def test_the_first_page_is_small(server: Served) -> None:
    """With all that it loads: under 100 KB, and no script."""
    page = server.get("/", accept="text/html")
    root = html.document_fromstring(page.text)
    assert root.xpath("//script") == []
    loaded = root.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    assert len(page.content) + sum(len(server.get(one).content) for one in loaded) < 100_000


def test_every_text_is_there_in_both_languages() -> None:
    pages = "".join(path.read_text("utf-8") for path in (HERE / "templates").glob("*.html"))
    pages = re.sub("{#.*?#}", "", pages, flags=re.S)
    for name, text in known_texts().items():
        assert set(text) == set(LANGUAGES), name
        assert set(re.findall(r"{\w+}", text["en"])) == set(re.findall(r"{\w+}", text["zh"])), name
    for name in re.findall(r"""\bt\(["']([^"']+)["'](?! ~)""", pages):
        assert name in known_texts(), name
