"""Numbers in words that a person reads: scaled, and with no more digits than their interval bears out.

>>> spoken(Decimal("1921675774134"), Interval.of("1915710605000", "1927651478578"), "CNY", "en")
'1.922 trillion yuan'
>>> spoken(Decimal("1690000000000"), Interval.of("1685000000000", "1695000000000"), "CNY", "zh")
'1.69万亿元'
>>> between(Interval.of("1685000000000", "1695000000000"), "CNY", "zh")
'1.685万亿元至1.695万亿元'
>>> headline(Decimal(200000), Interval.of(200000, None), "count", "en", hedge="over")
'over 200,000'
>>> headline(Decimal("4.9"), Interval.of("4.85", "4.95"), "percent", "en", signed=True)
'+4.9% (+4.85% to +4.95%)'
"""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from cbec_kg.rdf.terms import canonical_decimal
from cbec_kg.reconcile.interval import Interval
from cbec_kg.triples.labels import Names, of_place_in_order

__all__ = ["HEDGES", "Labels", "Scale", "between", "headline", "scale_of", "spoken"]

Scale = tuple[int, str]
"""A power of ten and its word."""
_SCALES: dict[str, tuple[Scale, ...]] = {
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
}
_PLACES = {" trillion": 4, " billion": 4, " million": 4, "万亿": 4, "亿": 4, "万": 3}
"""So many decimals a scaled number has at most; with more it is no easier to read than the number in full."""
_RATES = frozenset({"percent", "percentage_point"})
_UNITS = {
    "CNY": Names(" yuan", "元"),
    "USD": Names(" US dollars", "美元"),
    "EUR": Names(" euros", "欧元"),
    "GBP": Names(" pounds", "英镑"),
    "JPY": Names(" yen", "日元"),
    "HKD": Names(" Hong Kong dollars", "港元"),
    "percent": Names("%", "%"),
    "percentage_point": Names(" percentage points", "个百分点"),
    "count": Names("", ""),
    "ratio": Names(" times", "倍"),
}
_TO = Names("{} to {}", "{}至{}")
_OVER, _UNDER, _ANY = Names("{} or more", "{}及以上"), Names("{} or less", "{}及以下"), Names("any number", "任意数")
_AT_LEAST, _AT_MOST = Names("at least {}", "至少{}"), Names("at most {}", "至多{}")
_BRACKETS = Names(" ({})", "（{}）")
HEDGES = {"over": Names("over ", "超过"), "under": Names("under ", "不足"), "about": Names("about ", "约")}
"""What a qualifier puts before a number."""
Labels = Mapping[str, Mapping[str, str]]


def headline(
    value: Decimal, interval: Interval, unit: str | None, lang: str, labels: Labels | None = None,
    *, hedge: str = "", signed: bool = False,
) -> str:  # fmt: skip
    """A value with what its interval leaves open: both bounds in brackets, or "over", "at least", "at most" one.

    ``hedge`` is the qualifier of the claim that states it.
    """
    lower, upper = interval.lower, interval.upper
    if (lower is None) != (upper is None):
        end = lower if upper is None else upper
        assert end is not None
        written = spoken(end, Interval.exactly(end), unit, lang, labels, signed=signed)
        if hedge in HEDGES and end == value:
            return _said(HEDGES[hedge], lang) + written
        return _said(_AT_LEAST if upper is None else _AT_MOST, lang).format(written)
    words = (_said(HEDGES[hedge], lang) if hedge in HEDGES else "") + spoken(
        value, interval, unit, lang, labels, signed=signed
    )
    if lower == upper:
        return words
    return words + _said(_BRACKETS, lang).format(between(interval, unit, lang, labels, signed=signed))


