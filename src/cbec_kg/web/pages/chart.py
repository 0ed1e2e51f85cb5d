"""Charts as pictures and as data: ``/charts/X.svg``, ``.png``, ``.json``, and the script that draws them.

``theme`` is light or dark, ``lang`` as everywhere. A picture carries its source line. Chinese in a PNG needs a font on
this machine: where there is none the picture is in English, and its ``Content-Language`` says so.

>>> routes()[0].path, SCRIPT.startswith("/static/vega-")
('/charts/queries/{topic}/{question}.{form}', True)
"""

import gzip
import json
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.metadata import version
from typing import Any

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.web.drawing.drawing import NoFont
from cbec_kg.web.site import Site, read, site_of, spoken
from cbec_kg.web.tags import matches, tag_of
from cbec_kg.web.work.charts.looks import THEMES, themed
from cbec_kg.web.work.charts.rows import chart_of_query

__all__ = ["FORMS", "SCRIPT", "answered", "routes"]

SCRIPT = f"/static/vega-{version('vl-convert-python')}.js"
"""Path of the script that draws charts in a browser: one version of it, for good."""
FORMS = {"svg": "image/svg+xml", "png": "image/png", "json": "application/json"}
Chart = dict[str, Any]


def routes() -> list[Route]:
    """Routes of charts and of the script that draws them; they stand before that of static files."""
    return [
        Route("/charts/queries/{topic}/{question}.{form}", _of_query),
        Route(SCRIPT, _script),
    ]


async def _of_query(request: Request) -> Response:
    query = site_of(request).catalogue.find("{topic}/{question}".format(**request.path_params))
    values: dict[str, Any] = {}
    for name, value in request.query_params.multi_items():
        if name not in ("lang", "theme") and value:
            values.setdefault(name, []).append(value)
    values = {name: some if query.param(name).many else some[-1] for name, some in values.items()}

    async def made(lang: str) -> Chart | None:
        return await read(request, chart_of_query, query, values, lang)

    return await answered(request, request.path_params["form"], made)


async def answered(request: Request, form: str, made: Callable[[str], Awaitable[Chart | None]]) -> Response:
    """A chart that ``made`` gives for a language, in one of `FORMS`; 404 where it gives none."""
    if form not in FORMS:
        raise HTTPException(404, f"no form .{form} of a chart: one of {', '.join(f'.{one}' for one in FORMS)}")
    site = site_of(request)
    lang = spoken(request)
    try:
        return await _in(site, request, form, lang, await made(lang))
    except NoFont:
        return await _in(site, request, form, "en", await made("en"))


async def _in(site: Site, request: Request, form: str, lang: str, chart: Chart | None) -> Response:
    if chart is None:
        raise HTTPException(404, "no chart of this: its columns allow none, or nothing is left to draw")
    theme = request.query_params.get("theme", THEMES[0])
    looking = themed(chart, theme)
    told = json.dumps(looking, ensure_ascii=False).encode()
    tag = tag_of(told, form)
    headers = {
        "ETag": tag, "Cache-Control": "no-cache", "Content-Language": lang, "Vary": "Accept-Language, Cookie",
    }  # fmt: skip
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    body = told if form == "json" else await site.drawing.draw(looking, form)
    return Response(body, headers=headers, media_type=FORMS[form])


async def _script(request: Request) -> Response:
    site = site_of(request)
    script = await site.drawing.script()
    tag = tag_of(script, weak=True)  # packed or not
    headers = {"ETag": tag, "Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if matches(request.headers.get("if-none-match"), tag):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        script, headers = await run_sync(_packed, script), {**headers, "Content-Encoding": "gzip"}
    return Response(script, headers=headers, media_type="text/javascript")


@cache
def _packed(script: bytes) -> bytes:
    return gzip.compress(script, 9, mtime=0)
