"""Every kind of page, as people meet it: nothing for axe, no error, nothing from elsewhere, no sideways scrolling."""

import pytest

from tests.conftest import cases
from tests.interop.web.browser import violations, watched

PAGES = cases("interop/web/pages.yaml")
WAYS = {
    "desk": {"lang": "en"},
    "desk-zh-dark": {"lang": "zh", "dark": True},
    "phone-zh": {"lang": "zh", "phone": True},
    "phone-dark": {"lang": "en", "phone": True, "dark": True},
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("row", PAGES)
def test_a_page_is_for_everybody(row, way, chromium, site, shots):
    with watched(chromium, **WAYS[way]) as seen:
        answer = seen.page.goto(site.url(row["path"]), wait_until="networkidle")
        assert answer.status == row.get("status", 200)
        assert seen.page.locator("html").get_attribute("lang") == ("zh-CN" if "zh" in way else "en")
        assert violations(seen.page) == []
        assert seen.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), "it scrolls sideways"
        # Chromium logs the page's own status where it is no 200; nothing else may be there.
        assert [said for said in seen.errors if "status" not in row or "404" not in said] == []
        assert seen.outside == []
        seen.page.screenshot(path=shots / f"{row['id']}-{way}.png")


@pytest.mark.parametrize("row", PAGES)
def test_a_page_says_the_same_without_scripts(row, chromium, site):
    words = []
    for scripts in (True, False):
        with watched(chromium, scripts=scripts) as seen:
            seen.page.goto(site.url(row["path"]), wait_until="networkidle")
            words.append(seen.page.locator("main h1, main h2, main table").all_inner_texts())
    assert words[0] == words[1] != []


def test_what_is_looked_for_is_seen(chromium, site):
    """The checks above see each fault: a picture without words, a wide one, a script's error, a stranger's picture."""
    with watched(chromium, phone=True) as seen:
        page = seen.page
        page.goto(site.url("/"))
        page.evaluate("document.querySelector('main').append(Object.assign(new Image(), {src: '/static/icon.svg'}))")
        assert any(line.startswith("image-alt") for line in violations(page))
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        page.evaluate(
            "document.querySelector('main').append(Object.assign(new Image(), {id: 'wide', src: '/static/icon.svg'}))"
        )
        page.evaluate("Object.assign(document.getElementById('wide').style, {width: '900px', maxWidth: 'none'})")
        assert page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
        page.evaluate("document.body.append(Object.assign(new Image(), {src: 'https://example.org/a.png'}))")
        page.evaluate("setTimeout(() => { throw new Error('planted') })")
        page.wait_for_timeout(200)
        assert any("planted" in said for said in seen.errors)
        assert seen.outside in ([], ["https://example.org/a.png"])
        assert seen.outside or any("Content Security Policy" in said for said in seen.errors)
