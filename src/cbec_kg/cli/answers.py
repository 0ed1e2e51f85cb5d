"""Write an answer to standard output, in the format that was asked for.

>>> screen(color=False).color
False
"""

import os
import shutil
import sys
from typing import TYPE_CHECKING, BinaryIO

import click

from cbec_kg.errors import CbecError
from cbec_kg.query.formats import display, registry
from cbec_kg.query.limit import limited
from cbec_kg.query.results import Result, Truth

if TYPE_CHECKING:
    from cbec_kg.query.results import Answer

__all__ = ["screen", "write_answer"]


def screen(*, color: bool) -> display.Screen:
    """The terminal as a table sees it: its width, and whether it has colours; elsewhere as wide as the table needs."""
    if not sys.stdout.isatty():
        width = int(os.environ["COLUMNS"]) if os.environ.get("COLUMNS", "").isdigit() else None
        return display.Screen(width, False)
    return display.Screen(shutil.get_terminal_size().columns, color and "NO_COLOR" not in os.environ)


def write_answer(answer: "Answer", form: str, lang: str, limit: int | None = None) -> None:
    """Write an answer to standard output, ``limit`` rows of it at most; a binary format is refused on a terminal."""
    known = registry.FORMATS.get(form)
    if known and known.binary and sys.stdout.isatty():
        raise CbecError(
            f"{form} is no reading for a terminal", fix=f"send it to a file: ... --format {form} > answer{known.suffix}"
        )
    if limit is not None:
        answer = limited(answer, limit)
    out: BinaryIO = sys.stdout.buffer
    registry.write(answer, form, out, screen(color=True), lang=lang)
    out.flush()
    if not isinstance(answer, Truth) and answer.cut:
        what = "rows" if isinstance(answer, Result) else "triples"
        click.echo(f"cut after {limit:,} {what} (--limit {limit}): there are more; raise it or leave it out", err=True)
