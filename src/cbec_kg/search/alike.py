"""How many slips of typing a text of some length may have, and what is within them.

A slip is a letter too many, too few, another, or two letters swapped. A short text has little room for one: "Temu" and
"Tema" are two names, and so are two Chinese ones of three characters. Digits are never slips: 5G is not 6G.

>>> nearest("hangzou", ["hangzhou", "changzhou", "ningbo"])
[('hangzhou', 1)]
>>> nearest("temu", ["tema"]), nearest("阿里巴吧", ["阿里巴巴"]), nearest("g100plan", ["g200plan"])
([], [('阿里巴巴', 1)], [])
"""

import re
from collections.abc import Sequence

from cbec_kg.query.fold import is_chinese

__all__ = ["nearest", "slips"]

_ALLOWED = ((5, 1), (8, 2), (13, 3))
_ALLOWED_CHINESE = ((4, 1), (8, 2))
_LONGEST = 200
"""Longer texts are no names."""
_FEWEST = 4
"""A text of so few letters may lack one, or have two swapped."""
_SURE = 8
"""From so many letters on the first one may be a slip too."""
_DIGITS = re.compile("[0-9]+")


def slips(text: str) -> int:
    """How many slips it may have."""
    table = _ALLOWED_CHINESE if is_chinese(text) else _ALLOWED
    return max((count for least, count in table if len(text) >= least), default=0)


def nearest(text: str, names: Sequence[str]) -> list[tuple[str, int]]:
    """Those of ``names`` that differ from ``text`` by the fewest slips, if these are allowed, and their number.

    Names and text are folded; a name that stands there twice comes back twice.
    """
    if not _FEWEST <= len(text) <= _LONGEST:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    short = slips(text) == 0
    if short and is_chinese(text):
        return []
    digits = _DIGITS.findall(text)
    found = process.extract(text, names, scorer=OSA.distance, score_cutoff=slips(text) or 1, limit=None)
    close = [
        (name, int(distance))
        for name, distance, _ in found
        if _begin_alike(text, name)
        and _DIGITS.findall(name) == digits
        and (sorted(name) == sorted(text) or len(name) > len(text) if short else distance <= max(slips(name), 1))
    ]
    least = min((distance for _, distance in close), default=0)
    return [(name, distance) for name, distance in close if distance == least]


def _begin_alike(text: str, name: str) -> bool:
    """Whether both begin with the same letter, or with the same two swapped; a long text may differ there."""
    if len(text) >= _SURE and not is_chinese(text):
        return True
    return text[0] == name[0] or text[:2] == name[1::-1]
