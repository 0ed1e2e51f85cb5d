"""The SPARQL protocols: ``/sparql``, ``/update`` and ``/store``.

>>> [route.path for route in routes()]
['/sparql', '/update', '/store']
"""

from starlette.routing import Route

from cbec_kg.web.sparql import query, store, update

__all__ = ["routes"]


def routes() -> list[Route]:
    """Routes of the protocols."""
    return [*query.routes(), *update.routes(), *store.routes()]
