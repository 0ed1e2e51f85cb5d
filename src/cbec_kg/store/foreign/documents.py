"""RDF that a stranger sends: read strictly, within bounds.

>>> [str(triple) for triple in read_document(b"<a> <b> 1 .", "text/turtle", "https://example.org/g/")]
['<https://example.org/g/a> <https://example.org/g/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer>']
"""

import re

from cbec_kg.errors import CbecError, ParseError
from cbec_kg.rdf.formats import FORMATS
from cbec_kg.rdf.parse import parse_bytes
from cbec_kg.rdf.terms import DefaultGraph, Triple

__all__ = ["READ", "UnreadFormat", "read_document"]

READ = {FORMATS[name].media_type: FORMATS[name] for name in ("ttl", "nt", "rdfxml", "jsonld")}
"""Formats of documents, by media type."""
# An entity that holds others grows tenfold with each (the "billion laughs"), a long one with each use of it.
_ENTITY = re.compile(rb"<!ENTITY\s+[^\s%]+\s+(\"[^\"]*+\"|'[^']*+')")
_LONGEST_ENTITY = 1_000


class UnreadFormat(CbecError):
    """A document in a format that is not read here."""

    http_status = 415


def read_document(data: bytes, media: str, base: str) -> frozenset[Triple]:
    """Triples of a document; blank nodes get names that nothing else has.

    Raises `UnreadFormat`, `ParseError`, and `CbecError` for a document that names graphs.
    """
    if media not in READ:
        said = f"a document of {media}" if media else "a document that does not say what it is"
        raise UnreadFormat(f"{said} is not read here", fix=f"send {' or '.join(READ)}")
    form = READ[media]
    if form.name == "rdfxml":
        _refuse_bombs(data)
    found = set()
    for quad in parse_bytes(data, form, base, "the document"):
        if not isinstance(quad.graph_name, DefaultGraph):
            raise CbecError(f"the document names the graph {quad.graph_name}", fix="send one graph at a time")
        found.add(quad.triple)
    return frozenset(found)


def _refuse_bombs(data: bytes) -> None:
    for found in _ENTITY.finditer(data):
        if b"&" in found[1].replace(b"&#", b"") or len(found[1]) > _LONGEST_ENTITY:
            line = data.count(b"\n", 0, found.start()) + 1
            raise ParseError("the document", line, 1, "an XML entity that holds others, or a long text: write it out")
