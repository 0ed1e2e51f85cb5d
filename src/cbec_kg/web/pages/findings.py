"""What comparing the articles shows: conflicts, agreements, revisions, derived values, and gaps.

>>> [route.path for route in routes()]
['/findings']
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.namespaces import compact
from cbec_kg.web.pages.arithmetic import short
from cbec_kg.web.pages.asked import MOST_PAGES, number_of
from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.work.pages.findings import KINDS, Choice, listed

__all__ = ["routes"]

_ON_A_PAGE = 50


def routes() -> list[Route]:
    """The route of this module."""
    return [Route("/findings", _findings)]


async def _findings(request: Request) -> Response:
    asked = request.query_params
    choice = Choice(asked.get("kind", ""), asked.get("indicator", ""), asked.get("article", ""))
    page = number_of(asked.get("page"), 1, MOST_PAGES)
    lang, first = spoken(request), (page - 1) * _ON_A_PAGE
    found = await read(request, listed, choice, lang, first, _ON_A_PAGE)
    return site_of(request).page(
        request, "findings.html", found=found, choice=choice, page=page, pages=-(-found.total // _ON_A_PAGE),
        kinds=[kind for kind in (*KINDS, "gap") if kind in found.kinds or kind == choice.kind], compact=compact,
        short=short,
    )  # fmt: skip
