"""The API's routes.

>>> [route.path for route in routes()][:3]
['/api', '/openapi.json', '/api/queries']
"""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.query.nearest import did_you_mean
from cbec_kg.web.api import feed, figures, page, saved, things
from cbec_kg.web.api.operation import Arguments
from cbec_kg.web.api.operations import FIXED
from cbec_kg.web.api.responding import route

__all__ = ["routes"]

_QUERY = "/api/queries/{topic}/{question}"


def routes() -> list[Route]:
    """Fixed paths before patterns."""
    return [
        route("/api", "api", page.page),
        route("/openapi.json", "openapi", page.openapi, ()),
        route("/api/queries", "queries", saved.catalogue, saved.CATALOGUE),
        route("/api/queries/{topic}", "queries of a topic", saved.catalogue, saved.CATALOGUE),
        route(_QUERY, "query", saved.run_query),
        route(f"{_QUERY}/suggest", "suggest", saved.suggestions_of, saved.SUGGEST),
        route(f"{_QUERY}/sparql", "sparql", saved.sparql_of),
        route("/api/answer", "answer", figures.answer, figures.ANSWER),
        route("/api/answer/receipt", "receipt", figures.receipt, figures.RECEIPT),
        route("/api/ask", "ask", figures.ask, figures.ASK),
        route("/api/search", "search", things.search, things.SEARCH),
        route("/api/entity", "entity", things.entity, things.ENTITY),
        route("/api/explain", "explain", things.explain, things.EXPLAIN),
        route("/changes.atom", "changes", feed.changes, feed.CHANGES),
        route("/series/{series}/changes.atom", "changes of a series", feed.changes, feed.CHANGES_OF_SERIES),
        route("/api/{rest:path}", "nothing", _nothing),
    ]


async def _nothing(request: Request, _: Arguments) -> Response:
    paths = sorted({operation.path for operation in FIXED if operation.path.startswith("/api/")})
    raise HTTPException(404, f"nothing at {request.url.path[:200]}: {did_you_mean(request.url.path, paths)}")
