"""The SPARQL protocols: ``/sparql``, ``/update`` and ``/store``.

>>> [route.path for route in routes()]
['/sparql', '/update', '/store']
>>> [route.path for route in scratch_routes()]
['/sparql', '/update', '/store', '/', '/health']
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from cbec_kg.web.sparql import query, store, update

__all__ = ["routes", "scratch_routes"]


def routes() -> list[Route]:
    """Routes of the protocols."""
    return [*query.routes(), *update.routes(), *store.routes()]


def scratch_routes() -> list[Route]:
    """Routes of a server of a scratch dataset, which has no pages."""
    return [*routes(), Route("/", _said), Route("/health", _said)]


async def _said(request: Request) -> PlainTextResponse:
    return PlainTextResponse("a scratch dataset: /sparql answers queries, /update and /store take every write\n")
