"""Answers of the API: checked before, tagged, open to pages of other sites, errors as problems with what is at fault.

>>> problem_of(BadArgument("flow", "flow is 'x'", "give export or import")).more
{'parameter': 'flow'}
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import cbec_kg
from cbec_kg.errors import BadParameter, CbecError, UnknownName
from cbec_kg.web.api.arguments import BadArgument, checked
from cbec_kg.web.api.operation import Arguments, Handler, Parameter
from cbec_kg.web.language import best
from cbec_kg.web.problems import Problem, respond
from cbec_kg.web.sharing import METHODS, Open
from cbec_kg.web.site import site_of
from cbec_kg.web.streaming import StreamedAnswer
from cbec_kg.web.tags import matches
from cbec_kg.web.work.api.replying import Asked, Made, Reply, replied

__all__ = ["answered", "problem_of", "route", "said_once", "spoken"]

_VARY = "Accept, Accept-Language"
_FRESH = "public, max-age=0, must-revalidate"
"""Caches keep answers, and ask before they give them again: a graph changes when it likes."""


def route(path: str, name: str, handler: Handler, parameters: Sequence[Parameter] | None = None) -> Route:
    """A route that checks its parameters before its handler is called, or leaves that to the handler (None)."""
    names = [one.name for one in parameters or ()]

    async def endpoint(request: Request) -> Response:
        try:
            given = request.query_params.multi_items()
            return await handler(request, checked(name, parameters, given) if parameters is not None else {})
        except CbecError as error:
            return respond(request, problem_of(error, [*names, *request.query_params]))

    return Route(path, endpoint, methods=METHODS, name=name, middleware=[Middleware(Open)])


def problem_of(error: CbecError, parameters: Collection[str] = ()) -> Problem:
    """An error as a problem, with the parameter at fault and the names that are near, where they are known."""
    problem = Problem.of(error)
    more = dict(problem.more)
    first = str(error).partition(" ")[0]
    if isinstance(error, BadArgument):
        more["parameter"] = error.parameter
    elif isinstance(error, BadParameter) and first in parameters:
        more["parameter"] = first
    if isinstance(error, UnknownName):
        more["nearest"] = list(error.nearest)
    return replace(problem, more=more)


def spoken(request: Request, arguments: Arguments) -> str:
    """The language of an answer: ``lang`` where it is given, else what Accept-Language or the server likes best.

    The cookie that pages keep says nothing here: the same request has the same answer whoever sends it.
    """
    accepted = best(request.headers.get("accept-language", ""))
    return str(arguments.get("lang") or accepted or site_of(request).settings.lang)


async def answered(request: Request, name: str, work: Callable[..., Made], *arguments: Any) -> Response:
    """The answer of ``work(graph, limits, *arguments)`` in a reader, or 304 where the client has it.

    ``name`` says all that the answer depends on, but for the graph.
    """
    asked = Asked(
        f"{cbec_kg.__version__} {name}", request.headers.get("if-none-match"), head_only=request.method == "HEAD"
    )
    answer = await StreamedAnswer.of(request, site_of(request).pool, replied, asked, work, *arguments)
    reply: Reply = answer.head
    headers = {**reply.headers, "Cache-Control": _FRESH, "Vary": _VARY}
    if reply.status in (200, 304):
        headers["ETag"] = reply.etag
    if reply.status == 304:
        return Response(status_code=304, headers=headers)
    answer.status_code = reply.status
    answer.headers.update({**headers, "Content-Type": reply.media_type})
    if asked.head_only:
        del answer.headers["content-length"]  # that of the whole is not known
    return answer


def said_once(request: Request, body: str | bytes, media: str, etag: str) -> Response:
    """An answer that no reader is needed for, with its entity tag; 304 where the client has it."""
    kept = {"ETag": etag, "Cache-Control": _FRESH, "Vary": _VARY}
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=kept)
    return Response(body, headers=kept, media_type=media)
