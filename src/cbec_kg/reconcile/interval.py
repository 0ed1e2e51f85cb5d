"""Intervals of exact decimals, and arithmetic that never loses the true value.

An interval holds both its ends; None is no end. A result is rounded outwards: what any values within the operands give
is within it. (R. E. Moore, Interval Analysis, 1966.)

>>> exports, imports = Interval.of("1.545", "1.555"), Interval.of("0.555", "0.565")
>>> exports + imports
Interval(lower=Decimal('2.100'), upper=Decimal('2.120'))
>>> Interval.of("100000", None) / Interval.of(2, 4)
Interval(lower=Decimal('25000'), upper=None)
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from functools import reduce
from itertools import product

__all__ = ["Interval", "meet_of_all"]

_PLACES = 40
_KEPT = 12
"""Significant digits: of intermediate results, and of those that are told."""
_DOWN, _UP = Context(prec=_PLACES, rounding=ROUND_FLOOR), Context(prec=_PLACES, rounding=ROUND_CEILING)
_NEAR = Context(prec=_PLACES, rounding=ROUND_HALF_EVEN)
_LOWEST, _HIGHEST = Decimal("-Infinity"), Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``lower`` to ``upper``, both included; None where there is no limit."""

    lower: Decimal | None
    upper: Decimal | None

    def __post_init__(self) -> None:
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError(f"an interval from {self.lower} down to {self.upper}")

    @classmethod
    def of(cls, lower: "Decimal | str | int | None", upper: "Decimal | str | int | None") -> "Interval":
        """Interval of numbers as one writes them."""
        return cls(None if lower is None else Decimal(lower), None if upper is None else Decimal(upper))

    @classmethod
    def exactly(cls, value: "Decimal | str | int") -> "Interval":
        """Interval of one number."""
        return cls(Decimal(value), Decimal(value))

    # ---- arithmetic

    def __neg__(self) -> "Interval":
        return Interval(
            None if self.upper is None else self.upper.copy_negate(),
            None if self.lower is None else self.lower.copy_negate(),
        )

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(
            None if self.lower is None or other.lower is None else _DOWN.add(self.lower, other.lower),
            None if self.upper is None or other.upper is None else _UP.add(self.upper, other.upper),
        )

    def __sub__(self, other: "Interval") -> "Interval":
        return self + -other

    def __mul__(self, other: "Interval") -> "Interval":
        ends = list(product(self._ends, other._ends))
        return _between(
            min(_DOWN.multiply(a, b) if a and b else Decimal(0) for a, b in ends),
            max(_UP.multiply(a, b) if a and b else Decimal(0) for a, b in ends),
        )

    def __truediv__(self, other: "Interval") -> "Interval":
        """Quotient; without any limit where the divisor may be zero."""
        low, high = other._ends
        if low <= 0 <= high:
            return Interval(None, None)
        ends = list(product(self._ends, other._ends))
        return _between(
            min(_DOWN.divide(a, b) if a and b.is_finite() else Decimal(0) for a, b in ends),
            max(_UP.divide(a, b) if a and b.is_finite() else Decimal(0) for a, b in ends),
        )

    def power(self, exponent: int) -> "Interval":
        """A whole positive power of an interval of numbers that are not negative; raises `ValueError` for others."""
        if exponent < 1 or self.lower is None or self.lower < 0:
            raise ValueError("only whole positive powers of what is not negative")
        return reduce(lambda so_far, _: so_far * self, range(exponent - 1), self)

    def root(self, degree: int) -> "Interval":
        """The positive root of an interval of numbers that are not negative; raises `ValueError` for others.

        >>> Interval.exactly(3).root(5).tidy(6)
        Interval(lower=Decimal('1.24573'), upper=Decimal('1.24574'))
        """
        if degree < 1 or self.lower is None or self.lower < 0:
            raise ValueError("only positive roots of what is not negative")
        upper = None if self.upper is None else _root(self.upper, degree)[1]
        return Interval(_root(self.lower, degree)[0], upper)

    # ---- comparison

    def meets(self, other: "Interval") -> bool:
        """Whether two intervals have a number in common; ends that touch do."""
        return self._ends[0] <= other._ends[1] and other._ends[0] <= self._ends[1]

    def meet(self, other: "Interval") -> "Interval | None":
        """The numbers that two intervals have in common, None where they have none."""
        if not self.meets(other):
            return None
        return _between(max(self._ends[0], other._ends[0]), min(self._ends[1], other._ends[1]))

    def contains(self, other: "Interval") -> bool:
        """Whether all numbers of ``other`` are in this one."""
        return self._ends[0] <= other._ends[0] and other._ends[1] <= self._ends[1]

    def holds(self, value: Decimal) -> bool:
        """Whether a number is in the interval."""
        return self._ends[0] <= value <= self._ends[1]

    def gap(self, other: "Interval") -> Decimal:
        """Distance from one interval to the other, 0 where they meet."""
        return max(
            Decimal(0), _NEAR.subtract(other._ends[0], self._ends[1]), _NEAR.subtract(self._ends[0], other._ends[1])
        )

    @property
    def is_bounded(self) -> bool:
        """Whether it has both ends."""
        return self.lower is not None and self.upper is not None

    @property
    def middle(self) -> Decimal | None:
        """The number in the middle, None where an end is missing."""
        if self.lower is None or self.upper is None:
            return None
        return _NEAR.divide(_NEAR.add(self.lower, self.upper), Decimal(2))

    def tidy(self, digits: int = _KEPT) -> "Interval":
        """The interval with ends of so many significant digits, rounded outwards."""
        down, up = Context(prec=digits, rounding=ROUND_FLOOR), Context(prec=digits, rounding=ROUND_CEILING)
        return Interval(
            None if self.lower is None else _plain(down.plus(self.lower)),
            None if self.upper is None else _plain(up.plus(self.upper)),
        )

    @property
    def _ends(self) -> tuple[Decimal, Decimal]:
        return (_LOWEST if self.lower is None else self.lower), (_HIGHEST if self.upper is None else self.upper)


