"""JSON: the SPARQL 1.1 Query Results format, and one plain object a line.

``json`` is the standard, so that every program that reads SPARQL results reads it: terms keep kind, datatype and
language. ``jsonl`` is for quick work: one object a row, numbers as numbers with all their digits, null for nothing.

>>> import io
>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import decimal, iri
>>> result = Result((Column("x"), Column("y")), [(iri("id:shein"), decimal("9.8")), (None, None)])
>>> out = io.BytesIO()
>>> write_jsonl(result, out)
>>> print(out.getvalue().decode(), end="")
{"x": "https://w3id.org/cbec-kg/id/shein", "y": 9.8}
{"x": null, "y": null}
"""

import json
from typing import BinaryIO

from cbec_kg.query.formats.delimited import plain
from cbec_kg.query.formats.display import Screen
from cbec_kg.query.results import Result, to_python
from cbec_kg.rdf.terms import XSD, BlankNode, Literal, Term

__all__ = ["json_of", "write_json", "write_jsonl"]


def write_json(result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
    """Write a result as SPARQL 1.1 Query Results JSON, one binding a line."""
    names = [column.name for column in result.columns]
    out.write(f'{{"head": {{"vars": {json.dumps(names)}}}, "results": {{"bindings": ['.encode())
    separator = "\n"
    for row in result.rows:
        binding = {name: _term(term) for name, term in zip(names, row, strict=True) if term is not None}
        out.write((separator + json.dumps(binding, ensure_ascii=False)).encode())
        separator = ",\n"
    out.write(b"\n]}}\n")


def _term(term: Term) -> dict[str, str]:
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if not isinstance(term, Literal):
        return {"type": "uri", "value": plain(term)}
    written = {"type": "literal", "value": term.value}
    if term.language:
        return {**written, "xml:lang": term.language}
    return written if term.datatype.value == XSD + "string" else {**written, "datatype": term.datatype.value}


def write_jsonl(result: Result, out: BinaryIO, screen: Screen | None = None) -> None:
    """Write one object a row."""
    keys = [json.dumps(column.name, ensure_ascii=False) for column in result.columns]
    for row in result.rows:
        pairs = (f"{key}: {json_of(term)}" for key, term in zip(keys, row, strict=True))
        out.write(("{" + ", ".join(pairs) + "}\n").encode())


def json_of(term: Term | None) -> str:
    """JSON text of a term's plain value; a decimal keeps every digit, which a float would not."""
    if term is None:
        return "null"
    value = to_python(term)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(term, Literal) and not isinstance(value, str):
        if term.datatype.value == XSD + "decimal":
            return f"{value:f}"
        if isinstance(value, int):
            return str(value)
        if isinstance(value, float) and abs(value) < float("inf"):
            return repr(value)
    return json.dumps(plain(term), ensure_ascii=False)
