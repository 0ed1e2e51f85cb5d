"""Growth in percent, and what it multiplies by; what is money.

>>> factor(Interval.exactly(35)), percent(Interval.of("1.35", "1.36"))
(Interval(lower=Decimal('1.35'), upper=Decimal('1.35')), Interval(lower=Decimal('35.00'), upper=Decimal('36.00')))
"""

from cbec_kg.reconcile.interval import Interval

__all__ = ["HUNDRED", "ONE", "factor", "is_money", "percent"]

ONE, HUNDRED = Interval.exactly(1), Interval.exactly(100)


def factor(growth: Interval) -> Interval:
    """What growth in percent multiplies by."""
    return ONE + growth / HUNDRED


def percent(multiple: Interval) -> Interval:
    """Growth in percent that multiplies by so much."""
    return (multiple - ONE) * HUNDRED


def is_money(unit: str | None) -> bool:
    """Whether a unit is a currency.

    >>> is_money("CNY"), is_money("count")
    (True, False)
    """
    return unit is not None and len(unit) == 3 and unit.isupper()
