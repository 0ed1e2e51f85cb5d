"""What is not on the line of a series, and why: one entry a figure, or a number of claims with a way to see them.

>>> left_out(Ledger(), (), Slots("i", "china", "all", "all", "none", "none"), "level", [], Wording("en", {}))
[]
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field

from cbec_kg.answer.ledger import Claim, Ledger
from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.interval import Interval
from cbec_kg.web.work.indicator.asked import MEASURES, NONE
from cbec_kg.web.work.indicator.line import place
from cbec_kg.web.work.indicator.occurring import DIMENSIONS, Combination
from cbec_kg.web.work.indicator.shown import Place, Shown
from cbec_kg.web.work.indicator.wording import Wording

__all__ = ["Left", "left_out", "left_undated", "left_without_unit"]

_MOST = 12
"""So many values of a dimension are named; all of them stand among the choices."""


@dataclass(frozen=True, slots=True)
class Left:
    """One thing that is not on the line. ``reason`` is a code.

    ``said`` is a figure in words with its ``period``, or the name of what the other claims are of, and ``count`` how
    many they are; ``show`` are the parameters that show them.
    """

    reason: str
    said: str
    period: str = ""
    count: int = 1
    place: Place | None = None
    claim: str | None = None
    show: dict[str, str] = field(default_factory=dict)


def left_out(
    ledger: Ledger, combinations: Sequence[Combination], slots: Slots, measure: str, rows: Sequence[Shown],
    words: Wording,
) -> list[Left]:  # fmt: skip
    """What is near to a line and not on it; ``ledger`` is of the day from which one looks."""
    shown = {
        digest for row in rows if row.mark not in ("derived", "forecast", "target", "earlier") for digest in row.claims
    }
    drawn = {digest: row.mark for row in rows if row.mark in ("forecast", "target", "earlier") for digest in row.claims}
    found = []
    for claim in ledger.claims.values():
        own = claim.point.slots == slots
        reason = drawn.get(claim.digest) or (_reason(claim, measure, slots) if claim.digest not in shown else None)
        if reason and (own or reason in ("no year", "no period")):
            found.append(_one(claim, reason, words))
    found.sort(key=lambda one: (one.reason, one.period, one.said, one.claim or ""))
    return [*found, *_others(combinations, slots, measure, words)]


def left_undated(ledger: Ledger, slots: Slots, measure: str, day: str, words: Wording) -> list[Left]:
    """Figures of a line that have no date, and those that came after a day; ``ledger`` is of all days."""
    found = []
    for claim in ledger.claims.values():
        if claim.point.slots == slots and claim.stating.measure == measure and claim.evidence:
            days = [one.day for one in claim.evidence]
            if not any(one is not None and one <= day for one in days):
                found.append(_one(claim, "undated" if None in days else "later", words))
    return found


def left_without_unit(claims: Iterable[Claim], words: Wording) -> list[Left]:
    """Figures that no article gives in the unit asked for."""
    return [_one(claim, "no such unit", words) for claim in claims]


def _reason(claim: Claim, measure: str, slots: Slots) -> str | None:
    """Why a claim that no row shows is not on the line; None of what is another question altogether."""
    point, stating = claim.point, claim.stating
    of = asdict(slots)
    if any(getattr(point.slots, key) != of[key] for key in ("indicator", "entity", "partner", "sector", "flow")):
        return None
    if not point.is_told:
        return "no period"
    if point.closed is None:
        return "no year"
    if stating.measure == "record" or claim.value is None:
        return "record"
    if stating.measure != measure:
        return None  # counted among other measures
    if point.closed.end is None:
        return "no end"
    if measure == "growth" and stating.basis != "yoy":
        return "another basis"
    return "another unit"


def _one(claim: Claim, reason: str, words: Wording) -> Left:
    stating, said = claim.stating, ""
    if claim.value is not None:
        interval = Interval(claim.lower, claim.upper)
        said = words.number(claim.value, interval, stating.unit, stating.measure, claim.qualifier)
    if stating.measure != "level":
        basis = stating.basis if stating.basis and stating.basis != "yoy" else None
        name = words.label(basis, "growth-basis-") if basis else words.label(stating.measure, "measure-")
        brackets = " ({})" if words.lang == "en" else "（{}）"
        said = said + brackets.format(name) if said else name
    where = place(claim.evidence[0], words) if claim.evidence else None
    scope = words.label(claim.point.slots.scope, "scope-")
    period = words.period(claim.point.period)
    if reason in ("no year", "no period") and claim.point.slots.scope != "none":
        period = f"{period} · {scope}"
    return Left(reason, said.strip(), period, place=where, claim=claim.digest)


def _others(combinations: Sequence[Combination], slots: Slots, measure: str, words: Wording) -> Iterator[Left]:
    """How many claims differ in one dimension alone, or in the measure alone."""
    own, counts = asdict(slots), Counter[tuple[str, str]]()
    for one in combinations:
        of = asdict(one.slots)
        differing = [key for key in DIMENSIONS if of[key] != own[key]]
        if not differing and one.measure != measure:
            counts["measure", one.measure] += one.count
        elif len(differing) == 1 and one.measure == measure:
            counts[differing[0], str(of[differing[0]] or "")] += one.count
    told = Counter[str]()
    for (key, code), count in sorted(counts.items(), key=lambda pair: (_order(pair[0][0]), -pair[1], pair[0])):
        told[key] += 1
        if told[key] > _MOST:
            continue
        kind = f"{key}-" if key in ("flow", "scope", "sector", "partner", "measure") else ""
        name = words.label(code, kind) if code else "–"
        shown = key != "measure" or code in MEASURES
        yield Left(f"another {key}", name, count=count, show={key: code or NONE} if shown else {})


def _order(key: str) -> int:
    return (*("scope", "flow", "partner", "sector", "market", "channel", "entity", "measure"),).index(key)
