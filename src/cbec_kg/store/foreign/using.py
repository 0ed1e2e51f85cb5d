"""The dataset that the update protocol names, written into the operations of an update.

SPARQL 1.1 Protocol, 2.2.3: ``using-graph-uri`` and ``using-named-graph-uri`` say what the WHERE of each operation sees,
as USING and USING NAMED would; an update that has those itself, or WITH, is refused. The engine takes no such dataset,
so the clauses are put before each WHERE.

>>> one = Dataset(default=("x:g",))
>>> using("DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", one)
'DELETE { ?s ?p 1 } USING <x:g> WHERE { ?s ?p 1 }'
>>> using("DELETE WHERE { ?s ?p 'where' }", one)
"DELETE { ?s ?p 'where' } USING <x:g> WHERE { ?s ?p 'where' }"
>>> using("WITH <x:h> DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", one)
Traceback (most recent call last):
    ...
cbec_kg.errors.QueryError: the update has WITH, and the address names a dataset too: use one of them
"""

import re
from collections.abc import Iterator

from cbec_kg.errors import QueryError
from cbec_kg.store.engine import Dataset

__all__ = ["using"]

# What a text of SPARQL is made of, as far as needed to see which words stand outside of braces, texts and names.
_TOKEN = re.compile(
    r"""(?P<skip>\s++|\#[^\n\r]*+)
    |(?P<text>'''(?:\\.|(?!''').)*+'''|\"{3}(?:\\.|(?!\"{3}).)*+\"{3}|'(?:\\.|[^'\\\n\r])*+'|"(?:\\.|[^"\\\n\r])*+")
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
    |(?P<open>\{)|(?P<close>\})
    |(?P<name>[?$@:\w](?:[\w:.%-]|\\.)*+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


def using(update: str, dataset: Dataset) -> str:
    """The update with the dataset in each operation that has a WHERE; raises `QueryError` where it has its own."""
    clauses = "".join(f"USING <{iri}> " for iri in dataset.default)
    clauses += "".join(f"USING NAMED <{iri}> " for iri in dataset.named)
    made, done, last, short = [], 0, "", None
    for word, start, end in _outside(update):
        if word in ("with", "using"):
            raise QueryError(
                f"the update has {word.upper()}, and the address names a dataset too", fix="use one of them"
            )
        if word == "where" and last == "delete":
            short = start, end
        elif word == "where":
            made += [update[done:start], clauses]
            done = start
        elif word == "{}" and short is not None:
            made += [update[done : short[0]], update[start:end], " ", clauses, update[short[0] : short[1]], " "]
            done, short = start, None
        last = word
    return "".join([*made, update[done:]])


def _outside(text: str) -> Iterator[tuple[str, int, int]]:
    """Words outside of braces, in lower case, and ``{}`` for each group in braces, with where they stand."""
    depth = begun = 0
    for found in _TOKEN.finditer(text):
        match found.lastgroup:
            case "open":
                begun = found.start() if depth == 0 else begun
                depth += 1
            case "close":
                depth -= 1
                if depth == 0:
                    yield "{}", begun, found.end()
            case "name" if depth == 0:
                yield found[0].lower(), found.start(), found.end()
