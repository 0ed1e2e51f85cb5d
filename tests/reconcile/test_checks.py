"""Cases of comparisons; every check, kind and explanation occurs in one; order shows nowhere; reach is enough."""

import random
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cbec_kg import paths
from cbec_kg.pipeline.sources import read_sources
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.checks import CHECKS, findings_at, reach
from cbec_kg.reconcile.figure import Figure, Move
from cbec_kg.reconcile.finding import EXPLANATIONS
from tests.reconcile.figures_dsl import TERMS, figure

CASES = yaml.safe_load((Path(__file__).parent / "cases/checks.yaml").read_text())
NUMBERS = ("gap", "value", "lower", "upper")
KEYS = {*NUMBERS, "check", "kind", "tested", "claims", "why", "point", "formula", "calculation"}


def book_of(claims):
    return Book([one for one in claims if isinstance(one, Figure)], [one for one in claims if isinstance(one, Move)])


def all_points(claims, figures, terms):
    """Every point at which claims may give findings."""
    return set().union(*(reach(one, figures, terms) for one in claims))


def everything(claims):
    """All findings by point; no finding may stand at two."""
    book = book_of(claims)
    found = {point: findings_at(point, book, TERMS) for point in all_points(claims, book, TERMS)}
    digests = [one.digest for some in found.values() for one in some]
    assert len(digests) == len(set(digests))
    assert all(one.point == point for point, some in found.items() for one in some)
    return {point: some for point, some in found.items() if some}


def claims_of(case):
    return [figure(digest, line) for digest, line in case["figures"].items()]


def key(found):
    return found["check"], found["kind"], found["tested"], tuple(found["claims"])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case):
    every = [one for some in everything(claims_of(case)).values() for one in some]
    found = {(one.check, one.kind, one.tested, one.claims): one for one in every}
    assert len(found) == len(every)
    assert sorted(found) == sorted(map(key, case["finds"]))
    for expected in case["finds"]:
        one = found[key(expected)]
        assert one.formula in CHECKS[one.check].formulas
        for name in NUMBERS:
            if name in expected:
                assert getattr(one, name) == (expected[name] and Decimal(expected[name])), name
        if "why" in expected:
            assert list(one.explanations) == expected["why"]
        assert one.point.name == expected.get("point", one.point.name)
        assert expected.get("formula", one.formula) == one.formula
        assert expected.get("calculation", one.calculation) == one.calculation
        assert expected.keys() <= KEYS
        assert (one.gap == 0) is (one.kind == "agreement" or one.formula == "rank(one) <> rank(other)")


def test_codes_are_those_of_the_vocabulary():
    """Units of findings as well: what is no code of a list cannot be said in the graph."""
    vocabulary = read_sources(paths.resources()).vocabulary
    codes = {scheme: {code for known, code in vocabulary.coded if known == scheme} for scheme in ("checks", "units")}
    assert set(CHECKS) <= codes["checks"]
    found = [one for case in CASES for some in everything(claims_of(case)).values() for one in some]
    assert {one.unit for one in found if one.unit} <= codes["units"]