def spoken(
    value: Decimal, interval: Interval, unit: str | None, lang: str, labels: Labels | None = None,
    *, signed: bool = False, scale: Scale | None = None,
) -> str:  # fmt: skip
    """A value with its unit; digits that the interval does not bear out are rounded away.

    It has as many digits as its bounds. With a ``scale`` it is the bare number in that scale; ``signed``
    puts a plus before what is above zero.
    """
    if unit == "rank":
        return _said(of_place_in_order(value), lang)
    value = _borne_out(value, interval)
    if scale is not None:
        return _print(canonical_decimal(value.scaleb(-scale[0])), lang)
    return _written(value, unit, lang, labels or {}, signed=signed)


def scale_of(value: Decimal, interval: Interval, unit: str | None, lang: str) -> Scale:
    """The power of ten that a value is told in, and its word; (0, "") where it is written in full.

    >>> scale_of(Decimal("560000000000"), Interval.of("555000000000", "565000000000"), "CNY", "en")
    (9, ' billion')
    """
    return _scale(_borne_out(value, interval), unit, lang)


def between(
    interval: Interval, unit: str | None, lang: str, labels: Labels | None = None, *, signed: bool = False
) -> str:
    """An interval in words: both ends, rounded outwards."""
    step = _step(interval)
    ends: list[str | None] = []
    for end, rounding in ((interval.lower, ROUND_FLOOR), (interval.upper, ROUND_CEILING)):
        if end is None:
            ends.append(None)
            continue
        written = end if step is None or _is_short(end, step / 10) else _to(end, step / 10, rounding)
        ends.append(_written(written, unit, lang, labels or {}, signed=signed))
    lower, upper = ends
    if lower is not None and upper is not None:
        return _said(_TO, lang).format(lower, upper)
    if lower is None and upper is None:
        return _said(_ANY, lang)
    return _said(_OVER if upper is None else _UNDER, lang).format(lower or upper)


def _said(names: Names, lang: str) -> str:
    return str(getattr(names, lang))


def _borne_out(value: Decimal, interval: Interval) -> Decimal:
    """A value with the digits that its bounds are told with, so that it is never another number than they allow."""
    step = _step(interval)
    return value if step is None else _to(value, step / 10, ROUND_HALF_EVEN)


def _step(interval: Interval) -> Decimal | None:
    """The place of the last digit that an interval bears out: the largest power of ten within its width."""
    if interval.lower is None or interval.upper is None or interval.lower == interval.upper:
        return None
    return Decimal(10) ** (interval.upper - interval.lower).adjusted()


def _is_short(value: Decimal, step: Decimal) -> bool:
    return _to(value, step, ROUND_HALF_EVEN) == value


def _to(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=rounding) * step


def _scale(value: Decimal, unit: str | None, lang: str) -> Scale:
    """The largest scale that leaves few enough decimals."""
    if unit not in _RATES:
        for power, name in _SCALES[lang]:
            decimals = canonical_decimal(value.scaleb(-power)).partition(".")[2]
            if abs(value) >= Decimal(10) ** power and len(decimals) <= _PLACES[name]:
                return power, name
    return 0, ""


def _print(text: str, lang: str) -> str:
    """A number with thousands set apart in English, and the sign that print has."""
    return (f"{Decimal(text):,}" if lang == "en" else text).replace("-", "−")


def _written(value: Decimal, unit: str | None, lang: str, labels: Labels, *, signed: bool = False) -> str:
    power, word = _scale(value, unit, lang)
    text = _print(canonical_decimal(value.scaleb(-power)), lang)
    plus = "+" if signed and value > 0 and unit in _RATES else ""
    name = _unit(unit, lang, labels)
    if lang == "en" and text == "1" and not word and unit in _UNITS and unit not in _RATES:
        name = name.removesuffix("s")
    return f"{plus}{text}{word}{name}"


def _unit(unit: str | None, lang: str, labels: Labels) -> str:
    if unit is None:
        return ""
    if unit in _UNITS:
        return _said(_UNITS[unit], lang)
    label = labels.get(f"unit-{unit.lower().replace('_', '-')}", {}).get(lang, unit)
    return f" {label}" if lang == "en" else label
