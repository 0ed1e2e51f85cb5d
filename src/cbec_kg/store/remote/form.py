"""What a query asks for, read off its words, before it is sent to a server.

Only as much is read as sending needs: nothing is parsed, for servers speak more than one dialect.

>>> form = read_form("PREFIX a: <b#> # SELECT ?no\\nSELECT DISTINCT ?x (COUNT(?y) AS ?n) { GRAPH a:g { ?x id:z ?y } }")
>>> form.kind, form.columns, form.names_graphs, form.undeclared
('SELECT', ('x', 'n'), True, ('id',))
>>> read_form("ASK FROM <a:g> { ?s ?p 'GRAPH' }")
Form(kind='ASK', columns=None, own_dataset=True, names_graphs=False, undeclared=())
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cbec_kg.errors import QueryError, UpdateRefused
from cbec_kg.namespaces import PREFIXES

__all__ = ["Form", "read_form"]

_TOKEN = re.compile(
    r"""(?P<skip> \s+ | \#[^\n\r]* )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*> )
    | (?P<string> \"{3} (?: \"{0,2} (?: [^"\\] | \\. ) )* \"{3} | '{3} (?: '{0,2} (?: [^'\\] | \\. ) )* '{3}
        | " (?: [^"\\\n\r] | \\. )* " | ' (?: [^'\\\n\r] | \\. )* ' )
    | [?$] (?P<variable> \w+ )
    | (?P<tag> @ [A-Za-z]+ (?: -[A-Za-z0-9]+ )* )
    | (?P<name> (?: [^\W\d_] [\w.-]{0,99} )? : (?: [\w:.%-] | \\. )* )
    | (?P<word> \w+ )
    | (?P<sign> . )""",
    re.VERBOSE | re.DOTALL,
)
_KINDS = frozenset(("SELECT", "ASK", "CONSTRUCT", "DESCRIBE"))
_UPDATES = frozenset(("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"))


@dataclass(frozen=True, slots=True)
class Form:
    """What a query is.

    ``columns`` are the variables of a SELECT, None where it has ``*`` and for the other kinds; ``own_dataset`` is
    whether it has FROM; ``names_graphs`` whether it has GRAPH; ``undeclared`` are the project's prefixes that it uses
    and does not declare.
    """

    kind: str
    columns: tuple[str, ...] | None
    own_dataset: bool
    names_graphs: bool
    undeclared: tuple[str, ...]


def read_form(sparql: str) -> Form:
    """Read what a query is; raises `UpdateRefused`, and `QueryError` for what is neither a query nor an update."""
    tokens = list(_tokens(sparql))
    declared, start = _prologue(tokens)
    kind = tokens[start][1].upper() if start < len(tokens) and tokens[start][0] == "word" else ""
    if kind in _UPDATES:
        raise UpdateRefused("this is an update, and only queries are sent to a server", fix="change the data and build")
    if kind not in _KINDS:
        raise QueryError("the query cannot be read: it has no SELECT, ASK, CONSTRUCT or DESCRIBE where it begins")
    body = tokens[start:]
    words = {text.upper() for sort, text in body if sort == "word"}
    used = {text.partition(":")[0] for sort, text in body if sort == "name"}
    return Form(
        kind,
        _columns(body[1:]) if kind == "SELECT" else None,
        "FROM" in words,
        "GRAPH" in words,
        tuple(prefix for prefix in PREFIXES if prefix in used - declared),
    )


def _tokens(sparql: str) -> Iterator[tuple[str, str]]:
    for found in _TOKEN.finditer(sparql):
        sort = found.lastgroup or ""
        if sort != "skip":
            yield sort, found[sort]


def _prologue(tokens: list[tuple[str, str]]) -> tuple[set[str], int]:
    """Prefixes that are declared, and where the query itself begins."""
    declared: set[str] = set()
    at = 0
    while at < len(tokens):
        sorts, word = [sort for sort, _ in tokens[at : at + 3]], tokens[at][1].upper()
        if word == "PREFIX" and sorts == ["word", "name", "iri"]:
            declared.add(tokens[at + 1][1].partition(":")[0])
            at += 3
        elif word == "BASE" and sorts[:2] == ["word", "iri"]:
            at += 2
        else:
            break
    return declared, at


def _columns(tokens: list[tuple[str, str]]) -> tuple[str, ...] | None:
    """Variables of a projection."""
    columns: list[str] = []
    depth = 0
    before = ""
    for sort, text in tokens:
        if text in ("(", ")") and sort == "sign":
            depth += 1 if text == "(" else -1
        elif sort == "variable" and (not depth or (depth == 1 and before == "AS")):
            columns.append(text)
        elif not depth and text == "*":
            return None
        elif not depth and text.upper() not in ("DISTINCT", "REDUCED"):
            break
        before = text.upper()
    return tuple(columns)
