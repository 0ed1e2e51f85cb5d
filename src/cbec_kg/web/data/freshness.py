"""Whether a client still has what it would get: ETag, Last-Modified, and 304 (RFC 9110, section 13).

An entity tag is strong, of the state of the graph, the version of cbec-kg, the name, the form, and what else the bytes
hang on: the same tag means the same bytes.

>>> etag("3f2a", "id/china", ".ttl") == etag("3f2a", "id/china", ".nt")
False
>>> http_date(0)
'Thu, 01 Jan 1970 00:00:00 GMT'
"""

from email.utils import formatdate, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg import __version__
from cbec_kg.web.tags import matches, tag_of

__all__ = ["CACHE", "etag", "http_date", "is_fresh", "not_modified"]

CACHE = "public, max-age=60, must-revalidate"
"""A build may come at any time, so a copy is good for a minute; asking again costs a tag."""


def etag(state: str, *parts: str) -> str:
    """A strong entity tag, quoted; ``state`` is that of the graph."""
    return tag_of(__version__, state, *parts)


def http_date(seconds: float) -> str:
    """Seconds since 1970 as HTTP writes them."""
    return formatdate(seconds, usegmt=True)


def is_fresh(request: Request, tag: str, changed: float | None) -> bool:
    """Whether the client has it; the date counts only where no tag is given."""
    if (given := request.headers.get("if-none-match")) is not None:
        return matches(given, tag)
    since = request.headers.get("if-modified-since")
    if since is None or changed is None:
        return False
    try:
        return int(changed) <= parsedate_to_datetime(since).timestamp()
    except (ValueError, TypeError, OverflowError):
        return False


def not_modified(headers: dict[str, str]) -> Response:
    """304 with the headers that the whole answer would have, but those of its content."""
    return Response(status_code=304, headers=headers)
