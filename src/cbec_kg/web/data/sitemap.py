"""What leads to the rest: the way to the description of the whole graph, and the sitemap of its pages.

>>> sitemap_text(["https://kg.example/id/china.html"]).splitlines()[2]
'<url><loc>https://kg.example/id/china.html</loc></url>'
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.namespaces import BASE
from cbec_kg.web.data.asked import addresses_of
from cbec_kg.web.data.dereference import nothing_fits, see_other
from cbec_kg.web.data.forms import form_for
from cbec_kg.web.data.freshness import CACHE
from cbec_kg.web.site import read
from cbec_kg.web.work.data.dataset import pages_of
from cbec_kg.web.work.data.located import Located

__all__ = ["sitemap", "sitemap_text", "well_known"]


async def well_known(request: Request) -> Response:
    """The way to the description (https://www.w3.org/TR/void/#well-known): by ``Accept``."""
    accept = request.headers.get("accept")
    if form_for(accept) is None:
        return nothing_fits(request)
    return see_other(Located(BASE, "document", ""), accept, addresses_of(request))


async def sitemap(request: Request) -> Response:
    """Addresses of pages (https://www.sitemaps.org/protocol.html), 50,000 at most."""
    names = await read(request, pages_of)
    here = addresses_of(request)
    origin = "" if here.base else here.absolute(request, "").removesuffix(here.root + "/")
    found = [origin + (here.path_of(name, ".html") or "") for name in names]
    return Response(sitemap_text(found), media_type="application/xml", headers={"Cache-Control": CACHE})


def sitemap_text(addresses: Iterable[str]) -> str:
    """The sitemap of some addresses."""
    lines = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{lines}</urlset>\n'
    )
