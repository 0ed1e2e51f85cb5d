"""Figures that are written in several pieces: "$14.6B", "1/3", "4 trillion and 800 billion yuan".

>>> from cbec_kg.normalise.figures import find
>>> text = "1/4 of $14.6b"
>>> [(str(one.quantity.value), one.quantity.unit) for one in joined(text, with_letters(text, find(text)))]
[('25.00', 'percent'), ('14600000000', 'USD')]
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from cbec_kg.normalise.figures import Figure, Quantity
from cbec_kg.normalise.numerals import digits, shifted
from cbec_kg.normalise.words import default_words

__all__ = ["joined", "with_letters"]

_LETTER = re.compile(
    r"(?P<unit>(?:us|hk|a|c|s|nt)?\$|€|£|¥|usd ?|cny ?|rmb ?|eur ?|gbp ?)(?P<number>\d{1,3}(?:,\d{3})+"
    r"|\d{1,12}(?:\.\d{1,6})?) ?(?P<scale>[bmtk])(?![a-z0-9])"
)
_LETTER_POWERS = {"k": 3, "m": 6, "b": 9, "t": 12}


def with_letters(folded: str, figures: Iterable[Figure]) -> Iterator[Figure]:
    """Figures, and money whose scale is a letter: "$14.6B"."""
    found = list(figures)
    units = default_words().before
    extra = []
    for match in _LETTER.finditer(folded):
        number = shifted(digits(match["number"]), power := _LETTER_POWERS[match["scale"]])
        word = units.get(match["unit"].strip())
        quantity = Quantity(number.value, word.unit if word else "USD", number.last)
        extra.append(Figure(match.start(), match.end(), quantity, "digits", None, power))
    if not extra:
        return iter(found)
    found = [one for one in found if not any(one.start < other.end and other.start < one.end for other in extra)]
    return iter(sorted([*found, *extra], key=lambda one: one.start))


_SLASH = re.compile(r"(?<![\d/.])([1-9]\d?)/([1-9]\d?)(?![\d/.])")


def _slashed(folded: str, figures: list[Figure]) -> list[Figure]:
    """ "1/3" is a third."""
    out: list[Figure] = []
    for figure in figures:
        before = out[-1] if out else None
        match = _SLASH.fullmatch(folded, before.start, figure.end) if before else None
        if before and match and int(match[1]) < int(match[2]):
            value = (100 * Decimal(match[1]) / Decimal(match[2])).quantize(Decimal("0.01"))
            out[-1] = Figure(before.start, figure.end, Quantity(value, "percent", Decimal("0.01")), "fraction")
        else:
            out.append(figure)
    return out


def _summed(folded: str, figures: list[Figure]) -> list[Figure]:
    """ "4 trillion and 800 billion yuan" is one figure."""
    out: list[Figure] = []
    for figure in figures:
        before = out[-1] if out else None
        if (
            before
            and before.quantity.unit is None
            and before.power > figure.power > 0
            and folded[before.end : figure.start] in (" and ", " ", ", ")
            and figure.quantity.value < Decimal(10) ** before.power
        ):
            value = before.quantity.value + figure.quantity.value
            out[-1] = replace(figure, start=before.start, quantity=replace(figure.quantity, value=value))
        else:
            out.append(figure)
    return out


def joined(folded: str, figures: Iterable[Figure]) -> list[Figure]:
    """Figures with fractions written with a slash, and with sums, put together; ``folded`` is the lowered text."""
    return _summed(folded, _slashed(folded, list(figures)))
