"""What a text says of a series' direction, against its figures.

| direction and period | figures |
|---|---|
| rose or fell, within a year, of half a year or a quarter at least | growth of that very period |
| rose or fell, since a year | growth of each year up to when it was said, the first included |
| rose or fell, over whole years | levels of the first and last year, else growth in all between them |
| fell then rose, or the other way round, over whole years | growth of each year but the first |
| accelerated or slowed, in a year or a part of it | growth of the period and of that a year before |

A rise over several years is not refuted by one year, so single years are not held against it. Stable is not tested: it
may be the level or the rate that stayed, and how much change it allows no text says.

>>> fits("rose", Interval.of("-0.95", "-0.85")), fits("rose", Interval.of("-0.05", "0.05"))
(False, None)
"""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from cbec_kg.model.period import Period
from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import rounded, text
from cbec_kg.reconcile.checks.explain import explained
from cbec_kg.reconcile.checks.operands import before, firm, is_yoy, level_in, levels, taken
from cbec_kg.reconcile.figure import FIRM, Figure, Move, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.growth import percent
from cbec_kg.reconcile.interval import Interval

__all__ = ["CODE", "FORMULAS", "find", "fits", "reach"]

CODE = "trend-figures"
FORMULAS = (
    "growth > 0 where it rose",
    "growth < 0 where it fell",
    "level / level(first year) - 1 > 0 where it rose",
    "level / level(first year) - 1 < 0 where it fell",
    "growth < 0, later growth > 0 where it fell, then rose",
    "growth > 0, later growth < 0 where it rose, then fell",
    "growth > growth(year before) where it accelerated",
    "growth < growth(year before) where it slowed",
)
_SIGN = {"rose": FORMULAS[0], "fell": FORMULAS[1]}
_ENDS = {"rose": FORMULAS[2], "fell": FORMULAS[3]}
_TURN = {"fell-then-rose": (FORMULAS[4], "fell", "rose"), "rose-then-fell": (FORMULAS[5], "rose", "fell")}
_PACE = {"accelerated": (FORMULAS[6], "rose"), "slowed": (FORMULAS[7], "fell")}
_MEASURES = ("growth", "level")
_SPAN = 20
"""Years that are looked at, at most."""
_FINE = frozenset({"month", "day"})

_Judged = tuple[Sequence[Figure], Interval, Decimal | None]


def fits(direction: str, change: Interval) -> bool | None:
    """Whether a change goes the way of ``rose`` or ``fell``; None where it may be either."""
    up = change.lower is not None and change.lower > 0
    down = change.upper is not None and change.upper < 0
    return None if not up and not down else up is (direction == "rose")


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """What the figures of a series say of each firm trend at a point."""
    for move in figures.moves(point.slots):
        if move.point == point and move.status in FIRM:
            yield from _judge(move, figures, terms)


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """The trends of the claim's series whose period holds the claim's, or follows on it."""
    if one.stating.measure not in _MEASURES:
        return
    closed = one.point.closed
    for move in figures.moves(one.point.slots):
        span = move.point.closed
        if move.point == one.point or (closed and span and _touches(closed, span)):
            yield move.point


def _touches(period: Period, span: Period) -> bool:
    """Whether a period ends within a span or less than two years before it starts."""
    if span.end is not None and (period.end is None or period.end > span.end):
        return False
    return period.start.year >= span.start.year - 2


def _judge(move: Move, figures: Figures, terms: Terms) -> Iterator[Finding]:
    point, span, way = move.point, move.point.closed, move.direction
    if span is None or (span.year is not None and span.granularity not in _FINE):
        growth = _yoy(move, point, figures)
        if growth and way in _SIGN:
            yield from _told(move, _SIGN[way], way, [([growth], growth.interval, growth.value)], figures, terms)
        elif growth and way in _PACE and span:
            yield from _pace(move, growth, figures, terms)
    elif span.end is None:
        if way in _SIGN:
            found = [_yoy(move, point.at(f"{year:04}"), figures) for year in _years_since(move, span, figures)]
            judged: list[_Judged] = [([one], one.interval, one.value) for one in found if one]
            yield from _told(move, _SIGN[way], way, judged, figures, terms)
    elif span.granularity == "range" and (span.start.month, span.start.day, span.end.month, span.end.day) == (1,) * 4:
        first, last = span.start.year, span.end.year - 1
        if way in _ENDS:
            change = _change(move, first, last, figures)
            if change:
                yield from _told(move, change[0], way, [change[1]], figures, terms)
        elif way in _TURN and last - first <= _SPAN:
            found = [_yoy(move, point.at(f"{year:04}"), figures) for year in range(first + 1, last + 1)]
            yield from _turn(move, [one for one in found if one], figures, terms)


def _yoy(move: Move, point: Point, figures: Figures) -> Figure | None:
    return taken([one for one in figures.at(point) if _is_growth(one)], move.source, move.vintage)


