"""Formats of answers: their names, their media types, and which of them a client takes.

>>> taken("rows", "text/csv;q=0.5, application/sparql-results+xml", None)
('xml', 'application/sparql-results+xml; charset=utf-8')
>>> taken("graph", None, "nt")
('nt', 'application/n-triples; charset=utf-8')
>>> try:
...     taken("boolean", "text/csv", None)
... except NotOffered as error:
...     error.message
'the answer is a boolean, not offered as text/csv'
"""

from cbec_kg.errors import CbecError
from cbec_kg.web.negotiate import chosen

__all__ = ["GRAPH_MEDIA", "OFFERED", "NotOffered", "taken"]

# The first media type of a format is its own; others ask for it, too.
GRAPH_MEDIA: dict[str, tuple[str, ...]] = {
    "ttl": ("text/turtle", "application/x-turtle"),
    "nt": ("application/n-triples", "text/plain"),
    "jsonld": ("application/ld+json", "application/json"),
    "rdfxml": ("application/rdf+xml", "application/xml", "text/xml"),
    "nq": ("application/n-quads",),
    "trig": ("application/trig",),
}
OFFERED: dict[str, dict[str, tuple[str, ...]]] = {
    "rows": {
        "json": ("application/sparql-results+json", "application/json"),
        "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
        "csv": ("text/csv",),
        "tsv": ("text/tab-separated-values",),
    },
    "boolean": {
        "json": ("application/sparql-results+json", "application/json"),
        "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
        "text": ("text/boolean", "text/plain"),
    },
    "graph": GRAPH_MEDIA,
}
_KINDS = {"rows": "a table", "boolean": "a boolean", "graph": "a graph"}
# Other names by which `format=` asks.
_ALSO = {
    "srj": "json", "srx": "xml", "turtle": "ttl", "ntriples": "nt", "n-triples": "nt", "nquads": "nq", "n-quads": "nq",
    "rdf": "rdfxml", "xml": "rdfxml", "json-ld": "jsonld", "json": "jsonld", "boolean": "text", "txt": "text",
}  # fmt: skip


class NotOffered(CbecError):
    """A format that an answer does not come in."""

    http_status = 406


def taken(kind: str, accept: str | None, form: str | None) -> tuple[str, str]:
    """Format and content type for an answer of ``kind`` (rows, boolean, graph), by ``Accept`` or by ``format=``.

    ``form`` is a format's name or a media type, and goes before ``accept``. Raises `NotOffered`.
    """
    offered = OFFERED[kind]
    types = {media: name for name, medias in offered.items() for media in medias}
    if form:
        named = form if form in offered else _ALSO.get(form.lower(), form.lower())
        if named in offered:
            return named, _content(offered[named][0])
        media = named if named in types else None
    else:
        media = chosen(accept, list(types))
    if media is None:
        first = [medias[0] for medias in offered.values()]
        raise NotOffered(
            f"the answer is {_KINDS[kind]}, not offered as {form or accept}",
            fix=f"ask for {', '.join(first[:-1])} or {first[-1]}",
        )
    return types[media], _content(media)


def _content(media: str) -> str:
    # RFC 8259 and RFC 7111: JSON is UTF-8 without saying so, CSV has a header line where it says so.
    if media.endswith("json"):
        return media
    return f"{media}; charset=utf-8" + ("; header=present" if media in ("text/csv",) else "")
