"""Names that a person may have meant.

>>> did_you_mean("platfrom", ["platform", "period"])
'did you mean platform?'
>>> did_you_mean("zzz", ["platform", "period"])
'there are platform, period'
"""

import difflib
from collections.abc import Sequence

__all__ = ["did_you_mean", "listed", "nearest"]

_SHOWN = 8
# Characters of one line of an error; some things have names as long as a sentence.
_ROOM = 400
# Longer than any name; what strangers send may be much longer, and the search for what is near takes its time.
_LONGEST = 200


def nearest(word: str, names: Sequence[str], count: int = 3) -> list[str]:
    """Up to ``count`` of ``names`` that are spelled much like ``word``, best first.

    >>> nearest("programs", ["platforms/programmes", "trade/totals"])
    ['platforms/programmes']
    """
    wanted = word[:_LONGEST].casefold()
    known = {name.casefold(): name for name in reversed(names)}
    close = difflib.get_close_matches(wanted, known, n=count, cutoff=0.6)
    tails = {name.rpartition("/")[2]: name for name in known if "/" in name}
    close += [tails[tail] for tail in difflib.get_close_matches(wanted.rpartition("/")[2], tails, n=count, cutoff=0.6)]
    return [known[name] for name in dict.fromkeys(close)][:count]


def did_you_mean(word: str, names: Sequence[str]) -> str:
    """The fix of an error about an unknown name: the nearest ones, else those that it is a part of, else all."""
    close = nearest(word, names)
    within = [name for name in names if word.casefold() in name.casefold()]
    return f"did you mean {' or '.join(close)}?" if close else listed(within or names)


def listed(names: Sequence[str]) -> str:
    """What exists, in a few words.

    >>> listed([]), listed([str(number) for number in range(10)])
    ('there are none', 'there are 0, 1, 2, 3, 4, 5, 6, 7 and 2 more')
    >>> len(listed(["a long name " * 20] * 10)) < 500
    True
    """
    if not names:
        return "there are none"
    shown = list(names[:_SHOWN])
    while len(shown) > 1 and len(", ".join(shown)) > _ROOM:
        shown.pop()
    rest = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return f"there are {', '.join(shown)}{rest}"
