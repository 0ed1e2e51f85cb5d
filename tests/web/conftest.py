"""One server for all tests of a session: the built graph, on a free port of loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.serving import Served, serving

__all__ = ["server"]


@pytest.fixture(scope="session")
def server(built_store: Path) -> Iterator[Served]:
    """``cbec-kg serve`` over the built graph; nothing a test asks may change it."""
    with serving(built_store) as served:
        yield served
