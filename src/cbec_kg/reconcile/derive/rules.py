"""The rules of derivation: a registry.

A rule lists its uses for a point as plans, and the points that a figure may be of use for; neither computes.

>>> [rule.code for rule in RULES if rule.measure == "growth"]
['growth-from-levels']
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from cbec_kg.errors import RowError
from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.derive.calendar import (
    after,
    before,
    closed,
    contains,
    coverings,
    natural,
    rest,
    touching,
    year_of,
)  # fmt: skip
from cbec_kg.reconcile.derive.plan import Has, Need, Plan, Rule, multiple
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.growth import HUNDRED, percent
from cbec_kg.reconcile.interval import Interval

__all__ = ["RULES", "of_measure", "order"]

_FLOWS = ("export", "import", "total")

# ---- from year to year


def _back(level: Interval, growth: Interval) -> Interval | None:
    by = multiple(growth)
    return by and level / by


def _on(level: Interval, growth: Interval) -> Interval | None:
    by = multiple(growth)
    return by and level * by


def _growth(now: Interval, then: Interval) -> Interval | None:
    ratio = now / then
    return None if ratio == Interval(None, None) or not _is_positive(then) else percent(ratio)


def _is_positive(level: Interval) -> bool:
    return level.lower is not None and level.lower > 0


def _year_before(point: Point, _figures: Figures, _terms: Terms, _has: Has) -> Iterator[Plan]:
    if later := after(point.period):
        now = point.at(later)
        yield Plan(
            "level(P - 1y) = level(P) / (1 + growth(P)/100)", "{} / (1 + {}/100)",
            (Need(now), Need(now, "growth", derivable=False)), _back, amounts=True,
        )  # fmt: skip


def _level_from_growth(point: Point, _figures: Figures, _terms: Terms, _has: Has) -> Iterator[Plan]:
    if earlier := before(point.period):
        yield Plan(
            "level(P) = level(P - 1y) * (1 + growth(P)/100)", "{} * (1 + {}/100)",
            (Need(point.at(earlier)), Need(point, "growth", derivable=False)), _on, amounts=True,
        )  # fmt: skip


def _growth_from_levels(point: Point, _figures: Figures, _terms: Terms, _has: Has) -> Iterator[Plan]:
    if earlier := before(point.period):
        yield Plan(
            "growth(P) = (level(P) / level(P - 1y) - 1) * 100", "({} / {} - 1) * 100",
            (Need(point), Need(point.at(earlier))), _growth, unit="percent", amounts=True,
        )  # fmt: skip


def _earlier(figure: Figure) -> Iterator[Point]:
    if figure.stating.measure in ("level", "growth") and (name := before(figure.point.period)):
        yield figure.point.at(name)


def _own(figure: Figure) -> Iterator[Point]:
    """A growth with its level a year before; and a level with the growth a year later."""
    if figure.stating.measure == "growth":
        yield figure.point
    elif figure.stating.measure == "level" and (name := after(figure.point.period)):
        yield figure.point.at(name)


def _own_and_later(figure: Figure) -> Iterator[Point]:
    if figure.stating.measure == "level":
        yield figure.point
        if name := after(figure.point.period):
            yield figure.point.at(name)


# ---- exports, imports, both


def _has_flows(point: Point, terms: Terms) -> bool:
    """Whether the directions of trade of a point are of one period: a calendar one, or the same of one article."""
    told = closed(point.period) is not None or (point.closed is None and point.is_told)
    return told and point.slots.indicator in terms.traded and point.slots.flow in _FLOWS


def _total_less_part(point: Point, _figures: Figures, terms: Terms, _has: Has) -> Iterator[Plan]:
    flow = point.slots.flow
    if _has_flows(point, terms) and flow != "total":
        other = "import" if flow == "export" else "export"
        yield Plan(
            f"level({flow}) = level(total) - level({other})", "{} - {}",
            (Need(point.flowing("total")), Need(point.flowing(other))), Interval.__sub__,
        )  # fmt: skip


def _flow_sum(point: Point, _figures: Figures, terms: Terms, _has: Has) -> Iterator[Plan]:
    if _has_flows(point, terms) and point.slots.flow == "total":
        yield Plan(
            "level(total) = level(export) + level(import)", "{} + {}",
            (Need(point.flowing("export")), Need(point.flowing("import"))), Interval.__add__,
        )  # fmt: skip


def _to_part(figure: Figure, terms: Terms) -> Iterator[Point]:
    if figure.stating.measure == "level" and _has_flows(figure.point, terms):
        yield from (figure.point.flowing(flow) for flow in ("export", "import") if flow != figure.point.slots.flow)


def _to_total(figure: Figure, terms: Terms) -> Iterator[Point]:
    if figure.stating.measure == "level" and _has_flows(figure.point, terms) and figure.point.slots.flow != "total":
        yield figure.point.flowing("total")


# ---- parts and wholes


def _whole(share: Figure) -> Point | None:
    """The whole that a share claim names, at the part's own calendar period; None where it names none."""
    if share.stating.measure != "share" or not share.stating.share_of or not share.is_firm:
        return None
    try:
        whole = Point.parse(share.stating.share_of)
    except RowError:
        return None
    same = whole.period == share.point.period and closed(whole.period) is not None
    return whole if same and whole != share.point else None


