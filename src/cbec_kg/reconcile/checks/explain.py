"""Why two figures may disagree: candidates by stated rules, never a verdict.

| candidate | rule |
|---|---|
| rounding | the gap is at most as wide as the narrower of both intervals |
| revision | the claims are of different days, or one has no day and another article; not against a forecast |
| scope | the scope of a claim is only inferred, and the indicator has scopes |
| currency | growth of money that does not say in which currency |
| period | a period is open, or growth is on a basis of its own |
| translation-slip | what is stated is a power of ten of what is computed; growth in all against growth a year |
| undetermined | none of these |

>>> slipped(Decimal("152"), Decimal("1.5")), slipped(Decimal("1.9"), Decimal("1.5"))
(True, False)
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.figure import Figure, Move
from cbec_kg.reconcile.finding import EXPLANATIONS
from cbec_kg.reconcile.growth import is_money
from cbec_kg.reconcile.interval import Interval

__all__ = ["at_the_edge", "explained", "slipped"]

_POWERS = [Decimal(10) ** power for power in range(-12, 13) if power]
_NEAR = Decimal("0.02")


def explained(
    claims: Sequence[Figure | Move],
    figures: Figures,
    terms: Terms,
    *,
    stated: Interval | None = None,
    computed: Interval | None = None,
    slip: bool = False,
    foreseen: bool = False,
) -> tuple[str, ...]:
    """Candidates for a disagreement of claims, in the order of the closed list.

    ``slip`` says that the check knows a slip of translation when it sees one, ``foreseen`` that one of the claims is
    a forecast or target.
    """
    known = [one for one in claims if isinstance(one, Figure)]
    found = {
        "rounding": _rounds(stated, computed),
        "revision": not foreseen and _of_different_days(claims),
        "scope": any(not one.scope_stated and _has_scopes(one, terms) for one in known),
        "currency": any(_is_growth_of_money(one, known, figures, terms) for one in known),
        "period": any(one.point.period.startswith("open") for one in claims)
        or any(one.stating.basis == "other" for one in known),
        "translation-slip": slip or _is_power(stated, computed),
    }
    return tuple(name for name in EXPLANATIONS if found.get(name)) or ("undetermined",)


def at_the_edge(stated: Interval, computed: Interval, value: Decimal | None) -> bool:
    """Whether two intervals that meet do so only by their rims.

    >>> at_the_edge(Interval.of("1.85", "1.95"), Interval.of("1.93", "2.00"), Decimal("1.966"))
    True
    >>> at_the_edge(Interval.of("90.15", "90.25"), Interval.exactly("90.16"), Decimal("90.16"))
    False
    """
    if stated.contains(computed) or computed.contains(stated):
        return False
    middle = stated.middle
    return (value is not None and not stated.holds(value)) or (middle is not None and not computed.holds(middle))


def slipped(stated: Decimal, computed: Decimal) -> bool:
    """Whether one number is a power of ten of another, within two percent."""
    if not computed or (stated < 0) != (computed < 0):
        return False
    return any(abs(stated / computed / power - 1) <= _NEAR for power in _POWERS)


def _rounds(stated: Interval | None, computed: Interval | None) -> bool:
    if stated is None or computed is None:
        return False
    widths = [one.upper - one.lower for one in (stated, computed) if one.upper is not None and one.lower is not None]
    return bool(widths) and stated.gap(computed) <= min(widths)


def _is_power(stated: Interval | None, computed: Interval | None) -> bool:
    ours = stated.middle if stated else None
    theirs = computed.middle if computed else None
    return ours is not None and theirs is not None and slipped(ours, theirs)


def _of_different_days(claims: Iterable[Figure | Move]) -> bool:
    known = {one.vintage for one in claims if one.vintage}
    unknown = {one.source for one in claims if not one.vintage} - {one.source for one in claims if one.vintage}
    return len(known) > 1 or bool(known and unknown)


def _has_scopes(one: Figure, terms: Terms) -> bool:
    slots = one.point.slots
    return slots.scope != "none" or terms.scopes.get(slots.indicator, "none") != "none"


def _is_growth_of_money(one: Figure, claims: Iterable[Figure], figures: Figures, terms: Terms) -> bool:
    if one.stating.measure != "growth" or one.stating.currency_basis:
        return False
    return one.point.slots.indicator in terms.traded or any(
        is_money(other.stating.unit)
        for other in (*claims, *figures.at(one.point))
        if other.point.slots.indicator == one.point.slots.indicator
    )
