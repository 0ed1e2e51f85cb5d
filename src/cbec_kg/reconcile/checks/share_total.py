"""A share against the levels of the part and of the whole.

>>> FORMULAS
('level(part) / level(whole) = share', 'level(part) / level(whole) = level')
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from cbec_kg.errors import RowError
from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import Formula, compared
from cbec_kg.reconcile.checks.operands import firm, level_in, taken, units
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.growth import HUNDRED
from cbec_kg.reconcile.interval import Interval

__all__ = ["CODE", "FORMULAS", "find", "reach"]

CODE = "share-total"


def _ratio(given: Sequence[Interval]) -> Interval | None:
    part, whole = given
    return part / whole if whole.lower is not None and whole.lower > 0 else None


def _percent(given: Sequence[Interval]) -> Interval | None:
    ratio = _ratio(given)
    return ratio and ratio * HUNDRED


_SHARE = Formula(CODE, "level(part) / level(whole) = share", "{} / {} * 100", _percent)
_LEVEL = {
    "percent": Formula(CODE, "level(part) / level(whole) = level", "{} / {} * 100", _percent),
    "ratio": Formula(CODE, "level(part) / level(whole) = level", "{} / {}", _ratio),
}
FORMULAS = (_SHARE.symbols, _LEVEL["percent"].symbols)


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Each share of a closed point, and each level of an indicator that is a ratio."""
    if point.closed is None:
        return
    for tested in figures.at(point):
        formula = _formula(tested) if tested.is_firm else None
        if formula is None:
            continue
        for part, whole in _places(tested, terms):
            found = _operands(figures, tested, part, whole)
            if found:
                yield from compared(formula, tested, found, figures, terms)
                break


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """A level bears on shares of its point, on shares of which it is the whole, and on ratios that name it."""
    yield one.point
    if one.stating.measure != "level":
        return
    for share in figures.shares_of(one.point):
        yield share.point
    slots = one.point.slots
    for indicator, ratio in terms.ratios.items():
        if (slots.indicator, slots.scope) in ((ratio.part, ratio.part_scope), (ratio.whole, ratio.whole_scope)):
            for flow in (slots.flow, "none"):
                place = Point(replace(slots, indicator=indicator, scope="none", flow=flow), one.point.period)
                yield place
                yield from figures.scopes(place)


def _formula(tested: Figure) -> Formula | None:
    if tested.stating.measure == "share" and tested.stating.unit == "percent":
        return _SHARE
    if tested.stating == level_in(tested.stating.unit):
        return _LEVEL.get(tested.stating.unit or "")
    return None


def _places(tested: Figure, terms: Terms) -> list[tuple[Point, Point]]:
    """Points of part and whole: those of a ratio, else what a share says itself."""
    slots, period, whole = tested.point.slots, tested.point.period, tested.stating.share_of
    ratio = terms.ratios.get(slots.indicator)
    if ratio:
        flows = [slots.flow] if slots.flow != "none" else ["total", "none"]
        return [
            (
                Point(replace(slots, indicator=ratio.part, scope=ratio.part_scope, flow=flow), period),
                Point(replace(slots, indicator=ratio.whole, scope=ratio.whole_scope, flow=flow), period),
            )
            for flow in flows
        ]
    if tested.stating.measure != "share" or whole is None:
        return []
    try:
        place = Point.parse(whole)
    except RowError:
        return []
    return [(tested.point, place)] if place.period == period and place != tested.point else []


def _operands(figures: Figures, tested: Figure, part: Point, whole: Point) -> list[Figure]:
    for unit in units(figures, tested, part, whole):
        found = [taken(firm(figures, place, level_in(unit)), tested.source, tested.vintage) for place in (part, whole)]
        return [one for one in found if one]
    return []
