"""The page of a thing: which one it is, its class decides.

>>> import inspect
>>> inspect.iscoroutinefunction(thing_page)
True
"""

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.namespaces import BASE
from cbec_kg.web.pages.article import article_page
from cbec_kg.web.pages.entity import entity_page, graph_page
from cbec_kg.web.pages.finding import finding_page
from cbec_kg.web.pages.indicator import indicator_page
from cbec_kg.web.pages.ontology import ontology_page, shapes_page
from cbec_kg.web.problems import Problem, respond
from cbec_kg.web.site import read, spoken
from cbec_kg.web.work.pages.found import suggestions
from cbec_kg.web.work.pages.things import kind_of

__all__ = ["missing", "thing_page"]

_GRAPHS = BASE + "graph/"


async def thing_page(request: Request, iri: str) -> Response:
    """The page of the thing with an IRI; a page with status 404 and what is named alike where the graph has none."""
    if iri == f"{BASE}ontology":
        return await ontology_page(request)
    if iri == f"{BASE}shapes":
        return await shapes_page(request)
    if iri.startswith(_GRAPHS):
        return await graph_page(request, iri)
    match await read(request, kind_of, iri):
        case None:
            return await missing(request, iri)
        case "indicator":
            return await indicator_page(request, iri)
        case "finding":
            return await finding_page(request, iri)
        case "article":
            return await article_page(request, iri)
    return await entity_page(request, iri)


async def missing(request: Request, iri: str) -> Response:
    """An answer with status 404 that says what is named alike."""
    name = iri.removeprefix(BASE)
    near = await read(request, suggestions, name.rpartition("/")[2], spoken(request))
    return respond(request, Problem(404, f"the graph has nothing with the name {name}", more={"suggestions": near}))
