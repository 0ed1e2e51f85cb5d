"""The application: the routes of each part, errors as answers.

>>> from cbec_kg.store.pool.examples import store_of_examples
>>> with store_of_examples() as store:
...     app = application(Settings(store))
>>> any(getattr(route, "path", "") == "/health" for route in app.routes)
True
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from cbec_kg.errors import CbecError
from cbec_kg.web.api import routes as api
from cbec_kg.web.asking import Asking
from cbec_kg.web.data import routes as linked_data
from cbec_kg.web.leaving import Left
from cbec_kg.web.operation import health, metrics, slashes, wellknown
from cbec_kg.web.operation.clients import Networks
from cbec_kg.web.operation.guards import Bodies, Guards
from cbec_kg.web.operation.metrics import Metrics, of_pool
from cbec_kg.web.operation.rate import Rate
from cbec_kg.web.operation.watching import Watching
from cbec_kg.web.pages import routes as pages
from cbec_kg.web.problems import Problem, respond
from cbec_kg.web.settings import Settings
from cbec_kg.web.site import Site
from cbec_kg.web.sparql import routes as sparql

__all__ = ["application"]

_STATIC = Path(__file__).parent / "static"


def application(settings: Settings) -> Starlette:
    """The server's application; its readers start and end with it."""
    site, figures = Site(settings), Metrics()

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if settings.scratch:
            async with site.scratch:
                yield
            return
        warm = asyncio.create_task(asyncio.to_thread(lambda: site.templates.warm()))  # while readers start
        async with site.pool, site.drawing:
            await warm
            yield

    app = Starlette(
        routes=[*(sparql.scratch_routes() if settings.scratch else routes()), slashes.route()],
        lifespan=lifespan,
        middleware=[
            Middleware(Watching, figures, Networks(settings.proxies)),
            Middleware(Guards, settings.hosts, Rate(settings.rate), Bodies(settings.body), figures),
            Middleware(Asking),
        ],
        exception_handlers={CbecError: _refused, HTTPException: _refused, Left: _left, Exception: _failed},
    )
    app.router.redirect_slashes = False  # its own way leads to whatever name the client called the server by
    app.state.site, app.state.metrics = site, figures
    figures.watch(lambda: of_pool(site.pool, lambda: site.build))
    return app


def routes() -> list[BaseRoute]:
    """Routes of all parts; the first that fits a path answers."""
    return [
        *sparql.routes(),  # the first, for each route before it is tried on every query
        *health.routes(),
        *metrics.routes(),
        *wellknown.routes(),
        *api.routes(),
        *pages.routes(),
        *linked_data.routes(),
        Mount("/static", StaticFiles(directory=_STATIC), name="static"),
    ]


def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, CbecError):
        return respond(request, Problem.of(error))
    assert isinstance(error, HTTPException)
    headers = dict(error.headers or {})
    said = error.detail
    if error.status_code == 405 and "Allow" in headers:
        said = f"{request.method} is not answered here: use {', '.join(sorted(headers['Allow'].split(', ')))}"
    return respond(request, Problem(error.status_code, said, headers))


def _failed(request: Request, error: Exception) -> Response:
    return respond(request, Problem(500, "an error of this server; it has been logged"))


def _left(request: Request, error: Exception) -> Response:
    return Response(status_code=499)
