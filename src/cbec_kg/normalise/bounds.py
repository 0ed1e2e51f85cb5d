"""The interval that a written figure allows.

A figure is as exact as its last digit; "about" is as exact as its last digit that is not zero. A fall is a negative
value, and its interval is that of its size, mirrored.

>>> interval(Decimal("2110000000000"), Decimal(10) ** 10, "exact", "CNY")
Bounds(lower=Decimal('2105000000000'), upper=Decimal('2115000000000'))
>>> interval(Decimal(1700), Decimal(1), "under", "count"), interval(Decimal(41), Decimal(1), "exact", "count")
(Bounds(lower=Decimal('1600'), upper=Decimal('1700')), Bounds(lower=Decimal('41'), upper=Decimal('41')))
>>> interval(Decimal(-7), Decimal(1), "over", "percent")
Bounds(lower=None, upper=Decimal('-7'))
"""

from decimal import Decimal
from typing import NamedTuple

from cbec_kg.normalise.numerals import plain_decimal

__all__ = ["Bounds", "QUALIFIERS", "interval"]

QUALIFIERS = ("exact", "about", "over", "under")
_COUNTED = ("count", "rank")


class Bounds(NamedTuple):
    """Least and greatest value, both allowed; None where there is no limit."""

    lower: Decimal | None
    upper: Decimal | None


def interval(value: Decimal, last_digit: Decimal, qualifier: str, unit: str) -> Bounds:
    """Bounds of a value in its unit, whose last written digit has the unit ``last_digit``.

    exact: half a unit of the last written digit each side, save counts and ranks written in full, which are what they
    say. about: half a unit of the last non-zero digit each side. over: no upper bound. under: at most one unit of the
    last non-zero digit less. Raises ``ValueError`` for another qualifier.
    """
    if qualifier not in QUALIFIERS:
        raise ValueError(f"qualifier {qualifier!r}: one of {', '.join(QUALIFIERS)}")
    if value < 0:
        lower, upper = interval(-value, last_digit, qualifier, unit)
        return Bounds(None if upper is None else -upper, None if lower is None else -lower)
    step = _last_non_zero(value, last_digit)
    if qualifier == "over":
        return Bounds(plain_decimal(value), None)
    if qualifier == "under":
        return Bounds(plain_decimal(value - step), plain_decimal(value))
    if qualifier == "exact":
        step = Decimal(0) if unit in _COUNTED and last_digit == 1 else last_digit
    return Bounds(plain_decimal(value - step / 2), plain_decimal(value + step / 2))


def _last_non_zero(value: Decimal, last_digit: Decimal) -> Decimal:
    """Unit of the last digit that is not zero; of the last written one where all are."""
    if value == 0:
        return last_digit
    exponent = value.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return Decimal(1).scaleb(exponent)
