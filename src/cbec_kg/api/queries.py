"""The saved queries as Python has them: a mapping that shows itself as a table, and queries that can be called.

>>> from cbec_kg.query.catalogue import Catalogue
>>> known = Queries(Catalogue(), None)
>>> query = known["platforms/programmes"]
>>> query.summary, [param.name for param in query.parameters], query.parameters[0].default
('Programmes that a platform launched', ['platform', 'lang'], ('id:aliexpress',))
>>> "platforms/programme" in known
False
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from cbec_kg.api.rows import Column, Rows
from cbec_kg.api.screen import width
from cbec_kg.api.writing import text_of
from cbec_kg.errors import UnknownQuery
from cbec_kg.namespaces import compact
from cbec_kg.query import listing
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.formats.display import Screen
from cbec_kg.query.saved import SavedQuery

__all__ = ["Parameter", "Queries", "Query"]

Ask = Callable[..., Rows]
"""`KnowledgeGraph.query` of the graph that they belong to."""

_WIDTH = 120


class Parameter(NamedTuple):
    """A parameter: ``type`` as in the query's header, ``of`` the class that an ``iri`` belongs to.

    ``default`` has values as a person writes them (none: any), ``many`` is whether it takes a list, ``choices`` are
    what will do where only some will, ``expects`` says what a value looks like.
    """

    name: str
    type: str
    of: str | None
    default: tuple[str, ...]
    many: bool
    required: bool
    choices: tuple[str, ...]
    label: str
    expects: str


class Query:
    """One saved query: call it with values of its parameters for its `Rows`."""

    def __init__(self, saved: SavedQuery, ask: Ask | None, lang: str) -> None:
        self.saved = saved
        """Its header and text, in both languages."""
        self.lang = lang
        self._ask = ask

    @property
    def name(self) -> str:
        """``topic/question``."""
        return self.saved.name

    @property
    def summary(self) -> str:
        """What it asks, in a few words."""
        return self.saved.summary.in_language(self.lang)

    @property
    def description(self) -> str:
        """What it asks, in a sentence or more."""
        return self.saved.description.in_language(self.lang)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters in order."""
        return tuple(
            Parameter(
                one.name, one.type, compact(one.cls) if one.cls else None, one.default, one.many, one.required,
                one.choices, one.label.in_language(self.lang), one.expects(),
            )
            for one in self.saved.params
        )  # fmt: skip

    @property
    def columns(self) -> tuple[Column, ...]:
        """Columns of its rows."""
        return tuple(Column(one.name, one.type or "term", one.heading(self.lang)) for one in self.saved.columns)

    @property
    def text(self) -> str:
        """The whole file: plain SPARQL 1.1 below a header of comments."""
        return self.saved.text

    def __call__(self, values: Mapping[str, object] | None = None, /, **more: Any) -> Rows:
        """The same as ``kg.query(name, ...)``."""
        if self._ask is None:
            raise UnknownQuery(f"{self.name} belongs to no graph", fix="take it from kg.queries()")
        return self._ask(self.name, values, **more)

    def __repr__(self) -> str:
        return listing.show(self.saved, self.lang).rstrip("\n")


class Queries(Mapping[str, Query]):
    """Saved queries by name, sorted."""

    def __init__(self, catalogue: Catalogue, ask: Ask | None, lang: str = "en") -> None:
        self._catalogue, self._ask, self._lang = catalogue, ask, lang
        self._names = tuple(catalogue.names())

    def __getitem__(self, name: str) -> Query:
        """The query of that name; raises `UnknownQuery`, which is no ``KeyError``, with the nearest names."""
        return Query(self._catalogue.find(name), self._ask, self._lang)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def get(self, name: str, default: Any = None) -> Any:
        """The query of that name, else ``default``."""
        return self[name] if name in self else default  # noqa: SIM401

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def rows(self) -> Rows:
        """Name, question and parameters of each, to be shown, written or made a data frame."""
        return Rows(listing.listing(self._catalogue, self._lang))

    def _ipython_key_completions_(self) -> list[str]:
        """Names, for the tab key."""
        return list(self._names)

    def __repr__(self) -> str:
        return text_of(self.rows().result, "table", screen=Screen(width() or _WIDTH)).rstrip("\n")

    def _repr_html_(self) -> str:
        """The table as a notebook shows it."""
        from cbec_kg.query.formats.html_page import fragment

        return fragment(self.rows().result)
