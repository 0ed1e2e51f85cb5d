"""Routes of all pages, charts and files that people read.

>>> [route.path for route in routes()][:3]
['/', '/search', '/articles']
"""

from starlette.routing import Route

from cbec_kg.web.pages import chart, editor, factors, findings, gallery, indicator, indicators
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
        *chart.routes(),
        *indicator.routes(),
        *indicators.routes(),
        *gallery.routes(),
        *editor.routes(),
        *findings.routes(),
        *factors.routes(),
    ]
