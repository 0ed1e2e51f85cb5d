"""A figure with all that was found of it, as a row.

>>> growth_base("2022", "2021", "cumulative"), growth_base("2023", "2018", "cumulative")
(('yoy', None), ('cumulative', '2018'))
>>> growth_base("2010/2015", None, "cagr"), growth_base("2024-11", "2024-10", "cumulative")
(('cagr', '2010'), ('mom', None))
"""

from dataclasses import replace
from decimal import Decimal

from cbec_kg.extract.amounts import Amount, as_percent
from cbec_kg.extract.frame import Frame
from cbec_kg.extract.kinds import Measure
from cbec_kg.extract.measured import Fact, Indicated
from cbec_kg.extract.scan import Scanned
from cbec_kg.extract.scopes import scope_of
from cbec_kg.extract.senses import TRADE
from cbec_kg.extract.timing import Clock, Timed, closed
from cbec_kg.extract.voice import firmness
from cbec_kg.model.period import Period
from cbec_kg.model.rows import ObservationRow, Restated
from cbec_kg.ontology.lexicon import Lexicon

__all__ = ["growth_base", "observation"]

_FLOWING = frozenset({*TRADE.values(), "digitally-deliverable-services-value"})
"""Indicators that are always of a flow: total where none is said."""


def observation(
    scanned: Scanned, fact: Fact, indicated: Indicated, timed: Timed, *, article: str, default: str, voice: str | None,
    clock: Clock, lexicon: Lexicon,
) -> ObservationRow:  # fmt: skip
    """Row of a fact; ``default`` is the entity where its frame has none, ``voice`` who says so."""
    one, frame = fact.measure, fact.frame
    amount = as_percent(one.amount) if one.percent else one.amount
    if one.sign < 0 < amount.value:
        amount = replace(amount, value=-amount.value, high=None)
    lower, upper = amount.bounds
    code = _share_of_goods(fact, indicated.code) or indicated.code
    if frame.traders and one.kind in ("share", "change") and _of_goods(fact):
        code = TRADE["goods"]
    noun = indicated.noun
    counted = noun is not None and bool(noun.indicators) and not frame.fresh
    flow = noun.flow if noun and (noun.flow or counted) else frame.flow
    if code in _FLOWING:
        flow = flow or "total"
    elif code is None or flow not in ("export", "import"):
        flow = None
    sector = frame.sectors[0] if len(frame.sectors) == 1 else None
    if code in _FLOWING and sector is None and frame.traders:
        sector = frame.traders[0]
    entity = frame.entity or default
    partner = frame.partners[0] if frame.partners and frame.partners[0] != entity else None
    period = closed(timed.code)
    status = firmness(scanned, fact.item, period, clock.published, lexicon.entries.get(voice or ""))
    if status == "reported" and period and period.start and clock.published and period.start > clock.published:
        timed, period = Timed(None), None  # nothing is reported of what is to come: the year was read amiss
    scope, scope_basis = scope_of(lexicon, code, entity, period, voice, retail=frame.retail)
    base = clock.read(one.base.period).code if one.base and one.base.period else None
    basis, base = growth_base(timed.code, base, one.basis) if one.kind == "growth" else (one.basis, None)
    offset = timed.year_offset if timed.code is None else timed.year_offset or None  # 0 of a whole year: "this year"
    return ObservationRow(
        article=article, start=amount.start, end=amount.end, period=timed.code, year_offset=offset,
        status=status, reported_by=voice, rule=one.rule,
        confidence=_confidence(one, code, timed, frame), written=scanned.document.text[amount.start : amount.end],
        indicator=code, entity=entity, partner=partner, sector=sector, flow=flow, scope=scope, scope_basis=scope_basis,
        market=frame.market, kind=one.kind, basis=basis, base_period=base, qualifier=amount.qualifier,
        value=amount.value, lower=lower, upper=upper, unit=amount.unit or "count",
        restated=tuple(_restated(other, scanned.document.text) for other in amount.restated),
    )  # fmt: skip


def _share_of_goods(fact: Fact, code: str | None) -> str | None:
    """The indicator that cross-border e-commerce has for its share of all goods trade."""
    if fact.measure.kind not in ("share", "change") or fact.frame.topic != "cbec" or code not in (None, TRADE["cbec"]):
        return None
    return "cbec-share-of-goods-trade" if _of_goods(fact) else None


def _of_goods(fact: Fact) -> bool:
    """Whether a figure is said to be a share of all trade in goods."""
    return any(sense.topic == "goods" or (sense.bare_flow and sense.flow == "total") for sense in fact.whole)


def growth_base(period: str | None, base: str | None, basis: str | None) -> tuple[str | None, str | None]:
    """Basis and base period of a growth; what is measured from the year or month before needs no base.

    A growth over several years that names no base is measured from the first of them.
    """
    if base is None and basis in ("cagr", "cumulative") and period and "/" in period:
        base = period
    start = closed(base)
    if base and "/" in base:
        base = Period(start.start, None).code.removesuffix("/..") if start else None
        start = closed(base)
    whole = closed(period)
    if basis == "cumulative" and start and whole:
        if whole.year_before() == start:
            return "yoy", None
        if whole.granularity == start.granularity == "month" and start.end == whole.start:
            return "mom", None
    return basis, base


def _restated(other: Amount, text: str) -> Restated:
    lower, upper = other.bounds
    return Restated(
        value=other.value, lower=lower, upper=upper, unit=str(other.unit), start=other.start, end=other.end,
        written=text[other.start : other.end],
    )  # fmt: skip


def _confidence(one: Measure, code: str | None, timed: Timed, frame: Frame) -> Decimal:
    """How sure a reading is, by what it rests on: each thing taken from elsewhere or by default lowers it.

    The steps are a rule of thumb; they order rows for review and are no probabilities.
    """
    score = Decimal("0.97")
    if code is None:
        score -= Decimal("0.2")
    if not frame.fresh:
        score -= Decimal("0.1")
    if timed.item is None:
        score -= Decimal("0.1")
    if one.rule.endswith(("default", "+list", "heading")):
        score -= Decimal("0.1")
    return score
