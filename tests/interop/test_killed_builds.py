"""Processes that are killed at more moments than `make test` has time for: builds, and changes that a build ends."""

import os

import pytest

from tests.pipeline.test_build import kill, mostly_stored, resources
from tests.pipeline.test_history import MOMENTS, kill_and_end

__all__ = ["mostly_stored", "resources"]

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="takes time: `make interop`")


def test_killed_at_twenty_points_the_old_graph_answers(mostly_stored, resources):
    kill(mostly_stored, resources, points=20)


@pytest.mark.parametrize(("change", "where", "when"), MOMENTS)
def test_a_build_ends_what_a_killed_process_began(store, change, where, when):
    kill_and_end(store, change, where, when, "build")
