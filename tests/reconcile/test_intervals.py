"""Interval arithmetic: what any values within the operands give is within the result."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cbec_kg.reconcile.interval import Interval, meet_of_all

numbers = st.decimals(-1_000_000, 1_000_000, places=6)
places = st.integers(-4, 5)


@st.composite
def rounded(draw):
    """A true value, and the interval of what is written of it: rounded to some digit, or without one end or both."""
    true, digit = draw(numbers), Decimal(1).scaleb(draw(places))
    written = (true / digit).to_integral_value() * digit
    lower, upper = written - digit / 2, written + digit / 2
    if draw(st.booleans()) and draw(st.booleans()):
        lower, upper = draw(st.sampled_from([(None, upper), (lower, None), (None, None)]))
    return true, Interval(lower, upper)


def holds(interval, true):
    """Whether a fraction is within an interval, by arithmetic that is not the one under test."""
    above = interval.lower is None or Fraction(interval.lower) <= true
    return above and (interval.upper is None or true <= Fraction(interval.upper))


@given(rounded(), rounded())
def test_results_hold_the_true_value(one, other):
    (a, i), (b, j) = one, other
    assert holds(i, Fraction(a))
    assert holds(j, Fraction(b))
    assert holds(i + j, Fraction(a) + Fraction(b))
    assert holds(i - j, Fraction(a) - Fraction(b))
    assert holds(i * j, Fraction(a) * Fraction(b))
    assert holds(-i, -Fraction(a))
    assert holds(i.tidy(5), Fraction(a))
    assert holds(i.tidy(2), Fraction(a))
    if b:
        assert holds(i / j, Fraction(a) / Fraction(b))


@given(rounded(), st.integers(1, 6))
def test_powers_and_roots_hold_the_true_value(one, exponent):
    true, interval = one
    true, lower = abs(true), Decimal(0) if interval.lower is None else abs(interval.lower)
    upper = None if interval.upper is None else max(lower, abs(interval.upper), true)
    interval = Interval(min(lower, true), upper)
    power = interval.power(exponent)
    assert holds(power, Fraction(true) ** exponent)
    back = power.root(exponent)
    assert holds(back, Fraction(true))
    assert back.contains(interval)
    assert back.upper is None or back.upper <= interval.upper * Decimal("1.0001") + 1


ends = st.none() | st.decimals(-3, 3, places=1)


@given(ends, ends, ends, ends)
def test_meeting_is_a_number_in_common(a, b, c, d):
    """Against looking for a number: any that two intervals share is an end of one of them, or any number at all."""
    assume(a is None or b is None or a <= b)
    assume(c is None or d is None or c <= d)
    one, other = Interval(a, b), Interval(c, d)
    candidates = [end for end in (a, b, c, d) if end is not None] or [Decimal(0)]
    shared = [number for number in candidates if one.holds(number) and other.holds(number)]
    assert one.meets(other) is bool(shared) is other.meets(one)
    assert (one.gap(other) == 0) is bool(shared)
    common = one.meet(other)
    assert (common is None) is not bool(shared)
    if common:
        assert one.contains(common)
        assert other.contains(common)
        assert meet_of_all([one, other]) == common
        assert all(common.holds(number) for number in shared)


def test_the_gap_is_the_distance():
    assert Interval.of("1.5", "2").gap(Interval.of(5, None)) == Interval.of(5, None).gap(Interval.of("1.5", "2")) == 3


@pytest.mark.parametrize("divisor", [(0, 1), (-1, 1), (-1, 0), (0, None), (None, None)])
def test_what_may_be_zero_divides_nothing(divisor):
    assert Interval.of(1, 2) / Interval.of(*divisor) == Interval(None, None)


def test_an_interval_goes_upwards():
    with pytest.raises(ValueError, match="from 2 down to 1"):
        Interval.of(2, 1)


@pytest.mark.parametrize(("interval", "degree"), [((-1, 1), 2), ((None, 1), 2), ((1, 2), 0)])
def test_only_what_is_not_negative_has_powers_and_roots(interval, degree):
    for name in ("power", "root"):
        with pytest.raises(ValueError, match="not negative"):
            getattr(Interval.of(*interval), name)(degree)


def test_nothing_in_common():
    assert meet_of_all([Interval.of(1, 2), Interval.of(3, 4), Interval.of(1, 4)]) is None
    assert meet_of_all([]) == Interval(None, None)
