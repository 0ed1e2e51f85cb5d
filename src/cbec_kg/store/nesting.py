"""Whether a query's text is longer, or nested more deeply, than a parser survives; asked before it is parsed.

Oxigraph's parser goes down one level of the stack with each bracket that opens. With the stack of a reader 10,000
braces and 3,000 nested calls come back, three times as many end the process; what people write has some ten levels.
Texts, IRIs and comments hold brackets that do not count.

>>> refuse_hostile('SELECT * { ?s rdfs:label "{{{" }  # {{{')
>>> refuse_hostile("SELECT * " + "{" * 600 + "}" * 600)
Traceback (most recent call last):
    ...
cbec_kg.store.nesting.TooDeep: the query has more than 500 brackets within each other: take some of its levels
"""

import re

from cbec_kg.errors import QueryError

__all__ = ["DEEPEST", "LONGEST", "MOST_BRACKETS", "MOST_GROUPS", "TooDeep", "TooLong", "refuse_hostile", "refuse_long"]

LONGEST = 1 << 20
"""Bytes of a query's text."""
DEEPEST = 500
"""Brackets within each other."""
MOST_GROUPS = 10_000
"""Braces that open, wherever: each is a step down when a plan is made of a chain of UNION or MINUS."""
MOST_BRACKETS = 200_000

# A string that does not end takes the rest of its line, or of the text: so each character is looked at once.
_TOKEN = re.compile(
    r"""
    \#[^\n\r]*+
    | \"{3}(?:[^"\\]++|\\.|"{1,2}(?!"))*+(?:\"{3})?+
    | '{3}(?:[^'\\]++|\\.|'{1,2}(?!'))*+(?:'{3})?+
    | "(?:[^"\\\n\r]++|\\.)*+"?+
    | '(?:[^'\\\n\r]++|\\.)*+'?+
    | <[^<>"{}|^`\\\x00-\x20]*+>
    | \\.
    | (?P<open>[{(\[]|<<)
    | (?P<close>[})\]]|>>)
    """,
    re.VERBOSE | re.DOTALL,
)


class TooLong(QueryError):
    """A text over `LONGEST`."""

    http_status = 413


class TooDeep(QueryError):
    """A text with too many brackets within each other, or too many groups."""


def refuse_long(size: int, most: int = LONGEST) -> None:
    """Raise `TooLong` for a text of more than so many bytes."""
    if size > most:
        raise TooLong(
            f"the query has more than {most:,} bytes", fix="ask in parts, or load the values it lists into a graph"
        )


def refuse_hostile(sparql: str, *, longest: int = LONGEST) -> None:
    """Raise `TooLong` or `TooDeep` for a text that is not to be parsed; time grows as the text does."""
    refuse_long(len(sparql) if sparql.isascii() else len(sparql.encode("utf-8", "surrogatepass")), longest)
    depth = groups = brackets = 0
    for found in _TOKEN.finditer(sparql):
        if found.lastgroup == "open":
            depth += 1
            brackets += 1
            groups += found[0] == "{"
            if depth > DEEPEST:
                raise TooDeep(
                    f"the query has more than {DEEPEST} brackets within each other", fix="take some of its levels"
                )
            if groups > MOST_GROUPS:
                raise TooDeep(f"the query has more than {MOST_GROUPS:,} groups in braces", fix="ask in parts")
            if brackets > MOST_BRACKETS:
                raise TooDeep(f"the query has more than {MOST_BRACKETS:,} brackets", fix="ask in parts")
        elif found.lastgroup == "close":
            if not depth:
                return  # no query, as the parser will say better
            depth -= 1
