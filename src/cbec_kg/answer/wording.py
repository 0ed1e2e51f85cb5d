"""Numbers in words that a person reads: scaled, and with no more digits than their interval bears out.

>>> spoken(Decimal("1921675774134"), Interval.of("1915710605000", "1927651478578"), "CNY", "en")
'1.92 trillion yuan'
>>> spoken(Decimal("1690000000000"), Interval.of("1685000000000", "1695000000000"), "CNY", "zh")
'1.69万亿元'
>>> between(Interval.of("1685000000000", "1695000000000"), "CNY", "zh")
'1.685万亿元至1.695万亿元'
"""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal

from cbec_kg.rdf.terms import canonical_decimal
from cbec_kg.reconcile.interval import Interval
from cbec_kg.triples.labels import Names, of_place_in_order

__all__ = ["between", "spoken"]

_SCALES = {
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
}
_UNITS = {
    "CNY": Names(" yuan", "元"),
    "percent": Names("%", "%"),
    "percentage_point": Names(" percentage points", "个百分点"),
    "count": Names("", ""),
    "ratio": Names(" times", "倍"),
}
_TO = Names("{} to {}", "{}至{}")
_OVER, _UNDER, _ANY = Names("{} or more", "{}及以上"), Names("{} or less", "{}及以下"), Names("any number", "任意数")
Labels = Mapping[str, Mapping[str, str]]


def spoken(value: Decimal, interval: Interval, unit: str | None, lang: str, labels: Labels | None = None) -> str:
    """A value with its unit; digits that the interval does not bear out are rounded away."""
    if unit == "rank":
        return str(getattr(of_place_in_order(value), lang))
    step = _step(interval)
    if step is not None and not _is_short(value, step / 10):  # what an article writes has one digit more at most
        value = _to(value, step, ROUND_HALF_EVEN)
    return _written(value, unit, lang, labels or {})


def between(interval: Interval, unit: str | None, lang: str, labels: Labels | None = None) -> str:
    """An interval in words: both ends, with one digit more than the value has."""
    step = _step(interval)
    ends: list[str | None] = []
    for end, rounding in ((interval.lower, ROUND_FLOOR), (interval.upper, ROUND_CEILING)):
        if end is None:
            ends.append(None)
            continue
        written = end if step is None or _is_short(end, step / 10) else _to(end, step / 10, rounding)
        ends.append(_written(written, unit, lang, labels or {}))
    lower, upper = ends
    if lower is not None and upper is not None:
        return str(getattr(_TO, lang)).format(lower, upper)
    if lower is None and upper is None:
        return str(getattr(_ANY, lang))
    return str(getattr(_OVER if upper is None else _UNDER, lang)).format(lower or upper)


def _step(interval: Interval) -> Decimal | None:
    """The place of the last digit that an interval bears out: the largest power of ten within its width."""
    if interval.lower is None or interval.upper is None or interval.lower == interval.upper:
        return None
    return Decimal(10) ** (interval.upper - interval.lower).adjusted()


def _is_short(value: Decimal, step: Decimal) -> bool:
    return _to(value, step, ROUND_HALF_EVEN) == value


def _to(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=rounding) * step


def _written(value: Decimal, unit: str | None, lang: str, labels: Labels) -> str:
    number, word = value, ""
    for power, name in _SCALES[lang]:
        if unit not in ("percent", "percentage_point") and abs(value) >= Decimal(10) ** power:
            number, word = value / Decimal(10) ** power, name
            break
    text = canonical_decimal(number)
    if lang == "en" and not word:
        text = f"{Decimal(text):,}"
    return f"{text.replace('-', '−')}{word}{_unit(unit, lang, labels)}"


def _unit(unit: str | None, lang: str, labels: Labels) -> str:
    if unit is None:
        return ""
    if unit in _UNITS:
        return str(getattr(_UNITS[unit], lang))
    label = labels.get(f"unit-{unit.lower().replace('_', '-')}", {}).get(lang, unit)
    return f" {label}" if lang == "en" else label
