"""Excel workbooks, by openpyxl (the extra ``xlsx``): one sheet, a fixed heading row, numbers and days as such.

What Excel would change stays text: numbers of more than 15 digits, and strings that look like formulas.

>>> import io, zipfile
>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import integer
>>> out = io.BytesIO()
>>> write(Result((Column("rank"),), [(integer(2),)]), out)
>>> b"<v>2</v>" in zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")
True
"""

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from cbec_kg.errors import CbecError, MissingExtra
from cbec_kg.query.formats.delimited import plain
from cbec_kg.query.formats.display import Screen, remark
from cbec_kg.query.results import Result, Value, to_python
from cbec_kg.rdf.terms import Literal, Term

__all__ = ["write"]

_MOST_ROWS = 1_048_576
_LONGEST = 32_767
_DIGITS = 15
_CUT_SHEET = {"en": "Not all", "zh": "未完"}
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# A column as wide as its widest cell, within reason.
_NARROWEST, _WIDEST = 8, 60
_FIRST_DAY = datetime(1900, 3, 1)  # Excel takes 1900 for a leap year: earlier days would be off by one


def write(result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
    """Write a result as a workbook; raises `MissingExtra`."""
    try:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter
    except ImportError:
        raise MissingExtra("xlsx needs openpyxl", fix='pip install "cbec-kg[xlsx]"') from None

    rows = [[_value(term) for term in row] for row in result.rows]
    if len(rows) >= _MOST_ROWS:
        raise CbecError(f"{len(rows):,} rows, and a sheet holds {_MOST_ROWS - 1:,}", fix="use csv or parquet")
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(result.title))
    sheet.freeze_panes = "A2"
    headings = [column.heading(result.lang) for column in result.columns]
    for place, heading in enumerate(headings):
        widest = max((len(str(row[place])) for row in rows if row[place] is not None), default=0)
        width = min(max(widest, len(heading), _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(place + 1)].width = width + 2

    def cell(value: Value, font: Font | None = None) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            made.data_type = "s"  # else a text that begins with = would be a formula
        if font:
            made.font = font
        return made

    sheet.append([cell(heading, Font(bold=True)) for heading in headings])
    for row in rows:
        sheet.append([cell(value) for value in row])
    if said := remark(result):
        # On a sheet of its own: a row of the first one would be read as data.
        book.create_sheet(_CUT_SHEET.get(result.lang, _CUT_SHEET["en"])).append([said])
    # A pipe whose reader leaves would break in the middle of the zip file, and its own writer would complain besides.
    whole = io.BytesIO()
    book.save(whole)
    out.write(whole.getvalue())


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", _ILLEGAL.sub(" ", title))[:31].strip() or "Answer"


def _value(term: Term | None) -> Value:
    value = to_python(term) if isinstance(term, Literal) else None
    if isinstance(value, bool):
        return value
    if isinstance(value, int | Decimal) and len(f"{Decimal(value):f}".replace(".", "").strip("-0")) <= _DIGITS:
        return value
    if isinstance(value, float) and abs(value) < float("inf"):
        return value
    if isinstance(value, datetime) and value.tzinfo is None and value >= _FIRST_DAY:
        return value.date() if value == datetime(value.year, value.month, value.day) else value
    if isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY.date():
        return value
    return None if term is None else _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", plain(term))[:_LONGEST]
