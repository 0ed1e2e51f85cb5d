"""How the endpoints of the protocols speak: methods and their 405, CORS for readers, errors as plain text.

>>> async def greet(request):
...     return PlainTextResponse("hello")
>>> [route.path for route in (spoken("/greet", {"GET": greet}, open_to_all=True),)]
['/greet']
"""

from collections.abc import Awaitable, Callable, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from cbec_kg.errors import CbecError
from cbec_kg.web.problems import Problem
from cbec_kg.web.sharing import OPEN, preflight
from cbec_kg.web.sparql.asking import Refused, offered

__all__ = ["spoken"]

Handler = Callable[[Request], Awaitable[Response]]


def spoken(path: str, handlers: Mapping[str, Handler], *, open_to_all: bool) -> Route:
    """A route with a handler for each method; ``open_to_all`` lets the scripts of any page read what it answers."""
    return Route(path, _Spoken(handlers, open_to_all))


class _Spoken:
    """An application of its own for one path, so that each error is answered as the protocols want it."""

    def __init__(self, handlers: Mapping[str, Handler], open_to_all: bool) -> None:
        self._handlers, self._open = handlers, open_to_all
        self._allow = offered(handlers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        response = await self._answer(request)
        response.headers["Vary"] = "Accept"
        if self._open:
            response.headers.update(OPEN)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight(self._allow) if self._open else {"Allow": self._allow})
        handler = self._handlers.get(request.method)
        if handler is None:
            text = f"{request.method} is not answered at {request.url.path}: use {self._allow}\n"
            return PlainTextResponse(text, 405, {"Allow": self._allow})
        try:
            return await handler(request)
        except Refused as error:
            return PlainTextResponse(f"{error}\n", error.http_status, error.headers)
        except CbecError as error:
            problem = Problem.of(error)
            return PlainTextResponse(f"{problem.detail}\n", problem.status, dict(problem.headers))
        except HTTPException as error:
            return PlainTextResponse(f"{error.detail}\n", error.status_code, dict(error.headers or {}))
