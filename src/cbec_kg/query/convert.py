"""Turn what a person or a program gives for a parameter into RDF terms.

>>> from cbec_kg.query.saved import Bilingual
>>> since = Param("since", "date", Bilingual("Since", "自"))
>>> to_terms(since, "2021-01-14", refuse_names)[0].value
'2021-01-14T00:00:00'
>>> to_terms(Param("period", "period", Bilingual("Period")), "2020-01/2020-06", refuse_names)[0].value
'https://w3id.org/cbec-kg/period/2020-H1'
>>> to_terms(since, "last year", refuse_names)
Traceback (most recent call last):
    ...
cbec_kg.errors.BadParameter: since is 'last year': give a date such as 2021-01-14
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from operator import index
from typing import SupportsIndex

from cbec_kg.errors import BadParameter, RowError
from cbec_kg.model import period as periods
from cbec_kg.namespaces import LOCAL_NAME, PERIOD, PREFIXES
from cbec_kg.query.bounds import refuse_outside
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.said import printed, said
from cbec_kg.query.saved import LANGUAGES, Param, SavedQuery
from cbec_kg.rdf.terms import XSD, Literal, NamedNode, Term, date_time, decimal, integer

__all__ = ["Resolve", "refuse_names", "terms_of", "to_terms", "written_iri"]

# Finds the thing that a person names, among the instances of the parameter's class.
Resolve = Callable[[Param, str], NamedNode]

_INTEGER = re.compile(r"[+-]?[0-9]{1,19}")
# What Oxigraph's decimals hold: 128 bits, 18 digits of them behind the point.
_DECIMAL = re.compile(r"[+-]?[0-9]{1,20}(\.[0-9]{1,18})?")
_LIMITS = {"integer": 2**63, "decimal": 10**20}
_MOST_BITS = 1_000
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SCHEME = re.compile(r"(https?|urn|mailto|file|tag|doi):", re.IGNORECASE)


def refuse_names(param: Param, name: str) -> NamedNode:
    """The resolver to use without a store: it knows no names."""
    raise BadParameter(f"{param.name} is {said(name)}", fix="give a prefixed name or an IRI")


def terms_of(query: SavedQuery, values: Mapping[str, object], resolve: Resolve) -> dict[str, tuple[Term | None, ...]]:
    """Terms of all given parameters of a query; raises `BadParameter` for one that it does not have, or lacks."""
    known = {name: query.param(name) for name in values}
    for param in query.params:
        if param.required and param.name not in values:
            raise BadParameter(f"{query.name} needs {param.name}", fix=f"give {param.name}={param.expects()}")
    return {name: to_terms(known[name], value, resolve) for name, value in values.items()}


def to_terms(param: Param, value: object, resolve: Resolve) -> tuple[Term | None, ...]:
    """Terms of one value, or of a list where the parameter takes many; None stands for "any".

    Raises `BadParameter` where a value is not of the parameter's type, outside its limits or none of its choices.
    """
    if value is None:
        if param.default or param.required:
            raise BadParameter(f"{param.name} has no value", fix=f"give {param.expects()}")
        return (None,)
    values = tuple(value) if isinstance(value, list | tuple) else (value,)
    if not values or (len(values) > 1 and not param.many):
        fix = "give one or more" if param.many else "give one"
        raise BadParameter(f"{param.name} has {len(values)} values", fix=fix)
    terms = tuple(_term(param, _written(param, one), resolve) for one in values)
    if param.choices:
        allowed = [_term(param, choice, resolve) for choice in param.choices]
        for term, one in zip(terms, values, strict=True):
            if term not in allowed:
                raise BadParameter(f"{param.name} is {said(one)}", fix=did_you_mean(str(one), param.choices))
    return tuple(dict.fromkeys(terms))


def _written(param: Param, value: object) -> str:
    """A Python value as a person would write it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, NamedNode):
        return f"<{value.value}>"
    if isinstance(value, datetime) and value.tzinfo is None and value.time() == time():
        value = value.date()  # what rows hold where the graph has a day
    if isinstance(value, float):
        value = Decimal(repr(float(value)))
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 40:
        return format(value, "f")
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:  # Python itself writes no more than 4,300 digits
        raise BadParameter(f"{param.name} is a number of more than 300 digits", fix=f"give {param.expects()}")
    if isinstance(value, str | int | Decimal | date):
        return str(value)
    if isinstance(value, SupportsIndex):  # numbers of other libraries, such as numpy's
        return str(index(value))
    raise BadParameter(f"{param.name} is of type {type(value).__name__}", fix=f"give {param.expects()}")


def _term(param: Param, written: str, resolve: Resolve) -> Term:
    try:
        written.encode()
    except UnicodeEncodeError:
        raise BadParameter(f"{param.name} is no Unicode text", fix=f"give {param.expects()}") from None
    term = _READERS[param.type](param, written, resolve)
    if term is None:
        raise BadParameter(f"{param.name} is {said(written)}", fix=f"give {param.expects()}")
    refuse_outside(param, written)
    return term


def _iri(param: Param, written: str, resolve: Resolve) -> Term | None:
    return resolve(param, written)


def written_iri(written: str) -> NamedNode | None:
    """Node of a full IRI (angle brackets or not) or of a prefixed name that the project knows; None of anything else.

    >>> written_iri("id:shein"), written_iri("Alibaba: the group")
    (<NamedNode value=https://w3id.org/cbec-kg/id/shein>, None)
    """
    prefix, colon, local = written.partition(":")
    if colon and prefix in PREFIXES and LOCAL_NAME.fullmatch(local):
        return NamedNode(PREFIXES[prefix] + local)
    bare = written[1:-1] if written.startswith("<") and written.endswith(">") else written
    if bare == written and not _SCHEME.match(bare):
        return None
    try:
        return NamedNode(bare)
    except ValueError as error:
        fix = "write a full IRI, a prefixed name or a label"
        raise BadParameter(f"{said(written)} is not an IRI ({printed(str(error))})", fix=fix) from None


def _string(param: Param, written: str, resolve: Resolve) -> Term | None:
    return Literal(written)


def _number(param: Param, written: str, resolve: Resolve) -> Term | None:
    pattern = _INTEGER if param.type == "integer" else _DECIMAL
    if not pattern.fullmatch(written):
        return None
    if abs(Decimal(written)) >= _LIMITS[param.type]:
        raise BadParameter(f"{param.name} is {written}", fix="give a smaller number")
    return integer(int(written)) if param.type == "integer" else decimal(written)


def _day(param: Param, written: str, resolve: Resolve) -> Term | None:
    try:
        return date_time(date.fromisoformat(written).isoformat()) if _DATE.fullmatch(written) else None
    except ValueError:
        return None


def _period(param: Param, written: str, resolve: Resolve) -> Term | None:
    named = written_iri(written)
    if named is not None:
        return named if named.value.startswith(PERIOD) else None
    try:
        return NamedNode(PERIOD + periods.parse(written).name)
    except (RowError, OverflowError):
        return None


def _lang(param: Param, written: str, resolve: Resolve) -> Term | None:
    return Literal(written) if written in LANGUAGES else None


def _boolean(param: Param, written: str, resolve: Resolve) -> Term | None:
    return Literal(written, datatype=NamedNode(XSD + "boolean")) if written in ("true", "false") else None


_READERS: dict[str, Callable[[Param, str, Resolve], Term | None]] = {
    "iri": _iri,
    "string": _string,
    "integer": _number,
    "decimal": _number,
    "date": _day,
    "period": _period,
    "lang": _lang,
    "boolean": _boolean,
}
