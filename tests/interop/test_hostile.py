"""Hostile requests to a real server: each ends as it should, memory stays bounded, and others are served all along."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.interop.hostile import MEMORY, OPTIONS, TOKEN, attacks, rows
from tests.web.serving import Served, serving

pytestmark = pytest.mark.skipif(not os.environ.get("CBEC_KG_INTEROP"), reason="takes minutes: make interop")
READERS = 5
"""Three for queries, one for pages, one spare."""
NAMES = [name for name, _, _ in attacks()]


@pytest.fixture(scope="module")
def attacked(built_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with small limits, on a copy that what is posted may change."""
    store = shutil.copytree(built_store, tmp_path_factory.mktemp("attacked") / "store")
    with serving(store, *OPTIONS, environment={"CBEC_KG_TOKEN": TOKEN}) as server:
        yield server


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_request_costs_nobody_else(attacked, name):
    row = next(row for row in rows(attacked, name) if row.name == name)
    assert row.held, row
    assert row.most < READERS * (MEMORY + 60) + 250, row


def test_the_server_lives(attacked):
    assert attacked.process.poll() is None
    assert attacked.get("/health").json()["status"] == "ok"
    assert not [line for line in attacked.lines() if "Traceback" in line]
