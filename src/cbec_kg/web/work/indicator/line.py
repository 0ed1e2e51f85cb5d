"""The figures of one series, period by period: what an answer gives for each, and what else is said of it.

>>> from cbec_kg.answer.indicators import Indicators
>>> line(Ledger(), Slots("i", "china", "all", "all", "none", "none"), "level", Indicators(), Wording("en", {}))
[]
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from cbec_kg.answer.answering import answer_from
from cbec_kg.answer.formulas import calculated, in_words
from cbec_kg.answer.indicators import Indicators
from cbec_kg.answer.ledger import Claim, Evidence, Ledger
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer, Route, spelled
from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.interval import Interval
from cbec_kg.web.work.indicator.shown import Place, Shown
from cbec_kg.web.work.indicator.wording import Wording

__all__ = ["asked_of", "line", "periods", "place"]


def asked_of(slots: Slots, measure: str, period: str, as_of: str | None = None) -> Question:
    """The question whose answer is the figure of a series at a period."""
    return Question(
        slots.indicator, slots.entity, spelled(period), flow=slots.flow, scope=slots.scope,
        partner=None if slots.partner == "all" else slots.partner,
        sector=None if slots.sector == "all" else slots.sector,
        market=slots.market, channel=slots.channel, measure=measure, as_of=as_of,
    )  # fmt: skip


def periods(ledger: Ledger, slots: Slots) -> list[str]:
    """Periods with an end at which there may be a figure, in order of time.

    Those of all claims that were read, and those that a growth is measured against.
    """
    found: dict[str, tuple[date, date]] = {}
    for known in ledger.book.points():
        near = [Point(slots, known.period)]
        near += [one for one in (near[0].year_before(), near[0].year_after()) if one]
        bases = {one.stating.base_period for one in ledger.book.at(known)} - {None}
        near += [near[0].at(str(base)) for base in bases if not str(base).startswith("open")]
        for one in near:
            closed = one.closed
            if closed is not None and closed.end is not None:
                found[one.period] = (closed.start, closed.end)
    return sorted(found, key=lambda name: (*found[name], name))


def line(
    ledger: Ledger, slots: Slots, measure: str, indicators: Indicators, words: Wording, as_of: str | None = None
) -> list[Shown]:  # fmt: skip
    """Rows of a series and measure in order of time; ``ledger`` is of all days, ``as_of`` the day to look from."""
    known = ledger.known_on(as_of) if as_of else ledger
    rows: list[Shown] = []
    for period in periods(known, slots):
        found = answer_from(ledger, asked_of(slots, measure, period, as_of), indicators)
        some = list(_rows(found, known, Point(slots, period), measure, words))
        if some and measure == "level":
            growth = answer_from(ledger, asked_of(slots, "growth", period, as_of), indicators)
            some = [_grown(one, growth, words) if one.on_line else one for one in some]
        rows += some
    return rows


def _rows(found: Answer, known: Ledger, point: Point, measure: str, words: Wording) -> Iterator[Shown]:
    row = partial(_stated, known, point, measure, words)
    doubted = any(not check.agrees for check in found.checks)
    taken = set()
    for at, one in enumerate(found.claims):
        taken.add(one.digest)
        yield from row(one, _mark(one) if at == 0 else "agreeing", conflict=doubted)
    for side in found.sides if found.type == "conflicting" else ():
        if side.route is not None:
            yield _derived(side.route, point, words, side.interval, conflict=True)
            continue
        for at, one in enumerate(side.claims):
            taken.add(one.digest)
            yield from row(one, _mark(one) if at == 0 else "agreeing", conflict=True)
    if found.routes and found.interval is not None:
        told = replace(found.routes[0], value=found.value, interval=found.interval)
        yield _derived(told, point, words, found.interval, conflict=bool(found.sides))
    for one in found.revised_from:
        if one.digest not in taken:
            taken.add(one.digest)
            yield from row(one, "earlier")
    for one in known.book.at(point):
        if one.status in ("forecast", "target") and one.stating.measure == measure and one.digest not in taken:
            if measure != "growth" or one.stating.basis == "yoy":
                yield from row(one, one.status)


def _mark(one: Figure) -> str:
    return one.status if one.status in ("preliminary", "estimate") else "stated"


def _stated(
    known: Ledger, point: Point, measure: str, words: Wording, one: Figure, mark: str, *, conflict: bool = False
) -> Iterator[Shown]:  # fmt: skip
    """A row a place where a claim stands."""
    claim, unit = known.claims[one.digest], one.stating.unit
    row = Shown(
        period=point.period, period_label=words.period(point.period), mark=mark, value=one.value, lower=one.lower,
        upper=one.upper, unit=unit, said=words.number(one.value, one.interval, unit, measure, one.qualifier),
        between=words.bounds(one.interval, unit, measure), scope=point.slots.scope,
        scope_label=words.label(point.slots.scope, "scope-"), status=one.status,
        status_label=words.label(one.status, "status-"), qualifier=one.qualifier, claims=(one.digest,),
        conflict=conflict,
    )  # fmt: skip
    for evidence in claim.evidence:
        yield replace(row, place=place(evidence, words), rate=_rate(claim, evidence, words))


def _derived(route: Route, point: Point, words: Wording, interval: Interval, *, conflict: bool) -> Shown:
    said = "" if route.value is None else words.number(route.value, interval, route.unit, route.measure)
    return Shown(
        period=point.period, period_label=words.period(point.period), mark="derived", value=route.value,
        lower=interval.lower, upper=interval.upper, unit=route.unit, said=said,
        between=words.bounds(interval, route.unit, route.measure), scope=point.slots.scope,
        scope_label=words.label(point.slots.scope, "scope-"), status="derived",
        status_label=words.label("derived", "status-"),
        claims=tuple(figure.digest for figure in route.figures), formula=in_words(route, words.lang),
        calculation=calculated(route, words.lang, words.labels), conflict=conflict,
    )  # fmt: skip


def place(one: Evidence, words: Wording) -> Place:
    """Where an evidence stands, with what the graph knows of its article."""
    source = one.source
    return Place(
        source.id, one.start, one.end, source.title, source.publisher, one.speaker,
        words.label(one.speaker) if one.speaker else None, one.released_on, one.day, one.review, one.written,
    )  # fmt: skip


def _rate(claim: Claim, evidence: Evidence, words: Wording) -> str:
    """What one unit of another currency comes to by an article's two amounts, "1 USD = 6.46 yuan"."""
    found = []
    for again in evidence.restated:
        if (rate := claim.rate(again)) is not None:
            told = replace(words, scale=None).number(rate[0], rate[1], claim.stating.unit, "rate")
            found.append(f"1 {again.amount.unit} = {told}")
    return "; ".join(found)


def _grown(row: Shown, found: Answer, words: Wording) -> Shown:
    """A row with the growth of its period: stated, derived, or what each side says."""
    if found.interval is not None and found.value is not None:
        said = words.number(found.value, found.interval, found.unit, "growth")
        kind = "derived" if found.type == "derived" else "stated"
        return replace(row, growth=said, growth_value=found.value, growth_kind=kind)
    sides = [
        words.number(one.value, one.interval, found.unit, "growth") for one in found.sides if one.value is not None
    ]
    return replace(row, growth=" / ".join(sides), growth_kind="conflicting") if sides else row
