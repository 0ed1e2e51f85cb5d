"""The list of indicators.

>>> [route.path for route in routes()]
['/indicators']
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.work.indicator.listing import indicators

__all__ = ["routes"]


def routes() -> list[Route]:
    """The route of this module."""
    return [Route("/indicators", _list)]


async def _list(request: Request) -> Response:
    listed = await read(request, indicators, spoken(request))
    return site_of(request).page(request, "indicators.html", listed=listed)
