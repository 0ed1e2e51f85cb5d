from decimal import Decimal
from itertools import permutations

import pytest

from cbec_kg.reconcile.choose import Candidate, choose

BASE = {
    "digest": "m", "status": "reported", "government": False, "vintage": "2021-01-01", "scope_stated": False,
    "qualifier": "exact", "lower": Decimal(1), "upper": Decimal(3),
}  # fmt: skip


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"status": "estimate"}, {"status": "forecast", "government": True}),
        ({"status": "revised"}, {"status": "estimate"}),
        ({"status": "forecast"}, {"status": "target"}),
        ({"government": True}, {"vintage": "2023-01-01"}),
        ({"vintage": "2022-01-01"}, {"scope_stated": True}),
        ({"vintage": "1999-01-01"}, {"vintage": None, "scope_stated": True}),
        ({"scope_stated": True}, {"lower": Decimal(2)}),
        ({"qualifier": "exact"}, {"qualifier": "about", "lower": Decimal(2)}),
        ({"qualifier": "about"}, {"qualifier": "over", "upper": Decimal(2)}),
        ({"lower": Decimal(2)}, {}),
        ({}, {"upper": None, "lower": Decimal(2)}),
        ({"digest": "a"}, {"digest": "b"}),
    ],
)
def test_order(better, worse):
    candidates = [
        Candidate(**{**BASE, "digest": "b", **better}),
        Candidate(**{**BASE, "digest": "a" if "digest" not in worse else "b", **worse}),
    ]
    for order in permutations(candidates):
        assert choose(order) == candidates[0]


def test_nothing_to_choose():
    assert choose([]) is None
