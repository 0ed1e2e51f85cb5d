"""``/changes.atom``: what changed in the graph, and the same of one series.

>>> [one.name for one in CHANGES]
['series', 'limit', 'offset', 'lang']
"""

from dataclasses import replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.errors import UnknownName
from cbec_kg.web.api.operation import Arguments, Parameter
from cbec_kg.web.api.responding import answered, problem_of, spoken
from cbec_kg.web.api.saved import SPEECH
from cbec_kg.web.api.schemas import text
from cbec_kg.web.problems import respond
from cbec_kg.web.site import base_of
from cbec_kg.web.work.api.changes import FeedOf, feed

__all__ = ["CHANGES", "CHANGES_OF_SERIES", "changes"]

CHANGES_OF_SERIES = (
    Parameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": 500, "default": 100}, "Most entries of a page", example=50
    ),
    Parameter(
        "offset", {"type": "integer", "minimum": 0, "maximum": 10**6, "default": 0}, "Entries to skip", example=0
    ),
    SPEECH,
)  # fmt: skip
CHANGES = (
    Parameter(
        "series", {**text(), "format": "cbec-kg:series"}, "Of one series alone, by its local name",
        example="cbec-trade-value_china_all_all_total_gac-total",
    ),
    *CHANGES_OF_SERIES,
)  # fmt: skip


async def changes(request: Request, arguments: Arguments) -> Response:
    """A page of the feed, of one series where the address names one."""
    base, lang = base_of(request), spoken(request, arguments)
    series = request.path_params.get("series") or arguments.get("series")
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "offset"]
    path = request.url.path.removeprefix(request.scope.get("root_path", ""))
    address = f"{base}{path}" + (f"?{urlencode(kept)}" if kept else "")
    since = None if "if-none-match" in request.headers else request.headers.get("if-modified-since")
    asked = FeedOf(base, address, series, lang, arguments["limit"], arguments["offset"], since)
    try:
        return await answered(request, f"changes {replace(asked, since=None)}", feed, asked)
    except UnknownName as error:
        problem = problem_of(error)
        return respond(request, replace(problem, status=404, more={**problem.more, "parameter": "series"}))
