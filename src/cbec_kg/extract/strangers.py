"""Whether a figure that takes its indicator from the text before has a subject of its own that no vocabulary names.

>>> from cbec_kg.extract.document import Document
>>> from cbec_kg.extract.mentions import default_finder
>>> from cbec_kg.extract.scan import scan
>>> from cbec_kg.extract.senses import Senses
>>> finder = default_finder()
>>> def asked(text, lang="en"):
...     scanned = scan(Document.of(text, lang), finder)[0]
...     at = next(at for at, item in enumerate(scanned.items) if item.amount)
...     return is_strange(scanned, at, Senses(finder.lexicon))
>>> asked("Unemployment reached 5.5 percent."), asked("It reached 5.5 percent."), asked("The figure rose by 3 percent.")
(True, False, False)
>>> asked("空置率为5.5%。", "zh"), asked("规模达到500亿元。", "zh")
(True, False)
"""

import re
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from cbec_kg.extract.scan import Item, Scanned
from cbec_kg.extract.senses import Senses
from cbec_kg.extract.words import any_word, read_toml

__all__ = ["is_strange"]

_KNOWN, _THING, _VERB, _TIME = "@", "!", "^", "#"
_TOKEN = re.compile(rf"[{_KNOWN}{_THING}{_VERB}{_TIME}]|[a-z]+")
_VERBAL = re.compile(r"[a-z]{2,}(?:ed|ing|ly)")
_NUMBER_OF = re.compile(rf"\bnumber of\s+(?:[a-z]+\s+)*[{_KNOWN}{_THING}]")
"""How many there are of something that has no indicator for it."""
_ENOUGH = 2
"""So many Chinese characters make a word."""


class _English(NamedTuple):
    verbs: frozenset[str]
    said: frozenset[str]
    again: frozenset[str]
    passed: frozenset[str]


@cache
def _english() -> _English:
    table = {name: frozenset(words.split()) for name, words in read_toml("anaphora.toml")["en"].items()}
    return _English(table["verbs"], table["said"], table["again"], table["again"] | table["stop"])


@cache
def _chinese() -> re.Pattern[str]:
    table = read_toml("anaphora.toml")["zh"]
    return re.compile(any_word([*table["again"], *table["stop"]]))


def is_strange(scanned: Scanned, at: int, senses: Senses) -> bool:
    """Whether the words before a figure, an item of the sentence, speak of something that is no term.

    They are read from the start of its clause, in English from that of the clause before where its own has no subject.
    """
    start = scanned.clause_span(scanned.items[at].start)[0]
    words = _marked(scanned, start, scanned.items[at].start, senses)
    if scanned.document.lang == "zh":
        rest = _chinese().sub("", words)
        return _THING in rest or len(re.findall(r"[\u3400-\u9fff]", rest)) >= _ENOUGH
    if _NUMBER_OF.search(words):
        return True
    tokens = _after_said(_TOKEN.findall(words))
    if any(map(_is_word, _nouns(tokens))):
        return True
    if start > scanned.sentence.body and not any(token == _KNOWN or token in _english().again for token in tokens):
        before = _marked(scanned, scanned.clause_span(start - 1)[0], start, senses)
        return any(map(_is_word, _nouns(_subject(_after_said(_TOKEN.findall(before))))))
    return False


def _marked(scanned: Scanned, start: int, end: int, senses: Senses) -> str:
    """The words between two offsets with a sign for each item: a known thing, another thing, a verb, a time."""
    out, place = [], start
    for item in scanned.items:
        if item.start >= end or item.start < place:
            continue
        out += [scanned.between(place, item.start), f" {_sign(scanned, item, senses)} "]
        place = item.end
    return "".join([*out, scanned.between(place, end)]) if place < end else "".join(out)


def _sign(scanned: Scanned, item: Item, senses: Senses) -> str:
    if item.mention is None:
        return _TIME
    if not item.terms:
        return _VERB
    sense = senses.of(item.terms, item.cues, scanned.between(item.start, item.end))
    known = (
        sense.topic, sense.indicators, sense.flow, sense.sectors, sense.place, sense.actor, sense.speakers,
        sense.groups,
    )  # fmt: skip
    return _KNOWN if any(known) else _THING


def _after_said(tokens: list[str]) -> list[str]:
    """Words behind the last verb of saying."""
    last = max((at for at, token in enumerate(tokens) if token in _english().said), default=-1)
    return tokens[last + 1 :]


def _subject(tokens: list[str]) -> list[str]:
    """Words before the first verb."""
    first = (at for at, token in enumerate(tokens) if token == _VERB or token in _english().verbs or _past(token))
    return tokens[: next(first, len(tokens))]


def _past(token: str) -> bool:
    return token.endswith("ed") and token not in _english().passed


def _nouns(tokens: list[str]) -> list[str]:
    """Words that may name a thing: "shipping" is one where a verb follows."""
    table = _english()
    return [
        token
        for token, follows in pairwise([*tokens, ""])
        if token not in table.verbs | table.passed
        and token not in (_KNOWN, _VERB, _TIME)
        and not (_VERBAL.fullmatch(token) and not (token.endswith("ing") and follows == _VERB))
    ]


def _is_word(token: str) -> bool:
    return token == _THING or len(token) > 1
