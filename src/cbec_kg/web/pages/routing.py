"""Routes of the pages that read the graph: home, search, articles, the ontology and its shapes.

>>> [route.path for route in routes()]
['/', '/search', '/articles', '/ontology.html', '/shapes.html']
"""

from starlette.routing import Route

from cbec_kg.web.pages.article import articles_page
from cbec_kg.web.pages.home import home_page
from cbec_kg.web.pages.ontology import ontology_page, shapes_page
from cbec_kg.web.pages.search import search_page

__all__ = ["routes"]


def routes() -> list[Route]:
    """The routes; pages of single things are those of linked data, by `cbec_kg.web.pages.things`."""
    return [
        Route("/", home_page),
        Route("/search", search_page),
        Route("/articles", articles_page),
        Route("/ontology.html", ontology_page),
        Route("/shapes.html", shapes_page),
    ]