def _part_from_share(point: Point, figures: Figures, _terms: Terms, _has: Has) -> Iterator[Plan]:
    wholes = {whole for one in figures.at(point) if (whole := _whole(one))}
    for whole in sorted(wholes, key=lambda one: one.name):
        yield Plan(
            "level(part) = share(part)/100 * level(whole)", "{}/100 * {}",
            (Need(point, "share", whole.name), Need(whole)), _times_share, amounts=True,
        )  # fmt: skip


def _whole_from_share(point: Point, figures: Figures, _terms: Terms, _has: Has) -> Iterator[Plan]:
    parts = {one.point for one in figures.shares_of(point) if _whole(one) == point}
    for part in sorted(parts, key=lambda one: one.name):
        yield Plan(
            "level(whole) = level(part) / (share(part)/100)", "{} / ({}/100)",
            (Need(part), Need(part, "share", point.name)), _by_share, amounts=True,
        )  # fmt: skip


def _times_share(share: Interval, whole: Interval) -> Interval:
    return share / HUNDRED * whole


def _by_share(level: Interval, share: Interval) -> Interval:
    return level / (share / HUNDRED)


def _to_parts(figure: Figure, figures: Figures) -> Iterator[Point]:
    if _whole(figure):
        yield figure.point
    elif figure.stating.measure == "level":
        yield from (one.point for one in figures.shares_of(figure.point) if _whole(one))


def _to_wholes(figure: Figure, figures: Figures) -> Iterator[Point]:
    shares = figures.at(figure.point) if figure.stating.measure == "level" else [figure]
    yield from (whole for one in shares if (whole := _whole(one)))


def _ratio(point: Point, _figures: Figures, terms: Terms, _has: Has) -> Iterator[Plan]:
    found = terms.ratios.get(point.slots.indicator)
    if not found or closed(point.period) is None or point.slots.scope != _ratio_scope(point.slots.indicator, terms):
        return
    part = replace(point.slots, indicator=found.part, scope=found.part_scope)
    whole = replace(point.slots, indicator=found.whole, scope=found.whole_scope)
    yield Plan(
        "ratio = level(part) / level(whole) * 100", "{} / {} * 100",
        (Need(replace(point, slots=part)), Need(replace(point, slots=whole))),
        lambda a, b: a / b * HUNDRED if _is_positive(b) else None, unit="percent", amounts=True,
    )  # fmt: skip


def _ratio_scope(indicator: str, terms: Terms) -> str:
    """A ratio is derived in one scope: its own default one."""
    return terms.scopes.get(indicator, "none")


def _to_ratios(figure: Figure, terms: Terms) -> Iterator[Point]:
    slots = figure.point.slots
    if figure.stating.measure != "level" or closed(figure.point.period) is None:
        return
    for code, one in terms.ratios.items():
        if (slots.indicator, slots.scope) in ((one.part, one.part_scope), (one.whole, one.whole_scope)):
            yield replace(figure.point, slots=replace(slots, indicator=code, scope=_ratio_scope(code, terms)))


# ---- one level in two currencies


