"""A chart in a real browser: drawn under the pages' policy, with tooltips; a picture where no script runs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.interop.protege.parts import display
from tests.interop.web.browser import violations, watched
from tests.web.serving import Served, serving

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="needs a browser: `make interop`")
PATH = "/vocab/cbec-trade-value.html"


@pytest.fixture(scope="module")
def charted(built_store: Path) -> Iterator[Served]:
    with serving(built_store) as served:
        yield served


@pytest.mark.parametrize(("lang", "dark", "said"), [("en", False, "1.69 trillion yuan"), ("zh", True, "1.69万亿元")])
def test_a_drawn_chart_takes_the_place_of_the_picture_and_tells_its_points(
    charted: Served, chromium: Browser, lang: str, dark: bool, said: str
) -> None:
    with watched(chromium, lang=lang, dark=dark) as seen:
        seen.page.goto(charted.url(PATH))
        canvas = seen.page.locator("figure.chart canvas")
        canvas.wait_for()
        assert seen.page.locator("figure.chart img").count() == 0
        canvas.scroll_into_view_if_needed()
        box = canvas.bounding_box()
        assert box is not None
        tip = seen.page.locator("#vg-tooltip-element.visible")
        # The point of 2020 is somewhere in the second of four years.
        for x in range(230, 290, 6):
            for y in range(90, 320, 6):
                seen.page.mouse.move(box["x"] + x, box["y"] + y)
                if tip.count() and said in tip.inner_text():
                    break
            else:
                continue
            break
        assert said in tip.inner_text()
        assert violations(seen.page) == []
        assert (seen.errors, seen.outside) == ([], [])


def test_a_font_with_chinese_letters_is_seen() -> None:
    root, _ = display()
    probe = (
        "import json, sys, vl_convert; vl_convert.register_font_directory(sys.argv[1]);"
        "from cbec_kg.web.drawing.artist import drawn; from cbec_kg.web.work.charts.looks import themed;"
        "chart = {'title': '中国', 'data': {'values': [{}]}, 'mark': 'point', 'encoding': {}};"
        "print(len(drawn('png', json.dumps(themed(chart, 'light')))))"
    )
    told = subprocess.run(
        [sys.executable, "-c", probe, str(root / "usr/share/fonts/truetype/wqy")], capture_output=True, check=True
    )
    assert int(told.stdout) > 1000


def test_without_scripts_and_on_a_phone_there_is_the_picture(charted: Served, chromium: Browser) -> None:
    for options in ({"scripts": False}, {"phone": True}):
        with watched(chromium, **options) as seen:
            seen.page.goto(charted.url(PATH))
            picture = seen.page.locator("figure.chart img")
            assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth)") > 300
            assert seen.page.locator("figure.chart canvas").count() == 0
            assert (seen.errors, seen.outside) == ([], [])
