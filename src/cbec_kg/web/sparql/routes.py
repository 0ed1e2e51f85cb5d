"""The SPARQL protocols: ``/sparql``, ``/update`` and ``/store``.

>>> [route.path for route in routes()]
['/sparql', '/update', '/store']
>>> [route.path for route in scratch_routes()]
['/sparql', '/update', '/store', '/', '/health']
"""

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from cbec_kg.errors import CbecError
from cbec_kg.web.settings import Settings
from cbec_kg.web.sparql import query, store, update

__all__ = ["check_scratch", "routes", "scratch_routes"]

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def routes() -> list[Route]:
    """Routes of the protocols."""
    return [*query.routes(), *update.routes(), *store.routes()]


def scratch_routes() -> list[Route]:
    """Routes of a server of a scratch dataset, which has no pages."""
    return [*routes(), Route("/", _said), Route("/health", _said)]


def check_scratch(settings: Settings) -> None:
    """Raise `CbecError` where a dataset that everybody may write would be served to others than this machine."""
    if settings.scratch and settings.host not in _LOOPBACK:
        raise CbecError(
            f"--scratch lets everybody write, so it is served on loopback only, not on {settings.host}",
            fix="leave --host out",
        )


async def _said(request: Request) -> PlainTextResponse:
    return PlainTextResponse("a scratch dataset: /sparql answers queries, /update and /store take every write\n")
