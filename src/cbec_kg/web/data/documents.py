"""Pages of documents (the vocabulary, modules, alignments): what they are, their forms, and what is in them.

>>> size(1_250), size(3_400_000)
('1,250', '3,400,000')
"""

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.web.addresses import Addresses
from cbec_kg.web.data.forms import DATA
from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.work.data.contents import contents

__all__ = ["document_page", "size"]


async def document_page(request: Request, iri: str, here: Addresses) -> Response:
    """The page of a document; what stands behind a hash in its names has its place on it."""
    held = await read(request, contents, iri, spoken(request))
    forms = [(form.suffix.removeprefix("."), here.path_of(iri, form.suffix)) for form in DATA]
    return site_of(request).page(request, "document.html", iri=iri, held=held, forms=forms, count=size(held.statements))


def size(count: int) -> str:
    """A number as both languages write it."""
    return f"{count:,}"
