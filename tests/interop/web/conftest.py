"""One browser, and one server with the articles' own texts, for all tests of pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.interop.fetched import NotFetched
from tests.interop.web.browser import browser
from tests.web.serving import Served, serving

__all__ = ["chromium", "shots", "site"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; what cannot be fetched is said in one line."""
    try:
        with browser() as opened:
            yield opened
    except NotFetched as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def site(built_store: Path, shared: Path) -> Iterator[Served]:
    """``cbec-kg serve`` with the articles' texts."""
    with serving(built_store, "--articles", str(shared / "seeds")) as served:
        yield served


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder for pictures of what was done, to be looked at."""
    return tmp_path_factory.mktemp("shots")
