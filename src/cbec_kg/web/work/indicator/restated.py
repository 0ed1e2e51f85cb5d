"""The figures of a series in another unit, as far as articles themselves give them in it. Nothing is converted.

>>> in_unit(Ledger(), Slots("i", "china", "all", "all", "none", "none"), "USD", Wording("en", {}))
([], [])
"""

from dataclasses import replace

from cbec_kg.answer.current import Preferred, current
from cbec_kg.answer.ledger import Claim, Ledger
from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.figure import Point
from cbec_kg.web.work.indicator.line import place
from cbec_kg.web.work.indicator.shown import Shown
from cbec_kg.web.work.indicator.wording import Wording

__all__ = ["in_unit", "units"]


def units(ledger: Ledger, slots: Slots) -> list[str]:
    """Units in which levels of a series are given: those of claims, and those in which articles give them again."""
    found = set()
    for claim in ledger.claims.values():
        if claim.point.slots == slots and claim.stating.measure == "level" and claim.stating.unit:
            found.add(claim.stating.unit)
            found |= {again.amount.unit for one in claim.evidence for again in one.restated}
    return sorted(found)


def in_unit(ledger: Ledger, slots: Slots, unit: str, words: Wording) -> tuple[list[Shown], list[Claim]]:
    """Levels of a series in a unit, in order of time, and the claims that no article gives in it.

    ``ledger`` is of the day from which one looks.
    """
    points = [one for one in ledger.book.points() if one.slots == slots and one.closed and one.closed.end]
    rows, without = [], []
    for point in sorted(points, key=lambda one: (one.closed, one.name)):
        given = current(ledger.book.at(point), "level", Preferred(unit))
        for at, figure in enumerate((*given.firm, *given.others)):
            claim = ledger.claims[figure.digest]
            if figure.stating.measure != "level":
                continue
            some = _native(claim, point, words) if figure.stating.unit == unit else _again(claim, point, unit, words)
            rows += [replace(one, mark="agreeing") for one in some] if at and some else some
            if not some:
                without.append(claim)
    return rows, without


def _row(claim: Claim, point: Point, words: Wording) -> Shown:
    mark = claim.status if claim.status in ("preliminary", "estimate", "forecast", "target") else "stated"
    return Shown(
        period=point.period, period_label=words.period(point.period), mark=mark, value=None, lower=None, upper=None,
        unit=None, said="", between="", scope=point.slots.scope, scope_label=words.label(point.slots.scope, "scope-"),
        status=claim.status, status_label=words.label(claim.status, "status-"), qualifier=claim.qualifier,
        claims=(claim.digest,),
    )  # fmt: skip


def _native(claim: Claim, point: Point, words: Wording) -> list[Shown]:
    figure = claim.figure
    if figure is None:
        return []
    unit = figure.stating.unit
    row = replace(
        _row(claim, point, words), value=figure.value, lower=figure.lower, upper=figure.upper, unit=unit,
        said=words.number(figure.value, figure.interval, unit, hedge=figure.qualifier),
        between=words.bounds(figure.interval, unit),
    )  # fmt: skip
    return [replace(row, place=place(one, words)) for one in claim.evidence]


def _again(claim: Claim, point: Point, unit: str, words: Wording) -> list[Shown]:
    """Amounts in another currency, each with its own characters."""
    rows = []
    for evidence in claim.evidence:
        for one in evidence.restated:
            amount = one.amount
            if amount.unit == unit:
                where = replace(place(evidence, words), start=one.start, end=one.end, written=one.written)
                row = replace(_row(claim, point, words), value=amount.value, lower=amount.lower, upper=amount.upper)
                said = words.number(amount.value, amount.interval, unit)
                bounds = words.bounds(amount.interval, unit)
                rows.append(replace(row, unit=unit, said=said, between=bounds, place=where))
    return rows
