"""The SPARQL editor: a form that works by itself, which scripts make an editor with completion.

>>> [route.path for route in routes()]
['/editor', '/editor', '/editor/terms.json']
"""

from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.errors import CbecError
from cbec_kg.query.saved import SavedQuery
from cbec_kg.store.pool.limits import Busy
from cbec_kg.web.pages.asked import LIMITS, number_of, with_pairs
from cbec_kg.web.pages.gallery import queries_of
from cbec_kg.web.pages.saved_query import without_header
from cbec_kg.web.pages.topics import topic_name
from cbec_kg.web.site import base_of, read, site_of, spoken
from cbec_kg.web.streaming import StreamedAnswer
from cbec_kg.web.tags import matches
from cbec_kg.web.work.pages.editor import FILES, Written, as_file, terms, written

__all__ = ["routes"]

_LONGEST = 1 << 20
"""Bytes of a form."""
_LONGEST_LINK = 8_000
"""Characters of an address that browsers and proxies carry."""
_LIMIT = 100
_FIRST = """SELECT ?platform ?label WHERE {
  ?platform a cbec:Platform ;
    rdfs:label ?label .
  FILTER(LANG(?label) = "en")
} ORDER BY ?label LIMIT 20"""


def routes() -> list[Route]:
    """The routes of this module."""
    return [
        Route("/editor", _written, methods=["GET"]),
        Route("/editor", _run, methods=["POST"]),
        Route("/editor/terms.json", _terms),
    ]


async def _written(request: Request) -> Response:
    """The form, with a text of the address, or that of a saved query; nothing is run."""
    site, asked = site_of(request), request.query_params
    if example := asked.get("example"):
        return await _page(request, without_header(site.catalogue.find(example).text))
    return await _page(request, asked.get("query") or _FIRST)


async def _run(request: Request) -> Response:
    """The form with the answer under it, or the answer as a file."""
    form = await _form(request)
    text, limit = form.get("query", ""), number_of(form.get("limit"), _LIMIT, LIMITS[-1])
    site, lang = site_of(request), spoken(request)
    try:
        if "download" in form:
            return await _file(request, text, form.get("format", ""), lang)
        found = await read(request, written, text, lang, limit, site.settings.services, lane="query")
    except Busy:
        raise
    except CbecError as error:
        return await _page(request, text, limit=limit, failed=error, form=form.get("format", ""))
    return await _page(request, text, limit=limit, found=found, form=form.get("format", ""))


async def _file(request: Request, text: str, form: str, lang: str) -> Response:
    site = site_of(request)
    answer = await StreamedAnswer.of(request, site.pool, as_file, text, form, lang, site.settings.services)
    answer.headers["Content-Type"] = answer.head.media_type
    answer.headers["Content-Disposition"] = f'attachment; filename="answer{answer.head.suffix}"'
    return answer


async def _page(
    request: Request, text: str, *, limit: int = _LIMIT, found: Written | None = None, failed: CbecError | None = None,
    form: str = "",
) -> Response:  # fmt: skip
    site = site_of(request)
    lang = spoken(request)
    share = with_pairs("/editor", [("query", text)])
    return site.page(
        request, "editor.html", failed.http_status if failed else 200,
        text=text, limit=limit, limits=LIMITS, found=found, failed=failed, files=FILES, form=form,
        share=base_of(request) + share if len(share) <= _LONGEST_LINK else "",
        examples=_by_topic(await run_in_threadpool(queries_of, site.catalogue.folder), lang),
        chosen=request.query_params.get("example", ""),
    )  # fmt: skip


def _by_topic(queries: tuple[SavedQuery, ...], lang: str) -> dict[str, list[SavedQuery]]:
    found: dict[str, list[SavedQuery]] = {}
    for query in queries:
        found.setdefault(topic_name(query.topic, lang), []).append(query)
    return found


async def _form(request: Request) -> dict[str, str]:
    """Fields of a form, the last of each name; raises 413 for one that is too long, 415 for what is no form."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise HTTPException(415, "the editor takes application/x-www-form-urlencoded; programs ask /sparql")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST:
            raise HTTPException(413, f"the form has more than {_LONGEST:,} bytes: send a shorter query")
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=20)
    except ValueError:
        raise HTTPException(400, "the form cannot be read: it has too many fields, or is no UTF-8") from None
    return {name: values[-1] for name, values in fields.items()}


async def _terms(request: Request) -> Response:
    digest, text = await read(request, terms)
    headers = {"ETag": f'"{digest}"', "Cache-Control": "no-cache"}
    if matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="application/json", headers=headers)
