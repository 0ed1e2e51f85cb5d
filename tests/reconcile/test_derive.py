"""What is not stated follows from what is: case by case, and for any true values however they are rounded."""

import random
import re
import time
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.derive import RULES, Step, contribution, derivations_at, derive, gap, reach
from cbec_kg.reconcile.derive.search import Search
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.interval import meet_of_all
from tests.conftest import cases
from tests.reconcile import derive_books as books
from tests.reconcile.derive_books import MEASURES, TERMS, World

many = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32).map(random.Random)


def numbers(pair):
    return tuple(None if end is None else Decimal(end) for end in pair)


def ends(interval):
    return interval.lower, interval.upper


@pytest.mark.parametrize("case", cases("reconcile/derive_cases.yaml"))
def test_cases(case):
    book = Book(books.figure(*row) for row in case["figures"])
    point, gives = Point.parse(case["point"]), case["gives"]
    depth = {"depth": case["depth"]} if "depth" in case else {}
    match case.get("asks", "derive"):
        case "stored":
            assert [one.check for one in derivations_at(point, book, TERMS)] == gives["checks"]
            return
        case "derive":
            one = derive(point, case.get("measure", "level"), book, TERMS, unit=case.get("unit"), **depth)
            routes = one.routes if one else ()
        case asked:
            one = None
            routes = {"gap": gap, "contribution": contribution}[asked](
                point, Point.parse(case["against"]), book, TERMS, **depth
            )
    if gives is None:
        assert (one, routes) == (None, ())
        return
    seen = {
        "value": one and one.value,
        "interval": one and ends(one.interval),
        "unit": routes[0].unit,
        "disagree": one and one.disagree,
        "rules": [step.rule for step in routes],
        "values": [step.value for step in routes],
        "intervals": [ends(step.interval) for step in routes],
        "claims": [list(step.claims) for step in routes],
        "calculation": routes[0].calculation,
    }
    expected = dict(gives)
    for key, read in (
        ("value", Decimal), ("interval", numbers), ("values", lambda rows: [Decimal(row) for row in rows]),
        ("intervals", lambda rows: [numbers(row) for row in rows]),
    ):  # fmt: skip
        if key in expected:
            expected[key] = read(expected[key])
    assert {key: seen[key] for key in expected} == expected


@pytest.mark.parametrize("case", cases("reconcile/derive_cases.yaml"))
def test_each_input_reaches_what_it_derives(case):
    figures = [books.figure(*row) for row in case["figures"]]
    point = Point.parse(case["point"])
    for found in derivations_at(point, Book(figures), TERMS):
        for changed in figures:
            if changed.digest in found.claims:
                assert point in reach(changed, Book(figures), TERMS)
                assert point in reach(changed, Book(one for one in figures if one != changed), TERMS)


# ---- whatever the true values are


@many
@given(seeds, st.integers(1, 40), st.integers(1, 4))
def test_the_true_value_is_within_every_route(draw, count, depth):
    world = World.made(draw)
    book = Book(world.figures(draw, count))
    goals = list(world.goals())
    for point, measure in draw.sample(goals, 60):
        found = derive(point, measure, book, TERMS, depth=depth)
        true = world.true(point, measure)
        for step in found.routes if found else ():
            assert is_within(true, step), step.calculation
        if found:
            assert not found.disagree
            assert ends(found.interval) == ends(meet_of_all(step.interval for step in found.routes))
            assert found.value is None or found.interval.holds(found.value)


def is_within(true, step):
    low, high = ends(step.interval)
    return (low is None or Fraction(low) <= true) and (high is None or true <= Fraction(high))


@many
@given(seeds, st.integers(5, 60))
def test_true_gaps_and_contributions(draw, count):
    world = World.made(draw)
    book = Book(world.figures(draw, count))
    for flow in ("export", "import", "total"):
        part, whole = (books.point_of(series, flow, draw.choice(("2020", "2021"))) for series in books.SERIES)
        whole = whole.at(part.period)
        for step in gap(part, whole, book, TERMS):
            assert is_within(world.true(part, "growth") - world.true(whole, "growth"), step), step.calculation
        before = part.year_before()
        share = (world.levels[part] - world.levels[before]) / world.levels[whole.year_before()] * 100
        for step in contribution(part, whole, book, TERMS):
            assert is_within(share, step), step.calculation


def test_every_rule_is_met_in_such_worlds():
    met = set()
    for seed in range(6):
        draw = random.Random(seed)
        world = World.made(draw)
        book = Book(world.figures(draw, 60))
        for point, measure in world.goals():
            found = derive(point, measure, book, TERMS, depth=2)
            met |= {one.rule for step in found.routes for one, _ in books.every_step(step)} if found else set()
    assert met == {rule.code for rule in RULES}


def books_of(draw, count):
    return books.quarrelling(draw, count) if draw.random() < 0.5 else World.made(draw).figures(draw, count)


def goals_of(figures):
    book = Book(figures)
    points = set(book.points()).union(*(reach(one, book, TERMS) for one in figures))
    return sorted(((point, measure) for point in points for measure in MEASURES), key=lambda one: (one[0].name, one[1]))


@many
@given(seeds, st.integers(1, 40))
def test_order_of_figures_never_shows(draw, count):
    figures = books_of(draw, count)
    shuffled = draw.sample(figures, count)
    goals = goals_of(figures)
    for point, measure in draw.sample(goals, min(30, len(goals))):
        assert derive(point, measure, Book(figures), TERMS) == derive(point, measure, Book(shuffled), TERMS)
    for point, _ in draw.sample(goals, min(30, len(goals))):
        assert derivations_at(point, Book(figures), TERMS) == derivations_at(point, Book(shuffled), TERMS)


