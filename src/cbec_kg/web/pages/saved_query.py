"""The page of one saved query: a form, the answer as a table, and how to ask it elsewhere.

>>> without_header("#+ summary: All\\nASK {}")
'ASK {}'
"""

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.errors import CbecError
from cbec_kg.query.saved import SavedQuery
from cbec_kg.query.suggest import Suggestion
from cbec_kg.store.pool.limits import Busy
from cbec_kg.web.leaving import unless_left
from cbec_kg.web.pages.asked import LIMITS, asked_by
from cbec_kg.web.pages.fields import field_of
from cbec_kg.web.pages.snippets import curl, python
from cbec_kg.web.pages.topics import topic_name
from cbec_kg.web.site import Site, base_of, site_of, spoken
from cbec_kg.web.work.pages.gallery import Rows, offers, rows

__all__ = ["query_page", "without_header"]

_DOWNLOADS = ("csv", "json", "jsonl", "tsv", "xlsx", "parquet")


async def query_page(request: Request) -> Response:
    """``/queries/TOPIC/NAME``: the form stays as it was filled in, whatever comes of it."""
    site = site_of(request)
    lang = spoken(request)
    query = site.catalogue.find(f"{request.path_params['topic']}/{request.path_params['name']}")
    asked = asked_by(query, request.query_params, lang)

    async def answered() -> tuple[dict[str, tuple[Suggestion, ...]], Rows, CbecError | None]:
        offered = await _offered(site, query)
        try:
            return offered, await site.pool.call(rows, query, asked.given, lang, asked.first, asked.limit), None
        except Busy:
            raise
        except CbecError as error:
            return offered, Rows(), error

    offered, found, failed = await unless_left(request.receive, answered())
    own = [param for param in query.params if param.type != "lang"]
    given, wrong, base = asked.given, found.wrong, base_of(request)
    fields = [field_of(one, given.get(one.name, ()), offered.get(one.name, ()), wrong, lang) for one in own]
    return site.page(
        request, "query.html", failed.http_status if failed else 400 if wrong else 200,
        query=query, asked=asked, found=found, failed=failed, fields=fields,
        topic=topic_name(query.topic, lang),
        limits=sorted({*LIMITS, asked.limit}), downloads=_DOWNLOADS, share=base + asked.share,
        text=without_header(found.text or query.text),
        curl=curl(base + asked.api, asked.spoken), python=python(base + asked.api, asked.spoken),
    )  # fmt: skip


async def _offered(site: Site, query: SavedQuery) -> dict[str, tuple[Suggestion, ...]]:
    """Values for the form; where they cannot be had in time the form is typed into."""
    if all(param.type == "lang" for param in query.params):
        return {}
    try:
        return await site.pool.call(offers, query)
    except Busy:
        raise
    except CbecError:
        return {}


def without_header(text: str) -> str:
    """Text of a saved query without the lines of its header: what a person reads and changes."""
    return "\n".join(line for line in text.split("\n") if not line.startswith("#+")).strip()
