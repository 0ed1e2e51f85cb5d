"""Answers as people read them: labels for things, grouped digits, days without a midnight.

The formats for people (table, Markdown, HTML) draw what stands here; those for programs write the terms.

>>> from cbec_kg.rdf.terms import decimal, iri
>>> page = display(Result((Column("level", "decimal"),), [(decimal(2110000000000),), (decimal("9.5"),)]))
>>> [cell.text for (cell,) in page.rows], page.headings
(['2,110,000,000,000', '9.5'], (Heading(column='level', text='level', numeric=True),))
>>> display(Result((Column("x"),), [(iri("id:shein"),)], labels=lambda iris, lang: {iri: "Shein" for iri in iris})).rows
[(Cell(text='Shein', iri='https://w3id.org/cbec-kg/id/shein'),)]
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cbec_kg.namespaces import compact, local_name
from cbec_kg.query.results import Result, Row, to_python
from cbec_kg.query.saved import Column
from cbec_kg.rdf.terms import XSD, Literal, NamedNode, Term

__all__ = ["Cell", "Heading", "Page", "Screen", "display", "one_line", "printable", "remark"]

# Years and other four-digit numbers stay whole; a column is grouped when one of its numbers has five digits.
_GROUPED_FROM = 5
_LABEL = "Label"
_CUT = {"en": "(there are more: cut at the limit)", "zh": "（结果不止于此：达到行数上限）"}
# A value of a closed code list, by the kind that its name carries.
_CODE = re.compile(
    r"voc:(basis|comparison|direction|flow|granularity|growth|measure|polarity|qualifier|record|review|scope|status|unit)-"
)
# Control characters could move the cursor of a terminal; direction marks could make a cell read backwards.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_BREAKS = re.compile(r"[\t-\r\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a table is shown: ``width`` in columns (None: no screen, so nothing is wrapped), with colours or plain."""

    width: int | None = None
    color: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Heading of the ``column`` of that name; numbers stand to the right."""

    column: str
    text: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What is read, and the thing that it stands for, if it is one."""

    text: str = ""
    iri: str = ""

    @property
    def name(self) -> str:
        """Compact IRI to show beside the text; empty where it would say nothing more.

        A value of a closed code list (`voc:status-reported`) says no more than its label.
        """
        name = compact(self.iri)
        if not self.iri or _CODE.match(name) or self.text in (self.iri, name, local_name(self.iri)):
            return ""
        return name


@dataclass(frozen=True, slots=True)
class Page:
    """A result laid out: headings and cells; ``given`` says what the parameters stood for."""

    title: str
    given: str
    lang: str
    headings: tuple[Heading, ...]
    rows: list[tuple[Cell, ...]]
    remark: str = ""
    """That there were more rows; empty where these are all."""


def printable(text: str) -> str:
    """Text without control characters and direction marks.

    >>> printable("a\\x1b[31mb")
    'a\N{REPLACEMENT CHARACTER}[31mb'
    """
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def one_line(text: str) -> str:
    """The same as one line: what would break it is a space.

    >>> one_line("a\\nb\\x1b]0;c\\x07")
    'a b\N{REPLACEMENT CHARACTER}]0;c\N{REPLACEMENT CHARACTER}'
    """
    return printable(_BREAKS.sub(" ", text))


def display(result: Result) -> Page:
    """Lay out a result: reads all its rows, and the labels of the things in them.

    A column ``xLabel`` is the label of the column ``x`` and stands in it.
    """
    rows = list(result.rows)
    names = [column.name for column in result.columns]
    folded = {name: names.index(name + _LABEL) for name in names if name + _LABEL in names}
    shown = [place for place, name in enumerate(names) if place not in folded.values()]
    unlabelled = [place for place in shown if names[place] not in folded]
    things = {term.value for row in rows for place in unlabelled if isinstance(term := row[place], NamedNode)}
    things |= {term.value for _, terms in result.given for term in terms if isinstance(term, NamedNode)}
    labels = result.labels(things, result.lang)
    headings, columns = [], []
    for place in shown:
        column = result.columns[place]
        text = printable(_heading(column, result.lang))
        headings.append(Heading(column.name, text, _is_numeric(column, rows, place)))
        columns.append(_cells(rows, place, folded.get(column.name), labels))
    return Page(
        title=printable(result.title),
        given=printable(_given(result, labels)),
        lang=result.lang,
        headings=tuple(headings),
        rows=list(zip(*columns, strict=True)) if rows else [],
        remark=remark(result),
    )


def remark(result: Result) -> str:
    """What a reader of a result must know that its rows do not tell: that it was cut. Else empty.

    >>> remark(Result((), [], cut=True)), remark(Result((), []))
    ('(there are more: cut at the limit)', '')
    """
    return _CUT.get(result.lang, _CUT["en"]) if result.cut else ""


def _given(result: Result, labels: Mapping[str, str]) -> str:
    """One line of what each parameter stood for, empty where there is none."""
    said = []
    for name, terms in result.given:
        cells = [_cell(term, False, labels).text for term in terms if term is not None]
        if cells:
            said.append(f"{name}: {', '.join(cells)}")
    return "  ·  ".join(said)


def _heading(column: Column, lang: str) -> str:
    if column.label is None and column.name.endswith(_LABEL) and column.name != _LABEL:
        return Column(column.name.removesuffix(_LABEL)).heading(lang)
    return column.heading(lang)


def _is_numeric(column: Column, rows: Sequence[Row], place: int) -> bool:
    values = [to_python(row[place]) for row in rows if row[place] is not None]
    if not values:
        return column.type in ("integer", "decimal")
    return all(isinstance(value, int | float | Decimal) and not isinstance(value, bool) for value in values)


def _cells(rows: Sequence[Row], place: int, label: int | None, labels: Mapping[str, str]) -> list[Cell]:
    grouped = any(_digits(row[place]) >= _GROUPED_FROM for row in rows)
    cells = []
    for row in rows:
        cell = _cell(row[place], grouped, labels)
        named = None if label is None else row[label]
        cells.append(cell if named is None else Cell(printable(str(to_python(named))), cell.iri))
    return cells


def _digits(term: Term | None) -> int:
    """How many digits stand before the point of a number."""
    value = to_python(term)
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return 0
    return len(str(abs(int(value))))


def _cell(term: Term | None, grouped: bool, labels: Mapping[str, str]) -> Cell:
    if term is None:
        return Cell()
    if isinstance(term, NamedNode):
        return Cell(printable(labels.get(term.value, compact(term.value))), term.value)
    value = to_python(term)
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return Cell(f"{value:,}" if grouped else f"{value:f}" if isinstance(value, Decimal) else str(value))
    if isinstance(term, Literal) and term.datatype.value == XSD + "dateTime":
        return Cell(printable(term.value.removesuffix("T00:00:00").replace("T", " ")))
    return Cell(printable(term.value if isinstance(term, Literal) else str(value)))
