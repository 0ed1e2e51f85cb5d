"""``/update``: the update operation of the SPARQL 1.1 Protocol.

>>> [route.path for route in routes()]
['/update']
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.store.engine import Dataset
from cbec_kg.store.foreign.updates import Update
from cbec_kg.store.foreign.writing import update
from cbec_kg.web.site import base_of
from cbec_kg.web.sparql.asking import FORM, Refused, body_of, fields, iris, media_of, one, only_utf8, utf8
from cbec_kg.web.sparql.speaking import spoken
from cbec_kg.web.sparql.writing import MOST, allowed, changed
from cbec_kg.web.work.sparql.graphstore import update_scratch

__all__ = ["routes"]

_DIRECT = "application/sparql-update"


def routes() -> list[Route]:
    """The route of this module."""
    return [spoken("/update", {"POST": _post}, open_to_all=False)]


async def _post(request: Request) -> Response:
    site = allowed(request)
    media, parameters = media_of(request)
    given = fields(request.scope["query_string"])
    if media == FORM:
        only_utf8(parameters)
        given += fields(await body_of(request, MOST))
        text = one(given, "update")
        if text is None:
            raise Refused(400, "the form has no update", fix="name the update's text update=, a query goes to /sparql")
    elif media == _DIRECT:
        only_utf8(parameters)
        if one(given, "update") is not None:
            raise Refused(400, "an update stands in the body and in the address", fix="send one")
        text = utf8(await body_of(request, MOST), "update")
    else:
        what = f"a body of {media}" if media else "a body that does not say what it is"
        raise Refused(415, f"{what} is not read here", fix=f"send an update as {_DIRECT} or {FORM}")
    default, named = iris(given, "using-graph-uri"), iris(given, "using-named-graph-uri")
    base = f"{base_of(request)}/update"
    asked = Update(text, base, Dataset(default, named) if default or named else None)
    await changed(site, update, update_scratch, asked)
    return Response(status_code=204)
