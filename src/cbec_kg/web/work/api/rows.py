"""Rows of a saved query as bytes, in pieces as they are read where the format allows it.

``json`` is the API's own: columns with types and labels, rows of plain values, the sources of each row, labels of the
things in them, and where the next rows are. ``sparql-json`` is the W3C's. The others are those of the command line.

>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import decimal, iri
>>> result = Result((Column("x"), Column("y")), ((iri("id:shein"), decimal("9.8")),))
>>> b"".join(pieces(result, "csv"))
b'x,y\\r\\nhttps://w3id.org/cbec-kg/id/shein,9.8\\r\\n'
>>> b"".join(pieces(result, "sparql-json")).decode() == rendered(result, "sparql-json").decode()
True
"""

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain, islice
from typing import Any

from cbec_kg.namespaces import local_name
from cbec_kg.query.formats import registry
from cbec_kg.query.formats.json_lines import json_of
from cbec_kg.query.results import Result, Row
from cbec_kg.query.sources import Source, sources_of
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.store.base import Store

__all__ = ["json_pieces", "pieces", "rendered"]

_AT_ONCE = 500
# Formats whose rows stand one behind the other: what stands between two, and what after the last.
_ROW_BY_ROW = {"csv": (b"", b""), "tsv": (b"", b""), "jsonl": (b"", b""), "sparql-json": (b",", b"\n]}}\n")}
_REGISTERED = {"sparql-json": "json"}


def rendered(result: Result, form: str) -> bytes:
    """All of it at once, as the registry of formats writes it."""
    out = io.BytesIO()
    registry.write(result, _REGISTERED.get(form, form), out, lang=result.lang)
    return out.getvalue()


def pieces(result: Result, form: str) -> Iterator[bytes]:
    """The same bytes, some hundred rows at a time where a row does not change how another is written."""
    if form not in _ROW_BY_ROW:
        yield rendered(result, form)
        return
    between, end = _ROW_BY_ROW[form]
    nothing = rendered(replace(result, rows=()), form)
    start = nothing[: len(nothing) - len(end)]
    yield start
    separator = b""
    for batch in _batches(iter(result.rows)):
        written = rendered(replace(result, rows=batch), form)
        yield separator + written[len(start) : len(written) - len(end)]
        separator = between
    yield end


def json_pieces(result: Result, store: Store, head: Mapping[str, Any], following: str | None) -> Iterator[bytes]:
    """One JSON object; ``head`` are its first members, ``following`` is where the next rows are, None behind the last.

    Labels are those of things that no column of the answer labels.
    """
    columns = [
        {"name": one.name, "type": one.type or "term", "label": one.heading(result.lang)} for one in result.columns
    ]
    yield f'{_text({**head, "columns": columns})[:-1]}, "rows": ['.encode()
    keys = [_text(column.name) for column in result.columns]
    sources: list[tuple[Source, ...]] = []
    things: set[str] = set()
    separator = "\n"
    for batch in _batches(iter(result.rows)):
        kept = replace(result, rows=batch)
        sources += sources_of(kept, store)
        things |= _unlabelled(kept)
        lines = []
        for row in batch:
            pairs = (f"{key}: {json_of(term)}" for key, term in zip(keys, row, strict=True))
            lines.append("{" + ", ".join(pairs) + "}")
        yield (separator + ",\n".join(lines)).encode()
        separator = ",\n"
    yield b'\n], "sources": ['
    told = (_text([_place(source) for source in some]) for some in sources)
    yield ("\n" + ",\n".join(told) + "\n]").encode() if sources else b"]"
    labels = dict(sorted(result.labels(things, result.lang).items()))
    yield f', "labels": {_text(labels)}, "next": {_text(following)}}}\n'.encode()


def _batches(rows: Iterator[Row]) -> Iterator[tuple[Row, ...]]:
    return iter(lambda: tuple(islice(rows, _AT_ONCE)), ())


def _unlabelled(result: Result) -> set[str]:
    names = {column.name for column in result.columns}
    places = [place for place, column in enumerate(result.columns) if f"{column.name}Label" not in names]
    cells = chain.from_iterable((row[place] for place in places) for row in result.rows)
    return {term.value for term in cells if isinstance(term, NamedNode)}


def _place(source: Source) -> dict[str, Any]:
    told: dict[str, Any] = {"iri": source.article, "article": local_name(source.article)}
    return told if source.start is None else {**told, "start": source.start, "end": source.end}


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
