"""Where a server probably answers queries, by where its Graph Store Protocol lies: a table, ``layouts.toml``.

>>> queries_of("http://localhost:3030/cbec/data")
('http://localhost:3030/cbec/sparql', 'http://localhost:3030/cbec/query', 'http://localhost:3030/cbec')
>>> queries_of("https://graph.example:8890/sparql-graph-crud-auth")
('https://graph.example:8890/sparql',)
>>> queries_of("http://localhost:7878/")
()
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit, urlunsplit

__all__ = ["queries_of"]


def queries_of(url: str) -> tuple[str, ...]:
    """Addresses to try for queries, best first; empty where the table has no line for the path."""
    parts = urlsplit(url)
    for path, queries in _table():
        if found := path.fullmatch(parts.path):
            return tuple(urlunsplit((parts.scheme, parts.netloc, found.expand(query), "", "")) for query in queries)
    return ()


@cache
def _table() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    text = files("cbec_kg.export.push").joinpath("layouts.toml").read_text("utf-8")
    return tuple((re.compile(line["path"]), tuple(line["query"])) for line in tomllib.loads(text)["layout"])
