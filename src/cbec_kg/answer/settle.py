"""What a question leaves open, settled and said: direction, scope, period.

>>> from cbec_kg.answer.indicators import Indicators
>>> settle(Book(), Question("i", period="2022"), Indicators()).point.name
'i_china_all_all_none_none_2022'
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from cbec_kg.answer import deriving
from cbec_kg.answer.current import Preferred, best, current
from cbec_kg.answer.indicators import Indicators
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Note, spelled
from cbec_kg.errors import BadParameter, RowError
from cbec_kg.model.period import parse
from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.figure import Figure, Point

__all__ = ["Settled", "period_name", "settle"]


@dataclass(frozen=True, slots=True)
class Settled:
    """The point that a question is about, None where no period could be found; ``stated`` is the measure of claims.

    ``against`` is the point that it is compared with.
    """

    slots: Slots
    point: Point | None
    stated: str
    preferred: Preferred
    against: Point | None = None
    notes: tuple[Note, ...] = ()


def period_name(code: str) -> str:
    """Local name of a period as rows or names spell it; an open one stays. Raises `BadParameter`.

    >>> period_name("2020-01/2020-06"), period_name("open-H1_a1")
    ('2020-H1', 'open-H1_a1')
    """
    if code.startswith("open"):
        return code
    try:
        return parse(code).name
    except RowError as error:
        raise BadParameter(error.message, fix=error.fix) from None


def settle(book: Book, question: Question, indicators: Indicators) -> Settled:
    """Fill in what a question leaves open from what the claims hold."""
    measure = {"gap": "growth", "contribution": "growth"}.get(question.measure, question.measure)
    unit = indicators.units.get(question.indicator)
    preferred = Preferred(unit, whole=question.against or indicators.wholes.get(question.indicator))
    slots = Slots(
        question.indicator, question.entity, question.partner or "all", question.sector or "all",
        question.flow or indicators.flow(question.indicator), question.scope or indicators.scope(question.indicator),
        question.market, question.channel,
    )  # fmt: skip
    notes: list[Note] = []
    firm = [
        figure
        for point in _alike(book, slots)
        for figure in current(book.at(point), measure, preferred, _against(point, question, indicators)).firm
    ]
    period = period_name(question.period) if question.period else None
    if period is None:
        wanted = slots if question.scope or any(one.point.slots == slots for one in firm) else None
        adds_up = indicators.adds_up(question.indicator)
        period = (_latest_year if adds_up else _latest_end)(firm, wanted)
        found = "period-latest" if adds_up else "period-last"
        if period is None:
            found = "period-latest"
            years = ((year, Point(slots, year)) for year in _known_years(book))
            period = next((year for year, at in years if _is_derivable(book, at, question, measure, indicators)), None)
            if question.scope is None:
                period = period or _latest_year(firm, None)
        if period is not None:
            notes.append(Note(found, (str(spelled(period)),)))
    if question.scope is None:
        here = [figure for figure in firm if figure.point.period == period]
        chosen = None if any(figure.point.slots == slots for figure in here) else best(here)
        if chosen is not None:
            slots = chosen.point.slots
        notes += [Note("scope-chosen", (slots.scope,))] if slots.scope not in ("none",) else []
    point = None if period is None else Point(slots, period)
    against = None if point is None else _against(point, question, indicators)
    return Settled(slots, point, measure, preferred, against, tuple(notes))


def _is_derivable(book: Book, point: Point, question: Question, measure: str, indicators: Indicators) -> bool:
    against = _against(point, question, indicators)
    if measure == "share" and against is not None:
        return bool(deriving.share(point, against, book, indicators.terms).routes)
    return bool(deriving.routes(point, measure, book, indicators.terms))


def _against(point: Point, question: Question, indicators: Indicators) -> Point | None:
    """The point that is compared with: the other indicator's, or the whole of the same one; None where none is."""
    other = question.against
    if other is None:
        return None
    slots = replace(point.slots, indicator=other, scope=indicators.scope(other))
    if indicators.flow(other) == "none":
        slots = replace(slots, flow="none")
    elif slots.flow == "none":
        slots = replace(slots, flow=indicators.flow(other))
    if other == question.indicator:
        slots = replace(slots, scope=point.slots.scope, partner="all", sector="all", market=None, channel=None)
        if slots == point.slots:
            slots = replace(slots, flow=indicators.flow(other))
    return replace(point, slots=slots)


def _alike(book: Book, slots: Slots) -> list[Point]:
    """Points of a series and of those that differ in scope alone, at calendar periods."""
    return [
        point
        for point in book.points()
        if replace(point.slots, scope=slots.scope) == slots and point.closed is not None
    ]


def _latest_year(firm: Iterable[Figure], slots: Slots | None) -> str | None:
    """The latest calendar year with a figure."""
    years = [
        figure.point.period
        for figure in firm
        if (slots is None or figure.point.slots == slots) and len(figure.point.period) == len("2022")
    ]
    return max(years, default=None)


def _latest_end(firm: Iterable[Figure], slots: Slots | None) -> str | None:
    """The period with a figure that ends last, of several the longest; one without an end only where no other is."""
    periods = {one.point.closed: one.point.period for one in firm if slots is None or one.point.slots == slots}
    known = {period: name for period, name in periods.items() if period is not None}
    last = max(known, key=lambda one: (one.end or date.min, -one.start.toordinal()), default=None)
    return known[last] if last else None


def _known_years(book: Book) -> list[str]:
    """Calendar years that any firm figure is of, the latest first: where an indicator can only be derived."""
    years = {
        point.period
        for point in book.points()
        if len(point.period) == len("2022") and point.closed and any(one.is_firm for one in book.at(point))
    }
    return sorted(years, reverse=True)
