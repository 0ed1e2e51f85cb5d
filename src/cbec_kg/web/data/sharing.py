"""Answers that pages of other sites may read (CORS), to GET, HEAD and OPTIONS, errors too.

>>> allowed()["Access-Control-Allow-Origin"]
'*'
"""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.errors import CbecError
from cbec_kg.web.problems import Problem, respond

__all__ = ["METHODS", "allowed", "shared"]

METHODS = ("GET", "HEAD", "OPTIONS")
_EXPOSED = "Link, ETag, Last-Modified, Location, Content-Language, Retry-After, X-Pointing"

Handler = Callable[[Request], Awaitable[Response]]


def allowed() -> dict[str, str]:
    """Headers that let any page read an answer, its links and tags (https://fetch.spec.whatwg.org/#http-cors-protocol)."""
    return {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": _EXPOSED}


def shared(handler: Handler) -> Handler:
    """The handler, its answers and refusals readable by all; OPTIONS is answered here."""

    @wraps(handler)
    async def answered(request: Request) -> Response:
        if request.method == "OPTIONS":
            response = _options()
        else:
            try:
                response = await handler(request)
            except CbecError as error:
                response = respond(request, Problem.of(error))
            except HTTPException as error:
                response = respond(request, Problem(error.status_code, error.detail, dict(error.headers or {})))
        response.headers.update(allowed())
        return response

    return answered


def _options() -> Response:
    methods = ", ".join(METHODS)
    return Response(status_code=204, headers={
        "Allow": methods, "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, If-None-Match, If-Modified-Since",
        "Access-Control-Max-Age": "86400",
    })  # fmt: skip
