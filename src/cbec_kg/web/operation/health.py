"""``/health``: whether the graph can be asked, and which build it is.

>>> [route.path for route in routes()]
['/health']
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from cbec_kg.web.site import site_of
from cbec_kg.web.work.state import state

__all__ = ["routes"]


def routes() -> list[Route]:
    """The route of this module."""
    return [Route("/health", _health)]


async def _health(request: Request) -> JSONResponse:
    found: dict[str, Any] = await site_of(request).pool.call(state)
    return JSONResponse({"status": "ok", **found})
