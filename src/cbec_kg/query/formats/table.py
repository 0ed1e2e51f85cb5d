"""Tables for a terminal: wrapped to its width, numbers to the right, articles as numbered sources below the table.

An answer that is too wide for its screen is shown as records, one line a column, as psql does.

>>> import io
>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import Literal, integer, iri
>>> rows = [(Literal("深圳"), integer(43200), iri("art:a1")), (Literal("Ningbo"), integer(900), iri("art:a1"))]
>>> out = io.BytesIO()
>>> write(Result((Column("city"), Column("companies"), Column("article")), rows), out)
>>> print(out.getvalue().decode(), end="")
city     companies   article
────────────────────────────
深圳        43,200   [1]
Ningbo         900   [1]
<BLANKLINE>
[1] art:a1
<BLANKLINE>
2 rows
"""

import io
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

from cbec_kg.namespaces import ARTICLE
from cbec_kg.query.formats.display import Cell, Page, Screen, display
from cbec_kg.query.results import Result

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

__all__ = ["write"]

# Rich needs some width; nothing is as wide as this.
_UNBOUNDED = 100_000
# A column of text narrower than this is read letter by letter; a line longer than that is not read at all.
_READABLE = 12
_LONGEST = 200
_BETWEEN = 3
_SPANS = {"en": "[article] first-last character of the evidence", "zh": "[文章] 证据的起止字符"}
_NO_ROWS = {"en": "No rows.", "zh": "没有结果。"}


def write(result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
    """Write a result as a table for people."""
    screen = screen or Screen()
    out.write(_drawn(display(result), screen).encode())


def _drawn(page: Page, screen: Screen) -> str:
    from rich.console import Console
    from rich.text import Text

    drawing = io.StringIO()
    console = Console(
        file=drawing,
        width=screen.width or _UNBOUNDED,
        color_system="standard" if screen.color else None,
        force_terminal=screen.color,
        force_jupyter=False,  # in a notebook rich would show the table itself, and leave nothing for us
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
        _environ={},  # what the environment says reaches us in `screen`
    )
    if page.title:
        console.print(Text(page.title, style="bold"))
        if page.given:
            console.print(Text(page.given, style="dim"))
        console.print()
    if page.rows:
        columns = len(page.headings)
        page, sources = _sourced(page)
        draw = _draw_table if _fits(page, screen.width) else _draw_records
        draw(console, page)
        _draw_sources(console, sources, page.lang, spans=len(page.headings) < columns)
        counted = _counted(len(page.rows), page.lang)
    else:
        counted = _NO_ROWS.get(page.lang, _NO_ROWS["en"])
    console.print(f"{counted} {page.remark}".rstrip())
    lines = drawing.getvalue().split("\n")
    return "\n".join(lines if screen.color else [line.rstrip() for line in lines])


def _sourced(page: Page) -> tuple[Page, list[Cell]]:
    """The page with articles as numbers in brackets, and the articles; one in the first column is what a row is about.

    Where the columns ``start`` and ``end`` follow an article, its number carries them: ``[1] 489-507``.
    """
    sources: dict[Cell, int] = {}
    spans = {place for place in range(1, len(page.headings) - 2) if _has_span(page, place)}
    kept = [place for place in range(len(page.headings)) if not {place - 1, place - 2} & spans]

    def sourced(row: tuple[Cell, ...], place: int) -> Cell:
        cell = row[place]
        if place == 0 or not cell.iri.startswith(ARTICLE):
            return cell
        number = f"[{sources.setdefault(cell, len(sources) + 1)}]"
        start, end = (row[place + 1].text, row[place + 2].text) if place in spans else ("", "")
        return Cell(f"{number} {start}-{end}" if start and end else number)

    rows = [tuple(sourced(row, place) for place in kept) for row in page.rows]
    return replace(page, headings=tuple(page.headings[place] for place in kept), rows=rows), list(sources)


def _has_span(page: Page, place: int) -> bool:
    names = [heading.column.lower() for heading in page.headings[place : place + 3]]
    articles = all(row[place].iri.startswith(ARTICLE) or not row[place].text for row in page.rows)
    return articles and names[1].endswith("start") and names[2].endswith("end")


def _text(cell: Cell) -> "Text":
    from rich.text import Text

    written = Text(cell.text)
    return written.append(f" {cell.name}", style="dim") if cell.name else written


def _fits(page: Page, width: int | None) -> bool:
    """Whether every column has the room that it needs to be read; without a screen, every cell needs one line."""
    from rich.cells import cell_len

    needed = _BETWEEN * (len(page.headings) - 1)
    for place, heading in enumerate(page.headings):
        widest = max(cell_len(f"{row[place].text} {row[place].name}".rstrip()) for row in page.rows)
        least = _READABLE if width else max(widest, _READABLE)
        needed += max(widest if heading.numeric else min(widest, least), min(cell_len(heading.text), least))
    return needed <= (width or _LONGEST)


def _draw_table(console: "Console", page: Page) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1), header_style="bold")
    for heading in page.headings:
        if heading.numeric:
            table.add_column(Text(heading.text), justify="right", no_wrap=True)
        else:
            table.add_column(Text(heading.text), overflow="fold")
    for row in page.rows:
        table.add_row(*map(_text, row))
    console.print(table)
    console.print()


def _draw_records(console: "Console", page: Page) -> None:
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(page.rows, start=1):
        console.print(Text(f"── {number} ──", style="dim"))
        record = Table.grid(padding=(0, 2, 0, 0))
        record.add_column(no_wrap=True)
        record.add_column(overflow="fold")
        for heading, cell in zip(page.headings, row, strict=True):
            if cell.text:
                record.add_row(Text(heading.text, style="bold"), _text(cell))
        console.print(record)
    console.print()


def _draw_sources(console: "Console", sources: list[Cell], lang: str, *, spans: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    if sources:
        listed = Table.grid(padding=(0, 1, 0, 0))
        listed.add_column(no_wrap=True)
        listed.add_column(overflow="fold")
        for number, source in enumerate(sources, start=1):
            listed.add_row(f"[{number}]", _text(source))
        if spans:
            listed.add_row("", Text(_SPANS.get(lang, _SPANS["en"]), style="dim"))
        console.print(listed)
        console.print()


def _counted(rows: int, lang: str) -> str:
    if lang == "zh":
        return f"{rows} 行"
    return "1 row" if rows == 1 else f"{rows} rows"
