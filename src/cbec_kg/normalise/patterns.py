"""Regular expressions of figures, built from the tables of words.

>>> from cbec_kg.normalise.words import default_words
>>> bool(compiled(default_words()).running.search("worth 2.11 trillion yuan"))
True
>>> plain("９.８％ of\\u00a0all 萬億")
'9.8% of all 万亿'
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from cbec_kg.normalise.script import simplified_twins
from cbec_kg.normalise.words import Words

__all__ = ["Patterns", "compiled", "even_spaces", "lowered", "plain"]

_SPACES = "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_EVEN = str.maketrans(dict.fromkeys(_SPACES, " "))
_ONE_TO_ONE = str.maketrans(
    {
        **dict.fromkeys(_SPACES, " "),
        **{
            chr(code): chr(code - 0xFEE0)
            for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
        },
        **dict(zip("％．＋－＄￥−‑", "%.+-$¥--", strict=True)),
        **simplified_twins(),
    }
)
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
_NOT_INSIDE = r"(?<![a-z0-9_])(?<!\d[.,])(?<![a-z]-)"
_STOP = r"(?![a-z0-9_])(?!\.\d)(?!,\d{3}(?!\d))"


class Patterns(NamedTuple):
    """``running`` finds figures in a lowered text; ``picked`` reads more in a span that was picked out as a figure."""

    running: re.Pattern[str]
    picked: re.Pattern[str]


def even_spaces(text: str) -> str:
    """The text with non-breaking and other odd spaces as spaces; offsets stay."""
    return text.translate(_EVEN)


def plain(text: str) -> str:
    """The text with plain spaces, narrow characters and simplified ones, one for one: offsets stay."""
    return text.translate(_ONE_TO_ONE)


def lowered(text: str) -> str:
    """The text in lower case, but for a capital that has two small letters: offsets stay."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char if len(char.lower()) > 1 else char.lower() for char in text)


def _any(words: Iterable[str], *, open_end: bool = False) -> str:
    """One of the words, the longest first; a space is a space or a hyphen; a Latin word ends where its letters end."""
    return "|".join(
        re.escape(word).replace(r"\ ", r"[\s-]") + ("" if open_end or not _LATIN_END.search(word) else "(?![a-z])")
        for word in sorted(map(str.lower, words), key=lambda word: (-len(word), word))
    )


_LATIN_END = re.compile("[a-z]$")


@lru_cache(maxsize=16)
def compiled(words: Words) -> Patterns:
    """Patterns of a table of words."""
    return Patterns(_build(words, picked=False), _build(words, picked=True))


def _build(words: Words, *, picked: bool) -> re.Pattern[str]:
    """All kinds of figures, each in a group of its own; of two that begin at one place the earlier kind is taken."""
    han, latin = "".join((*words.han, *words.han_scales)), _latin(words)
    figures = _any(word for word, figure in words.figures.items() if figure.running or picked)
    scale = _any(words.latin_scales)
    rank = rf"第(?P<han_rank>\d+|[{han}]+)" + ("[位名大]?" if picked else "[位名大]")
    alternatives = (
        rf"(?P<word>(?!half[\s-]an?[\s-](?:{scale}))(?:{figures}))",
        rf"(?P<fraction>(?P<parts>{_DIGITS}|{latin}|an?)[\s-](?P<of>{_any(words.denominators)}))",
        rf"(?P<han_fraction>(?P<han_of>[{han}]+)分之(?P<han_parts>{_DIGITS}|[{han}点]+))",
        rf"(?P<ordinal>(?P<rank>\d+)(?:st|nd|rd|th)(?![a-z])|no\.\s?(?P<number_rank>\d+){_STOP}|{rank}"
        rf"|(?P<word_rank>{_any(words.ordinals)}))",
        rf"(?P<quantity>{_quantity(words, latin, scale)})",
    )
    return re.compile(f"{_NOT_INSIDE}(?:{'|'.join(alternatives)})")


def _latin(words: Words) -> str:
    """English number words below a thousand, and "half a" before a power of ten."""
    unit, teen, ten = (_any(table, open_end=True) for table in (words.units, words.teens, words.tens))
    scale = _any(words.latin_scales)
    small = rf"(?:(?:{ten})(?:[\s-](?:{unit}))?|{teen}|{unit})"
    hundreds = rf"(?:{small}|an?)\s+hundred(?:\s+(?:and\s+)?{small})?"
    return rf"(?:{hundreds}|{small}(?:\s+and\s+a\s+half)?|half[\s-]an?(?=[\s-](?:{scale}))|an?(?=\s(?:{scale})))"


def _quantity(words: Words, latin: str, scale: str) -> str:
    """Sign, unit, number with powers of ten, and unit or ratio word; at least the number."""
    numerals, scales = "".join(words.han), "".join(words.han_scales)
    inner = "".join(word for word in words.approximate if len(word) == 1 and not word.isascii())
    closing = "".join(word for word, power in words.han_scales.items() if power >= 4)
    han = (
        rf"(?:{_DIGITS}(?:\s?[{inner}]?[{closing}]|[{inner}]?[{scales}])|[{numerals}]"
        rf"|(?<![数几好成{scales}\d])[{scales}])"
        rf"(?:[{inner}]?[{numerals}{scales}]|点(?=[{numerals}])|\d+(?:\.\d+)?(?=[{scales}]))*"
    )
    powers = rf"(?:[\s-]?(?:{scale}))*"
    return (
        r"(?P<sign>(?<![\w%)])[-+]|(?<![a-z])(?:minus|plus)\s|负)?"
        rf"(?:(?P<before>{_any(words.before, open_end=True)})\s?)?"
        rf"(?:(?P<han>{han})|(?P<digits>{_DIGITS})(?P<powers>{powers})|(?P<latin>{latin})(?P<word_powers>{powers}))"
        rf"(?P<approximate>{_any(words.approximate)})?"
        rf"(?:[\s-]?(?:(?P<after>{_any(words.after)})|(?P<times>{_any(words.times)})|(?P<fold>{_any(words.fold)}))"
        r"(?P<tail>(?<=[成倍])半|(?<=成)[一二三四五六七八九])?"
        rf"|{_STOP})"
    )
