r"""Write an answer to a text or a file, in any of the formats that the commands have.

>>> from cbec_kg.query.results import Truth
>>> text_of(Truth(True), "table")
'true\n'
>>> form_of("answers/programmes.json"), form_of("trade.XLSX")
('json', 'xlsx')
>>> form_of("trade")
Traceback (most recent call last):
    ...
cbec_kg.errors.CbecError: 'trade' says no format: name one: form="csv", or end the name in .csv, .xlsx ...
"""

import io
import os
from pathlib import Path
from typing import BinaryIO

from cbec_kg.errors import CbecError
from cbec_kg.query.formats.display import Screen
from cbec_kg.query.formats.registry import FORMATS, GRAPH_FORMATS, write
from cbec_kg.query.results import Answer
from cbec_kg.rdf.formats import by_name

__all__ = ["Target", "form_of", "text_of", "write_to"]

Target = str | os.PathLike[str] | BinaryIO


def form_of(name: str) -> str:
    """Format that the end of a file's name says; raises `CbecError`."""
    suffix = Path(name).suffix.lower()
    for form in FORMATS.values():
        if suffix in (form.suffix, f".{form.name}"):
            return form.name
    for known in GRAPH_FORMATS:
        if suffix in (by_name(known).suffix, f".{known}"):
            return known
    raise CbecError(f"{name!r} says no format", fix='name one: form="csv", or end the name in .csv, .xlsx ...')


def text_of(answer: Answer, form: str, lang: str = "en", screen: Screen | None = None) -> str:
    """An answer as text; raises `CbecError` for a format that is none."""
    if form in FORMATS and FORMATS[form].binary:
        raise CbecError(f"{form} is no text", fix=f'write it to a file: .write("answer{FORMATS[form].suffix}")')
    out = io.BytesIO()
    write(answer, form, out, screen, lang=lang)
    return out.getvalue().decode()


def write_to(answer: Answer, target: Target, form: str | None, lang: str = "en") -> None:
    """Write an answer to a file, by name or opened for bytes; what cannot be written whole is not begun."""
    named = not hasattr(target, "write")
    if form is None:
        form = form_of(os.fspath(target) if named else str(getattr(target, "name", "")))  # type: ignore[arg-type]
    out = io.BytesIO()
    write(answer, form, out, lang=lang)
    if named:
        try:
            Path(target).write_bytes(out.getvalue())  # type: ignore[arg-type]
        except OSError as error:
            raise CbecError(f"{target} cannot be written: {error.strerror}", fix="name another file") from None
    else:
        try:
            target.write(out.getvalue())  # type: ignore[union-attr]
        except TypeError:
            raise CbecError("the file is open for text", fix='open it for bytes: open(name, "wb")') from None
