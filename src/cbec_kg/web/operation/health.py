"""``/health``: whether the graph can be asked, and which build it is; ``/health/live``: whether the server answers.

>>> [route.path for route in routes()]
['/health', '/health/live']
"""

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cbec_kg import __version__
from cbec_kg.errors import CbecError
from cbec_kg.web.site import site_of
from cbec_kg.web.work.state import state

__all__ = ["routes"]

_PATIENCE = 5.0
_UNCACHED = {"Cache-Control": "no-store"}


def routes() -> list[Route]:
    """The routes of this module."""
    return [Route("/health", _health), Route("/health/live", _live)]


async def _health(request: Request) -> JSONResponse:
    """200 where the graph can be asked, 503 where it cannot; a server whose readers are all at work is well."""
    site, app = site_of(request), request.app
    pool, readers = site.pool, site.settings.readers
    found: dict[str, Any] = {}
    status, trouble = 200, {}
    if pool.busy < readers:  # a free reader says what it reads; none is taken from a query for that
        try:
            found = await pool.call(state, limits=replace(pool.limits, seconds=_PATIENCE))
            app.state.build = found.get("build")
        except CbecError as error:
            status, trouble = 503, {"detail": error.message}
    body = {
        "status": "ok" if status == 200 else "unavailable", "version": __version__,
        "build": getattr(app.state, "build", None), **found,
        "readers": {"all": readers, "busy": pool.busy, "waiting": pool.waiting}, **trouble,
    }  # fmt: skip
    return JSONResponse(body, status, _UNCACHED)


async def _live(request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"}, headers=_UNCACHED)
