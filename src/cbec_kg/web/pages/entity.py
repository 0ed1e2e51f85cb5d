"""Pages of entities and of all that has no page of its own: claims, observations, series, evidence, periods, terms.

>>> other_name({"en": "Shein", "zh": "希音"}, "en"), other_name({"en": "Shein"}, "en")
(('zh', '希音'), None)
"""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.namespaces import compact
from cbec_kg.web.pages.drawing import drawing
from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.work.pages.graphs import graph_told
from cbec_kg.web.work.pages.things import thing

__all__ = ["entity_page", "graph_page", "other_name"]


async def entity_page(request: Request, iri: str) -> Response:
    """All that the graph holds of a thing, drawn and told; raises `UnknownName`."""
    found = await read(request, thing, iri, spoken(request))
    entity, lang = found.entity, spoken(request)
    name = entity.labels.get(lang) or next(iter(entity.labels.values()), entity.code)
    return site_of(request).page(
        request, "entity.html",
        found=found, entity=entity, name=name, other_name=other_name(entity.labels, lang), short=compact(entity.iri),
        picture=drawing(name, entity.links or found.pointing, entity.facts),
    )  # fmt: skip


async def graph_page(request: Request, iri: str) -> Response:
    """A named graph: what it holds, and where its triples are; status 404 where there is none."""
    told = await read(request, graph_told, iri, spoken(request))
    if told is None:
        raise HTTPException(404, f"there is no graph {compact(iri)}")
    return site_of(request).page(request, "graph.html", iri=iri, short=compact(iri), told=told)


def other_name(labels: Mapping[str, str], lang: str) -> tuple[str, str] | None:
    """The label in the other language, with that language; None where there is none, or it is the same."""
    for other, label in labels.items():
        if other != lang and label != labels.get(lang):
            return other, label
    return None