@many
@given(seeds, st.integers(1, 40), st.integers(0, 4))
def test_no_circle_no_forecast_and_no_deeper_than_asked(draw, count, depth):
    figures = books_of(draw, count)
    book = Book(figures)
    goals = goals_of(figures)
    for point, measure in draw.sample(goals, min(40, len(goals))):
        found = derive(point, measure, book, TERMS, depth=depth)
        for route in found.routes if found else ():
            assert 1 <= route.depth <= depth
            assert ends(route.interval) != (None, None)
            for step, above in books.every_step(route):
                goals_above = {(one.point, one.measure) for one in above}
                assert (step.point, step.measure) not in goals_above
                for one in step.inputs:
                    if isinstance(one, Figure):
                        assert one.is_firm
                        assert step.rule == "exchange-rate" or (one.point, one.stating.measure) not in {
                            *goals_above, (step.point, step.measure),
                        }  # fmt: skip


@many
@given(seeds, st.integers(1, 40))
def test_routes_only_narrow(draw, count):
    figures = books_of(draw, count)
    book, goals = Book(figures), goals_of(figures)
    for point, measure in draw.sample(goals, min(40, len(goals))):
        found = derive(point, measure, book, TERMS)
        if found:
            assert found.routes[0].interval.contains(found.interval)
            met = meet_of_all(step.interval for step in found.routes)
            assert found.disagree is (met is None)
            assert found.disagree or found.interval == met
            assert {(step.unit, step.point, step.measure) for step in found.routes} == {(found.unit, point, measure)}


@many
@given(seeds, st.integers(1, 40))
def test_reach_holds_all_that_a_claim_may_change(draw, count):
    figures = books_of(draw, count)
    changed = draw.choice(figures)
    before, after = Book(one for one in figures if one != changed), Book(figures)
    points = {point for point, _ in goals_of(figures)}
    differing = {p for p in points if derivations_at(p, before, TERMS) != derivations_at(p, after, TERMS)}
    assert differing <= reach(changed, before, TERMS)
    assert differing <= reach(changed, after, TERMS)


@many
@given(seeds, st.integers(2, 40))
def test_reach_of_many_claims_that_come_together(draw, count):
    figures = books_of(draw, count)
    new = draw.sample(figures, draw.randint(1, count))
    before, after = Book(one for one in figures if one not in new), Book(figures)
    points = {point for point, _ in goals_of(figures)}
    differing = {p for p in points if derivations_at(p, before, TERMS) != derivations_at(p, after, TERMS)}
    assert differing <= set().union(*(reach(one, after, TERMS) for one in new))


@many
@given(seeds, st.integers(1, 40))
def test_stored_findings_have_names_of_their_own_and_are_sorted(draw, count):
    figures = books_of(draw, count)
    book = Book(figures)
    found = [
        one for point in sorted({p for p, _ in goals_of(figures)}, key=lambda p: p.name)
        for one in derivations_at(point, book, TERMS)
    ]  # fmt: skip
    digests = [one.digest for one in found]
    assert len(set(digests)) == len(digests)
    for one in found:
        stated = [book.figures[digest] for digest in one.claims]
        assert one.kind == "derivation"
        assert list(one.claims) == sorted(one.claims)
        assert all(figure.is_firm for figure in stated)
        assert not any(f.is_firm and f.stating.measure == one.measure == "level" for f in book.at(one.point))


@many
@given(seeds, st.integers(1, 40))
def test_calculations_are_right(draw, count):
    """What is written before the equals sign gives what is written behind it, and that is the value."""
    figures = books_of(draw, count)
    book, goals = Book(figures), goals_of(figures)
    for point, measure in draw.sample(goals, min(40, len(goals))):
        found = derive(point, measure, book, TERMS)
        for route in found.routes if found else ():
            for step, _ in books.every_step(route):
                first, _, second = step.calculation.partition("; ")
                left, _, right = first.partition(" = ")
                assert second.endswith(f" = {shown(step)}")
                if step.value is None:
                    assert right == "?"
                else:
                    exact = eval(re.sub(r"\d+(\.\d+)?", r"Fraction('\g<0>')", left), {"Fraction": Fraction})
                    near = Context(prec=30).divide(Decimal(exact.numerator), Decimal(exact.denominator))
                    assert Decimal(right) == step.value == Context(prec=12, rounding=ROUND_HALF_EVEN).plus(near)


def shown(step: Step) -> str:
    low, high = ends(step.interval)
    if low is not None and low == high:
        return f"{low:f}"
    return ("(-∞" if low is None else f"[{low:f}") + ", " + ("∞)" if high is None else f"{high:f}]")


class Forgetful(dict):
    """Keeps what it is told for a moment only."""

    def __contains__(self, _key):
        return False


@many
@given(seeds, st.integers(4, 25))
def test_what_a_search_remembers_does_not_change_what_it_finds(draw, count):
    figures = [one for one in books.quarrelling(draw, 3 * count) if one.stating.measure in ("level", "growth", "share")]
    book, goals = Book(figures), goals_of(figures)
    for point, measure in draw.sample(goals, min(12, len(goals))):
        forgetful = Search(book, TERMS)
        forgetful._routes = Forgetful()
        assert Search(book, TERMS).routes(point, measure, 4) == forgetful.routes(point, measure, 4)


def test_three_deep_takes_milliseconds():
    draw = random.Random(7)
    world = World.made(draw)
    book = Book(world.figures(draw, 500))
    goals = list(world.goals())
    spent = []
    for point, measure in goals:
        start = time.perf_counter()
        derive(point, measure, book, TERMS)
        spent.append(time.perf_counter() - start)
    assert sorted(spent)[len(spent) // 2] < 0.02
