"""Run a saved query, or SPARQL that somebody wrote.

>>> from pathlib import Path
>>> from cbec_kg.query.header import parse_saved
>>> from cbec_kg.store.embedded import MemoryStore
>>> query = parse_saved('''#+ summary: Squares
... #+ params:
... #+   number: {type: integer, default: 3, label: {en: Number, zh: 数}}
... #+ columns: {square: integer}
... SELECT ?square {
... VALUES ?number { 3 } #= number
... BIND(?number * ?number AS ?square) }''', "a/squares", Path("squares.rq"))
>>> result = run(query, {"number": "12"}, MemoryStore())
>>> list(result.records())
[{'square': 144}]
"""

from collections.abc import Iterator, Mapping
from functools import partial

from cbec_kg.errors import QueryError
from cbec_kg.query.bind import bind
from cbec_kg.query.convert import Resolve, terms_of, to_terms
from cbec_kg.query.labels import labels_of
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.results import Answer, Graph, Result, Truth
from cbec_kg.query.saved import Column, SavedQuery
from cbec_kg.rdf.terms import Term
from cbec_kg.store.base import QueryResult, Solutions, Store

__all__ = ["answered", "bound_text", "run", "run_text"]


def bound_text(query: SavedQuery, values: Mapping[str, object], resolve: Resolve, lang: str | None = None) -> str:
    """SPARQL text of a query with the given values; a parameter of type ``lang`` that is not given takes ``lang``.

    Raises `BadParameter`.
    """
    if lang is not None:
        spoken = {param.name: lang for param in query.params if param.type == "lang"}
        values = {**spoken, **values}
    return bind(query, terms_of(query, values, resolve))


def run(
    query: SavedQuery,
    values: Mapping[str, object],
    store: Store,
    *,
    lang: str = "en",
    timeout: float | None = None,
) -> Result:
    """Rows of a saved query. ``values`` hold what a person writes, or Python values; ``timeout`` is in seconds.

    Raises `BadParameter` for a value, `QueryError` for a query whose columns are not those of its header, and what the
    store raises.
    """
    resolve = Resolver(store)
    text = bound_text(query, values, resolve, lang)
    solutions = store.select(text, timeout=timeout)
    declared = tuple(column.name for column in query.columns)
    if solutions.variables != declared:
        found = " ".join(solutions.variables)
        raise QueryError(
            f"{query.path}: the answer has the columns {found}, the header {' '.join(declared)}",
            fix="make the header's columns those of the SELECT, in its order",
        )
    return Result(
        query.columns,
        solutions.rows,
        query.summary.in_language(lang),
        lang,
        partial(labels_of, store),
        tuple(_given(query, values, resolve, lang)),
    )


def _given(
    query: SavedQuery, values: Mapping[str, object], resolve: Resolve, lang: str
) -> Iterator[tuple[str, tuple[Term | None, ...]]]:
    """What each parameter stood for, so that a reader sees how a name was taken."""
    for param in query.params:
        if param.type != "lang":
            value = values.get(param.name, param.default)
            if value not in (None, (), []):
                yield param.label.in_language(lang), to_terms(param, value, resolve)


def run_text(sparql: str, store: Store, *, lang: str = "en", timeout: float | None = None) -> Answer:
    """Answer of any query that only reads; raises what the store raises."""
    return answered(store.query(sparql, timeout=timeout), store, lang=lang)


def answered(found: QueryResult, store: Store, *, lang: str = "en") -> Answer:
    """What a store found for a query that nothing declares, as an answer with labels of that store."""
    if isinstance(found, Solutions):
        columns = tuple(Column(name) for name in found.variables)
        return Result(columns, found.rows, lang=lang, labels=partial(labels_of, store))
    return Truth(found) if isinstance(found, bool) else Graph(found)
