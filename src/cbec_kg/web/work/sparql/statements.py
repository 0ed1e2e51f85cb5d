"""Triples and quads in each RDF syntax, a piece at a time, so that a long answer needs no memory of its own.

>>> from cbec_kg.rdf.terms import Literal, NamedNode
>>> three = [Triple(NamedNode("x:a"), NamedNode("x:b"), Literal(str(n))) for n in range(3)]
>>> print(b"".join(stated("jsonld", three, batch=2)).decode(), end="")
[{"@id":"x:a","x:b":[{"@value":"0"},{"@value":"1"}]},
{"@id":"x:a","x:b":[{"@value":"2"}]}]
>>> b"".join(stated("ttl", three, batch=2)).count(b"@prefix cbec:")
1
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import pyoxigraph

from cbec_kg.errors import QueryError
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import Quad, Triple

__all__ = ["stated"]

Item = Triple | Quad
_BATCH = 2_000
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
# Where an element's name can be cut from a predicate (RDF 1.1 XML Syntax, 2.5: the object of a property element).
_ELEMENT = re.compile(r"[^\W\d][\w.-]*\Z")
_FOOT = b"</rdf:RDF>"


def stated(form: str, items: Iterable[Item], *, batch: int = _BATCH) -> Iterator[bytes]:
    """Triples (or quads, for trig, nq and jsonld) in ``form``, a name of `cbec_kg.rdf.formats.FORMATS`.

    Raises `QueryError` for what the syntax cannot say.
    """
    known = by_name(form)
    coming = iter(items)
    pieces = iter(lambda: tuple(islice(coming, batch)), ())
    if form == "rdfxml":
        return _xml(pieces)
    made = (_serialised(known.rdf_format, piece) for piece in pieces)
    if form == "jsonld":
        return _json(made)
    return _text(made) if form in ("ttl", "trig") else made


def _serialised(form: pyoxigraph.RdfFormat, items: Iterable[Any]) -> bytes:
    try:
        return pyoxigraph.serialize(items, format=form, prefixes=PREFIXES) or b""
    except OSError as error:
        raise QueryError(f"{form.name} cannot say this: {error}", fix="ask for Turtle") from None


def _text(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Prefixes once, before the first piece."""
    begun = False
    for piece in pieces:
        yield piece.split(b"\n", len(PREFIXES))[-1] if begun else piece
        begun = True


def _json(pieces: Iterable[bytes]) -> Iterator[bytes]:
    before = b"["
    for piece in pieces:
        yield before + piece[1:-1]
        before = b",\n"
    yield b"]\n" if before != b"[" else b"[]\n"


def _xml(pieces: Iterable[tuple[Item, ...]]) -> Iterator[bytes]:
    form = by_name("rdfxml").rdf_format
    head = _serialised(form, ()).removesuffix(_FOOT)
    fine: set[str] = set()

    def body(items: tuple[Item, ...]) -> bytes:
        for predicate in {item.predicate.value for item in items} - fine:
            if not _ELEMENT.search(predicate):
                raise QueryError(
                    f"RDF/XML cannot say this: no element can be made of <{predicate}>", fix="ask for Turtle"
                )
            fine.add(predicate)
        made = _serialised(form, items).removeprefix(head).removesuffix(_FOOT)
        if found := _NO_XML.search(made):
            shown = found[0].decode("utf-8")
            raise QueryError(
                f"a text holds the character U+{ord(shown):04X}, which XML cannot hold", fix="ask for Turtle"
            )
        return made.replace(b"\r", b"&#13;")  # a parser would make a line feed of it

    return chain((head,), map(body, pieces), (_FOOT + b"\n",))
