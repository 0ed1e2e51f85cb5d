"""The rows of an answer: a sequence that knows its columns, labels and sources, shows itself, and becomes a data frame.

>>> from cbec_kg.query.saved import Column as Declared
>>> from cbec_kg.rdf.terms import Literal, decimal, iri
>>> columns = (Declared("platform", "iri"), Declared("users", "decimal"))
>>> rows = Rows(Result(columns, [(iri("id:shein"), decimal("1.5")), (iri("id:temu"), None)], title="Platforms"))
>>> len(rows), rows[0].users, rows[0].platform, rows[-1]
(2, Decimal('1.5'), Iri('id:shein'), Row(platform=Iri('id:temu'), users=None))
>>> rows.columns[1]
Column(name='users', type='decimal', heading='users')
>>> rows
Platforms
<BLANKLINE>
platform   users
────────────────
id:shein     1.5
id:temu
<BLANKLINE>
2 rows
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload

from cbec_kg.api.iri import Iri, Iris
from cbec_kg.api.known import KnownLabels, KnownSources
from cbec_kg.api.row import Row, row_of
from cbec_kg.api.screen import width
from cbec_kg.api.writing import Target, text_of, write_to
from cbec_kg.query.formats.display import Screen
from cbec_kg.query.results import Result, fits, to_python
from cbec_kg.query.saved import COLUMN_TYPES
from cbec_kg.query.sources import Source, sources_of
from cbec_kg.rdf.terms import NamedNode, Term

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

__all__ = ["Column", "Rows"]

# A terminal or a page shows so many rows; all of them are in the sequence.
_SHOWN = 50
_LABEL = "Label"


class Column(NamedTuple):
    """A column: its ``name``, its ``type``, and its ``heading`` in the language of the answer.

    Types are iri, string, integer, decimal, date, boolean, and term where things of several kinds stand in it.
    """

    name: str
    type: str
    heading: str


class Rows(Sequence[Row]):
    """Rows of a saved query or a SELECT, all in memory, never changed.

    Values are Python's: an `Iri`, ``str``, ``int``, ``Decimal``, ``datetime``, ``bool``, None where nothing stands. A
    slice is `Rows` again; two are equal where columns and terms are.
    """

    def __init__(
        self,
        result: Result,
        *,
        find_sources: Callable[[Result], list[tuple[Source, ...]]] = sources_of,
    ) -> None:
        self.result = result.kept()
        """The same as RDF terms, for who needs datatypes and language tags: ``rows.result.rows``."""
        self._find_sources = find_sources

    @property
    def title(self) -> str:
        """What the query asks, in a few words; empty for free SPARQL."""
        return self.result.title

    @property
    def lang(self) -> str:
        """Language of headings and labels: en or zh."""
        return self.result.lang

    @property
    def cut(self) -> bool:
        """Whether there were more rows than were asked for."""
        return self.result.cut

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Columns in order; where nothing declares a type, the one that all values have."""
        return tuple(
            Column(column.name, column.type or self._type(place), column.heading(self.lang))
            for place, column in enumerate(self.result.columns)
        )

    def _type(self, place: int) -> str:
        terms = [row[place] for row in self._terms if row[place] is not None]
        kinds = ("integer", "decimal", *(kind for kind in COLUMN_TYPES if kind not in ("integer", "decimal", "term")))
        return next((kind for kind in kinds if terms and all(fits(term, kind) for term in terms)), "term")

    @cached_property
    def given(self) -> dict[str, tuple[Any, ...]]:
        """What each parameter stood for, by its label, defaults included."""
        return {label: tuple(map(self._value, terms)) for label, terms in self.result.given}

    @property
    def sources(self) -> tuple[Source, ...]:
        """Articles, and characters in them, that the rows rest on, each once, in the order of the rows."""
        return tuple(dict.fromkeys(source for some in self._sources for source in some))

    def sources_of(self, place: int) -> tuple[Source, ...]:
        """Sources of the row at that place."""
        return self._sources[place]

    @cached_property
    def _sources(self) -> list[tuple[Source, ...]]:
        return self._find_sources(self.result)

    @cached_property
    def _terms(self) -> tuple[tuple[Term | None, ...], ...]:
        return tuple(self.result.rows)

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        names = [column.name for column in self.result.columns]
        kind = row_of(tuple(names))
        said = {at: names.index(name + _LABEL) for at, name in enumerate(names) if name + _LABEL in names}
        return tuple(kind([self._value(term, row, said.get(at)) for at, term in enumerate(row)]) for row in self._terms)

    def _value(self, term: Term | None, row: Sequence[Term | None] = (), label: int | None = None) -> Any:
        """Python value of a term; ``label`` is the place of the column that holds its label, if there is one."""
        if not isinstance(term, NamedNode):
            return to_python(term)
        named = None if label is None else row[label]
        return Iri(term.value, self._labels if named is None else str(to_python(named)))

    def _labels(self, iri: str) -> str | None:
        return self._known_labels.get(iri)

    @cached_property
    def _known_labels(self) -> dict[str, str]:
        things = {term.value for row in self._terms for term in row if isinstance(term, NamedNode)}
        things |= {term.value for _, terms in self.result.given for term in terms if isinstance(term, NamedNode)}
        return dict(self.result.labels(things, self.lang))

    def __len__(self) -> int:
        return len(self._terms)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> "Rows": ...
    def __getitem__(self, place: int | slice) -> "Row | Rows":
        if isinstance(place, slice):
            some = replace(self.result, rows=self._terms[place])
            return Rows(some, find_sources=self._find_sources)
        return self._rows[place]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rows):
            return NotImplemented
        return self.result.columns == other.result.columns and self._terms == other._terms

    def __hash__(self) -> int:
        return hash((self.result.columns, self._terms))

    def __reduce__(self) -> tuple[Any, ...]:
        # A store does not travel: what it would be asked for later goes along.
        result = replace(self.result, labels=KnownLabels(self._known_labels))
        return _again, (result, KnownSources(dict(zip(self._terms, self._sources, strict=True))))

    def to_dicts(self) -> list[dict[str, Any]]:
        """One dictionary a row, by name of column."""
        return [row._asdict() for row in self]

    def to_arrow(self, iris: Iris = "full") -> "pyarrow.Table":
        """An Arrow table (extra ``arrow``): int64, decimal128, timestamp[us], bool, string; nulls where nothing stands.

        ``iris`` are spelled in full, as compact names, or by their labels. Raises `MissingExtra`.
        """
        from cbec_kg.api.frames import to_arrow

        return to_arrow(self.result, self, iris)

    def to_pandas(self, iris: Iris = "full") -> "pandas.DataFrame":
        """A pandas data frame (extra ``pandas``): Int64, exact decimals (decimal128), datetime64[us], boolean, string.

        ``iris`` as in `to_arrow`. Raises `MissingExtra`.
        """
        from cbec_kg.api.frames import to_pandas

        return to_pandas(self.result, self, iris)

    def to_polars(self, iris: Iris = "full") -> "polars.DataFrame":
        """A polars data frame (extra ``polars``): Int64, Decimal, Datetime, Boolean, String.

        ``iris`` as in `to_arrow`. Raises `MissingExtra`.
        """
        from cbec_kg.api.frames import to_polars

        return to_polars(self.result, self, iris)

    def to_csv(self) -> str:
        """The rows as SPARQL 1.1 CSV, the same bytes as ``cbec-kg query --format csv``."""
        return self.to_text("csv")

    def to_text(self, form: str) -> str:
        """The rows in a format that is text: table, csv, tsv, json, jsonl, md, html."""
        return text_of(self.result, form, self.lang)

    def write(self, target: Target, form: str | None = None) -> None:
        """Write the rows to a file, by name or opened for bytes, in any format of ``cbec-kg query --format``.

        Without ``form`` the end of the file's name says it (.csv, .tsv, .json, .jsonl, .md, .html, .xlsx, .parquet).
        Nothing is written where the format cannot hold the rows. Raises `CbecError`, `MissingExtra`.
        """
        write_to(self.result, target, form, self.lang)

    def _drawn(self, screen: Screen) -> str:
        """The first rows; the table itself says where the answer was cut."""
        return text_of(self[:_SHOWN].result, "table", self.lang, screen).rstrip("\n")

    def _remark(self) -> str:
        """That not all rows at hand are shown; else empty."""
        more = len(self) - _SHOWN
        if more <= 0:
            return ""
        if self.lang == "zh":
            return f"（以上为前{_SHOWN}行，另有{more}行未显示）"
        return f"(the first {_SHOWN}; {more} more are not shown)"

    def __repr__(self) -> str:
        return " ".join(filter(None, [self._drawn(Screen(width())), self._remark()]))

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "Iterator[Text | str]":
        """The table as `rich.print` shows it, as wide as the console."""
        from rich.text import Text

        yield Text.from_ansi(self._drawn(Screen(options.max_width, console.color_system is not None)))
        if remark := self._remark():
            yield remark

    def _repr_html_(self) -> str:
        """The table as a notebook shows it."""
        from cbec_kg.query.formats.html_page import fragment

        shown = fragment(self[:_SHOWN].result)
        return shown + (f"\n<p>{remark}</p>" if (remark := self._remark()) else "")


def _again(result: Result, find_sources: KnownSources) -> Rows:
    """Rows that were pickled."""
    return Rows(result, find_sources=find_sources)
