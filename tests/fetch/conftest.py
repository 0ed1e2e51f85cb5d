"""What tests of fetching share."""

import pytest

from cbec_kg.fetch import Limits
from cbec_kg.readers import Failure, Source
from cbec_kg.readers.ids import SeenIds
from cbec_kg.readers.sandbox import Sandbox
from cbec_kg.readers.web import Web

QUICK = Limits(
    connect=2, silence=1.5, total=8, redirects=3, pause=0, longest_pause=0.3, retries=2, backoff=0.01, longest_wait=0.5
)


@pytest.fixture(scope="session")
def sandbox():
    with Sandbox(seconds=20) as made:
        made.read("html", b"<p>started before anything is timed</p>")
        yield made


@pytest.fixture
def read(sandbox):
    """What comes of an address."""

    def reading(url: str, web: Web | None = None, options: dict | None = None, **given) -> list[Source | Failure]:
        web = web or Web(**({"allow_private": True, "limits": QUICK} | given))
        return list(web.read(url, options or {}, sandbox, SeenIds()))

    return reading
