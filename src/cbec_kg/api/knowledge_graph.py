"""A graph, opened for reading: saved queries, SPARQL, figures, entities, and views for other libraries.

>>> from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Quad, iri, text
>>> from cbec_kg.store.embedded import MemoryStore
>>> shein = iri("id:shein")
>>> platform = iri("cbec:Platform")
>>> kg = KnowledgeGraph(MemoryStore([Quad(shein, RDF_TYPE, platform), Quad(shein, RDFS_LABEL, text("Shein", "en"))]))
>>> kg.sparql("SELECT ?thing { ?thing a cbec:Platform }")[0].thing.label
'Shein'
>>> kg.sparql("ASK { id:temu a cbec:Platform }")
False
"""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from operator import index
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, SupportsIndex, TypeVar

from cbec_kg.api.iri import Iri
from cbec_kg.api.rows import Rows
from cbec_kg.api.triples import Triples
from cbec_kg.errors import BadParameter, StoreError
from cbec_kg.query.limit import limited
from cbec_kg.query.results import Graph, Result, Truth
from cbec_kg.query.saved import LANGUAGES
from cbec_kg.query.sources import sources_of
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import EmbeddedStore, MemoryStore

if TYPE_CHECKING:
    import rdflib

    from cbec_kg.api.answer import Answer
    from cbec_kg.api.entity import Entity
    from cbec_kg.api.queries import Queries
    from cbec_kg.query.catalogue import Catalogue
    from cbec_kg.search.index import EntityIndex

__all__ = ["KnowledgeGraph"]

AnyAnswer = TypeVar("AnyAnswer", Result, Graph)


