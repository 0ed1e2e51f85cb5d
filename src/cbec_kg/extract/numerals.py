"""The ledger: every numeral of a text is a claim, part of one, no fact (with the reason), set aside, or unread.

>>> lines = ledger("Up 9.8% to 2 trillion yuan in 2022; see No. 7", [(3, 7), (11, 26)], [], [(31, 35, "a date")], [])
>>> [(one.text, one.status, one.reason) for one in lines]
[('9.8', 'claim', None), ('2', 'claim', None), ('2022', 'not-a-fact', 'a date'), ('7', 'unread', 'no rule read it')]
"""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from cbec_kg.normalise.patterns import plain

__all__ = ["LedgerLine", "ledger", "ledger_json"]

_DIGITS = re.compile(r"\d+(?:[.,:/]\d+)*")
_WORDY = re.compile(r"[^\W\d_]")
_IN_NAME = re.compile(r"[A-Za-z]-?\d|\d-?[A-Za-z]")
Span = tuple[int, int]
Reasoned = tuple[int, int, str]


class LedgerLine(NamedTuple):
    """Code points ``start`` to ``end`` (exclusive) with their ``text``; ``status`` is claim, part-of, not-a-fact,
    set-aside or unread; ``reason`` says why it is no claim."""

    start: int
    end: int
    text: str
    status: str
    reason: str | None


def ledger(
    text: str,
    claims: Iterable[Span],
    parts: Iterable[Span],
    none: Iterable[Reasoned],
    unread: Iterable[Reasoned],
    aside: Iterable[Reasoned] = (),
) -> list[LedgerLine]:
    """A line for every numeral of a text, from left to right.

    Digits are numerals wherever they stand; a numeral in words is one where a figure was found in it.
    """  # fmt: skip
    spans: list[tuple[int, int, str, str | None]] = [
        *((start, end, "claim", None) for start, end in claims),
        *((start, end, "part-of", None) for start, end in parts),
        *((start, end, "set-aside", reason) for start, end, reason in aside),
        *((start, end, "unread", reason) for start, end, reason in unread),
        *((start, end, "not-a-fact", reason) for start, end, reason in none),
    ]
    order = {"claim": 0, "part-of": 1, "set-aside": 2, "unread": 3, "not-a-fact": 4}
    spans.sort(key=lambda span: (span[0], order[span[2]]))
    starts = [span[0] for span in spans]
    out: list[LedgerLine] = []
    folded = plain(text)
    covered: set[int] = set()
    for match in _DIGITS.finditer(folded):
        found = _holding(spans, starts, match.start(), match.end())
        if found is None:
            named = _IN_NAME.search(folded, max(0, match.start() - 2), match.end() + 2)
            said = ("not-a-fact", "part of a name") if named else ("unread", "no rule read it")
            out.append(LedgerLine(*match.span(), text[slice(*match.span())], *said))
            continue
        covered.add(found)
        out.append(LedgerLine(*match.span(), text[slice(*match.span())], spans[found][2], spans[found][3]))
    for index, (start, end, status, reason) in enumerate(spans):
        if (
            index not in covered
            and not any(char.isdigit() for char in folded[start:end])
            and _WORDY.search(text, start, end)
        ):
            out.append(LedgerLine(start, end, text[start:end], status, reason))
    return sorted(set(out), key=lambda line: (line.start, line.end, order[line.status]))


def _holding(spans: Sequence[tuple[int, int, str, str | None]], starts: list[int], start: int, end: int) -> int | None:
    """Index of the best span that holds a numeral: of several the one that ranks first."""
    best: int | None = None
    index = bisect_right(starts, start) - 1
    order = ("claim", "part-of", "set-aside", "unread", "not-a-fact")
    steps = 0
    while index >= 0 and steps < 24:
        held = spans[index]
        inside = held[0] <= start < held[1] or held[0] < end <= held[1]
        if inside and (best is None or order.index(held[2]) < order.index(spans[best][2])):
            best = index
        index -= 1
        steps += 1
    if best is None:  # the numeral begins before a span that starts within it, as 2 does in 2-day
        after = bisect_right(starts, start)
        if after < len(spans) and spans[after][0] < end:
            best = after
    return best


def ledger_json(article: str, line: LedgerLine) -> str:
    """A ledger line as one line of JSON."""
    out = {"type": "numeral", "article": article, "start": line.start, "end": line.end, "text": line.text,
           "status": line.status, "reason": line.reason}  # fmt: skip
    return json.dumps(out, ensure_ascii=False)
