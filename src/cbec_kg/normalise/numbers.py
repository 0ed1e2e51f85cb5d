"""Read written figures, English and Chinese, as exact numbers with a unit.

>>> read("2.11 trillion yuan")
Quantity(value=Decimal('2110000000000'), unit='CNY', last_digit=Decimal('10000000000'))
>>> read("六成"), read("近六成")
(Quantity(value=Decimal('60'), unit='percent', last_digit=Decimal('10')), None)
>>> text = "between 2 and 3 trillion yuan"
>>> [str(figure.quantity.value) for figure in readings(text, 8, 29)]
['2', '3000000000000', '2000000000000']
"""

import re
from dataclasses import replace

from cbec_kg.normalise.compounds import joined, with_letters
from cbec_kg.normalise.figures import Figure, Quantity, find
from cbec_kg.normalise.numerals import Numeral, shifted
from cbec_kg.normalise.patterns import lowered, plain
from cbec_kg.normalise.words import Words

__all__ = ["Figure", "Quantity", "find", "read", "readings"]

_AHEAD = 60
_JOINT = re.compile(r"\s*(?:,|、|，|-|–|—|~|～|,?\s*(?:and|or|to)|至|到|和|及|与|或)\s*", re.IGNORECASE)


def read(written: str, words: Words | None = None) -> Quantity | None:
    """Quantity of a figure that is the whole of ``written``; None where it is more than a figure, or none."""
    start, end = len(written) - len(written.lstrip()), len(written.rstrip())
    for figure in find(written, words, picked=True):
        if (figure.start, figure.end) == (start, end):
            return figure.quantity
    return None


def readings(text: str, start: int, end: int, words: Words | None = None) -> list[Figure]:
    """All that the figures of a span can mean where they stand.

    First the figures that the span holds. "Three times" is a ratio, and 300 percent too. A figure without unit or scale
    shares those of the one it is joined to ("2 to 3 trillion yuan", "35, 26.9 and 22.3 percent").
    """
    span = lowered(plain(text[start:end]))
    inside = [
        _moved(figure, start) for figure in joined(span, with_letters(span, find(text[start:end], words, picked=True)))
    ]
    grown = [_as_growth(figure) for figure in inside if figure.form == "times"]
    onward = [_moved(figure, start) for figure in find(text[start : end + _AHEAD], words)]
    shared: list[Figure] = []
    following: Figure | None = None
    for figure in reversed(onward):
        if following and _JOINT.fullmatch(plain(text[figure.end : following.start])):
            whole = _sharing(figure, following)
            if whole != figure and figure.end <= end:
                shared.insert(0, whole)
            following = whole
        else:
            following = figure
    return inside + grown + shared


def _moved(figure: Figure, by: int) -> Figure:
    return replace(figure, start=figure.start + by, end=figure.end + by)


def _as_growth(figure: Figure) -> Figure:
    grown = shifted(Numeral(figure.quantity.value, figure.quantity.last_digit), 2)
    return replace(figure, quantity=Quantity(grown.value, "percent", grown.last))


def _sharing(figure: Figure, following: Figure) -> Figure:
    """A figure with the unit and the scale of the one that it is joined to, where it has none of its own."""
    if figure.quantity.unit is not None or not (following.quantity.unit or following.power):
        return figure
    power = 0 if figure.power else following.power
    number = shifted(Numeral(figure.quantity.value, figure.quantity.last_digit), power)
    return replace(
        figure, quantity=Quantity(number.value, following.quantity.unit, number.last), power=figure.power + power
    )
