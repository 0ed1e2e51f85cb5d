"""Why an answer has its type: the smallest set of claims without which it would have another.

>>> from cbec_kg.answer.answering import answer_from
>>> why(Ledger(), Indicators(), answer_from(Ledger(), Question("i"), Indicators())).claims
()
"""

from dataclasses import dataclass
from itertools import combinations

from cbec_kg.answer.answering import type_of
from cbec_kg.answer.indicators import Indicators
from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer

__all__ = ["MOST", "Why", "why"]

MOST = 400
"""So many sets of claims are tried at most; each costs an answer."""


@dataclass(frozen=True, slots=True)
class Why:
    """``claims`` whose removal makes the type ``becomes``; empty where no removal does.

    ``proven`` is false where not every smaller set was tried, so that a smaller one may exist; ``tried`` counts sets.
    """

    claims: tuple[str, ...]
    becomes: str | None
    proven: bool
    tried: int


def why(ledger: Ledger, indicators: Indicators, found: Answer) -> Why:
    """Try sets of the claims that matter, the smaller first and each in the order of digests.

    ``ledger`` is that which the answer was found in. The claims that matter are those that the answer and its checks
    rest on, and those that it takes for replaced.
    """
    question = found.settled
    known = ledger.known_on(question.as_of) if question.as_of else ledger
    matter = sorted(_matter(found))
    tried = 0
    for size in range(1, len(matter) + 1):
        for some in combinations(matter, size):
            if tried == MOST:
                return _large(known, question, indicators, found, matter, tried)
            tried += 1
            becomes = type_of(known.without(some), question, indicators)
            if becomes != found.type:
                return Why(some, becomes, True, tried)
    return Why((), None, True, tried)


def _matter(found: Answer) -> set[str]:
    figures = {figure.digest for figure in found.rests_on}
    figures |= {figure.digest for check in found.checks for figure in check.claims}
    figures |= {figure.digest for figure in found.revised_from}
    return figures


def _large(
    ledger: Ledger, question: Question, indicators: Indicators, found: Answer, matter: list[str], tried: int
) -> Why:
    """A set that does it, found by leaving claims out of all of them one by one: minimal, not proven smallest."""
    some = list(matter)
    becomes = type_of(ledger.without(some), question, indicators)
    if becomes == found.type:
        return Why((), None, False, tried)
    for digest in matter:
        fewer = [one for one in some if one != digest]
        changed = type_of(ledger.without(fewer), question, indicators)
        if changed != found.type:
            some, becomes = fewer, changed
    return Why(tuple(some), becomes, False, tried)
