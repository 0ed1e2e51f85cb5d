"""An address with a slash too many at its end leads to the one without, by a path alone, whatever Host says.

>>> without_slash("/kg/articles/", b"page=2"), without_slash("/sparql//", b"")
('/kg/articles?page=2', '/sparql')
>>> without_slash("//evil.example/", b""), without_slash("/\\\\evil.example/", b"")
(None, '/%5Cevil.example')
"""

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route

__all__ = ["route", "without_slash"]

_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")


def route() -> Route:
    """The route of this module, which goes last."""
    return Route("/{path:path}/", _leading, methods=list(_METHODS))


def without_slash(path: str, query: bytes) -> str | None:
    """Where a path leads; None where a browser would take it for another server (RFC 3986, section 4.2)."""
    if path.startswith("//") or not (bare := path.rstrip("/")):
        return None
    return quote(bare) + (f"?{query.decode('latin-1')}" if query else "")


async def _leading(request: Request) -> Response:
    to = without_slash(request.scope["path"], request.scope["query_string"])
    scope = {**request.scope, "path": request.scope["path"].rstrip("/")}
    if to is None or all(one.matches(scope)[0] is Match.NONE for one in request.app.routes):
        raise HTTPException(404)
    return Response(status_code=307, headers={"Location": to})
