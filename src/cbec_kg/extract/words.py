"""Words of the tables of statements: reading the tables, alternations, the forms of English verbs.

>>> verb_forms("reduce"), verb_forms("carry")[1:3], verb_forms("drive drives drove driven driving")[3]
(('reduce', 'reduces', 'reduced', 'reduced', 'reducing'), ('carries', 'carried'), 'driven')
>>> any_word(["up", "up by"])
'up by|up'
"""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["any_word", "cased", "read_toml", "verb_forms"]

_FORMS = 5


def any_word(words: Iterable[str]) -> str:
    """Alternation of words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(set(words), key=lambda w: (-len(w), w)))


@cache
def read_toml(name: str) -> dict[str, Any]:
    """A table of the package."""
    return tomllib.loads(resources.files("cbec_kg.extract").joinpath(name).read_text("utf-8"))


def verb_forms(entry: str) -> tuple[str, str, str, str, str]:
    """Base, third person, past, participle and -ing form of a verb.

    ``entry`` is the base ("launch", "shore up"), or all five forms, with what follows the last of them ("roll rolls
    rolled rolled rolling out").
    """
    parts = entry.split()
    if len(parts) >= _FORMS:
        more = "".join(f" {word}" for word in parts[_FORMS:])
        base, third, past, participle, ing = parts[:_FORMS]
        return base + more, third + more, past + more, participle + more, ing + more
    base, more = parts[0], "".join(f" {word}" for word in parts[1:])
    stem = base[:-1] if base.endswith("e") else base
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        third, past = base[:-1] + "ies", base[:-1] + "ied"
    else:
        third = base + ("es" if base.endswith(("s", "x", "ch", "sh", "z")) else "s")
        past = stem + "ed"
    return base + more, third + more, past + more, past + more, stem + "ing" + more


_NOUNS = frozenset(
    {
        "benefits",
        "increases",
        "supports",
        "powers",
        "impacts",
        "causes",
        "limits",
        "cuts",
        "forms",
        "targets",
        "uses",
        "hosts",
        "runs",
    }
)
"""Third persons that are nouns as often."""


@cache
def _marks() -> dict[str, str]:
    """English words that no noun phrase runs across, as `cased` writes them."""
    table = read_toml("phrases.toml")["en"]
    closers = set(table["closer"].split())
    third = (
        verb_forms(verb)[1]
        for name in ("causes.toml", "relations.toml")
        for group in read_toml(name)["verbs"].values()
        for verb in group["en"]
    )
    verbs = {word: word.upper() for word in third if " " not in word and word not in _NOUNS}
    return verbs | {word: word.capitalize() if word in closers else word.upper() for word in table["stop"].split()}


_WORD = re.compile(r"[a-z]+")
_PART = re.compile(r"\{[^}]*\}|\(\?P<[a-z]+>|\\[a-zA-Z]|[a-z]+")


def cased(text: str, *, template: bool = False) -> str:
    """English text in which a word that ends a noun phrase begins with a capital, and a verb has only capitals.

    So a pattern knows those words by one character, and not by a list of them. In a ``template`` what is no word stays.

    >>> cased("exports of goods have grown"), cased("(?P<v>of|growth) {of}", template=True)
    ('exports Of goods HAVE grown', '(?P<v>Of|growth) {of}')
    """
    marks = _marks()
    return (_PART if template else _WORD).sub(lambda match: marks.get(match[0], match[0]), text)
