"""HTML: a page of its own that reads well by eye and by screen reader, without script and without other files.

>>> import io
>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import Literal
>>> print(fragment(Result((Column("x", "string"),), [(Literal("<b>"),)], title="Things")))
<table>
<caption>Things</caption>
<thead><tr><th scope="col">x</th></tr></thead>
<tbody>
<tr><td>&lt;b&gt;</td></tr>
</tbody>
</table>
"""

import re
from html import escape
from typing import BinaryIO

from cbec_kg.query.formats.display import Cell, Heading, Page, Screen, display
from cbec_kg.query.results import Result

__all__ = ["fragment", "write"]

# Only these lead somewhere; a link with another scheme could run a script.
_WEB = re.compile(r"https?://", re.IGNORECASE)
_STYLE = """\
:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 2rem; }
table { border-collapse: collapse; }
caption { text-align: start; font-weight: bold; padding-block-end: .5rem; }
th, td { text-align: start; vertical-align: top; padding: .25rem .75rem; border-block-end: 1px solid #8888; }
.number { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
"""
_TITLE = {"en": "Answer", "zh": "结果"}


def write(result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
    """Write a result as a page."""
    page = display(result)
    title = page.title or _TITLE.get(page.lang, _TITLE["en"])
    out.write(
        f'<!doctype html>\n<html lang="{escape(page.lang)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n<title>{escape(title)}</title>\n'
        f"<style>\n{_STYLE}</style>\n</head>\n<body>\n<main>\n{_table(page)}\n</main>\n</body>\n</html>\n".encode()
    )


def fragment(result: Result) -> str:
    """The table alone, to stand in another page."""
    return _table(display(result))


def _table(page: Page) -> str:
    lines = ["<table>"]
    if page.title:
        lines.append(f"<caption>{escape(page.title)}</caption>")
    headings = "".join(f'<th scope="col"{_number(heading)}>{escape(heading.text)}</th>' for heading in page.headings)
    lines.append(f"<thead><tr>{headings}</tr></thead>")
    lines.append("<tbody>")
    for row in page.rows:
        cells = (f"<td{_number(heading)}>{_cell(cell)}</td>" for heading, cell in zip(page.headings, row, strict=True))
        lines.append(f"<tr>{''.join(cells)}</tr>")
    lines += ["</tbody>", "</table>"]
    if page.remark:
        lines.append(f"<p>{escape(page.remark)}</p>")
    return "\n".join(lines)


def _number(heading: Heading) -> str:
    return ' class="number"' if heading.numeric else ""


def _cell(cell: Cell) -> str:
    text = escape(cell.text).replace("\n", "<br>")
    if not _WEB.match(cell.iri):
        return f"{text} <code>{escape(cell.name)}</code>" if cell.name else text
    title = f' title="{escape(cell.name)}"' if cell.name else ""
    return f'<a href="{escape(cell.iri)}"{title}>{text}</a>'
