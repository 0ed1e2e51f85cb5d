"""A part of a report: rows of plain values, as a table for people and as JSON for programs.

>>> rows = ({"lang": "en", "rate": 0.30512}, {"lang": "zh", "rate": None})
>>> section = Section("speed", "Speed", (Column("lang", "language"), Column("rate", "MB/s", ".2f")), rows, ("A note.",))
>>> print(section.text())
Speed
  language  MB/s
  en        0.31
  zh           -
  A note.
>>> section.plain()
[{'lang': 'en', 'rate': 0.30512}, {'lang': 'zh', 'rate': None}]
"""

from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

__all__ = ["Column", "Section", "Value"]

Value = str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Column:
    """A key of the rows, its heading, and for numbers how they are written."""

    key: str
    heading: str
    form: str = ""

    def show(self, value: Value) -> str:
        """A value as text.

        >>> Column("n", "n", ",d").show(12345), Column("x", "x", ".1f").show(None), Column("e", "e").show(True)
        ('12,345', '-', 'yes')
        """
        if value is None:
            return "-"
        if isinstance(value, bool):
            return "yes" if value else "no"
        return format(value, self.form)


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a ``title``; ``name`` is their key in JSON. A row may hold keys that no column shows."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, Value], ...]
    notes: tuple[str, ...] = ()

    def text(self) -> str:
        """An aligned table: words to the left, numbers to the right."""
        cells = [[column.heading for column in self.columns]]
        cells += [[column.show(row.get(column.key)) for column in self.columns] for row in self.rows]
        widths = [max(map(_width, line)) for line in zip(*cells, strict=True)]
        lines = [self.title]
        for line in cells:
            padded = [
                _padded(cell, width, right=bool(column.form))
                for cell, width, column in zip(line, widths, self.columns, strict=True)
            ]
            lines.append("  " + "  ".join(padded).rstrip())
        return "\n".join(lines + [f"  {note}" for note in self.notes])

    def plain(self) -> list[dict[str, Value]]:
        """Rows for JSON, numbers with six digits that count."""
        return [
            {key: float(f"{value:.6g}") if isinstance(value, float) else value for key, value in row.items()}
            for row in self.rows
        ]


def _width(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
