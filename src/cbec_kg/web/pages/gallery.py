"""The gallery of saved queries: all of them by topic, with a filter that needs no script.

>>> [route.path for route in routes()]
['/queries', '/queries/{topic}', '/queries/{topic}/{name}']
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.fold import fold
from cbec_kg.query.said import said
from cbec_kg.query.saved import SavedQuery
from cbec_kg.web.pages.saved_query import query_page
from cbec_kg.web.pages.topics import topic_name
from cbec_kg.web.site import site_of, spoken

__all__ = ["matching", "queries_of", "routes"]


def routes() -> list[Route]:
    """The routes of this module."""
    return [
        Route("/queries", _gallery),
        Route("/queries/{topic}", _gallery),
        Route("/queries/{topic}/{name}", query_page),
    ]


async def _gallery(request: Request) -> Response:
    site, words = site_of(request), request.query_params.get("q", "").strip()
    queries = await run_in_threadpool(queries_of, site.catalogue.folder)
    lang, topic = spoken(request), request.path_params.get("topic")
    topics = {query.topic: topic_name(query.topic, lang) for query in queries}
    if topic is not None and topic not in topics:
        raise HTTPException(404, f"no topic {said(topic)} among the saved queries: /queries lists them")
    shown = [query for query in matching(queries, words) if topic in (None, query.topic)]
    groups = [(one, name, [query for query in shown if query.topic == one]) for one, name in topics.items()]
    return site.page(
        request, "queries.html", words=words, topic=topic, topics=topics, count=len(shown), total=len(queries),
        groups=[group for group in groups if group[2]],
    )  # fmt: skip


def matching(queries: Iterable[SavedQuery], words: str) -> list[SavedQuery]:
    """Queries whose name, question, tags or parameters, in either language, hold each of the words."""
    wanted = fold(words).split()
    return [query for query in queries if all(word in _words_of(query) for word in wanted)]


def _words_of(query: SavedQuery) -> str:
    told = (query.summary, query.description, *(param.label for param in query.params))
    return fold(" ".join([query.name, *query.tags, *(f"{one.en} {one.zh}" for one in told)]))


@cache
def queries_of(folder: Path) -> tuple[SavedQuery, ...]:
    """All queries of a folder; read once, for a server is told them at its start."""
    return tuple(Catalogue(folder))
