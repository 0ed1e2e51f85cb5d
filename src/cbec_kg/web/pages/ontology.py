"""The ontology and its shapes as pages that are read; each term is at its anchor: ``/ontology.html#Claim``.

>>> label({"en": "city"}, "x:City", "zh"), label({}, "https://w3id.org/cbec-kg/ontology#City", "en")
('city', 'cbec:City')
"""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.namespaces import compact
from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.work.pages.ontology import ontology_told, shapes_told

__all__ = ["label", "ontology_page", "shapes_page"]


async def ontology_page(request: Request) -> Response:
    """Classes as a tree, properties with domain and range, code lists."""
    told = await read(request, ontology_told)
    return site_of(request).page(
        request, "ontology.html", told=told, name=lambda iri: label(told.labels.get(iri, {}), iri, spoken(request)),
        compact=compact,
    )  # fmt: skip


async def shapes_page(request: Request) -> Response:
    """What every build is checked for."""
    shapes = await read(request, shapes_told)
    return site_of(request).page(request, "shapes.html", shapes=shapes, compact=compact)


def label(labels: Mapping[str, str], iri: str, lang: str) -> str:
    """A label in a language, else in the other, else the short name."""
    return labels.get(lang) or next(iter(labels.values()), compact(iri))
