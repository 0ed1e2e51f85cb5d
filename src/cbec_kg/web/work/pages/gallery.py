"""Saved queries for their pages: values that a form offers, and rows with what a reader sees of them.

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
>>> graph = OpenGraph(MemoryStore())
>>> found = rows(graph, query, {"number": ("12",)}, "en", 0, 100)
>>> found.wrong, [cell.text for cell in found.page.rows[0]], found.more
({}, ['144'], False)
>>> rows(graph, query, {"number": ("a dozen",)}, "en", 0, 100).wrong
{'number': "number is 'a dozen': give a whole number"}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from cbec_kg.errors import BadParameter
from cbec_kg.query.convert import to_terms
from cbec_kg.query.formats.display import Page, display
from cbec_kg.query.labels import labels_of
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.run import bound_text, run
from cbec_kg.query.saved import Bilingual, Param, SavedQuery
from cbec_kg.query.sources import Source, sources_of
from cbec_kg.query.suggest import Suggestion, suggest
from cbec_kg.store.base import Store
from cbec_kg.store.federation import refuse_federation
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.charts.rows import spec_of_rows

__all__ = ["Given", "Rows", "offers", "rows"]

Given = Mapping[str, tuple[str, ...]]
"""What a form was filled in with: values as a person writes them, by parameter; one that is empty is left out."""
_PLACE = frozenset(("article", "start", "end"))
MOST_OFFERED = 200
"""So many values of a parameter a form offers at most, the most used."""


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer of a saved query, or what is ``wrong`` with the values that it was given, by parameter.

    ``page`` holds at most the rows that were asked for, ``more`` says whether there are others behind them. ``sources``
    are those of each row, ``labels`` the names of their articles. ``charted`` says whether a chart can be drawn of it,
    ``text`` is the SPARQL that was run.
    """

    wrong: dict[str, str] = field(default_factory=dict)
    page: Page | None = None
    charted: bool = False
    sources: tuple[tuple[Source, ...], ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    more: bool = False
    text: str = ""

    @property
    def sourced(self) -> bool:
        """Whether the sources tell more than the columns do: they name the characters of an article."""
        return any(source.start is not None for row in self.sources for source in row)

    @property
    def columns(self) -> tuple[int, ...]:
        """Places of the columns to show: without an article and its characters where the sources tell them."""
        headings = self.page.headings if self.page else ()
        names = [heading.column for heading in headings]
        told = _PLACE if self.sourced and set(names) >= _PLACE else frozenset()
        return tuple(place for place, name in enumerate(names) if name not in told)


def offers(graph: OpenGraph, query: SavedQuery) -> dict[str, tuple[Suggestion, ...]]:
    """Values that occur, by parameter; made once a build for all parameters of a class."""
    params = (param for param in query.params if param.type != "lang")
    return {param.name: graph.made_of(_Offered(param.type, param.cls, param.choices)) for param in params}


def rows(graph: OpenGraph, query: SavedQuery, given: Given, lang: str, first: int, most: int) -> Rows:
    """Rows from the one of number ``first`` (from 0), at most ``most``; raises what the store raises."""
    store = graph.store()
    wrong, values = _read(query, given, store)
    if wrong:
        return Rows(wrong)
    text = bound_text(query, values, Resolver(store), lang)
    refuse_federation(text)
    result = run(query, values, store, lang=lang)
    found = tuple(islice(result.rows, first, first + most + 1))
    result = replace(result, rows=found[:most])
    sources = tuple(sources_of(result, store))
    articles = {source.article for row in sources for source in row}
    page, labels = display(result), labels_of(store, articles, lang)
    charted = spec_of_rows(result.columns, result.rows, lang) is not None
    return Rows({}, page, charted, sources, labels, len(found) > most, text)


def _read(query: SavedQuery, given: Given, store: Store) -> tuple[dict[str, str], dict[str, object]]:
    """What is wrong with which parameter, and the values as the query takes them; each is looked at on its own."""
    resolve = Resolver(store)
    wrong: dict[str, str] = {}
    values: dict[str, object] = {}
    for param in query.params:
        said = given.get(param.name, ())
        if not said:
            if param.required:
                wrong[param.name] = f"{param.name} is not given: give {param.expects()}"
            continue
        value = list(said) if param.many or len(said) > 1 else said[0]
        try:
            to_terms(param, value, resolve)
        except BadParameter as error:
            wrong[param.name] = str(error)
        values[param.name] = value
    return wrong, values


@dataclass(frozen=True)
class _Offered:
    """Values that a parameter may take, as what is made of a store."""

    type: str
    cls: str | None
    choices: tuple[str, ...]

    def __call__(self, store: Store) -> tuple[Suggestion, ...]:
        param = Param("value", self.type, Bilingual(""), cls=self.cls, choices=self.choices)
        return suggest(param, store, limit=MOST_OFFERED)
