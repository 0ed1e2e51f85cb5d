"""``/store``: the SPARQL 1.1 Graph Store HTTP Protocol, with graphs named by ``?graph=IRI`` or ``?default``.

>>> [route.path for route in routes()]
['/store']
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.store.foreign.writing import Document, delete, post, put
from cbec_kg.web.site import base_of, site_of
from cbec_kg.web.sparql.asking import Fields, Refused, absolute, body_of, fields, media_of, one, only_utf8
from cbec_kg.web.sparql.query import plain
from cbec_kg.web.sparql.speaking import spoken
from cbec_kg.web.sparql.writing import MOST, allowed, changed
from cbec_kg.web.streaming import StreamedAnswer
from cbec_kg.web.work.sparql.graphstore import (
    delete_from_scratch,
    graph_head,
    graph_of,
    graph_whole,
    post_to_scratch,
    put_into_scratch,
)

__all__ = ["routes"]


def routes() -> list[Route]:
    """The route of this module."""
    handlers = {"GET": _get, "HEAD": _get, "PUT": _put, "POST": _post, "DELETE": _delete}
    return [spoken("/store", handlers, open_to_all=True)]


async def _get(request: Request) -> Response:
    site, given = site_of(request), fields(request.scope["query_string"])
    asked = _named(given), request.headers.get("accept"), one(given, "format")
    limits = site.pool.limits
    if site.settings.scratch:
        return plain(*await site.scratch.make(graph_whole, limits, *asked))
    if request.method == "HEAD":
        return plain(await site.pool.call(graph_head, limits, *asked), None)
    return await StreamedAnswer.of(request, site.pool, graph_of, *asked)


async def _put(request: Request) -> Response:
    site = allowed(request)
    fresh = await changed(site, put, put_into_scratch, await _document(request))
    return Response(status_code=201 if fresh else 204)


async def _post(request: Request) -> Response:
    site = allowed(request)
    fresh = await changed(site, post, post_to_scratch, await _document(request))
    return Response(status_code=201 if fresh else 204)


async def _delete(request: Request) -> Response:
    site = allowed(request)
    await changed(site, delete, delete_from_scratch, _named(fields(request.scope["query_string"])))
    return Response(status_code=204)


def _named(given: Fields) -> str:
    """The graph that the address names, ``""`` for the default graph."""
    name, default = one(given, "graph"), one(given, "default")
    if (name is None) == (default is None):
        raise Refused(400, "the address names no graph, or two", fix="add ?graph=IRI, or ?default")
    if default:
        raise Refused(400, "?default takes no value", fix="leave it out")
    return "" if name is None else absolute(name, "graph")


async def _document(request: Request) -> Document:
    name = _named(fields(request.scope["query_string"]))
    media, parameters = media_of(request)
    only_utf8(parameters)
    base = name or f"{base_of(request)}/store"
    return Document(name, await body_of(request, MOST), media, base)
