"""A match of a period word in a text, and the token that is made of it.

>>> count_of("ten"), count_of("十二"), count_of("30"), full_year("24"), full_year("2024")
(10, 12, 30, 2024, 2024)
"""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from cbec_kg.normalise.moments import Moment, in_year, joined
from cbec_kg.normalise.numerals import han, latin
from cbec_kg.normalise.period_patterns import any_of
from cbec_kg.normalise.period_words import default_period_words
from cbec_kg.normalise.words import default_words

__all__ = ["Found", "Reader", "Token", "count_noun", "count_of", "days_token", "full_year", "make", "part_token"]


class Token(NamedTuple):
    """Characters ``start`` to ``end`` that name a time; ``last`` is the other end of a range said in one word.

    ``weak`` is true of a year that stands as an attribute ("the 2022 ranking"), without a word that makes it a date.
    """

    start: int
    end: int
    text: str
    first: Moment
    last: Moment | None = None
    relation: str = ""
    weak: bool = False


class Found(NamedTuple):
    """A match in the simplified text, the text as written, and the mark that its groups' names end in."""

    match: re.Match[str]
    written: str
    mark: str

    def group(self, name: str) -> str:
        """What a group matched, "" where it did not."""
        return self.match[name + self.mark] or ""

    def number(self, name: str) -> int:
        """The count that a group matched, 0 where it is none."""
        return count_of(self.group(name))

    def start(self, name: str) -> int:
        """Where a group begins."""
        return self.match.start(name + self.mark)

    @property
    def kind(self) -> str:
        """Name of the alternative that matched."""
        return (self.match.lastgroup or "").removesuffix(self.mark)

    @property
    def before(self) -> str:
        """The characters right before it."""
        return self.match.string[max(0, self.match.start() - 24) : self.match.start()]

    @property
    def after(self) -> str:
        """The characters right behind it."""
        return self.match.string[self.match.end() : self.match.end() + 32]


def make(
    found: Found, first: Moment, last: Moment | None = None, *, relation: str = "", weak: bool = False
) -> Token | None:
    """Token of a match; None where a day is in no calendar."""
    for moment in (first, last):
        if moment and moment.part and not in_year(moment.part, moment.year or 2000):
            return None
    match = found.match
    return Token(match.start(), match.end(), match.group(), first, last, relation, weak)


def part_token(found: Found, part: str | None, year: int | None = None) -> Token | None:
    """Token of a part of a year that is said or not."""
    if part is None:
        return None
    return make(found, Moment("carried", None, part) if year is None else Moment("calendar", year, part))


def count_of(written: str) -> int:
    """A count as written, in digits, English or Chinese; 0 where it is none."""
    if written.isdecimal():
        return int(written)
    read = latin(written, default_words()) if written.isascii() else han(written, default_words())
    return int(read.value) if read and read.value == int(read.value) else 0


def days_token(found: Found, month: int, day: int, last: str) -> Token | None:
    """Token of a day, or of the days to another of the same month."""
    if not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    first = f"{month:02}-{day:02}"
    if not last:
        return part_token(found, first)
    return part_token(found, joined(first, f"{month:02}-{count_of(last):02}"))


@cache
def count_noun() -> re.Pattern[str]:
    """A number of things follows, or a unit."""
    return re.compile(rf"(?:\s|-)?{any_of(default_period_words().not_after)}")


def full_year(written: str) -> int:
    """2024 of "24", and of "2024"."""
    return int(written) if len(written) == 4 else 2000 + int(written)


Reader = Callable[[Found], Token | None]
"""Makes a token of a match, or None where what stands around it says that it is none."""
