"""``/robots.txt`` and ``/favicon.ico``: what browsers and crawlers ask for unbidden.

>>> [route.path for route in routes()]
['/robots.txt', '/favicon.ico']
"""

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse
from starlette.routing import Route

from cbec_kg.web.site import site_of
from cbec_kg.web.templating import HERE

__all__ = ["routes"]

_CLOSED = ("/sparql", "/store", "/update", "/api/", "/search", "/editor", "/metrics", "/health")
"""What costs a query each time and is nothing to find by a search engine; pages and data of things are open."""


def routes() -> list[Route]:
    """The routes of this module."""
    return [Route("/robots.txt", _robots), Route("/favicon.ico", _icon)]


async def _robots(request: Request) -> PlainTextResponse:
    root = site_of(request).settings.root_path
    lines = ["User-agent: *", *(f"Disallow: {root}{path}" for path in _CLOSED), ""]
    return PlainTextResponse("\n".join(lines), headers={"Cache-Control": "max-age=86400"})


async def _icon(request: Request) -> FileResponse:
    return FileResponse(
        HERE / "static" / "icon.svg", media_type="image/svg+xml", headers={"Cache-Control": "max-age=86400"}
    )
