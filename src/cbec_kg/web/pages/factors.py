"""The factor map: a drawing made here, and the same as a table with links to the claims.

>>> [route.path for route in routes()]
['/factors']
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.namespaces import compact
from cbec_kg.web.bilingual import texts
from cbec_kg.web.pages.asked import with_pairs
from cbec_kg.web.pages.factor_drawing import Drawing, draw
from cbec_kg.web.site import read, site_of, spoken
from cbec_kg.web.work.pages.factors import Map, mapped

__all__ = ["routes"]

_MOST_LINES = 80
"""More lines than a person can follow: those of most articles are drawn, all are in the table."""


def routes() -> list[Route]:
    """The route of this module."""
    return [Route("/factors", _factors)]


async def _factors(request: Request) -> Response:
    asked = request.query_params
    lang, chosen = spoken(request), (asked.get("factor", ""), asked.get("outcome", ""))
    found = await read(request, mapped, *chosen, lang)
    root = request.scope.get("root_path", "")
    return site_of(request).page(
        request, "factors.html", found=found, drawing=_drawn(found, lang, root), compact=compact, drawn=_MOST_LINES,
    )  # fmt: skip


def _drawn(found: Map, lang: str, root: str) -> Drawing:
    shown, t = found.edges[:_MOST_LINES], texts(lang)
    labels = {end.iri: end.label for edge in shown for end in (edge.factor, edge.outcome)}
    links = {}
    for side, name, other in (("left", "factor", found.outcome), ("right", "outcome", found.factor)):
        kept = [("outcome" if name == "factor" else "factor", compact(other.iri))] if other else []
        for edge in shown:
            end = edge.factor if name == "factor" else edge.outcome
            links[(side, end.iri)] = with_pairs(f"{root}/factors", [(name, compact(end.iri)), *kept])
    words = {polarity: t(f"factors.{polarity}") for polarity in ("positive", "negative", "unstated")}
    edges = [(edge.factor.iri, edge.outcome.iri, edge.polarity, len(edge.articles)) for edge in shown]
    return draw(edges, labels, links, words)
