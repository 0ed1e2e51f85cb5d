"""One query on an opened Oxigraph database, its results as the store's face has them.

>>> is_update("PREFIX a: <b>\\n# a remark\\nINSERT DATA { a:x a:y a:z }"), is_update("SELECT * { ?s ?p ?o }")
(True, False)
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pyoxigraph

from cbec_kg.errors import QueryError, StoreError, UpdateRefused
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.terms import Triple
from cbec_kg.store.base import QueryResult, Solutions

__all__ = ["is_update", "open_build", "parser_said", "run"]

Item = TypeVar("Item")
_FAILURES = (RuntimeError, ValueError, OSError)
_LONGEST = 300
_UPDATE = re.compile(r"(insert|delete|load|clear|create|drop|copy|move|add|with)\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s+|#[^\n]*|(?:prefix\s+[^\s:]*:\s*|base\s+)<[^>]*>", re.IGNORECASE)


def is_update(sparql: str) -> bool:
    """Whether a text is a SPARQL update rather than a query."""
    position = 0
    while found := _PROLOGUE.match(sparql, position):
        position = found.end()
    return bool(_UPDATE.match(sparql, position))


def run(store: pyoxigraph.Store, sparql: str) -> QueryResult:
    """Run a query on an opened Oxigraph store; the project's prefixes need no declaration.

    Raises `UpdateRefused` or `QueryError`; the latter also while rows are read, for they are computed as they are read.
    """
    try:
        result = store.query(sparql, prefixes=PREFIXES)
    except SyntaxError as error:
        if is_update(sparql):
            raise UpdateRefused(
                "this is an update, and only queries are run here", fix="change the data and build again"
            ) from None
        raise QueryError(f"the query cannot be read: {parser_said(error.msg)}") from None
    except _FAILURES as error:
        raise QueryError(f"the query cannot be run: {_one_line(error)}") from None
    match result:
        case pyoxigraph.QuerySolutions():
            names = tuple(variable.value for variable in result.variables)
            return Solutions(names, map(tuple, _read(result)))
        case pyoxigraph.QueryBoolean():
            return bool(result)
    triples: Iterator[Triple] = result
    return _read(triples)


def parser_said(message: str) -> str:
    """What the parser says, without the characters that it would also have taken.

    >>> parser_said("error at 1:20: expected one of OPTIONAL, Prefix not found, ['%'], ['A' ..= 'Z']")
    'error at 1:20: a prefix that is not declared'
    >>> parser_said("error at 1:19: expected one of LATERAL, SERVICE, [_]")
    'error at 1:19: expected one of LATERAL, SERVICE'
    """
    where, expected, rest = message.partition("expected one of ")
    if "Prefix not found" in rest:
        return f"{where}a prefix that is not declared"
    return where + expected + ", ".join(item for item in rest.split(", ") if not item.startswith(("[", "'", '"')))


def _one_line(error: Exception) -> str:
    """What an engine says, on one line: it hands on what another server sent, which may be a page.

    >>> _one_line(RuntimeError("500 with payload:\\n<html>\\n  down"))
    '500 with payload: <html> down'
    """
    text = " ".join(str(error).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."


def _read(results: Iterable[Item]) -> Iterator[Item]:
    """Results as they come; what fails on the way is a `QueryError`."""
    try:
        yield from results
    except _FAILURES as error:
        raise QueryError(f"the query cannot be run: {_one_line(error)}") from None


def open_build(build: Path) -> pyoxigraph.Store:
    """A finished build, opened for reading; raises `StoreError`."""
    try:
        return pyoxigraph.Store.read_only(str(build))
    except OSError as error:
        raise StoreError(f"{build} cannot be opened: {error}", fix="run `cbec-kg build` again") from None
