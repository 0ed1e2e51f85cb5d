"""A finding's arithmetic for people: its calculation in steps with scaled numbers, and its two intervals on one line.

>>> steps("1550000000000 + 560000000000 = 2110000000000", "en")
['1.55 trillion + 560 billion = 2.11 trillion']
>>> steps("24590000000000 * (1 + -0.9/100) = 24368690000000; [24585000000000, 24595000000000] * 1", "zh")
['24.59万亿 × (1 + −0.9/100) = 24.36869万亿', '[24.585万亿, 24.595万亿] × 1']
>>> lines = on_one_line((Decimal("1.93"), Decimal("2.00")), (Decimal("1.45"), Decimal("1.55")))
>>> [(line.start, line.width) for line in lines]
[(85.78, 12.22), (2.0, 17.45)]
>>> on_one_line((None, Decimal(2)), (Decimal(1), Decimal(2)))
()
"""

import re
from dataclasses import dataclass
from decimal import Decimal

__all__ = ["Ends", "Line", "on_one_line", "short", "steps"]

_SCALES = {
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
}
_NUMBER = re.compile(r"(?<![\d.])\d{5,}(?![\d.])")
_MINUS = re.compile(r"(?<!\w)-(?=[\d ])")
_MARGIN, _THIN = Decimal(2), Decimal("0.8")

Ends = tuple[Decimal | None, Decimal | None]


@dataclass(frozen=True, slots=True)
class Line:
    """An interval as a bar: where it starts and how wide it is, in percent of the drawing."""

    start: float
    width: float


def steps(calculation: str, lang: str) -> list[str]:
    """The parts of a calculation, with whole amounts in words of scale; no digit is lost."""
    text = _NUMBER.sub(lambda found: _scaled(found[0], lang), calculation)
    text = _MINUS.sub("−", text.replace(" * ", " × "))
    return [part.strip() for part in text.split(";") if part.strip()]


def short(value: object) -> Decimal | None:
    """A number with three digits, for what is no figure of an article but a distance between two.

    >>> short(Decimal("0.383745443018")), short(None)
    (Decimal('0.384'), None)
    """
    return None if value is None else Decimal(format(Decimal(str(value)), ".3g"))


def _scaled(written: str, lang: str) -> str:
    for power, word in _SCALES[lang]:
        if len(written) > power:
            number = Decimal(written).scaleb(-power).normalize()
            if len(number.as_tuple().digits) <= 7:
                return f"{number:f}{word}"
    return f"{int(written):,}"


def on_one_line(one: Ends, other: Ends) -> tuple[Line, ...]:
    """Two intervals on one scale, or nothing where an end is open."""
    ends = [end for end in (*one, *other) if end is not None]
    if len(ends) < 4:
        return ()
    least, most = min(ends), max(ends)
    span = (most - least) or Decimal(1)
    return tuple(_line(ends[place], ends[place + 1], least, span) for place in (0, 2))


def _line(lower: Decimal, upper: Decimal, least: Decimal, span: Decimal) -> Line:
    room = 100 - 2 * _MARGIN
    start = _MARGIN + (lower - least) / span * room
    width = max((upper - lower) / span * room, _THIN)
    return Line(round(float(start), 2), round(float(width), 2))
