"""Which claims of one observation contradict each other.

Two claims conflict where they state the same thing of it (measure, unit, basis, base period, currency basis, whole,
group), both as a fact or an estimate, and their intervals have no number in common. A bound that is not there is no
bound: "over 2" and 2.11 agree. Ends that touch agree as well, for rounding may have put a figure on either side. A
release and those that it revises, at once or by others between, do not contradict each other, nor do figures of no
period, nor two that one article alone gives and nobody has reviewed: an article seldom contradicts itself, and what
reads so is more often two figures of different things. These are the very pairs of the findings that figures for the
same data point disagree.

>>> from decimal import Decimal as D
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.figure import Point, Stating
>>> point = Point(Slots("i", "china", "all", "all", "none", "none"), "2022")
>>> def level(digest, low, high, status="reported"):
...     return Figure(digest=digest, point=point, stating=Stating("level", "CNY"), status=status, qualifier="exact",
...                   value=D(low), lower=D(low), upper=D(high))
>>> conflicts([level("a", "2.105", "2.115"), level("b", "2.05", "2.10"), level("c", "2.1", "2.2")])
[('a', 'b')]
>>> conflicts([level("a", "2.105", "2.115"), level("b", "2.4", "2.5", status="forecast")])
[]
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from cbec_kg.reconcile.figure import Figure, Stating
from cbec_kg.reconcile.vintages import earlier_releases

__all__ = ["conflicts", "is_doubtful"]


def conflicts(figures: Iterable[Figure]) -> list[tuple[str, str]]:
    """Pairs of digests that contradict each other, sorted; all figures are of one point, in any order."""
    figures = list(figures)
    groups: dict[Stating, dict[str, Figure]] = defaultdict(dict)
    replaced = earlier_releases(figures)
    for one in figures:
        if one.is_firm and one.point.is_told:
            groups[one.stating][one.digest] = one
    return sorted(
        (a, b)
        for group in groups.values()
        for a, b in combinations(sorted(group), 2)
        if not group[a].interval.meets(group[b].interval)
        and a not in replaced.get(b, ())
        and b not in replaced.get(a, ())
        and not is_doubtful(group[a], group[b])
    )


def is_doubtful(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one article alone as a rule has read it."""
    return one.source == other.source != "" and not (one.reviewed or other.reviewed)