def meet_of_all(intervals: Iterable[Interval]) -> Interval | None:
    """The numbers that all have in common; None where there are none, everything where there is no interval.

    >>> meet_of_all([Interval.of(1, 3), Interval.of(2, None)])
    Interval(lower=Decimal('2'), upper=Decimal('3'))
    """
    common: Interval | None = Interval(None, None)
    for one in intervals:
        common = common and common.meet(one)
    return common


def _between(lower: Decimal, upper: Decimal) -> Interval:
    return Interval(lower if lower.is_finite() else None, upper if upper.is_finite() else None)


def _plain(number: Decimal) -> Decimal:
    """The same number without an exponent and without zeros that say nothing.

    >>> _plain(Decimal("2.10E+3")), _plain(Decimal("2.10")), _plain(Decimal("1E+30")) == 10**30
    (Decimal('2100'), Decimal('2.1'), True)
    """
    number = _NEAR.normalize(number)
    whole = number == number.to_integral_value() and number.adjusted() < _PLACES
    return number.quantize(Decimal(1), context=_NEAR) if whole else number


def _root(number: Decimal, degree: int) -> tuple[Decimal, Decimal]:
    """Two numbers between which the root lies, found by halving; they are one where the root is exact."""
    if not number:
        return Decimal(0), Decimal(0)
    low, high = Decimal(0), max(Decimal(1), number)
    while True:
        middle = _NEAR.divide(_NEAR.add(low, high), Decimal(2))
        if middle in (low, high) or _NEAR.subtract(high, low) <= _NEAR.multiply(high, Decimal(10) ** -30):
            near = Context(prec=_KEPT, rounding=ROUND_HALF_EVEN).plus(middle)
            return (near, near) if Interval.exactly(near).power(degree) == Interval.exactly(number) else (low, high)
        below, above = Interval.exactly(middle).power(degree)._ends
        if above <= number:
            low = middle
        elif below >= number:
            high = middle
        else:
            return low, high