def _exchange_rate(point: Point, figures: Figures, _terms: Terms, _has: Has) -> Iterator[Plan]:
    if not point.is_told:
        return
    levels = [one for one in figures.at(point) if one.stating.measure == "level" and one.is_firm]
    pairs = {(str(one.stating.unit), amount.unit) for one in levels for amount in one.restated}
    for unit, other in sorted(pairs):
        yield Plan(
            f"exchange rate = level in {unit} / the same level in {other}", "{}",
            (Need(point, "restated", f"{unit}/{other}"),), lambda rate: rate,
        )  # fmt: skip


# ---- periods within a year


def _period_difference(point: Point, figures: Figures, terms: Terms, _has: Has) -> Iterator[Plan]:
    year = _natural_year(point, terms)
    if year is None:
        return
    listed = set(figures.periods(point.slots, year))
    for whole in sorted({*listed, *natural(year)}) if listed else ():
        part = rest(whole, point.period)
        if part and (whole in listed or part in listed):
            yield Plan(
                "level(P) = level(P and Q) - level(Q)", "{} - {}",
                (Need(point.at(whole)), Need(point.at(part))), Interval.__sub__,
            )  # fmt: skip


def _period_sum(point: Point, figures: Figures, terms: Terms, has: Has) -> Iterator[Plan]:
    year = _natural_year(point, terms)
    if year is None:
        return
    within = {name for name in figures.periods(point.slots, year) if contains(point.period, name)}
    pieces = {name for name in within if has(point.at(name))}
    left = {other for name in pieces if (other := rest(point.period, name))} - within
    pieces |= {name for name in left if has(point.at(name))}
    for row in coverings(point.period, pieces):
        yield Plan(
            "level(P) = sum of level(Q) over all Q in P", " + ".join(["{}"] * len(row)),
            tuple(Need(point.at(name)) for name in row), lambda *levels: sum(levels[1:], start=levels[0]),
        )  # fmt: skip


def _natural_year(point: Point, terms: Terms) -> int | None:
    """The year of a period that statistics speak of, where the indicator adds up over periods."""
    year = year_of(point.period) if point.slots.indicator in terms.flows else None
    return year if year is not None and point.period in natural(year) else None


def _to_periods(figure: Figure, terms: Terms) -> Iterator[Point]:
    point = figure.point
    if figure.stating.measure != "level" or point.slots.indicator not in terms.flows:
        return
    year = year_of(point.period)
    for name in natural(year) if year is not None else ():
        if contains(name, point.period) or contains(point.period, name) or touching(name, point.period):
            yield point.at(name)


# ---- the registry

RULES: tuple[Rule, ...] = (
    Rule("flow-sum", "level", _flow_sum, lambda one, _, terms: _to_total(one, terms)),
    Rule("total-less-part", "level", _total_less_part, lambda one, _, terms: _to_part(one, terms)),
    Rule("period-sum", "level", _period_sum, lambda one, _, terms: _to_periods(one, terms)),
    Rule("period-difference", "level", _period_difference, lambda one, _, terms: _to_periods(one, terms)),
    Rule("year-before", "level", _year_before, lambda one, *_: _earlier(one)),
    Rule("level-from-growth", "level", _level_from_growth, lambda one, *_: _own(one)),
    Rule("part-from-share", "level", _part_from_share, lambda one, figures, _: _to_parts(one, figures)),
    Rule("whole-from-share", "level", _whole_from_share, lambda one, figures, _: _to_wholes(one, figures)),
    Rule("ratio", "level", _ratio, lambda one, _, terms: _to_ratios(one, terms)),
    Rule("exchange-rate", "exchange-rate", _exchange_rate, lambda one, *_: [one.point] if one.restated else []),
    Rule("growth-from-levels", "growth", _growth_from_levels, lambda one, *_: _own_and_later(one)),
)
"""Where routes are as short and as well sourced as each other, the earlier rule's is the first."""
_ORDER = {rule.code: number for number, rule in enumerate(RULES)}


def order(code: str) -> int:
    """Place of a rule among all; what is no registered rule comes last."""
    return _ORDER.get(code, len(RULES))


def of_measure(measure: str) -> Iterable[Rule]:
    """The rules that derive a measure."""
    return (rule for rule in RULES if rule.measure == measure)
