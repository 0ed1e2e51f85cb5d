"""The SPARQL protocols: ``/sparql``, ``/update`` and ``/store``.

>>> [route.path for route in routes()]
['/sparql']
"""

from starlette.routing import Route

from cbec_kg.web.sparql import query

__all__ = ["routes"]


def routes() -> list[Route]:
    """Routes of the protocols."""
    return [*query.routes()]