def _is_growth(one: Figure) -> bool:
    stating = one.stating
    open_yoy = one.point.closed is None and one.is_firm and (stating.measure, stating.basis) == ("growth", "yoy")
    return is_yoy(one) or (open_yoy and stating.unit == "percent")


def _years_since(move: Move, span: Period, figures: Figures) -> range:
    """Whole years since a trend's start up to when it was said: by its day, else by its own article's figures."""
    first = span.start.year if (span.start.month, span.start.day) == (1, 1) else span.start.year + 1
    if move.vintage:
        last = int(move.vintage[:4]) - 1
    else:
        own = [
            year
            for year in range(first, first + _SPAN)
            if any(
                one.source == move.source and one.is_firm and one.stating.measure in _MEASURES
                for one in figures.at(move.point.at(f"{year:04}"))
            )
        ]
        last = max(own, default=first)
    return range(first, min(last, first + _SPAN - 1) + 1)


def _change(move: Move, first: int, last: int, figures: Figures) -> tuple[str, _Judged] | None:
    """Change between two years: from their levels, else as growth in all or a year."""
    start, end = move.point.at(f"{first:04}"), move.point.at(f"{last:04}")
    common = {one.stating.unit for one in levels(figures, start)} & {one.stating.unit for one in levels(figures, end)}
    for unit in sorted(map(str, common)):
        old = taken(firm(figures, start, level_in(unit)), move.source, move.vintage)
        new = taken(firm(figures, end, level_in(unit)), move.source, move.vintage)
        if old and new and old.lower is not None and old.lower > 0:
            plain = percent(Interval.exactly(new.value) / Interval.exactly(old.value)).middle
            return _ENDS[move.direction], ([new, old], percent(new.interval / old.interval), plain)
    long = [
        one
        for one in figures.at(end)
        if one.is_firm and one.stating.basis in ("cumulative", "cagr") and one.stating.base_period == start.period
    ]
    growth = taken(long, move.source, move.vintage)
    return (_SIGN[move.direction], ([growth], growth.interval, growth.value)) if growth else None


def _pace(move: Move, growth: Figure, figures: Figures, terms: Terms) -> Iterator[Finding]:
    formula, way = _PACE[move.direction]
    earlier = before(move.point)
    former = earlier and _yoy(move, earlier, figures)
    if former and former.stating.currency_basis == growth.stating.currency_basis:
        judged = ([growth, former], growth.interval - former.interval, growth.value - former.value)
        yield from _told(move, formula, way, [judged], figures, terms)


def _turn(move: Move, growths: Sequence[Figure], figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Growth of one sign and later of the other: a year of the second kind before one of the first does not fit."""
    formula, early, late = _TURN[move.direction]
    known = [(one, bool(fits(early, one.interval))) for one in growths if fits(early, one.interval) is not None]
    signs = [is_early for _, is_early in known]
    if signs == sorted(signs, reverse=True):
        if len(set(signs)) == 2:
            yield _finding(move, formula, "agreement", [one for one, _ in known], None, figures, terms)
        return
    first_late = signs.index(False)
    for one, is_early in known[first_late:]:
        if is_early:
            pair: _Judged = ([known[first_late][0], one], one.interval, one.value)
            yield _finding(move, formula, "disagreement", pair[0], pair, figures, terms, late)


def _told(
    move: Move, formula: str, way: str, judged: Sequence[_Judged], figures: Figures, terms: Terms
) -> Iterator[Finding]:
    """A disagreement for all that goes the other way; where none does, one agreement on all that goes this way."""
    against = [one for one in judged if fits(way, one[1]) is False]
    for one in against:
        yield _finding(move, formula, "disagreement", one[0], one, figures, terms, way)
    fitting = [one for one in judged if fits(way, one[1])]
    if fitting and not against:
        claims = [each for one in fitting for each in one[0]]
        yield _finding(
            move, formula, "agreement", claims, fitting[0] if len(fitting) == 1 else None, figures, terms, way
        )


def _finding(
    move: Move, formula: str, kind: str, claims: Sequence[Figure], one: _Judged | None, figures: Figures,
    terms: Terms, way: str = "rose",
) -> Finding:  # fmt: skip
    told = one[1].tidy() if one else None
    allowed = Interval(Decimal(0), None) if way == "rose" else Interval(None, Decimal(0))
    return Finding(
        kind=kind,
        check=CODE,
        point=move.point,
        measure="growth",
        formula=formula,
        claims=tuple(sorted({move.digest, *(each.digest for each in claims)})),
        unit="percent",
        calculation=", ".join(f"{each.point.period}: {text(each.value)}" for each in claims),
        value=rounded(one[2]) if one and one[2] is not None and one[1].is_bounded else None,
        lower=told.lower if told else None,
        upper=told.upper if told else None,
        tested=move.digest,
        gap=rounded(one[1].gap(allowed)) if one else Decimal(0),
        explanations=explained((move, *claims), figures, terms) if kind == "disagreement" else (),
    )
