from decimal import Decimal
from itertools import permutations

import pytest

from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.choose import choose
from cbec_kg.reconcile.figure import Figure, Point, Stating

BASE = {
    "digest": "m", "point": Point(Slots("i", "china", "all", "all", "none", "none"), "2022"),
    "stating": Stating("level", "CNY"), "value": Decimal(2), "status": "reported", "government": False,
    "vintage": "2021-01-01", "scope_stated": False,
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
        Figure(**{**BASE, "digest": "b", **better}),
        Figure(**{**BASE, "digest": "a" if "digest" not in worse else "b", **worse}),
    ]
    for order in permutations(candidates):
        assert choose(order) == candidates[0]


def test_nothing_to_choose():
    assert choose([]) is None


def test_vintages_given_count_in_the_place_of_its_own():
    early, late = (
        Figure(**{**BASE, "digest": one, "vintage": day}) for one, day in (("a", "2021-01-01"), ("b", "2022-01-01"))
    )
    assert choose([early, late]) == late
    assert choose([early, late], {"b": "2021-01-01"}) == early
