"""Ranks within one group: two that hold one place, and a better place with a lower level.

A finding on two stands at the point whose name sorts lower.

>>> FORMULAS
('rank(one) <> rank(other)', 'rank(one) < rank(other) and level(one) >= level(other)')
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import can_disagree, rounded, text
from cbec_kg.reconcile.checks.explain import explained
from cbec_kg.reconcile.checks.operands import firm, level_in, taken, units
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.interval import Interval

__all__ = ["CODE", "FORMULAS", "find", "reach"]

CODE = "rank-order"
FORMULAS = ("rank(one) <> rank(other)", "rank(one) < rank(other) and level(one) >= level(other)")


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Each rank of a closed point against the ranks of other entities, and levels of those next to it."""
    if point.closed is None:
        return
    for tested in figures.at(point):
        if not _is_rank(tested):
            continue
        for other in _others(tested, figures):
            if point.name > other.point.name:
                continue
            if tested.value == other.value:
                yield _same_place(tested, other, figures, terms)
            elif abs(tested.value - other.value) == 1:
                yield from _levels(tested, other, figures, terms)


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """A rank bears on all of its group whose names sort lower, a level on the groups of its own ranks."""
    yield one.point
    if one.stating.measure not in ("rank", "level"):
        return
    for rank in (one, *figures.at(one.point)):
        if rank.stating.measure == "rank" and rank.stating.ranked_among:
            for other in _group(rank, figures):
                if other.point.name < one.point.name:
                    yield other.point


def _is_rank(one: Figure) -> bool:
    """Whether a figure is one place in a group."""
    stating = one.stating
    return bool(stating.measure == "rank" and stating.ranked_among and one.is_firm and one.lower == one.upper)


def _group(rank: Figure, figures: Figures) -> Iterator[Figure]:
    """Ranks in the same group of what differs from a point in its entity alone."""
    slots, period = rank.point.slots, rank.point.period
    for other in figures.ranked(slots.indicator, str(rank.stating.ranked_among), period):
        entity = other.point.slots.entity
        if entity != slots.entity and other.point.slots == replace(slots, entity=entity):
            yield other


def _others(tested: Figure, figures: Figures) -> list[Figure]:
    """One rank of each other entity."""
    found: dict[str, list[Figure]] = {}
    for other in _group(tested, figures):
        if _is_rank(other) and other.stating == tested.stating:
            found.setdefault(other.point.name, []).append(other)
    chosen = [taken(found[name], tested.source, tested.vintage) for name in sorted(found)]
    return [one for one in chosen if one]


def _same_place(tested: Figure, other: Figure, figures: Figures, terms: Terms) -> Finding:
    return Finding(
        kind="disagreement",
        check=CODE,
        point=tested.point,
        measure="rank",
        formula=FORMULAS[0],
        claims=tuple(sorted((tested.digest, other.digest))),
        unit=tested.stating.unit,
        calculation=f"{text(tested.value)} = {text(other.value)}",
        value=other.value,
        lower=other.lower,
        upper=other.upper,
        tested=tested.digest,
        gap=rounded(tested.value - other.value),
        explanations=explained((tested, other), figures, terms),
    )


def _levels(tested: Figure, other: Figure, figures: Figures, terms: Terms) -> Iterator[Finding]:
    ahead, behind = sorted((tested, other), key=lambda one: one.value)
    for unit in units(figures, tested, ahead.point, behind.point):
        more, less = (
            taken(firm(figures, one.point, level_in(unit)), tested.source, tested.vintage) for one in (ahead, behind)
        )
        if more is None or less is None:
            continue
        bound = Interval(less.lower, None)
        if not can_disagree(more.interval, bound):
            return
        gap = more.interval.gap(bound)
        agrees = less.upper is not None and more.lower is not None and more.lower >= less.upper
        if not gap and not agrees:
            return
        claims = (ahead, behind, more, less)
        told = less.interval.tidy()
        yield Finding(
            kind="disagreement" if gap else "agreement",
            check=CODE,
            point=tested.point,
            measure="rank",
            formula=FORMULAS[1],
            claims=tuple(sorted(one.digest for one in claims)),
            unit=unit,
            calculation=f"{text(ahead.value)} < {text(behind.value)}, {text(more.value)} : {text(less.value)}",
            value=rounded(less.value),
            lower=told.lower,
            upper=told.upper,
            tested=tested.digest,
            gap=rounded(gap),
            explanations=explained(claims, figures, terms) if gap else (),
        )
        return
