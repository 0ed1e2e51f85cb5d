"""What is nearest to a question: what is missing, forecasts of the same point, other periods, scopes, directions.

Figures that a later release has replaced are near to nothing.

>>> nearby(Book(), Aim(Slots("i", "china", "all", "all", "none", "none"), "2022", "level"))
()
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from cbec_kg.answer.current import Current, in_order
from cbec_kg.answer.result import Near, Route
from cbec_kg.model.period import Period, parse
from cbec_kg.model.slots import Slots
from cbec_kg.reconcile import vintages
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.figure import Figure, Point

__all__ = ["REASONS", "Aim", "Goal", "nearby"]

REASONS = (
    "missing input", "forecast", "another basis", "another measure", "another period", "another scope", "another flow",
    "another partner", "another sector", "another market", "another channel", "no year",
    "another indicator", "other claims", "similar name",
)  # fmt: skip
"""Why something stands there, in the order of the list; after figures come indicators, counts and names.

missing input: a point without which a share or another comparison cannot be computed.
"""
Goal = tuple[Point, str]
"""A point and a measure."""
_FEW = 6


@dataclass(frozen=True, slots=True)
class Aim:
    """What was asked: a series, a period by its local name (None: any), and a measure."""

    slots: Slots
    period: str | None
    measure: str


def nearby(
    book: Book,
    aim: Aim,
    stated: Current | None = None,
    derivable: Sequence[Route] = (),
    missing: Sequence[Goal] = (),
) -> tuple[Near, ...]:
    """What is near, by reason, the nearest first; of each reason a few."""
    found: dict[str, list[Near]] = defaultdict(list)
    found["missing input"] = [Near("missing input", point=point, measure=measure) for point, measure in missing]
    if stated is not None:
        found["forecast"] = [Near("forecast", figure) for figure in stated.foreseen]
        found["another basis"] = [Near("another basis", figure) for figure in stated.others]
    ranked: dict[str, list[tuple[tuple[int, int], Figure]]] = defaultdict(list)
    for point in book.points():
        reason = _reason(point, aim)
        if reason is None:
            continue
        last = [one for one in book.at(point) if not one.is_firm] + vintages.current(book.at(point))
        measures = {one.stating.measure for one in last}
        if reason == "another scope":
            ahead = in_order(one for one in last if one.stating.measure == aim.measure and not one.is_firm)
            found["forecast"] += [Near("forecast", figure) for figure in ahead]
        for measure in sorted(measures - {aim.measure}) if reason == "another measure" else [aim.measure]:
            asked = in_order(one for one in last if one.stating.measure == measure and _counts(one, reason))
            ranked[reason] += [(_distance(point, aim), figure) for figure in _distinct(asked)]
    for reason, figures in ranked.items():
        figures.sort(key=lambda pair: pair[0])
        found[reason] += [Near(reason, figure) for _, figure in figures[:_FEW]]
    found["another scope"] += [Near("another scope", route=route) for route in derivable]
    return tuple(near for reason in REASONS for near in found[reason])


def _counts(figure: Figure, reason: str) -> bool:
    """Whether a figure stands under a reason: what is foreseen for the very period is told as such, once."""
    return figure.is_firm or reason != "another scope"


def _distinct(figures: Iterable[Figure]) -> list[Figure]:
    """One figure of each value and status: that others say the same is no news here."""
    return list({(one.value, one.status, one.stating): one for one in reversed(list(figures))}.values())[::-1]


def _reason(point: Point, aim: Aim) -> str | None:
    """Why a point stands near to what was asked; None where it is the very point, or too far."""
    other = [one.name for one in fields(Slots) if getattr(point.slots, one.name) != getattr(aim.slots, one.name)]
    if point.closed is None:
        return "no year" if set(other) <= {"scope"} and point.period != aim.period else None
    if not other:
        return "another measure" if point.period == aim.period else "another period"
    if len(other) == 1 and other[0] not in ("indicator", "entity") and aim.period in (point.period, None):
        return f"another {other[0]}"
    return None


def _distance(point: Point, aim: Aim) -> tuple[int, int]:
    """How far a point's period is from the one asked for: the same kind of period first, then by days."""
    mine, asked = point.closed, _closed(aim.period)
    if mine is None or asked is None:
        return (0, -mine.start.toordinal() if mine else 0)
    return (mine.granularity != asked.granularity, abs((mine.start - asked.start).days))


def _closed(period: str | None) -> Period | None:
    return None if period is None or period.startswith("open") else parse(period)
