"""Why an answer has its type: the smallest set of claims without which it would have another.

>>> from cbec_kg.answer.answering import answer_from
>>> why(Ledger(), Indicators(), answer_from(Ledger(), Question("i"), Indicators()))
Why(claims=(), becomes=None, proven=False, tried=0, among=0)
"""

from dataclasses import dataclass
from itertools import combinations

from cbec_kg.answer.answering import type_of
from cbec_kg.answer.indicators import Indicators
from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.question import Question
from cbec_kg.answer.result import Answer

__all__ = ["MOST", "WORK", "Why", "why"]

MOST = 400
"""So many sets of claims are tried at most while the smaller are tried first; each costs an answer."""
WORK = 36_000
"""So much work is done at most: an answer costs one for each claim that is read, and, as the claims of a point are held
against each other, a tenth of the square of those that matter. It is counted, not timed, so that the same question
always has the same reason; on one core of 2020 it takes less than a second."""


@dataclass(frozen=True, slots=True)
class Why:
    """``claims`` whose removal makes the type ``becomes``; empty where no removal that was tried does.

    ``among`` counts the claims that were tried at all, ``tried`` the sets of them. ``proven`` is whether every smaller
    set of these was tried; where it is false, or among other claims, a smaller one may exist.
    """

    claims: tuple[str, ...]
    becomes: str | None
    proven: bool
    tried: int
    among: int


def why(ledger: Ledger, indicators: Indicators, found: Answer) -> Why:
    """Try sets of the claims that matter, the smaller first and each in the order of digests.

    ``ledger`` is that which the answer was found in. The claims that matter are those that the answer and its checks
    rest on, and those that it takes for replaced; where there are none, nothing is tried.
    """
    question = found.settled
    known = ledger.known_on(question.as_of) if question.as_of else ledger
    trial = _Trial(known, question, indicators, found.type, sorted(_matter(found)))
    matter = trial.matter
    for size in range(1, len(matter) + 1):
        for some in combinations(matter, size):
            if trial.tried >= min(MOST, trial.most * 2 // 3):
                return _large(trial)
            becomes = trial(some)
            if becomes is not None:
                return Why(some, becomes, True, trial.tried, len(matter))
    return Why((), None, bool(matter), trial.tried, len(matter))


def _matter(found: Answer) -> set[str]:
    figures = {figure.digest for figure in found.rests_on}
    figures |= {figure.digest for check in found.checks for figure in check.claims}
    figures |= {figure.digest for figure in found.revised_from}
    return figures


class _Trial:
    """Answers without some claims, counted; ``most`` is how many answers the work allows, two at least."""

    def __init__(
        self, ledger: Ledger, question: Question, indicators: Indicators, kind: str, matter: list[str]
    ) -> None:
        self.ledger, self.question, self.indicators, self.kind, self.matter = (
            ledger, question, indicators, kind, matter,
        )  # fmt: skip
        self.most = max(2, WORK // (len(ledger.claims) + len(matter) ** 2 // 10 + 1))
        self.tried = 0

    def __call__(self, some: tuple[str, ...]) -> str | None:
        """The type without these claims; None where it is the same."""
        self.tried += 1
        becomes = type_of(self.ledger.without(some), self.question, self.indicators)
        return None if becomes == self.kind else becomes


def _large(trial: _Trial) -> Why:
    """A set that does it, found by giving claims back to all of them: halves, quarters, and at last single ones.

    Where the work allows it no claim of the set could be left out; that it is the smallest is not proven.
    """
    some = tuple(trial.matter)
    becomes = trial(some)
    if becomes is None:
        return Why((), None, False, trial.tried, len(trial.matter))
    size = len(some) // 2
    while size:
        start = 0
        while start < len(some) and trial.tried < trial.most:
            fewer = some[:start] + some[start + size :]
            changed = trial(fewer) if fewer else None
            if changed is None:
                start += size
            else:
                some, becomes = fewer, changed
        size //= 2
    return Why(some, becomes, False, trial.tried, len(trial.matter))
