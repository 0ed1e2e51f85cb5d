"""A claim held against what others give: agreement, disagreement, or nothing that could be said.

>>> can_disagree(Interval.of(1, None), Interval.of(2, None)), can_disagree(Interval.of(1, None), Interval.of(None, 0))
(False, True)
>>> text(Decimal("2110000000000")), text(Decimal("9.80"))
('2110000000000', '9.8')
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.explain import at_the_edge, explained
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.interval import Interval

__all__ = ["Formula", "can_disagree", "compared", "rounded", "text"]

_TOLD = Context(prec=12, rounding=ROUND_HALF_EVEN)


@dataclass(frozen=True, slots=True)
class Formula:
    """Symbols, a template for the numbers of the operands in their order, and the arithmetic itself.

    ``compute`` gets the operands' intervals and gives the result's, or None where there is no result.
    """

    check: str
    symbols: str
    numbers: str
    compute: Callable[[Sequence[Interval]], Interval | None]


def compared(
    formula: Formula,
    tested: Figure,
    operands: Sequence[Figure],
    figures: Figures,
    terms: Terms,
    *,
    point: Point | None = None,
    slip: bool = False,
    foreseen: bool = False,
) -> list[Finding]:
    """The finding that a tested claim and a formula give, at the claim's point or another; none where the formula
    gives nothing or nothing could disagree."""
    computed = formula.compute([one.interval for one in operands])
    if computed is None or not can_disagree(tested.interval, computed):
        return []
    plain = formula.compute([Interval.exactly(one.value) for one in operands])
    value = plain.middle if plain and computed.is_bounded else None
    meets = tested.interval.meets(computed)
    why: tuple[str, ...]
    if meets:
        why = ("rounding",) if at_the_edge(tested.interval, computed, value) else ()
    else:
        why = explained(
            (tested, *operands), figures, terms,
            stated=tested.interval, computed=computed, slip=slip, foreseen=foreseen,
        )  # fmt: skip
    told = computed.tidy()
    result = "" if value is None or formula.numbers == "{}" else f" = {text(rounded(value))}"
    return [
        Finding(
            kind="agreement" if meets else "disagreement",
            check=formula.check,
            point=point or tested.point,
            measure=tested.stating.measure,
            formula=formula.symbols,
            claims=tuple(sorted({tested.digest, *(one.digest for one in operands)})),
            unit=tested.stating.unit,
            calculation=formula.numbers.format(*(text(one.value) for one in operands)) + result,
            value=None if value is None else rounded(value),
            lower=told.lower,
            upper=told.upper,
            tested=tested.digest,
            gap=rounded(tested.interval.gap(computed)),
            explanations=why,
        )
    ]


def can_disagree(one: Interval, other: Interval) -> bool:
    """Whether intervals with ends where these have them could lie apart."""
    return (one.upper is not None and other.lower is not None) or (one.lower is not None and other.upper is not None)


def rounded(number: Decimal) -> Decimal:
    """A number to twelve significant digits, without an exponent."""
    return Decimal(text(_TOLD.plus(number)))


def text(number: Decimal) -> str:
    """A number in digits, without zeros that say nothing."""
    return format(number.normalize(), "f") if number else "0"
