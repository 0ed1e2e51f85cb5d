"""Read RDF files strictly; an error names file, line and column.

>>> import tempfile, pathlib
>>> broken = pathlib.Path(tempfile.mkdtemp()) / "broken.ttl"
>>> _ = broken.write_text("<a:s> <a:p>\\n  nonsense .")
>>> try:
...     list(parse_file(broken))
... except ParseError as error:
...     (error.line, error.column)
(2, 3)
"""

from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import ParseError
from cbec_kg.rdf.formats import Format
from cbec_kg.rdf.terms import Quad, Triple

__all__ = ["parse_bytes", "parse_file", "parse_quads"]

_SUFFIXES = {
    ".ttl": pyoxigraph.RdfFormat.TURTLE,
    ".nt": pyoxigraph.RdfFormat.N_TRIPLES,
    ".nq": pyoxigraph.RdfFormat.N_QUADS,
    ".trig": pyoxigraph.RdfFormat.TRIG,
    ".rdf": pyoxigraph.RdfFormat.RDF_XML,
    ".owl": pyoxigraph.RdfFormat.RDF_XML,
    ".jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def parse_quads(path: Path) -> Iterator[Quad]:
    """Quads of a file, in document order; raises `ParseError`."""
    try:
        form = _SUFFIXES[path.suffix]
    except KeyError:
        raise ParseError(str(path), None, None, f"unknown RDF suffix; known: {', '.join(sorted(_SUFFIXES))}") from None
    try:
        yield from pyoxigraph.parse(path=str(path), format=form)
    except SyntaxError as error:
        if error.lineno == 1 and _has_mark(path):
            raise ParseError(str(path), 1, 1, "begins with a byte order mark: save it as UTF-8 without one") from None
        raise ParseError(str(path), error.lineno, error.offset, error.msg) from None
    except OSError as error:
        raise ParseError(str(path), None, None, error.strerror or str(error)) from None


def parse_bytes(data: bytes, form: Format, base: str, name: str) -> Iterator[Quad]:
    """Quads of a document, in its order; its blank nodes get names of their own. Raises `ParseError` under ``name``."""
    if data.startswith(BOM_UTF8):
        raise ParseError(name, 1, 1, "begins with a byte order mark: send it as UTF-8 without one")
    try:
        yield from pyoxigraph.parse(data, form.rdf_format, base_iri=base, rename_blank_nodes=True)
    except SyntaxError as error:
        raise ParseError(name, error.lineno, error.offset, error.msg) from None
    except (ValueError, OSError) as error:
        raise ParseError(name, None, None, str(error)) from None


def _has_mark(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(3) == BOM_UTF8


def parse_file(path: Path) -> Iterator[Triple]:
    """Triples of a file, in document order; raises `ParseError`."""
    for quad in parse_quads(path):
        yield quad.triple
