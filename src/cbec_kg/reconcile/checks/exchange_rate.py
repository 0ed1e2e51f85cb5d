"""Rates that claims of one point imply where they give their amount in two currencies.

A single amount implies a rate and nothing to compare it with; rates of different points are not held together.

>>> FORMULAS
('level / amount in other currency',)
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, combinations_with_replacement

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import can_disagree, rounded, text
from cbec_kg.reconcile.checks.explain import at_the_edge, explained
from cbec_kg.reconcile.checks.operands import levels
from cbec_kg.reconcile.choose import choose
from cbec_kg.reconcile.figure import Amount, Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.growth import is_money
from cbec_kg.reconcile.interval import Interval

__all__ = ["CODE", "FORMULAS", "find", "reach"]

CODE = "exchange-rate"
FORMULAS = ("level / amount in other currency",)

_Rate = tuple[Figure, Amount, Interval]


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Claims of a point that give a rate of the same two currencies, two by two, and claims that give two rates."""
    groups: dict[tuple[str, str], dict[str, list[_Rate]]] = defaultdict(lambda: defaultdict(list))
    for one in levels(figures, point):
        unit = str(one.stating.unit)
        for amount in sorted(one.restated, key=lambda each: (each.unit, each.value, str(each))):
            if is_money(unit) and is_money(amount.unit) and amount.unit != unit and amount.lower and amount.lower > 0:
                groups[unit, amount.unit][one.digest].append((one, amount, one.interval / amount.interval))
    for _, rates in sorted(groups.items()):
        for a, b in combinations_with_replacement(sorted(rates), 2):
            pairs = list(combinations(rates[a], 2)) if a == b else [(one, two) for one in rates[a] for two in rates[b]]
            pairs = [pair for pair in pairs if can_disagree(pair[0][2], pair[1][2])]
            if pairs:
                # of several amounts, the two that lie furthest apart
                widest = max(pairs, key=lambda pair: (pair[0][2].gap(pair[1][2]), str(pair[0][1]), str(pair[1][1])))
                yield _finding(point, widest, figures, terms)


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """The claim's own point."""
    return [one.point] if one.restated else []


def _finding(point: Point, pair: tuple[_Rate, _Rate], figures: Figures, terms: Terms) -> Finding:
    better = choose(each[0] for each in pair)
    (stated, amount, rate), (against, other, computed) = pair if pair[1][0] is better else (pair[1], pair[0])
    value = rounded((Interval.exactly(against.value) / Interval.exactly(other.value)).middle or against.value)
    meets, told = rate.meets(computed), computed.tidy()
    why: tuple[str, ...]
    if meets:
        why = ("rounding",) if at_the_edge(rate, computed, value) else ()
    else:
        why = explained((stated, against), figures, terms, stated=rate, computed=computed)
    return Finding(
        kind="agreement" if meets else "disagreement",
        check=CODE,
        point=point,
        measure="exchange-rate",
        formula=FORMULAS[0],
        claims=tuple(sorted({stated.digest, against.digest})),
        calculation=f"{_told(against, other)} = {text(value)}, {_told(stated, amount)}",
        value=value,
        lower=told.lower,
        upper=told.upper,
        tested=stated.digest,
        gap=rounded(rate.gap(computed)),
        explanations=why,
    )


def _told(one: Figure, amount: Amount) -> str:
    return f"{text(one.value)} {one.stating.unit} / {text(amount.value)} {amount.unit}"
