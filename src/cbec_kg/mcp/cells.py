"""Terms as JSON has them: things as prefixed names, which every tool takes, numbers as numbers, days as days.

>>> from cbec_kg.rdf.terms import decimal, iri
>>> json_value(iri("id:shein"), Column("platform", "iri")), json_value(decimal("1.69"), Column("level", "decimal"))
('id:shein', 1.69)
>>> clipped("abcdefgh", 5)
'abcde… (8 characters)'
"""

from datetime import date, datetime, time
from decimal import Decimal

from cbec_kg.errors import QueryError
from cbec_kg.namespaces import compact
from cbec_kg.query.results import to_python
from cbec_kg.query.saved import Column
from cbec_kg.rdf.terms import NamedNode, Term

__all__ = ["Json", "clipped", "exact_number", "json_value"]

Json = str | int | float | bool | None

_KINDS: dict[str, tuple[type, ...]] = {"integer": (int,), "decimal": (int, float), "boolean": (bool,)}


def json_value(term: Term | None, column: Column, longest: int = 2_000) -> Json:
    """A term as JSON; text over ``longest`` characters is cut, and says so.

    Raises `QueryError` for a value that the column's declared type does not allow.
    """
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return clipped(compact(term.value), longest)
    value = to_python(term)
    if isinstance(value, Decimal):
        value = exact_number(value)
    elif isinstance(value, datetime):
        value = value.date().isoformat() if value.time() == time() and not value.tzinfo else value.isoformat()
    elif isinstance(value, date):
        value = value.isoformat()
    elif isinstance(value, float) and (value != value or abs(value) == float("inf")):
        value = str(value)
    kinds = _KINDS.get(column.type or "", (str,) if column.type not in (None, "term") else (object,))
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds and object not in kinds):
        raise QueryError(f"column {column.name} holds {str(value)[:60]!r}, which is no {column.type}")
    return clipped(value, longest) if isinstance(value, str) else value


def exact_number(value: Decimal) -> int | float:
    """A whole number with all its digits; any other as the nearest that JSON's readers hold."""
    return int(value) if value == value.to_integral_value() else float(value)


def clipped(text: str, longest: int) -> str:
    """A text, or its beginning and how long it is."""
    return text if len(text) <= longest else f"{text[:longest]}… ({len(text):,} characters)"
