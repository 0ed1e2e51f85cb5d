"""Claims of one observation contradict each other where they state one thing and have no number in common."""

from dataclasses import fields, replace
from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
import yaml

from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.conflicts import conflicts
from cbec_kg.reconcile.figure import Figure, Point, Stating
from cbec_kg.reconcile.findings import all_findings

from .figures_dsl import TERMS, figure

A = Figure(
    digest="a", point=Point(Slots("i", "china", "all", "all", "none", "none"), "2022"),
    stating=Stating("growth", "percent", "yoy"), status="reported", qualifier="exact", value=Decimal("9.8"),
    lower=Decimal("9.75"), upper=Decimal("9.85"),
)  # fmt: skip
B = replace(A, digest="b", lower=Decimal("7.05"), upper=Decimal("7.15"))


@pytest.mark.parametrize("status", ["reported", "preliminary", "revised", "estimate"])
def test_facts_and_estimates_conflict(status):
    assert conflicts([A, replace(B, status=status)]) == [("a", "b")]


@pytest.mark.parametrize("status", ["forecast", "target"])
def test_what_is_not_yet_contradicts_nothing(status):
    assert conflicts([A, replace(B, status=status)]) == []


@pytest.mark.parametrize("field", [field.name for field in fields(Stating)])
def test_claims_that_state_something_else_do_not(field):
    assert conflicts([A, replace(B, stating=replace(B.stating, **{field: "other"}))]) == []


@pytest.mark.parametrize(
    ("lower", "upper", "found"),
    [
        ("9.85", "9.95", False), ("9.851", "9.95", True), (None, "9.74", True), (None, "9.75", False),
        ("9.86", None, True), (None, None, False), ("7", "20", False), ("9.8", "9.8", False),
    ],
)  # fmt: skip
def test_intervals(lower, upper, found):
    other = replace(B, lower=lower and Decimal(lower), upper=upper and Decimal(upper))
    assert (conflicts([A, other]) == [("a", "b")]) is found


def test_every_pair_in_any_order():
    claims = [A, B, replace(A, digest="c", lower=Decimal(1), upper=Decimal(2)), A]
    for order in permutations(claims):
        assert conflicts(order) == [("a", "b"), ("a", "c"), ("b", "c")]


def test_a_release_and_what_it_revises_do_not():
    """Customs said 9.8, then 7.1, then 3.0; somebody else said 7.1 and is contradicted by all but that."""
    said = {"speakers": frozenset({"customs"})}
    first = replace(A, vintage="2023-01-13", source="a1", **said)
    second = replace(B, vintage="2024-01-12", source="a2", **said)
    third = replace(
        B, digest="c", lower=Decimal("2.95"), upper=Decimal("3.05"), vintage="2025-01-13", source="a3", **said
    )
    other = replace(second, digest="d", lower=Decimal("7"), upper=Decimal("7.2"), speakers=frozenset())
    assert conflicts([first, second, third]) == []
    assert conflicts([first, second, third, other]) == [("a", "d"), ("c", "d")]


@pytest.mark.parametrize("file", ["checks.yaml", "triangles.yaml"])
def test_they_are_the_pairs_of_the_findings(file):
    every = set()
    for case in yaml.safe_load((Path(__file__).parent / "cases" / file).read_text("utf-8")):
        claims = [figure(name, line) for name, line in case["figures"].items()]
        book = Book(one for one in claims if isinstance(one, Figure))
        found = {pair for point in book.points() for pair in conflicts(book.at(point))}
        told = {
            one.claims for one in all_findings(book, TERMS) if (one.check, one.kind) == ("same-key", "disagreement")
        }  # fmt: skip
        assert found == told, case
        every |= found
    assert every


@pytest.mark.parametrize(
    ("of_b", "found"),
    [
        ({"vintage": "2024-01-12", "speakers": frozenset({"gac"})}, []),  # a later release of the same speaker
        ({"vintage": "2024-01-12", "speakers": frozenset({"mofcom"})}, [("a", "b")]),
        ({"vintage": "2023-01-13", "speakers": frozenset({"gac"})}, [("a", "b")]),
    ],
)
def test_a_release_does_not_contradict_the_one_that_it_replaces(of_b, found):
    first = replace(A, vintage="2023-01-13", speakers=frozenset({"gac"}))
    assert conflicts([replace(B, **of_b), first]) == found


def test_figures_of_no_period_are_not_compared():
    untold = A.point.at("open_a1")
    assert conflicts([replace(A, point=untold), replace(B, point=untold)]) == []
