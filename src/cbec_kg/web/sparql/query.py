"""``/sparql``: the query operation of the SPARQL 1.1 Protocol, and the service description.

>>> [route.path for route in routes()]
['/sparql']
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cbec_kg.store.engine import Dataset
from cbec_kg.store.pool.limits import Limits
from cbec_kg.web.negotiate import chosen
from cbec_kg.web.site import Site, base_of, site_of
from cbec_kg.web.sparql.asking import (
    FORM,
    Fields,
    Refused,
    body_of,
    fields,
    iris,
    media_of,
    one,
    only_utf8,
    seconds,
    utf8,
)
from cbec_kg.web.sparql.speaking import spoken
from cbec_kg.web.streaming import StreamedAnswer
from cbec_kg.web.work.sparql.description import described
from cbec_kg.web.work.sparql.media import GRAPH_MEDIA
from cbec_kg.web.work.sparql.query import Asked, answer, answer_whole, form_of

__all__ = ["MOST", "plain", "routes"]

MOST = 1 << 20
"""Bytes that a query may have, and the form around it."""
_DIRECT = "application/sparql-query"
_UPDATE = "application/sparql-update"


def routes() -> list[Route]:
    """The route of this module."""
    return [spoken("/sparql", {"GET": _get, "HEAD": _get, "POST": _post}, open_to_all=True)]


async def _get(request: Request) -> Response:
    given = fields(request.scope["query_string"])
    query = one(given, "query")
    if query is None:
        if one(given, "update") is not None:
            raise Refused(400, "an update is not sent by GET", fix="POST it to /update")
        return await _description(request, given)
    return await _answered(request, query, given)


async def _post(request: Request) -> Response:
    media, parameters = media_of(request)
    given = fields(request.scope["query_string"])
    if media == FORM:
        only_utf8(parameters)
        given += fields(await body_of(request, MOST * 3))  # percent signs take three letters for one
        query = one(given, "query")
        if query is None:
            what = "update" if one(given, "update") is not None else None
            raise Refused(400, "an update is not answered here" if what else "the form has no query",
                          fix="POST it to /update" if what else "name the query's text query=")  # fmt: skip
    elif media == _DIRECT:
        only_utf8(parameters)
        if one(given, "query") is not None:
            raise Refused(400, "a query stands in the body and in the address", fix="send one")
        query = utf8(await body_of(request, MOST), "query")
    else:
        what = f"a body of {media}" if media else "a body that does not say what it is"
        fix = "POST an update to /update" if media == _UPDATE else f"send a query as {_DIRECT} or {FORM}"
        raise Refused(415, f"{what} is not read here", fix=fix)
    return await _answered(request, query, given)


async def _answered(request: Request, query: str, given: Fields) -> Response:
    site = site_of(request)
    if not query.strip():
        raise Refused(400, "the query is empty", fix="send one such as SELECT * WHERE { ?s ?p ?o } LIMIT 10")
    if len(query.encode("utf-8", "replace")) > MOST:
        raise Refused(413, f"the query is longer than {MOST:,} bytes", fix="send a shorter one")
    default, named = iris(given, "default-graph-uri"), iris(given, "named-graph-uri")
    asked = Asked(
        query, Dataset(default, named) if default or named else None, request.headers.get("accept"),
        one(given, "format"), site.settings.services, f"{base_of(request)}/sparql",
    )  # fmt: skip
    limits = replace(site.pool.limits, seconds=seconds(given, site.pool.limits.seconds))
    return await reply(request, site, asked, limits)


async def reply(request: Request, site: Site, asked: Asked, limits: Limits) -> Response:
    """The answer to a query; of HEAD, its headers."""
    if site.settings.scratch:
        # A client that leaves must not cost the dataset, so that nothing is streamed, nor stopped before its deadline.
        content, body = await site.scratch.make(answer_whole, limits, asked, limits=limits)
        return plain(content, body)
    if request.method == "HEAD":
        return plain(await site.pool.call(form_of, limits, asked, limits=limits, lane="query"), None)
    return await StreamedAnswer.of(request, site.pool, answer, asked, limits=limits)


def plain(content: str, body: bytes | None) -> Response:
    """An answer that is there; without a body, the headers of one."""
    response = Response(body or b"", headers={"Content-Type": content})
    if body is None:
        del response.headers["content-length"]
    return response


async def _description(request: Request, given: Fields) -> Response:
    site = site_of(request)
    wanted = request.headers.get("accept")
    types = [media for medias in GRAPH_MEDIA.values() for media in medias]
    if (
        one(given, "format") is None
        and not site.settings.scratch
        and chosen(wanted, [*types, "text/html"]) == "text/html"
    ):
        return RedirectResponse(f"{request.scope.get('root_path', '')}/editor", 303)
    call = site.scratch.make if site.settings.scratch else site.pool.call
    content, body = await call(
        described,
        f"{base_of(request)}/sparql",
        wanted,
        one(given, "format"),
        site.settings.writable or site.settings.scratch,
    )
    return plain(content, body)
