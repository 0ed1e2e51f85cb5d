"""Each case of a shape alone, with nothing but its background; tests/shapes has them among few others."""

import os

import pytest

from cbec_kg.validate import fast
from tests.shapes.case import NAMES, all_cases, background, read_case, shapes

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="takes time: `make interop`")


@pytest.fixture(scope="module")
def found() -> fast.Report:
    return fast.validate(all_cases(), shapes())


@pytest.mark.parametrize("name", NAMES)
def test_case_alone_gives_the_same(name: str, found: fast.Report):
    case = read_case(name)
    alone = fast.validate((*background(), *case.triples), shapes())
    assert alone.keys == {key for key in found.keys if key[2] in case.subjects}
