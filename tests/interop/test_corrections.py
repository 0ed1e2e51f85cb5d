"""What is said of a name, step by step: each step is compared with a build; tests/pipeline compares every other one."""

import os

import pytest

from tests.pipeline.test_corrections import (
    test_what_is_said_of_what_a_name_was_merged_into_reaches_its_articles,
    test_what_is_shown_of_a_name_follows_what_is_said_of_it,
)

__all__ = [
    "test_what_is_said_of_what_a_name_was_merged_into_reaches_its_articles",
    "test_what_is_shown_of_a_name_follows_what_is_said_of_it",
]

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="takes time: `make interop`")
