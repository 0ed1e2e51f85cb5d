"""Words of a question that name nothing: what is asked for, how it is limited, why no figure answers it.

The table is ``words.toml``. ``strong`` phrases are looked for before names are; the others only in what names and
periods leave.

>>> table = phrases("en")
>>> [(one.kind, one.code) for one in table.strong("why did it grow by customs' retail measure")]
[('refused', 'cause'), ('scope', 'gac-retail')]
>>> table.weak("how much did it grow"), table.left("how much quinoa did Xu buy?")  # doctest: +NORMALIZE_WHITESPACE
([Phrase(start=0, end=8, kind='asks', code='amount'), Phrase(start=16, end=20, kind='asks', code='growth')],
 [(9, 15), (20, 22), (23, 26)])
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from cbec_kg.extract.document import matching
from cbec_kg.ontology.lexicon import Lexicon

__all__ = ["Phrase", "Phrases", "company", "contributions", "narrowing", "phrases", "starts_of_own", "wording"]


class Phrase(NamedTuple):
    """Code points ``start`` to ``end`` (exclusive); ``kind`` is refused, scope, status, bilateral, group, short, unit,
    asks, beside or stop."""

    start: int
    end: int
    kind: str
    code: str


_STRONG = frozenset({"points", "contribution", "known", "latest", "minus", "other"})
_WEAK = frozenset({"asks", "unit", "beside", "stop"})
_BARE = re.compile(r"(?:[.,](?![0-9])|[\s;:?!()\"'，。；：、？！（）“”‘’《》…—~\u3000])+")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(resources.files("cbec_kg.ask").joinpath("words.toml").read_text("utf-8"))


def wording(group: str) -> dict[str, tuple[str, ...]]:
    """Texts of a group of the table (parts, measures, assumed, told, reasons), English first."""
    return {name: tuple(texts) for name, texts in _table()[group].items()}


def company(lang: str) -> dict[str, list[dict[str, Any]]]:
    """Rules of the words that mean something else elsewhere: before, after, beside, partner, measure, joins."""
    rules = _table()["beside"][lang].items()
    return {matching(word): rule if isinstance(rule, list) else [rule] for word, rule in rules}


def contributions() -> dict[str, str]:
    """What the growth is of that an indicator gives a part in."""
    return dict(_table()["contributions"])


def narrowing(lang: str) -> dict[str, tuple[str, ...]]:
    """Words that narrow a name, each with the words of a label that say the same."""
    return {word: tuple(held) for word, held in _table()["narrow"][lang].items()}


def starts_of_own() -> tuple[str, ...]:
    """Beginnings of the codes of indicators that are somebody's own, and no country's."""
    return tuple(_table()["own"]["prefixes"])


def _entries(lang: str) -> Iterator[tuple[str, str, str]]:
    """Word, kind and code of every phrase of a language."""
    table = _table()
    for kind in ("refused", "scope", "status", "unit", "asks"):
        for code, words in table[kind].items():
            for word in words[lang]:
                yield matching(word), kind, code
    for word, code in table["short"][lang].items():
        yield matching(word), "short", code
    if lang == "zh":
        for word, code in table["bilateral"].items():
            yield word, "bilateral", code
    for word in table["beside"][lang]:
        yield matching(word), "beside", ""
    for word in table["stop"][lang]:
        yield matching(word), "stop", ""


def _any(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, the longest first; one that begins or ends in a Latin letter is no part of a longer word."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(_whole, ordered)))


def _whole(word: str) -> str:
    before = "(?<![a-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    return before + re.escape(word) + ("(?![a-z0-9])" if word[-1].isascii() else "")


class Phrases:
    """Phrases of a language; a text is given as `matching` makes it."""

    def __init__(self, lang: str, groups: Iterable[tuple[str, str]] = ()) -> None:
        entries = [*_entries(lang), *((matching(name), "group", code) for name, code in groups)]
        strong = [one for one in entries if one[1] not in _WEAK or one[2] in _STRONG]
        weak = [one for one in entries if one[1] in _WEAK]
        self._means: dict[str, tuple[str, str]] = {}
        for word, kind, code in reversed([*strong, *weak]):  # a strong meaning comes before a weak one
            self._means[word] = (kind, code)
        self._strong, self._weak = _any(word for word, _, _ in strong), _any(word for word, _, _ in weak)

    def strong(self, folded: str) -> list[Phrase]:
        """Phrases that are looked for before names are."""
        return list(self._found(self._strong, folded))

    def weak(self, folded: str) -> list[Phrase]:
        """Phrases of what names and periods leave, words without meaning left out."""
        return [one for one in self._found(self._weak, folded) if one.kind != "stop"]

    def left(self, folded: str) -> list[tuple[int, int]]:
        """Spans of the words that no phrase accounts for, marks left out."""
        mask = list(folded)
        for one in self._found(self._weak, folded):
            mask[one.start : one.end] = " " * (one.end - one.start)
        rest = _BARE.sub(lambda found: " " * len(found[0]), "".join(mask))
        return [found.span() for found in re.finditer(r"\S+", rest)]

    def _found(self, pattern: re.Pattern[str], folded: str) -> Iterator[Phrase]:
        for found in pattern.finditer(folded):
            yield Phrase(found.start(), found.end(), *self._means[found[0]])


@cache
def phrases(lang: str, lexicon: Lexicon | None = None) -> Phrases:
    """Phrases of English (``en``) or Chinese (``zh``), with the groups within which a lexicon's indicators rank."""
    names = lexicon.names[lang] if lexicon else ()
    entries = lexicon.entries if lexicon else {}
    return Phrases(lang, [(name, code) for name, code in names if entries[code].kind == "ComparisonGroup"])
