"""Markdown: a GitHub table, things as links to their IRIs.

>>> import io
>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import Literal, integer
>>> out = io.BytesIO()
>>> write(Result((Column("city"), Column("rank")), [(Literal("a|b"), integer(1))]), out)
>>> print(out.getvalue().decode(), end="")
| city | rank |
| :--- | ---: |
| a\\|b | 1 |
"""

import re
from collections.abc import Iterable
from typing import BinaryIO

from cbec_kg.query.formats.display import Cell, Screen, display
from cbec_kg.query.results import Result

__all__ = ["write"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&$])")
_WEB = re.compile(r"https?://[^\s<>()\\]+")


def write(result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
    """Write a result as a Markdown table."""
    page = display(result)
    lines = [
        _line(_text(heading.text) for heading in page.headings),
        _line("---:" if heading.numeric else ":---" for heading in page.headings),
        *(_line(map(_cell, row)) for row in page.rows),
        *([f"\n{page.remark}\n"] if page.remark else []),
    ]
    out.write("".join(lines).encode())


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |\n"


def _text(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    return "<br>".join(_SPECIAL.sub(r"\\\1", line) for line in text.split("\n"))


def _cell(cell: Cell) -> str:
    if _WEB.fullmatch(cell.iri):
        return f"[{_text(cell.text)}]({cell.iri.replace('|', '%7C')})"
    return _text(f"{cell.text} ({cell.iri})" if cell.iri and cell.iri != cell.text else cell.text)
