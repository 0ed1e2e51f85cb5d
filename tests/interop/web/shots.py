"""Pictures of the pages in a real browser, in English and in Chinese, for the documentation: ``make web-shots``.

>>> len(VIEWS), len({view.name for view in VIEWS}), {view.way.get("lang", "en") for view in VIEWS} == {"en", "zh"}
(10, 10, True)
"""

import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser

from cbec_kg import paths
from cbec_kg.pipeline.build import build
from tests.conftest import ROOT
from tests.interop.fetched import NotFetched
from tests.interop.web.browser import browser, watched
from tests.web.serving import Served, serving

__all__ = ["PICTURES", "VIEWS", "View", "take"]

PICTURES = ROOT / "docs" / "pages"
MOST = 200 * 1024
"""Bytes of a picture at most."""


@dataclass(frozen=True, slots=True)
class View:
    """A picture: the page, ``way`` it is looked at (of `watched`), and the place that stands at the top, if any."""

    name: str
    path: str
    way: Mapping[str, object] = field(default_factory=dict)
    top: str = ""


ZH: Mapping[str, object] = {"lang": "zh"}
VIEWS = (
    View("home", "/"),
    View("answer", "/search?q=CBEC+trade+in+2021%3F"),
    View("indicator", "/vocab/cbec-trade-value.html"),
    View("indicator-table", "/vocab/cbec-trade-value.html", {"lang": "zh", "dark": True}, "#left"),
    View("entity", "/id/alibaba-group.html", ZH),
    View("article", "/article/001_d49279904a86bcb3.html"),
    View("factors", "/factors"),
    View("finding", "/finding/ba321940b10f79f3fb02.html", ZH),
    View("editor", "/editor"),
    View("phone", "/", {"lang": "zh", "phone": True, "dark": True}),
)


def take(opened: Browser, site: Served, view: View, folder: Path) -> list[str]:
    """One picture into a folder; what went wrong on the page, or with the picture, a line each."""
    with watched(opened, **view.way) as seen:  # type: ignore[arg-type]
        seen.page.set_default_timeout(120_000)  # a picture may wait for a busy machine
        answer = seen.page.goto(site.url(view.path), wait_until="networkidle")
        if view.top:
            seen.page.locator(view.top).evaluate("place => place.scrollIntoView({behavior: 'instant'})")
        made = folder / f"{view.name}.png"
        seen.page.screenshot(path=made)
        wrong = [*seen.errors, *(f"asked for {address}" for address in seen.outside)]
        wrong += [] if answer and answer.ok else ["no page is there"]
        wrong += [f"{made.stat().st_size} bytes, more than {MOST}"] if made.stat().st_size > MOST else []
    return [f"{view.name}: {one}" for one in wrong]


def main() -> int:
    """Take the pictures into the documentation; status 1, and a line each, where something was wrong."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    status = 0
    try:
        with tempfile.TemporaryDirectory() as folder:
            build(Path(folder) / "store", paths.resources())
            with serving(Path(folder) / "store") as site, browser() as opened:
                for view in VIEWS:
                    for complaint in take(opened, site, view, PICTURES):
                        print(complaint, file=sys.stderr)
                        status = 1
    except NotFetched as error:
        print(error, file=sys.stderr)
        status = 2
    return status


if __name__ == "__main__":
    sys.exit(main())
