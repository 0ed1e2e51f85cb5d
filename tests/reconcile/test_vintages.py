"""What repeats an older figure, what revises it, and what is an old figure in other words."""

from dataclasses import replace
from decimal import Decimal
from itertools import permutations

import pytest

from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.vintages import current, days, earlier_releases, revisions, superseded
from tests.reconcile.figures_dsl import figure

CUSTOMS = "customs"


def said(digest, line, by=CUSTOMS):
    one = figure(digest, line)
    return replace(one, speakers=frozenset({by} if by else ()))


FIRST = [
    said("a", "2022 level/CNY 2.11 source=a1 day=2023-01-13"),
    said("b", "2022 growth/percent/yoy 9.8 source=a1 day=2023-01-13"),
]
LATER = [
    said("c", "2022 level/CNY 2.1 source=a2 day=2024-01-12"),
    said("d", "2022 growth/percent/yoy 7.1 source=a2 day=2024-01-12"),
]
ALL = [*FIRST, *LATER]

CASES = {
    "a growth that excludes the earlier one makes the level a revision": (ALL, {"c": ("a",), "d": ("b",)}),
    "a coarser figure alone repeats": ([*FIRST, LATER[0]], {}),
    "what is called revised does not repeat": ([*FIRST, replace(LATER[0], status="revised")], {"c": ("a",)}),
    "others who differ disagree, and revise nothing": (
        [FIRST[0], said("e", "2022 level/CNY 2.06 source=a3 day=2024-01-12", by="ministry")], {},
    ),
    "what was preliminary is revised by whoever says otherwise": (
        [replace(FIRST[0], status="preliminary"), said("e", "2022 level/CNY 2.06 source=a3 day=2024-01-12", by=None)],
        {"e": ("a",)},
    ),
    "on one day nothing is later": ([FIRST[1], replace(LATER[1], vintage="2023-01-13")], {}),
    "without a day nothing is later or earlier": ([FIRST[1], replace(LATER[1], vintage=None)], {}),
    "a forecast is no earlier release": ([replace(FIRST[1], status="forecast"), LATER[1]], {}),
    "of a chain each release revises the one before it": (
        [FIRST[1], LATER[1], said("e", "2022 growth/percent/yoy 6.0 source=a3 day=2025-01-12")],
        {"d": ("b",), "e": ("d",)},
    ),
    "what an earlier release of the chain leaves standing the next one replaces": (
        [
            FIRST[0], said("e", "2022 level/CNY 2.115 source=a3 day=2023-02-01"),
            said("f", "2022 level/CNY 2.0 source=a4 day=2023-03-01"),
        ],
        {"f": ("a", "e")},
    ),
    "the old figure with more digits, later on, is no new release": (
        [
            FIRST[0], said("e", "2022 level/CNY 2.30 source=a3 day=2024-01-12"),
            said("f", "2022 level/CNY 2.112 source=a4 day=2024-05-01"),
        ],
        {"e": ("a", "f")},
    ),
    "the growth of somebody else's estimate makes no revision of a repeat": (
        [
            FIRST[0], said("e", "2022 growth/percent/yoy 12.0 source=a9 day=2023-01-14", by="media"), LATER[0],
            said("d", "2022 growth/percent/yoy 9.8 source=a2 day=2024-01-12"),
        ],
        {},
    ),
    "nor does a forecast": (
        [
            *FIRST, LATER[0],
            replace(said("e", "2022 growth/percent/yoy 5.0 source=a2 day=2024-01-12"), status="forecast"),
        ],
        {},
    ),
    "another article that gave the growth a day before takes nothing away": (
        [*ALL, replace(LATER[1], source="a0", vintage="2024-01-11")], {"c": ("a",), "d": ("b",)},
    ),
    "an estimate replaces no reported figure": (
        [FIRST[0], replace(said("e", "2022 level/CNY 2.4 source=a3 day=2024-01-12"), status="estimate")], {},
    ),
    "who says the old figure in other digits goes with it": (
        [*ALL, said("e", "2022 growth/percent/yoy 9.80 source=a9 day=2023-02-01", by=None)],
        {"c": ("a",), "d": ("b", "e")},
    ),
    "so does who says it without a day, or after the revision": (
        [
            *ALL, said("e", "2022 growth/percent/yoy 9.80 source=a9", by=None),
            said("f", "2022 growth/percent/yoy 9.79 source=a8 day=2024-05-01", by=None),
        ],
        {"c": ("a",), "d": ("b", "e", "f")},
    ),
    "what agrees with both stays": (
        [*ALL, said("e", "2022 growth/percent/yoy >5 source=a9", by=None)], {"c": ("a",), "d": ("b",)},
    ),
    "what agrees with neither stays": (
        [*ALL, said("e", "2022 growth/percent/yoy 3.0 source=a9", by=None)], {"c": ("a",), "d": ("b",)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_what_is_replaced(name):
    figures, expected = CASES[name]
    for order in (list(Book(some).figures.values()) for some in list(permutations(figures))[:24]):
        assert superseded(order) == expected
        gone = {each for earlier in expected.values() for each in earlier}
        assert {one.digest for one in current(order)} == {one.digest for one in figures if one.is_firm} - gone
        linked = {(one.tested, *set(one.claims) - {one.tested}) for one in revisions(order)}
        assert linked == {(old, new) for new, olds in expected.items() for old in olds}


def test_a_repeat_has_the_day_of_what_it_repeats():
    again = said("e", "2022 level/CNY 2.1 source=a3 day=2023-06-01", by=None)
    assert days([FIRST[0], again])["e"] == "2023-01-13"
    finer = said("f", "2022 level/CNY 2.110 source=a4 day=2023-06-01", by=None)
    assert days([FIRST[0], finer])["f"] == "2023-06-01"
    assert days([FIRST[0], replace(again, vintage=None)])["e"] is None


def test_all_earlier_releases_of_a_chain():
    chain, _ = CASES["of a chain each release revises the one before it"]
    assert earlier_releases(chain) == {"d": {"b"}, "e": {"b", "d"}}


def test_a_revision_tells_both_figures():
    found = {one.tested: one for one in revisions(list(Book(ALL).figures.values()))}
    assert found["b"].calculation == "2023-01-13: 9.8; 2024-01-12: 7.1"
    assert (found["b"].value, found["b"].gap, found["a"].gap) == (LATER[1].value, Decimal("2.6"), 0)
