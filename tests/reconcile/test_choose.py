import random
from decimal import Decimal
from itertools import permutations

import pytest

from cbec_kg.reconcile.choose import Candidate, choose, rank, sortable

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


def test_texts_are_in_the_order_of_the_keys():
    draw = random.Random(1)
    widths = [Decimal(text) for text in ("0", "0.005", "0.01", "1", "9.5", "10", "10.25", "1E+9", "99999999999.5")]
    candidates = [
        Candidate(
            draw.choice("ab") * 2, draw.choice(("reported", "estimate", "target")), draw.random() < 0.5,
            draw.choice((None, "1999-12-31", "2023-01-13", "2023-01-14")), draw.random() < 0.5,
            draw.choice(("exact", "about", "over")), draw.choice((None, Decimal(5))), 5 + draw.choice(widths),
        )
        for _ in range(400)
    ]  # fmt: skip
    assert sorted(map(sortable, candidates)) == [sortable(one) for one in sorted(candidates, key=rank)]
