"""A real browser that can reach this machine only.

>>> OUTSIDE.fullmatch("https://fonts.example.org/a.css") is not None
True
>>> OUTSIDE.fullmatch("http://127.0.0.1:8000/static/site.css") is None
True
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tests.interop import fetched
from tests.interop.protege.parts import display

__all__ = ["OUTSIDE", "Watched", "browser", "take_completion", "violations", "watched"]

OUTSIDE = re.compile(r"(?!data:|blob:|about:|http://127\.0\.0\.1[:/]).*")
_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)  # fmt: skip


class Watched:
    """A page, and what went wrong on it: ``errors`` of scripts and policies, addresses ``outside`` that it asked."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda asked: self.outside.append(asked.url) if OUTSIDE.fullmatch(asked.url) else None)


@contextmanager
def browser() -> Iterator[Browser]:
    """Chromium without a window, with letters in Latin and Chinese; raises `NotFetched`."""
    program, environment = fetched.chromium()
    _, fonts = display()
    environment["FONTCONFIG_FILE"] = fonts["FONTCONFIG_FILE"]
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=list(_FLAGS), env=environment)
        yield opened
        opened.close()


@contextmanager
def watched(
    opened: Browser, *, lang: str = "en", dark: bool = False, phone: bool = False, scripts: bool = True
) -> Iterator[Watched]:
    """A new page in a context of its own: ``lang`` is what the browser asks for, ``phone`` 360 pixels of width."""
    context = opened.new_context(
        locale="zh-CN" if lang == "zh" else "en-GB",
        color_scheme="dark" if dark else "light",
        viewport={"width": 360, "height": 740} if phone else {"width": 1280, "height": 900},
        java_script_enabled=scripts,
    )
    try:
        yield Watched(context.new_page())
    finally:
        context.close()


def violations(page: Page) -> list[str]:
    """What axe finds on a page by WCAG 2.2 A and AA and its best practices: a line each, rule and place."""
    page.evaluate(fetched.axe().read_text("utf-8"))  # not by a script's tag, which the policy of the page forbids
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']} ({one['impact']}): {' '.join(map(str, node['target']))}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def take_completion(page: Page, name: str) -> None:
    """Choose what the editor offers to complete with, as soon as its list takes keys: 75 ms after it opens."""
    page.get_by_role("option", name=name).first.wait_for()
    page.wait_for_timeout(200)
    page.keyboard.press("Enter")
