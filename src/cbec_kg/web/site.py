"""What all handlers of a server share.

A handler finds it by ``site_of(request)``: its settings, the pool of readers, the saved queries, the templates.

>>> from pathlib import Path
>>> Site(Settings(Path("nowhere"))).settings.readers
3
"""

from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from pkgutil import walk_packages
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.requests import Request
from starlette.responses import HTMLResponse

from cbec_kg.errors import CbecError
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.saved import LANGUAGES
from cbec_kg.store.builds import current
from cbec_kg.store.foreign.changes import Changes, Scratch
from cbec_kg.store.pool.admission import Lane
from cbec_kg.web import work
from cbec_kg.web.counting import CountedPool
from cbec_kg.web.drawing.drawing import Drawing
from cbec_kg.web.language import lang_of
from cbec_kg.web.leaving import unless_left
from cbec_kg.web.settings import Settings
from cbec_kg.web.work.charts.looks import THEMES

if TYPE_CHECKING:
    from cbec_kg.web.templating import Templates

__all__ = ["Site", "base_of", "read", "site_of", "spoken"]

Given = TypeVar("Given")

_YEAR = 366 * 86400


class Site:
    """One server's settings and what is made of them."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.pool = CountedPool(
            settings.store, settings.limits, readers=settings.readers, waiting=settings.waiting,
            modules=[module.name for module in walk_packages(work.__path__, f"{work.__name__}.") if not module.ispkg],
            services=bool(settings.services), warming=f"{work.__name__}.warming",
        )  # fmt: skip
        self.changes = Changes(settings.store, settings.limits, waiting=settings.waiting)
        self.scratch = Scratch(settings.limits, waiting=settings.waiting)
        self.drawing = Drawing()

    @property
    def build(self) -> str | None:
        """Name of the current build, None where there is none; nothing of it is opened."""
        with suppress(CbecError, OSError):
            build = current(self.settings.store)
            return build.name if build else None
        return None

    @cached_property
    def catalogue(self) -> Catalogue:
        """The saved queries."""
        return Catalogue(self.settings.queries)

    @cached_property
    def templates(self) -> "Templates":
        """The pages' templates."""
        from cbec_kg.web.templating import Templates

        return Templates()

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page in the language of the request: a template of ``templates/``, with ``context``."""
        lang = lang_of(request, self.settings.lang)
        text = self.templates.render(template, request, lang, {"build": self.build} | context)
        headers = {"Content-Language": lang, "Vary": "Accept-Language, Cookie"}
        response = HTMLResponse(text, status, headers)
        for name, known in (("lang", LANGUAGES), ("theme", THEMES)):  # what a switch chose, the next page keeps
            if (chosen := request.query_params.get(name)) in known:
                path = request.scope.get("root_path", "") or "/"
                response.set_cookie(name, str(chosen), max_age=_YEAR, path=path, samesite="lax", httponly=True)
        return response


def site_of(request: Request) -> Site:
    """The site that answers a request."""
    site: Site = request.app.state.site
    return site


def spoken(request: Request) -> str:
    """The language of a page: en or zh."""
    return lang_of(request, site_of(request).settings.lang)


def base_of(request: Request) -> str:
    """Address by which the world reaches this server: ``--base``, else as the request came; no slash at its end."""
    return site_of(request).settings.base or str(request.base_url).rstrip("/")


async def read(request: Request, work: Callable[..., Given], *arguments: Any, lane: Lane = "page") -> Given:
    """What ``work(graph, *arguments)`` gives in a reader; it stops where the client leaves. Raises as `Pool.call`."""
    return await unless_left(request.receive, site_of(request).pool.call(work, *arguments, lane=lane))
