"""Numerals to exact numbers: digits, English number words, Chinese numerals, and digits with 万 and 亿 between.

Each reader gives the number and the unit of its last written digit, both exact.

>>> from cbec_kg.normalise.words import default_words
>>> latin("twenty-five", default_words()), han("3亿5000万", default_words())
(Numeral(value=Decimal('25'), last=Decimal('1')), Numeral(value=Decimal('350000000'), last=Decimal('10000')))
>>> han("二〇二二", default_words()).value, han("一万五", default_words()).value, han("三百一万亿亿", default_words())
(Decimal('2022'), Decimal('15000'), None)
"""

import re
from decimal import Decimal
from typing import NamedTuple

from cbec_kg.normalise.words import Words

__all__ = ["Numeral", "digits", "han", "latin", "plain_decimal", "shifted"]


class Numeral(NamedTuple):
    """A number and the unit of the last digit that was written: 2.10 has 0.01, 32 million has a million."""

    value: Decimal
    last: Decimal


def plain_decimal(value: Decimal) -> Decimal:
    """The same number without an exponent and without trailing zeros behind the point."""
    written = format(value, "f")
    return Decimal(written.rstrip("0").rstrip(".") if "." in written else written)


def shifted(numeral: Numeral, power: int) -> Numeral:
    """A numeral times a power of ten."""
    return Numeral(plain_decimal(numeral.value.scaleb(power)), plain_decimal(numeral.last.scaleb(power)))


def digits(written: str) -> Numeral:
    """Digits with or without commas and point."""
    value = Decimal(written.replace(",", ""))
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return Numeral(plain_decimal(value), Decimal(1).scaleb(exponent))


def latin(written: str, words: Words) -> Numeral:
    """English number words below a thousand, "half a", and "... and a half"."""
    total, last = Decimal(0), Decimal(1)
    text = re.sub(r"[\s-]+", " ", written.lower()).strip()
    if text.startswith("half a"):
        return Numeral(Decimal("0.5"), Decimal("0.1"))
    if text.endswith(" and a half"):
        text, last = text.removesuffix(" and a half"), Decimal("0.1")
        total += Decimal("0.5")
    for word in text.split():
        if word == "hundred":
            total *= 100
        elif word in ("a", "an"):
            total += 1
        elif word != "and":
            total += next(table[word] for table in (words.units, words.teens, words.tens) if word in table)
    return Numeral(total, last)


def han(written: str, words: Words) -> Numeral | None:
    """Chinese numerals, digits among them or not; None for a sequence that is no number."""
    tokens = re.findall(r"[0-9][0-9,]*(?:\.[0-9]+)?|\S", written)
    if all(token in words.han for token in tokens):
        return _positional(tokens, words)
    parser = _HanParser(words)
    return parser.result() if all(parser.take(token) for token in tokens) else None


def _positional(tokens: list[str], words: Words) -> Numeral | None:
    """Digits side by side, as in a year; 两 counts and stands in no such row."""
    if len(tokens) > 1 and "两" in tokens:
        return None
    return Numeral(Decimal("".join(str(words.han[token]) for token in tokens)), Decimal(1))


class _HanParser:
    """Reads tokens from left to right: sections below 万, then below 亿, then the rest.

    十 and 百 behind a Chinese numeral are part of it (三百 is written in full), behind digits they are powers of ten.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.large: Decimal | None = None  # closed by 亿 or above
        self.middle: Decimal | None = None  # closed by 万
        self.section = Decimal(0)
        self.number: Decimal | None = None
        self.last = Decimal(1)
        self.arabic = False
        self.decimals = ""
        self.previous = 0  # power of the scale just read, 0 behind a numeral
        self.smallest = 99  # power of the smallest scale within this section

    def take(self, token: str) -> bool:
        """Take one token; False where it cannot stand here."""
        if token[0].isdigit() and token[0].isascii():
            return self._numeral(*digits(token), arabic=True)
        if token == "点":
            self.decimals = "."
            return self.number is not None
        if token in self.words.han:
            value = self.words.han[token]
            if self.decimals:
                self.decimals += str(value)
                self.number = Decimal(str(int(self.number or 0)) + self.decimals)
                self.last = Decimal(1).scaleb(1 - len(self.decimals))
                return True
            if value == 0:  # 一千零五: a place left empty
                self.previous = 0
                return self.number is None
            return self._numeral(Decimal(value), Decimal(1), arabic=False)
        return token in self.words.han_scales and self._scale(self.words.han_scales[token])

    def _numeral(self, value: Decimal, last: Decimal, *, arabic: bool) -> bool:
        if self.number is not None:
            return False
        self.number, self.last, self.arabic = value, last, arabic
        return True

    def _scale(self, power: int) -> bool:
        bare = self.number is None and self.section == 0
        if power >= 4:
            return self._close(power, bare)
        if power >= self.smallest or (self.number is None and self.section):
            return False
        self.section += (Decimal(1) if self.number is None else self.number).scaleb(power)
        in_full = not self.arabic and (power == 1 or (power == 2 and self.number is not None))
        self.last = Decimal(1) if in_full else self.last.scaleb(power)
        self.smallest = power
        return self._next(power)

    def _close(self, power: int, bare: bool) -> bool:
        """万 closes a section; 亿 closes it, or what 万 closed before it (万亿)."""
        first = self.large is None and self.middle is None
        below = Decimal(1) if bare and first else self.section + (self.number or 0)
        if power == 4:
            if self.middle is not None or (bare and not first):
                return False
            self.middle = below.scaleb(4)
        else:
            if self.large is not None:
                return False
            self.large, self.middle = ((self.middle or 0) + below).scaleb(power), None
        self.section, self.smallest = Decimal(0), 99
        self.last = self.last.scaleb(power)
        return self._next(power)

    def _next(self, power: int) -> bool:
        self.number, self.arabic, self.decimals, self.previous = None, False, "", power
        return True

    def result(self) -> Numeral | None:
        """The number, once all tokens are taken."""
        tail = self.number or Decimal(0)
        if self.number is not None and not self.arabic and self.previous >= 2 and tail == int(tail):
            tail = tail.scaleb(self.previous - 1)  # 一万五 is 15,000
            self.last = Decimal(1).scaleb(self.previous - 1)
        value = (self.large or 0) + (self.middle or 0) + self.section + tail
        return Numeral(plain_decimal(value), plain_decimal(self.last))
