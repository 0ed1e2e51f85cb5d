"""Pages of documents (the vocabulary, modules, alignments): what they are, their forms, and what is in them.

>>> size(1_250), size(3_400_000)
('1,250', '3,400,000')
"""

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.web.data.addresses import Addresses
from cbec_kg.web.data.forms import DATA
from cbec_kg.web.language import lang_of
from cbec_kg.web.leaving import unless_left
from cbec_kg.web.site import site_of
from cbec_kg.web.work.data.contents import contents

__all__ = ["document_page", "size"]


async def document_page(request: Request, iri: str, here: Addresses) -> Response:
    """The page of a document; what stands behind a hash in its names has its place on it."""
    site = site_of(request)
    lang = lang_of(request, site.settings.lang)
    held = await unless_left(request.receive, site.pool.call(contents, iri, lang))
    forms = [(form.suffix.removeprefix("."), here.path_of(iri, form.suffix)) for form in DATA]
    return site.page(request, "document.html", iri=iri, held=held, forms=forms, count=size(held.statements))


def size(count: int) -> str:
    """A number as both languages write it."""
    return f"{count:,}"
