"""Look at the bytes of an answer before Oxigraph reads them, for what its readers do not take well.

>>> check_body("application/sparql-results+xml", b"<sparql><results><result>")
Traceback (most recent call last):
    ...
ValueError: no element found: line 1, column 25
>>> relabelled(b'{"x": {"type": "bnode", "value": "nodeID://b1"}}', xml=False)
b'{"x": {"type": "bnode", "value": "b0"}}'
"""

import json
import re
from itertools import count
from typing import Any
from xml.parsers import expat

__all__ = ["check_body", "relabelled"]

_BNODE = re.compile(rb"<bnode>([^<]*)</bnode>")
# A term that is a triple, written plainly, or perhaps so with a letter in disguise.
_PLAIN = re.compile(rb'"type"\s*:\s*"(?:triple|statement)"')
_DISGUISED = re.compile(rb"\\u00[4-7]")
_DEEPEST = 500


def check_body(kind: str, body: bytes) -> None:
    """Refuse what no honest server sends: XML that ends too early, and what is nested without end.

    Oxigraph takes the end of an XML text for the end of its results, and a triple in a triple in a triple ... brings
    the process down. Raises ``ValueError``.
    """
    if kind.endswith("xml"):
        _check_xml(body, nested=kind == "application/rdf+xml")
    elif kind.endswith("json"):
        plainly = (b'"triple"' in body or b'"statement"' in body) and _PLAIN.search(body)
        if plainly or (b"\\u00" in body and _DISGUISED.search(body)):
            _load(body)
    elif body.count(b"<<") > _DEEPEST:
        raise ValueError("triples in triples")


def _check_xml(body: bytes, *, nested: bool) -> None:
    parser = expat.ParserCreate()
    if nested:  # the other format is not read beyond the depth that it allows
        depth = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal depth
            depth += 1
            if depth > _DEEPEST:
                raise ValueError("elements in elements")

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1

        parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None


def _load(body: bytes, **options: Any) -> Any:
    """JSON, by a reader that knows how deep it may go."""
    try:
        return json.loads(body, **options)
    except RecursionError:
        raise ValueError("values in values") from None


def relabelled(body: bytes, *, xml: bool) -> bytes:
    """The same results with labels of blank nodes that every reader takes: Virtuoso has ``nodeID://b1``."""
    labels: dict[bytes, str] = {}
    new = count()

    def label(old: bytes) -> str:
        if old not in labels:
            labels[old] = f"b{next(new)}"
        return labels[old]

    if xml:
        return _BNODE.sub(lambda found: f"<bnode>{label(found[1])}</bnode>".encode(), body)

    def renamed(value: dict[str, Any]) -> dict[str, Any]:
        return {**value, "value": label(str(value["value"]).encode())} if value.get("type") == "bnode" else value

    return json.dumps(_load(body, object_hook=renamed)).encode()
