"""``/health``: whether the graph can be asked, and which build it is; ``/health/live``: whether the server answers.

>>> [route.path for route in routes()]
['/health', '/health/live']
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cbec_kg import __version__
from cbec_kg.errors import CbecError
from cbec_kg.store.pool.limits import Busy
from cbec_kg.web.site import site_of
from cbec_kg.web.work.state import state

__all__ = ["routes"]

_UNCACHED = {"Cache-Control": "no-store"}


def routes() -> list[Route]:
    """The routes of this module."""
    return [Route("/health", _health), Route("/health/live", _live)]


async def _health(request: Request) -> JSONResponse:
    """200 where the graph can be asked, 503 where it cannot; a server whose readers are all at work is well."""
    site = site_of(request)
    pool, status = site.pool, 200
    found: dict[str, Any] = {"build": site.build}
    if pool.busy < pool.readers:  # a free reader says what it reads; no query waits for that
        try:
            found = await pool.call(state)  # with the time of any work: a deadline of its own would kill slow readers
        except Busy:
            pass  # all were taken meanwhile
        except CbecError as error:
            status, found["detail"] = 503, error.message
    readers = {"all": pool.readers, "busy": pool.busy, "waiting": pool.waiting}
    said = "ok" if status == 200 else "unavailable"
    return JSONResponse({"status": said, "version": __version__, **found, "readers": readers}, status, _UNCACHED)


async def _live(request: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"}, headers=_UNCACHED)
