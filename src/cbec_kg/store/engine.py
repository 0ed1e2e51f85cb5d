"""One query on an opened Oxigraph database, its results as the store's face has them.

>>> is_update("PREFIX a: <b>\\n# a remark\\nINSERT DATA { a:x a:y a:z }"), is_update("SELECT * { ?s ?p ?o }")
(True, False)
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyoxigraph

from cbec_kg.errors import QueryError, StoreError, UpdateRefused
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.terms import Triple
from cbec_kg.store.base import QueryResult, Solutions

__all__ = ["Dataset", "is_query", "is_update", "one_line", "open_build", "parser_said", "run", "stopped"]

Item = TypeVar("Item")
_FAILURES = (RuntimeError, ValueError, OSError)
_LONGEST = 300
_WORDS = 40
_UPDATE = re.compile(r"(insert|delete|load|clear|create|drop|copy|move|add|with)\b", re.IGNORECASE)
_QUERY = re.compile(r"(select|ask|construct|describe)\b", re.IGNORECASE)
_PROLOGUE = re.compile(r"\s+|#[^\n]*|(?:prefix\s+[^\s:]*:\s*|base\s+)<[^>]*>", re.IGNORECASE)


def is_update(sparql: str) -> bool:
    """Whether a text is a SPARQL update rather than a query."""
    return bool(_UPDATE.match(sparql, _start(sparql)))


def is_query(sparql: str) -> bool:
    """Whether a text is a SPARQL query."""
    return bool(_QUERY.match(sparql, _start(sparql)))


def _start(sparql: str) -> int:
    """Where a text begins behind its prefixes, base and comments."""
    position = 0
    while found := _PROLOGUE.match(sparql, position):
        position = found.end()
    return position


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs that a query sees in the place of those that it names itself: ``default`` together as its default
    graph, ``named`` by their names (SPARQL 1.1 Protocol, 2.1.4)."""

    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


def run(
    store: pyoxigraph.Store, sparql: str, dataset: Dataset | None = None, base: str | None = None
) -> QueryResult:  # fmt: skip
    """Run a query on an opened Oxigraph store, on its whole dataset or another; the project's prefixes need no
    declaration. Relative IRIs are resolved against ``base``, and refused without one.

    Raises `UpdateRefused` or `QueryError`; the latter also while rows are read, for they are computed as they are read.
    """
    try:
        if dataset is None:
            result = store.query(sparql, base_iri=base, prefixes=PREFIXES)
        else:
            result = store.query(
                sparql, base_iri=base, prefixes=PREFIXES, default_graph=[*map(pyoxigraph.NamedNode, dataset.default)],
                named_graphs=[*map(pyoxigraph.NamedNode, dataset.named)],
            )  # fmt: skip
    except SyntaxError as error:
        if is_update(sparql):
            raise UpdateRefused(
                "this is an update, and only queries are run here", fix="change the data and build again"
            ) from None
        raise QueryError(f"the query cannot be read: {parser_said(error.msg, sparql)}") from None
    except _FAILURES as error:
        raise QueryError(f"the query cannot be run: {one_line(error)}") from None
    match result:
        case pyoxigraph.QuerySolutions():
            names = tuple(variable.value for variable in result.variables)
            return Solutions(names, map(tuple, _read(result)))
        case pyoxigraph.QueryBoolean():
            return bool(result)
    triples: Iterator[Triple] = result
    return _read(triples)


def parser_said(message: str, sparql: str) -> str:
    """What the parser says, and the words it stopped before; what it would have taken there seldom helps.

    >>> parser_said("error at 1:20: expected one of OPTIONAL, Prefix not found, ['%']", "SELECT * { a:b ?p ?o }")
    'error at 1:20: a prefix that is not declared'
    >>> parser_said("error at 1:27: expected one of HAVING, OFFSET, ['0'..='9']", "SELECT * {?s ?p ?o} LIMIT ten")
    "error at 1:27, before 'ten'"
    >>> parser_said("error at 1:11: expected one of LATERAL, [_]", "SELECT * {")
    'error at 1:11, where the query ends: something is missing before it'
    """
    if not is_query(sparql):
        return "it has no SELECT, ASK, CONSTRUCT or DESCRIBE where it begins"
    return stopped(message, sparql)


def stopped(message: str, sparql: str) -> str:
    """The same of any text of SPARQL, an update too.

    >>> stopped("error at 1:7: expected one of ALL, DEFAULT", "CLEAR XYZ")
    "error at 1:7, before 'XYZ'"
    """
    where, _, wanted = message.partition(": expected ")
    if "Prefix not found" in wanted:
        return f"{where}: a prefix that is not declared"
    # Among what it would have taken, the parser lists what it found wrong: that is a sentence, no keyword or character.
    for item in wanted.removeprefix("one of ").split(", "):
        if re.fullmatch(r"[A-Z].*[a-z]", item):
            return f"{where}: {item}"
    after = _after(where, sparql)
    if after is None:
        return where
    return f"{where}, before {after!r}" if after else f"{where}, where the query ends: something is missing before it"


def _after(where: str, sparql: str) -> str | None:
    """The words behind a place such as ``error at 2:11``, on one line; None where it names no place of the text."""
    lines = sparql.split("\n")
    found = re.search(r"(\d+):(\d+)$", where)
    if not found or not 0 < (line := int(found[1])) <= len(lines):
        return None
    text = " ".join("\n".join([lines[line - 1][int(found[2]) - 1 :], *lines[line:]]).split())
    return text if len(text) <= _WORDS else text[:_WORDS] + " ..."


def one_line(error: Exception) -> str:
    """What an engine says, on one line: it hands on what another server sent, which may be a page.

    >>> one_line(RuntimeError("500 with payload:\\n<html>\\n  down"))
    '500 with payload: <html> down'
    """
    text = " ".join(str(error).split())
    return text if len(text) <= _LONGEST else text[:_LONGEST] + " ..."


def _read(results: Iterable[Item]) -> Iterator[Item]:
    """Results as they come; what fails on the way is a `QueryError`."""
    try:
        yield from results
    except _FAILURES as error:
        raise QueryError(f"the query cannot be run: {one_line(error)}") from None


def open_build(build: Path) -> pyoxigraph.Store:
    """A finished build, opened for reading; raises `StoreError`."""
    try:
        return pyoxigraph.Store.read_only(str(build))
    except (OSError, RuntimeError) as error:  # the latter where its files are damaged
        raise StoreError(f"{build} cannot be opened: {one_line(error)}", fix="run `cbec-kg build` again") from None
