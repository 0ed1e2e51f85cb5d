"""One figure out of a ledger, typed: known, derived, conflicting or silent. Pure: the store has been read before.

>>> from cbec_kg.answer.indicators import Indicators
>>> answer_from(Ledger(), Question("company-revenue", entity="shein", period="2022"), Indicators()).type
'silent'
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from cbec_kg.answer import deriving
from cbec_kg.answer.current import Current, Preferred, current, sides_of
from cbec_kg.answer.indicators import Indicators
from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.nearby import Aim, nearby
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer, Route, Side
from cbec_kg.answer.settle import Settled, settle
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.interval import meet_of_all

__all__ = ["answer_from", "type_of"]


def answer_from(ledger: Ledger, question: Question, indicators: Indicators) -> Answer:
    """The answer to a question whose codes the graph knows.

    ``ledger`` holds the claims of the question's indicator and entity, and of those that they may be derived from.
    """
    if question.as_of is None:
        return _answer(ledger, question, indicators)
    found = _answer(ledger.known_on(question.as_of), question, indicators)
    everything = ledger.known_on(question.as_of, undated=True)
    full = _answer(everything, question, indicators)
    matter = {figure.digest for figure in full.rests_on}
    points = {answer.point for answer in (found, full) if answer.point}
    matter |= {
        one.digest for one in everything.claims.values() if one.point in points and one.stating.measure == full.measure
    }
    return replace(found, undated_left_out=everything.undated(matter))


def type_of(ledger: Ledger, question: Question, indicators: Indicators) -> str:
    """Type of the answer alone; ``ledger`` is of the day of the question already."""
    return _answer(ledger, question, indicators, alone=True).type


def _answer(ledger: Ledger, question: Question, indicators: Indicators, *, alone: bool = False) -> Answer:
    settled = settle(ledger.book, question, indicators)
    empty = Answer(
        type="silent", question=question, point=settled.point, measure=question.measure, notes=settled.notes,
        ledger=ledger,
    )  # fmt: skip
    aim = Aim(settled.slots, settled.point.period if settled.point else None, settled.stated)
    if settled.point is None:
        return empty if alone else replace(empty, nearest=nearby(ledger.book, aim))
    preferred = settled.preferred
    stated = current(ledger.book.at(settled.point), settled.stated, preferred)
    if settled.against is not None and question.measure != "share":
        found = _compared(empty, settled, indicators)
    elif stated.firm:
        found = _stated(empty, stated)
    elif settled.against is not None:
        found = _compared(empty, settled, indicators)
    else:
        found = _derived(empty, deriving.routes(settled.point, settled.stated, ledger.book, indicators.terms))
    if alone:
        return found
    if found.type in ("known", "conflicting") and settled.against is None:
        routes = deriving.routes(settled.point, settled.stated, ledger.book, indicators.terms)
        found = replace(found, checks=tuple(_checked(route, found) for route in routes if route.unit == found.unit))
    near = nearby(ledger.book, aim, stated, derivable=_elsewhere(found, ledger, settled, indicators))
    return replace(found, nearest=near)


def _stated(empty: Answer, stated: Current) -> Answer:
    """What claims say: known where they have a number in common, conflicting where they have none."""
    chosen = stated.firm[0]
    told = replace(empty, unit=chosen.stating.unit, revised_from=stated.replaced)
    if meet_of_all(figure.interval for figure in stated.firm) is not None:
        return replace(
            told, type="known", value=chosen.value, interval=chosen.interval, status=chosen.status, claims=stated.firm
        )
    sides = tuple(Side(side[0].value, side[0].interval, side) for side in sides_of(stated.firm))
    return replace(told, type="conflicting", sides=sides)


def _derived(empty: Answer, routes: Sequence[Route]) -> Answer:
    """What figures give that do not state it: derived where all routes meet, conflicting where two do not."""
    if not routes:
        return empty
    first = routes[0]
    told = replace(empty, unit=first.unit)
    if meet_of_all(route.interval for route in routes) is not None:
        return replace(
            told, type="derived", value=first.value, interval=first.interval, status="derived", routes=tuple(routes)
        )
    sides = tuple(Side(route.value, route.interval, route.figures, route) for route in routes)
    return replace(told, type="conflicting", sides=sides)


def _compared(empty: Answer, settled: Settled, indicators: Indicators) -> Answer:
    """The distance of two growths, or a part's in that of its whole; with what the other sides would give."""
    assert settled.point is not None
    assert settled.against is not None
    measure = "gap" if empty.question.measure == "growth" else empty.question.measure
    compare = {"gap": deriving.gap, "contribution": deriving.contribution, "share": deriving.share}[measure]
    told = replace(empty, measure=measure)
    found = _derived(told, compare(settled.point, settled.against, empty.ledger.book, indicators.terms))
    if found.type != "derived":
        return found
    mine = {figure.digest for figure in found.rests_on}
    others = []
    ends = (settled.point, settled.against)
    operand = "level" if measure == "share" else "growth"
    for kept, dropped in _choices(empty.ledger, ends, operand, settled.preferred):
        if kept & mine == kept:
            continue
        book = empty.ledger.without(dropped).book
        for route in compare(settled.point, settled.against, book, indicators.terms)[:1]:
            if route.interval != found.interval:
                others.append(Side(route.value, route.interval, route.figures, route))
    return replace(found, sides=tuple(others))


def _choices(
    ledger: Ledger, points: Sequence[Point], measure: str, preferred: Preferred
) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Every way to take one side of each point's figures: the best claim of each, and the claims that it excludes."""
    sides = [sides_of(current(ledger.book.at(point), measure, preferred).firm) for point in points]
    if max(map(len, sides), default=0) < 2:
        return []
    every = {figure.digest for some in sides for side in some for figure in side}
    found = []
    for chosen in product(*(some or [()] for some in sides)):
        kept = {figure.digest for side in chosen for figure in side}
        best = frozenset(side[0].digest for side in chosen if side)
        found.append((best, frozenset(every - kept)))
    return found


def _checked(route: Route, found: Answer) -> Route:
    stated: Sequence[Figure] = found.claims or [figure for side in found.sides for figure in side.claims]
    return replace(route, agrees=any(route.interval.meets(figure.interval) for figure in stated))


def _elsewhere(found: Answer, ledger: Ledger, settled: Settled, indicators: Indicators) -> list[Route]:
    """What could be derived in other scopes, where nothing is in the one that is meant."""
    if found.type != "silent" or settled.against is not None or settled.point is None:
        return []
    scopes = sorted({point.slots.scope for point in ledger.book.points()} - {settled.slots.scope})
    points = [
        replace(settled.point, slots=replace(settled.slots, scope=scope))
        for scope in scopes
        if any(replace(settled.slots, scope=scope) == point.slots for point in ledger.book.points())
    ]
    return [
        route
        for point in points
        for route in deriving.routes(point, settled.stated, ledger.book, indicators.terms)[:1]
        if not current(ledger.book.at(point), settled.stated, settled.preferred).firm
    ]