class KnowledgeGraph:
    """A graph that can be asked. Nothing that it does changes the graph.

    Threads may share one: queries of the embedded store run at the same time. It stays with the build that was current
    when it was opened; `refresh` opens what is current now. ``with`` closes it at the end.
    All errors are `cbec_kg.errors.CbecError`, one line that says what, where and what to do.
    """

    def __init__(self, store: Store, *, lang: str = "en", queries: Path | None = None) -> None:
        """Use `cbec_kg.open`, which takes a folder or a URL."""
        self.lang = _language(lang)
        """Language of labels, headings and messages where a call names none: en or zh."""
        self._folder = store if isinstance(store, EmbeddedStore) else None
        self._queries = queries
        self._store: Store | None = store
        self._indexed: tuple[Store, EntityIndex] | None = None
        self.build: str | None = None
        """Name of the build that is read; None where the store is no folder."""
        self.refresh()

    @property
    def store(self) -> Store:
        """The store that is asked; raises `StoreError` where the graph is closed."""
        if self._store is None:
            raise StoreError("this graph is closed", fix="open it again with cbec_kg.open()")
        return self._store

    @property
    def _index(self) -> "EntityIndex":
        from cbec_kg.search.index import EntityIndex

        store = self.store
        known = self._indexed
        if known is None or known[0] is not store:
            self._indexed = known = store, EntityIndex.of(store)
        return known[1]

    @cached_property
    def _catalogue(self) -> "Catalogue":
        from cbec_kg.query.catalogue import Catalogue

        return Catalogue(self._queries)

    def refresh(self) -> None:
        """Open what is current now, after a build or after articles came or went; rows at hand stay as they are.

        Raises `StoreError` where the graph is closed.
        """
        _ = self.store
        if self._folder is not None:
            pinned = self._folder.pinned()
            # Opened now, not at the first question: open files that a later build removes can be read on.
            self.build, self._store = pinned.build.name, pinned
            _ = pinned.database

    def close(self) -> None:
        """Let go of the store; the files of an embedded one close when views and rows of it are gone too."""
        self._store = None

    def __enter__(self) -> "KnowledgeGraph":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        if self._store is None:
            return "<KnowledgeGraph, closed>"
        if self._folder is not None:
            return f"<KnowledgeGraph of {self._folder.folder}, build {self.build}>"
        return f"<KnowledgeGraph of {getattr(self._store, 'endpoint', 'a graph in memory')}>"

    def queries(self, *, lang: str | None = None) -> "Queries":
        """The saved queries by name: ``kg.queries()["platforms/programmes"]``; shown as a table."""
        from cbec_kg.api.queries import Queries

        return Queries(self._catalogue, self.query, self._lang(lang))

    def query(
        self,
        name: str,
        values: Mapping[str, object] | None = None,
        /,
        *,
        lang: str | None = None,
        limit: int | None = None,
        timeout: float | None = None,
        **more: object,
    ) -> Rows:
        """Rows of a saved query: ``kg.query("platforms/programmes", platform="AliExpress")``.

        A parameter takes what a person writes (a label in either language, a prefixed name, an IRI; "2022",
        "2021-01-14") or a Python value (`Iri`, ``int``, ``Decimal``, ``date``, ``bool``); a list where it takes many.
        ``values`` is for a parameter whose name means something else here, such as limit. At most ``limit`` rows come,
        and `Rows.cut` says whether there were more. With ``timeout``, in seconds, it runs in a process of its own.

        Raises `UnknownQuery`, `BadParameter` (`UnknownName` with the nearest), `QueryTimeout`, `StoreError`.
        """
        from cbec_kg.query.run import run

        saved, spoken = self._catalogue.find(_text("the query's name", name)), self._lang(lang)
        # A text that is not the project's may be slow or nested too deeply: it gets a deadline.
        deadline = _seconds(timeout if timeout is not None or self._queries is None else 60.0)
        given = {**(values or {}), **more}
        return self._rows(run(saved, given, self.store, lang=spoken, timeout=self._deadline(deadline)), limit)

    def sparql(
        self, text: str, *, lang: str | None = None, limit: int | None = None, timeout: float | None = 60.0
    ) -> Rows | bool | Triples:
        """Answer of any SPARQL 1.1 query that only reads: `Rows` of a SELECT, ``bool`` of an ASK, else `Triples`.

        The project's prefixes need no declaration. The query runs in a process of its own that is ended after
        ``timeout`` seconds; with ``timeout=None`` it runs in this one, which is faster and cannot be stopped.

        Raises `QueryError`, `UpdateRefused`, `QueryTimeout`, `StoreError`.
        """
        from cbec_kg.query.run import run_text

        asked, spoken = _text("the query", text), self._lang(lang)
        answer = run_text(asked, self.store, lang=spoken, timeout=self._deadline(_seconds(timeout)))
        if isinstance(answer, Truth):
            return answer.value
        return Triples(_limited(answer, limit)) if isinstance(answer, Graph) else self._rows(answer, limit)

    def answer(
        self,
        indicator: str,
        *,
        entity: str = "china",
        period: str | int | None = None,
        flow: str | None = None,
        scope: str | None = None,
        partner: str | None = None,
        sector: str | None = None,
        market: str | None = None,
        channel: str | None = None,
        measure: str = "level",
        against: str | None = None,
        as_of: str | date | None = None,
        why: bool = False,
        lang: str | None = None,
    ) -> "Answer":
        """One figure, typed: known, derived, conflicting or silent.

        Names may be codes, prefixed names or labels, in English or Chinese; what is not said, the answer chooses and
        tells. ``as_of``: what was known on that day. ``why``: say which claims the type rests on.

        Raises `BadParameter` for what cannot be asked, `StoreError`.
        """
        from cbec_kg.answer.answer import ask
        from cbec_kg.answer.question import Question
        from cbec_kg.api.answer import Answer

        indicator, entity = _text("indicator", indicator), _text("entity", entity)
        question = Question(
            indicator, entity, None if period is None else str(period), flow, scope, partner, sector, market, channel,
            measure, against, None if as_of is None else str(as_of),
        )  # fmt: skip
        return Answer(ask(self.store, question), self._lang(lang), build=self.build, why=why)

    def ask(self, text: str, *, today: date | None = None, why: bool = False, lang: str | None = None) -> "Answer":
        """The same from plain words, English or Chinese: ``kg.ask("CBEC exports in 2022?")``.

        No model reads it; `Answer.reading` says how it was read. "Last year" is counted from ``today``. The answer is
        told in ``lang``, else in the language of the question. Raises `UnreadQuestion` with the word at fault.
        """
        from cbec_kg.api.answer import Answer
        from cbec_kg.ask.asking import ask_in_words

        asked = _text("the question", text)
        found, head, spoken = ask_in_words(self.store, asked, today=today, lang=_language(lang) if lang else None)
        return Answer(found, spoken, build=self.build, head=head, why=why)

    def entity(self, name: str, *, lang: str | None = None, most: int = 20) -> "Entity":
        """All that the graph holds of one thing: ``kg.entity("Shein")``.

        ``name`` is a label, alias or code in either language, a prefixed name or an IRI; of each kind of names, things
        and claims at most ``most`` are told. Raises `UnknownName` with the nearest, `BadParameter` for a name of
        several things, with these.
        """
        from cbec_kg.api.entity import Entity
        from cbec_kg.describe.entity import describe
        from cbec_kg.query.convert import written_iri
        from cbec_kg.search.naming import thing_named

        spoken, named = self._lang(lang), _text("the name", name)
        if not written_iri(named):
            named = thing_named(self._index, named, lang=spoken)
        return Entity(describe(self.store, named, lang=spoken, most=_count("most", most)))

    def search(self, text: str, *, lang: str | None = None, limit: int = 10, cls: str | None = None) -> Rows:
        """Things by what they are called, best first: labels, aliases, codes or parts of them, in either language.

        Slips of typing are forgiven where nothing bears the name as written. ``cls`` is a class, by prefixed name or
        label: only things of it or below it. The index is made at the first search and kept until `refresh`.
        """
        from functools import partial

        from cbec_kg.query.labels import labels_of
        from cbec_kg.query.resolve import Resolver
        from cbec_kg.query.saved import Bilingual, Param
        from cbec_kg.rdf.terms import iri
        from cbec_kg.search.listing import listing

        spoken = self._lang(lang)
        if cls is not None:
            cls = Resolver(self.store)(Param("cls", "iri", Bilingual("class"), cls=iri("owl:Class").value), cls).value
        hits = self._index.search(_text("the text to search", text), lang=spoken, limit=_count("limit", limit), cls=cls)
        return Rows(listing(hits, spoken, partial(labels_of, self.store)))

    def suggest(
        self, name: str, param: str, text: str = "", *, lang: str | None = None, limit: int | None = 20
    ) -> Rows:
        """Values of a query's parameter that occur in the graph, the most used first, beginning with ``text``.

        At most ``limit`` come, and `Rows.cut` says whether there are more.
        """
        from cbec_kg.query.suggest import suggest, suggestions

        spoken, saved = self._lang(lang), self._catalogue.find(_text("the query's name", name))
        wanted = saved.param(_text("the parameter's name", param))
        found = suggest(wanted, self.store, _text("the text", text), lang=spoken, limit=None)
        return Rows(_limited(suggestions(found, wanted, spoken), limit))

    def graph(self) -> "rdflib.Graph":
        """The default graph, which holds each triple once, as a read-only view in rdflib (extra ``rdflib``).

        Nothing is copied. What would write raises `UpdateRefused`.
        """
        from cbec_kg.api.rdflib_view import graph

        return graph(self.store)

    def dataset(self) -> "rdflib.Dataset":
        """The default graph and the named graphs, as a read-only view in rdflib (extra ``rdflib``)."""
        from cbec_kg.api.rdflib_view import dataset

        return dataset(self.store)

    def graphs(self) -> list[Iri]:
        """Names of the named graphs, sorted."""
        return [Iri(name) for name in self.store.graphs()]

    def _rows(self, result: Result, limit: int | None) -> Rows:
        store = self.store
        return Rows(_limited(result, limit), find_sources=lambda some: sources_of(some, store))

    def _lang(self, lang: str | None) -> str:
        return self.lang if lang is None else _language(lang)

    def _deadline(self, timeout: float | None) -> float | None:
        """A graph in memory cannot be given to another process."""
        in_memory = isinstance(self.store, MemoryStore) and not isinstance(self.store, EmbeddedStore)
        return None if in_memory else timeout


def _limited(answer: AnyAnswer, limit: int | None) -> AnyAnswer:
    if limit is None:
        return answer
    if isinstance(limit, bool) or not isinstance(limit, SupportsIndex) or index(limit) < 0:
        raise BadParameter(f"limit is {limit!r}", fix="give a whole number, or None")
    return limited(answer, index(limit))


def _count(what: str, most: int) -> int:
    if isinstance(most, bool) or not isinstance(most, SupportsIndex) or index(most) < 1:
        raise BadParameter(f"{what} is {most!r}", fix="give a whole number, 1 or more")
    return index(most)


def _text(what: str, given: str) -> str:
    """What was given, where it is text: a value that is missing in a table should not be a riddle."""
    if not isinstance(given, str):
        raise BadParameter(f"{what} is of type {type(given).__name__}", fix="give text")
    return given


def _language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise BadParameter(f"lang is {lang!r}", fix=f"use one of {', '.join(LANGUAGES)}")
    return lang


def _seconds(timeout: float | None) -> float | None:
    if timeout is not None and not (isinstance(timeout, int | float) and 0 < timeout <= 86_400):
        raise BadParameter(f"timeout is {timeout!r}", fix="give seconds, such as 60, or None")
    return timeout
