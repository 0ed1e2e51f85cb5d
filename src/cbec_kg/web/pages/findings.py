"""What comparing the articles shows: conflicts, agreements, revisions, derived values, and gaps.

>>> [route.path for route in routes()]
['/findings']
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.namespaces import compact
from cbec_kg.web.language import lang_of
from cbec_kg.web.leaving import unless_left
from cbec_kg.web.pages.arithmetic import short
from cbec_kg.web.pages.asked import number_of
from cbec_kg.web.site import site_of
from cbec_kg.web.work.pages.findings import KINDS, Choice, listed

__all__ = ["routes"]

_ON_A_PAGE = 50
_MOST_PAGES = 10_000


def routes() -> list[Route]:
    """The route of this module."""
    return [Route("/findings", _findings)]


async def _findings(request: Request) -> Response:
    site, asked = site_of(request), request.query_params
    choice = Choice(asked.get("kind", ""), asked.get("indicator", ""), asked.get("article", ""))
    page = number_of(asked.get("page"), 1, _MOST_PAGES)
    lang, first = lang_of(request, site.settings.lang), (page - 1) * _ON_A_PAGE
    found = await unless_left(request.receive, site.pool.call(listed, choice, lang, first, _ON_A_PAGE))
    return site.page(
        request, "findings.html", found=found, choice=choice, page=page, pages=-(-found.total // _ON_A_PAGE),
        kinds=[kind for kind in (*KINDS, "gap") if kind in found.kinds or kind == choice.kind], compact=compact,
        short=short,
    )  # fmt: skip
