"""What a derivation gives: one step of arithmetic, and what the routes to one number say together.

>>> from dataclasses import replace
>>> from cbec_kg.model.slots import Slots
>>> point = Point(Slots("i", "china", "all", "all", "none", "none"), "2021")
>>> one = Step("year-before", "a = b / c", "", point, "level", "CNY", Interval.of(1, 3), Decimal(2), ())
>>> other = replace(one, rule="flow-sum", interval=Interval.of(2, 4), value=Decimal("3.5"))
>>> both = together((one, other))
>>> both.interval, both.value, both.disagree
(Interval(lower=Decimal('2'), upper=Decimal('3')), Decimal('2'), False)
>>> together((one, replace(one, interval=Interval.of(5, 6), value=Decimal(5)))).disagree
True
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.interval import Interval

__all__ = ["Derived", "Step", "together"]


@dataclass(frozen=True, slots=True)
class Step:
    """One rule applied once.

    ``formula`` is symbolic, ``calculation`` has the numbers, first as stated and then as intervals; ``inputs`` are in
    the formula's order, and a step among them was derived itself.
    """

    rule: str
    formula: str
    calculation: str
    point: Point
    measure: str
    unit: str
    interval: Interval
    value: Decimal | None
    inputs: "tuple[Figure | Step, ...]"

    @property
    def claims(self) -> tuple[str, ...]:
        """Digests of all figures beneath, sorted."""
        return tuple(sorted({one.digest for one in self.figures()}))

    @property
    def depth(self) -> int:
        """How many steps lie one upon the other; 1 of a step on stated figures alone."""
        return 1 + max((one.depth for one in self.inputs if isinstance(one, Step)), default=0)

    @property
    def level_unit(self) -> str | None:
        """Unit of the levels that a growth is derived from; None of any other measure."""
        if self.measure != "growth":
            return None
        first = self.inputs[0]
        return first.unit if isinstance(first, Step) else first.stating.unit

    def figures(self) -> Iterator[Figure]:
        """All figures beneath, in the order of the formulas."""
        for one in self.inputs:
            if isinstance(one, Step):
                yield from one.figures()
            else:
                yield one


@dataclass(frozen=True, slots=True)
class Derived:
    """What no article states, by every route that leads there, the best first.

    ``interval`` is what the first route and all that meet it have in common, ``value`` that of the first route whose
    value lies within it (None where there is none); ``disagree`` is whether any two routes have no number in common.
    """

    point: Point
    measure: str
    unit: str
    interval: Interval
    value: Decimal | None
    routes: tuple[Step, ...]
    disagree: bool


def together(routes: Sequence[Step]) -> Derived:
    """What routes to one point, measure and unit say together; at least one is given, the best first."""
    first = routes[0]
    common = first.interval
    for one in routes[1:]:
        common = common.meet(one.interval) or common
    within = [one.value for one in routes if one.value is not None and common.holds(one.value)]
    return Derived(
        point=first.point,
        measure=first.measure,
        unit=first.unit,
        interval=common,
        value=within[0] if within else None,
        routes=tuple(routes),
        disagree=any(not a.interval.meets(b.interval) for a, b in combinations(routes, 2)),
    )
