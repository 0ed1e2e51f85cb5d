"""The list of indicators, and the chart of latest figures for other pages: ``/charts/latest.svg``.

>>> [route.path for route in routes()]
['/indicators', '/charts/latest.{form}']
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.web.language import lang_of
from cbec_kg.web.leaving import unless_left
from cbec_kg.web.pages.chart import answered
from cbec_kg.web.site import site_of
from cbec_kg.web.work.indicator import listing as work

__all__ = ["routes"]


def routes() -> list[Route]:
    """Routes of the list and of the chart of latest figures."""
    return [Route("/indicators", _list), Route("/charts/latest.{form}", _latest)]


async def _list(request: Request) -> Response:
    site = site_of(request)
    listed = await unless_left(
        request.receive, site.pool.call(work.indicators, lang_of(request, site.settings.lang))
    )  # fmt: skip
    return site.page(request, "indicators.html", listed=listed)


async def _latest(request: Request) -> Response:
    async def made(lang: str) -> dict[str, Any] | None:
        return await unless_left(request.receive, site_of(request).pool.call(work.latest, lang))

    return await answered(request, request.path_params["form"], made)
