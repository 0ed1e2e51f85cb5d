"""Ways to compute a figure that no claim states: the one place that asks arithmetic for them.

>>> from cbec_kg.reconcile.book import Book
>>> routes(Point.parse("i_china_all_all_none_none_2022"), "level", Book(), Terms())
[]
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from cbec_kg.answer.result import Route
from cbec_kg.reconcile import derive
from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.derive.plan import Need, Plan
from cbec_kg.reconcile.derive.search import Search, best_first
from cbec_kg.reconcile.derive.step import Derived, Step, together
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.growth import HUNDRED
from cbec_kg.reconcile.interval import Interval

__all__ = ["DEPTH", "Ways", "contribution", "derived", "gap", "routes", "share"]

DEPTH = 4
"""So many steps lie at most between a figure and the claims that it is derived from."""


_ANY = Interval(None, None)


@dataclass(frozen=True, slots=True)
class Ways:
    """Ways to one figure, the best first, and what they say together, as `derive.step.Derived` has it.

    ``value`` is None where no way's value lies in the ``interval`` that they have in common.
    """

    routes: tuple[Route, ...] = ()
    interval: Interval = _ANY
    value: Decimal | None = None
    disagree: bool = False


def derived(point: Point, measure: str, figures: Figures, terms: Terms, unit: str | None = None) -> Ways:
    """Ways to compute a measure of a point, to ``unit`` where it is given; none where there is none."""
    found = derive.derive(point, measure, figures, terms, depth=DEPTH, unit=unit)
    return _ways(found) if found else Ways()


def routes(point: Point, measure: str, figures: Figures, terms: Terms, unit: str | None = None) -> list[Route]:
    """The same, as a list."""
    return list(derived(point, measure, figures, terms, unit).routes)


def gap(point: Point, against: Point, figures: Figures, terms: Terms) -> Ways:
    """Growth of a point less that of another, in percentage points."""
    return _as_one(derive.gap(point, against, figures, terms))


def contribution(part: Point, whole: Point, figures: Figures, terms: Terms) -> Ways:
    """What a part adds to the growth of its whole, in percentage points."""
    return _as_one(derive.contribution(part, whole, figures, terms))


def share(part: Point, whole: Point, figures: Figures, terms: Terms) -> Ways:
    """Level of a point as a part of that of another, in percent; levels stated or derived, in one unit."""
    if part == whole:
        return Ways()
    plan = Plan(
        "share = level(part) / level(whole) * 100", "{} / {} * 100", (Need(part), Need(whole)), _share,
        unit="percent", amounts=True,
    )  # fmt: skip
    steps = Search(figures, terms).steps("share", plan, part, "share", DEPTH, frozenset({(part, "share")}))
    return _as_one(sorted(steps, key=best_first))


def _as_one(steps: Sequence[Step]) -> Ways:
    return _ways(together(steps)) if steps else Ways()


def _ways(found: Derived) -> Ways:
    return Ways(tuple(map(_route, found.routes)), found.interval, found.value, found.disagree)


def _share(part: Interval, whole: Interval) -> Interval | None:
    return part / whole * HUNDRED if whole.lower is not None and whole.lower > 0 else None


def _route(step: Step) -> Route:
    inputs = tuple(one if isinstance(one, Figure) else _route(one) for one in step.inputs)
    return Route(
        step.rule,
        step.formula,
        step.calculation,
        step.point,
        step.measure,
        step.unit,
        step.interval,
        step.value,
        inputs,
    )