def test_cases_have_all_that_can_be_found():
    expected = [one for case in CASES for one in case["finds"]]
    both = {"agreement", "disagreement"}
    assert {(one["check"], one["kind"]) for one in expected} == {(check, kind) for check in CHECKS for kind in both}
    assert {why for one in expected for why in one.get("why", ())} == set(EXPLANATIONS)
    assert len({case["case"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_order_shows_nowhere(case):
    claims = claims_of(case)
    expected = everything(claims)
    for seed in range(4):
        random.Random(seed).shuffle(claims)
        assert everything(claims) == expected


# ---- reach

PERIODS = ["2021", "2022", "2022-H1", "2022-H2", "2022-Q1", "2022-Q2", "open-H1_a1", "open_a1", "2021--2022"]
SERIES = [
    *(f"cbec-trade-value china {flow} gac-total" for flow in ("total", "export", "import")),
    "cbec-trade-value us total gac-total", "goods-trade-value china total goods-trade",
    "cbec-enterprise-count china none none", "cbec-share-of-goods-trade china total none",
    "cbec-share-of-goods-trade china none not-stated",
]  # fmt: skip
MEASURES = [
    "level/CNY {} again=USD:3", "level/CNY {}", "level/percent {}", "growth/percent/yoy {}", "growth/percent/yoy -{}",
    "growth/percent/cagr {} base=2021", "growth/percent/cumulative {} base=2021", "rank/rank ={} among=all",
    "share/percent {} of=goods-trade-value_china_all_all_total_goods-trade_2022",
    "share/percent {} of=cbec-trade-value_us_all_all_total_gac-total_2022",
]  # fmt: skip
DIRECTIONS = ["rose", "fell", "slowed", "accelerated", "fell-then-rose", "rose-then-fell"]


@st.composite
def lines(draw):
    """A figure or move somewhere in a small world, where much of what is stated has to do with what else is."""
    series, period = draw(st.sampled_from(SERIES)), draw(st.sampled_from(PERIODS))
    options = f" source={draw(st.sampled_from(['a1', 'a2']))}"
    options += draw(st.sampled_from(["", " day=2023-01-01", " day=2024-01-01"]))
    options += draw(st.sampled_from(["", "", "", " status=forecast"]))
    if draw(st.integers(0, 5)) == 0:
        period = draw(st.sampled_from([*PERIODS, "2021--open"]))
        return f"{series} @ {period} move {draw(st.sampled_from(DIRECTIONS))}{options}"
    measure = draw(st.sampled_from(MEASURES)).format(draw(st.integers(1, 4)))
    return f"{series} @ {period} {measure}{options}"


@settings(max_examples=600, deadline=None)
@given(st.lists(lines(), min_size=2, max_size=24, unique=True))
def test_reach_is_all_that_changes(written):
    """One claim comes or goes: looking again at its reach is as good as looking again at everything."""
    claims = [figure(f"c{number:02}", line) for number, line in enumerate(written)]
    changed, rest = claims[0], claims[1:]
    before, after = everything(rest), everything(claims)
    again = reach(changed, book_of(rest), TERMS) | reach(changed, book_of(claims), TERMS)
    kept = {point: some for point, some in before.items() if point not in again}
    renewed = {point: findings_at(point, book_of(claims), TERMS) for point in again}
    assert {point: some for point, some in {**kept, **renewed}.items() if some} == after
    # and the other way round
    back = {point: findings_at(point, book_of(rest), TERMS) for point in again}
    left = {point: some for point, some in after.items() if point not in again}
    assert {point: some for point, some in {**left, **back}.items() if some} == before


@pytest.mark.parametrize("case", [case for case in CASES if case["finds"]], ids=lambda case: case["case"])
def test_reach_of_each_claim_of_a_case(case):
    """Every claim that a finding rests on reaches the finding's point, and by the finding's own check."""
    claims = claims_of(case)
    book, known = book_of(claims), {one.digest: one for one in claims}
    for point, some in everything(claims).items():
        for one in some:
            for claim in map(known.get, one.claims):
                assert point in reach(claim, book, TERMS)
                if isinstance(claim, Figure):
                    assert point in {claim.point, *CHECKS[one.check].reach(claim, book, TERMS)}


class Counted:
    """A book that counts look-ups, and has nothing that could be gone through."""

    def __init__(self, book):
        self.book, self.count = book, 0

    def __getattr__(self, name):
        if name not in ("at", "periods", "moves", "shares_of", "since", "ranked", "scopes"):
            raise AttributeError(name)
        self.count += 1
        return getattr(self.book, name)


def test_cost_is_that_of_the_neighbourhood():
    case = next(case for case in CASES if case["case"].startswith("1.55"))
    counts = []
    for others in (0, 500):
        claims = [
            *claims_of(case),
            *(figure(f"o{n}", f"cbec-trade-value e{n} total gac-total @ 2022 level/CNY 1.{n}") for n in range(others)),
        ]
        counted = Counted(book_of(claims))
        findings_at(claims[2].point, counted, TERMS)
        reach(claims[2], counted, TERMS)
        counts.append(counted.count)
    assert counts[0] == counts[1] > 0
