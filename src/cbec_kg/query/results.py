"""Answers: the rows of a SELECT, the yes or no of an ASK, the triples of a CONSTRUCT or DESCRIBE.

Rows hold RDF terms and may come one by one, so that a long answer is written as it is read; `Result.kept` holds them.

>>> from cbec_kg.rdf.terms import decimal
>>> result = Result((Column("level", "decimal"),), iter([(decimal("1.69"),)]))
>>> result = result.kept()
>>> list(result.records()), list(result.records())
([{'level': Decimal('1.69')}], [{'level': Decimal('1.69')}])
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from cbec_kg.query.saved import Column
from cbec_kg.rdf.terms import XSD, BlankNode, Literal, NamedNode, Term, Triple

__all__ = ["Answer", "Graph", "Labels", "Result", "Row", "Truth", "Value", "fits", "no_labels", "to_python"]

Row = tuple[Term | None, ...]
Value = str | int | float | Decimal | bool | datetime | date | None
# Labels of IRIs in one language; an IRI without a label is left out.
Labels = Callable[[Collection[str], str], Mapping[str, str]]

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger",
        "negativeInteger", "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
    )
)  # fmt: skip
# As XML Schema has them: Python takes "1E999999999" too, a number that no memory holds, and "NaN", and "1_000".
_WHOLE, _DECIMAL = re.compile(r"[+-]?[0-9]+"), re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")
_FLOATS = frozenset((XSD + "double", XSD + "float"))
_TYPES = {
    "string": frozenset((XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString")),
    "integer": _INTEGERS,
    "decimal": _INTEGERS | {XSD + "decimal"},
    "date": frozenset((XSD + "dateTime", XSD + "date")),
    "boolean": frozenset((XSD + "boolean",)),
}


def no_labels(iris: Collection[str], lang: str) -> Mapping[str, str]:
    """The labels to use without a store: none."""
    return {}


@dataclass(frozen=True, slots=True)
class Result:
    """Rows under typed columns; ``lang`` is the language of headings and labels, ``labels`` finds labels of IRIs."""

    columns: tuple[Column, ...]
    rows: Iterable[Row]
    title: str = ""
    lang: str = "en"
    labels: Labels = no_labels
    given: tuple[tuple[str, tuple[Term | None, ...]], ...] = ()
    """Label of each parameter and the terms that it stood for, defaults included."""
    cut: bool = False
    """Whether rows behind these were left out, as `cbec_kg.query.limit` does."""

    def kept(self) -> "Result":
        """The same with its rows in memory, to be read more than once."""
        return self if isinstance(self.rows, tuple) else replace(self, rows=tuple(self.rows))

    def records(self) -> Iterator[dict[str, Value]]:
        """One dictionary of Python values a row."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, map(to_python, row), strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Truth:
    """The answer of an ASK."""

    value: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """The answer of a CONSTRUCT or a DESCRIBE."""

    triples: Iterable[Triple]
    cut: bool = False


Answer = Result | Truth | Graph


def to_python(term: Term | None) -> Value:
    """Python value of a term: an IRI is a string; a literal that its datatype does not allow stays the string it is.

    >>> to_python(Literal("2021-01-14T00:00:00", datatype=NamedNode(XSD + "dateTime")))
    datetime.datetime(2021, 1, 14, 0, 0)
    >>> to_python(Literal("many", datatype=NamedNode(XSD + "integer")))
    'many'
    >>> to_python(Literal("1E999999999", datatype=NamedNode(XSD + "decimal")))
    '1E999999999'
    """
    if term is None:
        return None
    if isinstance(term, BlankNode):
        return f"_:{term.value}"
    if not isinstance(term, Literal):
        return term.value if isinstance(term, NamedNode) else str(term)
    written, datatype = term.value, term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(written) if _WHOLE.fullmatch(written) else written
        if datatype == XSD + "decimal":
            return Decimal(written) if _DECIMAL.fullmatch(written) else written
        if datatype in _FLOATS:
            return float(written.replace("INF", "inf"))
        if datatype == XSD + "dateTime":
            return datetime.fromisoformat(written)
        if datatype == XSD + "date":
            return date.fromisoformat(written)
    except (ValueError, ArithmeticError):
        return written
    if datatype == XSD + "boolean":
        return {"true": True, "1": True, "false": False, "0": False}.get(written, written)
    return written


def fits(term: Term | None, kind: str | None) -> bool:
    """Whether a term may stand in a column of that type; nothing at all may stand anywhere.

    >>> fits(Literal("1.5"), "decimal"), fits(NamedNode("a:b"), "iri"), fits(None, "date")
    (False, True, True)
    """
    if term is None or kind is None or kind == "term":
        return True
    if isinstance(term, Literal):
        return kind in _TYPES and term.datatype.value in _TYPES[kind]
    return kind == "iri"
