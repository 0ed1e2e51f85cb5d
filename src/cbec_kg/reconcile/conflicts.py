"""Which claims of one observation contradict each other.

Two claims conflict where they state the same thing of it (measure, unit, basis, base period, currency basis, whole,
group), both as a fact or an estimate, and their intervals have no number in common. A bound that is not there is no
bound: "over 2" and 2.11 agree. Ends that touch agree as well, for rounding may have put a figure on either side.

>>> from decimal import Decimal as D
>>> def level(digest, low, high, status="reported"):
...     return Stated(digest, Stating("level", "CNY"), status, D(low), D(high))
>>> conflicts([level("a", "2.105", "2.115"), level("b", "2.05", "2.10"), level("c", "2.1", "2.2")])
[('a', 'b')]
>>> conflicts([level("a", "2.105", "2.115"), level("b", "2.4", "2.5", status="forecast")])
[]
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

__all__ = ["Stated", "Stating", "conflicts", "disjoint"]

_FIRM = frozenset({"reported", "preliminary", "revised", "estimate"})


@dataclass(frozen=True, slots=True)
class Stating:
    """What a claim gives of its observation, as codes; claims that differ here cannot contradict each other."""

    measure: str
    unit: str | None
    basis: str | None = None
    base_period: str | None = None
    currency_basis: str | None = None
    share_of: str | None = None
    ranked_among: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim as conflicts see it: bounds are in the claim's own unit and belong to the interval, None is no bound."""

    digest: str
    stating: Stating
    status: str
    lower: Decimal | None
    upper: Decimal | None


def disjoint(a: Stated, b: Stated) -> bool:
    """Whether two intervals have no number in common."""

    def below(one: Stated, other: Stated) -> bool:
        return one.upper is not None and other.lower is not None and one.upper < other.lower

    return below(a, b) or below(b, a)


def conflicts(claims: Iterable[Stated]) -> list[tuple[str, str]]:
    """Pairs of digests that contradict each other, sorted; all claims are of one observation, in any order."""
    groups: dict[Stating, dict[str, Stated]] = defaultdict(dict)
    for claim in claims:
        if claim.status in _FIRM:
            groups[claim.stating][claim.digest] = claim
    return sorted(
        (a, b) for group in groups.values() for a, b in combinations(sorted(group), 2) if disjoint(group[a], group[b])
    )
