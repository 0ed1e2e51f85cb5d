"""``/openapi.json`` and ``/api``: what the API can be asked, for programs and for people.

>>> _words("/series/{series}/changes.atom")
['/series/', '{series}', '/changes.atom']
"""

import json
import re
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.errors import CbecError
from cbec_kg.web.api.openapi import document
from cbec_kg.web.api.operation import Arguments, Operation
from cbec_kg.web.api.operations import FIXED
from cbec_kg.web.api.responding import said_once
from cbec_kg.web.site import read, site_of
from cbec_kg.web.tags import tag_of
from cbec_kg.web.work.api.examples import examples

__all__ = ["openapi", "page"]

_PART = re.compile(r"(\{[^}]+\})")


async def openapi(request: Request, arguments: Arguments) -> Response:
    """The description, with answers of this very graph as examples where there is one."""
    queries = tuple(site_of(request).catalogue)
    # They take a second to make, and hold for as long as the graph and the queries do.
    texts, version, shown = getattr(request.app.state, "examples", (None, None, {}))
    mine = tuple(query.text for query in queries)
    try:
        known = version if texts == mine else None
        version, fresh = await read(request, examples, queries, known)
        shown = shown if fresh is None else fresh
        request.app.state.examples = mine, version, shown
    except CbecError:  # no graph, or no time: what can be asked is known without examples
        shown = {}
    served = {route.path for route in request.app.routes if isinstance(route, Route)}
    told = document(queries, shown, served, request.scope.get("root_path", ""))
    text = json.dumps(told, ensure_ascii=False)
    return said_once(request, text, "application/json", tag_of(text, weak=True))


async def page(request: Request, arguments: Arguments) -> Response:
    """The same for people, in short."""
    tags: dict[str, list[dict[str, Any]]] = {}
    for operation in FIXED:
        tags.setdefault(operation.tag, []).append(
            {"path": _words(operation.path), "name": operation.name, "example": _example(operation)}
        )
    topics: dict[str, list[Any]] = {}
    for query in site_of(request).catalogue:
        topics.setdefault(query.topic, []).append(query)
    return site_of(request).page(request, "api.html", tags=tags, topics=topics)


def _words(path: str) -> list[str]:
    return [part for part in _PART.split(path) if part]


def _example(operation: Operation) -> str:
    """An address to try: with what must be given."""
    path = operation.path.format(
        topic="platforms", question="programmes", series="cbec-trade-value_china_all_all_total_gac-total"
    )
    given = [(one.name, one.example or "platform") for one in operation.parameters if one.required]
    return f"{path}?{urlencode(given)}" if given else path
