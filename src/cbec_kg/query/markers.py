"""Find and fill the lines of a query that take a parameter: ``VALUES ?x { terms } #= name``, alone on its line.

Only what stands between the braces is ever replaced, in one pass over the lines as the author wrote them, so that a
value that looks like a marker is never taken for one.

>>> fill("VALUES ?x { 1 }  #= x\\n?s ?p ?x", {"x": "2 3"})
'VALUES ?x { 2 3 }  #= x\\n?s ?p ?x'
>>> [(marker.line, marker.name, marker.terms) for marker in markers("A\\nVALUES ?x { 1 } #= x")]
[(2, 'x', '1')]
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

__all__ = ["Marker", "fill", "markers"]

# A line that ends like a marker; whether the rest of it has the right shape is looked at next.
_MARKED = re.compile(r"#=[ \t]*(\S*)[ \t]*$")
_SHAPE = re.compile(
    r"([ \t]*VALUES[ \t]+\?([A-Za-z_][A-Za-z0-9_]*)[ \t]*\{)(.*)(\}[ \t]*#=[ \t]*([A-Za-z_][A-Za-z0-9_]*)[ \t]*)"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A marked line, counted from 1; ``name`` is empty where the line has not the shape of a marker."""

    line: int
    name: str
    variable: str
    terms: str


def markers(text: str) -> Iterator[Marker]:
    """The marked lines of a query, in order."""
    for number, line in enumerate(text.split("\n"), start=1):
        if found := _SHAPE.fullmatch(line):
            yield Marker(number, found[5], found[2], found[3].strip())
        elif _MARKED.search(line) and not line.startswith("#"):
            yield Marker(number, "", "", "")


def fill(text: str, terms: Mapping[str, str]) -> str:
    """The text with the terms of the named markers replaced; all else stays as it is, character by character."""

    def filled(line: str) -> str:
        found = _SHAPE.fullmatch(line)
        if not found or found[5] not in terms:
            return line
        return f"{found[1]} {terms[found[5]]} {found[4]}"

    return "\n".join(filled(line) for line in text.split("\n"))
