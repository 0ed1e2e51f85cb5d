"""One figure out of a ledger, typed: known, derived, conflicting or silent. Pure: the store has been read before.

>>> from cbec_kg.answer.indicators import Indicators
>>> answer_from(Ledger(), Question("company-revenue", entity="shein", period="2022"), Indicators()).type
'silent'
"""

from dataclasses import replace

from cbec_kg.answer import deriving
from cbec_kg.answer.checking import checked
from cbec_kg.answer.current import Current, Preferred, current, sides_of
from cbec_kg.answer.deriving import Ways
from cbec_kg.answer.indicators import Indicators
from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.nearby import Aim, Goal, nearby
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer, Route, Side
from cbec_kg.answer.settle import Settled, settle
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
    missed = [figure.digest for figure in full.rests_on if figure.digest not in found.ledger.claims]
    sources = {one.source.id for digest in missed for one in everything.claims[digest].evidence}
    return replace(
        found, undated_left_out=everything.undated(matter), undated_claims=tuple(missed),
        undated_articles=tuple(sorted(sources)),
    )  # fmt: skip


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
    stated = current(ledger.book.at(settled.point), settled.stated, preferred, settled.against)
    if settled.against is not None and question.measure != "share":
        found = _compared(empty, settled, indicators)
    elif stated.firm:
        found = _stated(empty, stated)
    elif settled.against is not None:
        found = _compared(empty, settled, indicators)
    else:
        found = _derived(empty, deriving.derived(settled.point, settled.stated, ledger.book, indicators.terms))
    if alone:
        return found
    if found.type in ("known", "conflicting") and settled.against is None:
        routes = deriving.routes(settled.point, settled.stated, ledger.book, indicators.terms, found.unit)
        found = replace(found, checks=checked(found, routes, ledger.book, indicators.terms))
    near = nearby(
        ledger.book, aim, stated,
        derivable=_elsewhere(found, ledger, settled, indicators), missing=_missing(found, settled, indicators),
    )  # fmt: skip
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


def _derived(empty: Answer, ways: Ways) -> Answer:
    """What figures give that do not state it: derived where all routes meet, conflicting where they do not."""
    if not ways.routes:
        return empty
    if ways.disagree:
        told = replace(empty, unit=ways.routes[0].unit)
        return replace(told, type="conflicting", sides=tuple(map(_side, ways.routes)))
    return _given(empty, ways)


def _given(empty: Answer, ways: Ways) -> Answer:
    """The routes that meet, with what they have in common; no value where none of theirs lies in that."""
    met = tuple(route for route in ways.routes if route.interval.meets(ways.interval))
    return replace(
        empty, type="derived", unit=met[0].unit, value=ways.value, interval=ways.interval, status="derived", routes=met
    )


def _side(route: Route) -> Side:
    return Side(route.value, route.interval, route.figures, route)


def _compared(empty: Answer, settled: Settled, indicators: Indicators) -> Answer:
    """Two figures held against each other: from the best claim of each, with what those who contradict it would give.

    The disagreement is about what is compared, where it is told as such; here it is named.
    """
    assert settled.point is not None
    assert settled.against is not None
    measure = "gap" if empty.question.measure == "growth" else empty.question.measure
    compare = {"gap": deriving.gap, "contribution": deriving.contribution, "share": deriving.share}[measure]
    ways = compare(settled.point, settled.against, empty.ledger.book, indicators.terms)
    told = replace(empty, measure=measure)
    if not ways.routes:
        return told
    found = _given(told, ways)
    return replace(found, sides=tuple(_side(route) for route in ways.routes if route not in found.routes))


def _missing(found: Answer, settled: Settled, indicators: Indicators) -> list[Goal]:
    """What a share, ratio or comparison would be computed from, and is neither stated nor derived."""
    if found.type != "silent" or settled.point is None:
        return []
    needed = [settled.point, settled.against] if settled.against is not None else []
    ratio = indicators.terms.ratios.get(settled.point.slots.indicator)
    if ratio is not None and settled.stated == "level" and not needed:
        slots = settled.slots
        needed = [
            replace(settled.point, slots=replace(slots, indicator=ratio.part, scope=ratio.part_scope)),
            replace(settled.point, slots=replace(slots, indicator=ratio.whole, scope=ratio.whole_scope)),
        ]
    measure = "level" if settled.stated == "share" else settled.stated
    book = found.ledger.book
    return [
        (point, measure)
        for point in needed
        if point is not None
        and not current(book.at(point), measure, Preferred(indicators.units.get(point.slots.indicator))).firm
        and not deriving.routes(point, measure, book, indicators.terms)
    ]


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
