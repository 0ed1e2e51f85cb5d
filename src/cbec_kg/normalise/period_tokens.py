"""Words of time in a text, one by one: years, parts of years, deictic phrases, spans.

What stands side by side ("July" and "2024") is put together by `periods`.

>>> [(token.text, token.first.part or token.first.year) for token in tokens("In March 2024, over 2,022 items")]
[('march', '03'), ('2024', 2024)]
>>> [token.first.form or token.first.part for token in tokens("前三季度，近五年")]
['01/09', 'past']
"""

from collections.abc import Iterator

from cbec_kg.normalise.period_match import Found, Token
from cbec_kg.normalise.period_parts import PARTS
from cbec_kg.normalise.period_patterns import token_pattern
from cbec_kg.normalise.period_spans import SPANS
from cbec_kg.normalise.period_words import simple
from cbec_kg.normalise.period_years import YEARS

__all__ = ["Token", "tokens"]

_READERS = {**YEARS, **PARTS, **SPANS}


def tokens(text: str) -> Iterator[Token]:
    """Tokens of a text from left to right, none overlapping; offsets are of the text as given."""
    plain, pattern, at = simple(text), token_pattern(), 0
    while match := pattern.search(plain, at):
        name = match.lastgroup or ""
        kind = name.removesuffix("_")
        token = _READERS[kind](Found(match, text, name[len(kind) :]))
        if token:
            yield token
        at = token.end if token else match.start() + 1
