"""Routes of the pages that read the graph: home, search, articles.

>>> [route.path for route in routes()]
['/', '/search', '/articles']
"""

from starlette.routing import Route

from cbec_kg.web.pages.article import articles_page
from cbec_kg.web.pages.home import home_page
from cbec_kg.web.pages.search import search_page

__all__ = ["routes"]


def routes() -> list[Route]:
    """The routes; pages of things, of the ontology and of its shapes are those of linked data, by `thing_page`."""
    return [
        Route("/", home_page),
        Route("/search", search_page),
        Route("/articles", articles_page),
    ]
