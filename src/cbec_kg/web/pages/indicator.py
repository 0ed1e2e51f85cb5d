"""The page of an indicator: choices, chart, what is not on the line, the table, revisions, how to cite; and its files.

A page of things sends its requests here; charts are at ``/charts/indicators/X.svg|png|json``, files at
``/indicators/X.csv|xlsx``, all with the parameters of the page.

>>> [route.path for route in routes()]
['/charts/indicators/{code}.{form}', '/indicators/{code}.{form}']
"""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from cbec_kg.errors import UnknownName
from cbec_kg.namespaces import local_name
from cbec_kg.query.formats.registry import FORMATS, write
from cbec_kg.query.results import Result
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.pages.chart import SCRIPT, answered
from cbec_kg.web.site import base_of, read, site_of, spoken
from cbec_kg.web.work.charts.line import LEGEND
from cbec_kg.web.work.indicator import page as work
from cbec_kg.web.work.indicator.asked import ALL, NONE, Asked
from cbec_kg.web.work.indicator.occurring import DIMENSIONS
from cbec_kg.web.work.indicator.table import table
from cbec_kg.web.work.indicator.wording import SCALES

__all__ = ["indicator_page", "routes"]

_PLAIN = (("market", NONE), ("channel", NONE), ("measure", "level"))
"""What need not be said."""
Given = TypeVar("Given")
_FILES = ("csv", "xlsx")
_PARAMETERS = (*DIMENSIONS, "measure", "unit", "scale", "as_of")


def routes() -> list[Route]:
    """Routes of an indicator's charts and files."""
    return [Route("/charts/indicators/{code}.{form}", _chart), Route("/indicators/{code}.{form}", _file)]


async def indicator_page(request: Request, iri: str) -> Response:
    """The page of an indicator by its IRI; 404 where the graph has none of that name."""
    site, lang = site_of(request), spoken(request)
    asked = _asked(request, local_name(iri))
    view = await _read(request, work.indicator, asked, lang)
    shown = _parameters(view.asked)
    today = datetime.now(UTC).date().isoformat()
    lasting = urlencode({**shown, "as_of": asked.as_of or today})
    return site.page(
        request, "indicator.html", view=view, iri=iri, asked=view.asked, legend=LEGEND[lang], query=urlencode(shown),
        all_scopes=ALL, scales=SCALES, day=asked.as_of or today,
        permanent=f"{base_of(request)}/vocab/{asked.indicator}.html?{lasting}", script=SCRIPT,
        marks=list(dict.fromkeys(row.mark for row in view.rows)),
    )  # fmt: skip


async def _chart(request: Request) -> Response:
    asked = _asked(request, request.path_params["code"])

    async def made(lang: str) -> dict[str, Any] | None:
        return await _read(request, work.chart, asked, lang)

    return await answered(request, request.path_params["form"], made)


async def _file(request: Request) -> Response:
    form, code = request.path_params["form"], request.path_params["code"]
    if form not in _FILES:
        raise HTTPException(404, f"no file .{form} of an indicator: one of .csv, .xlsx")
    lang = spoken(request)
    view = await _read(request, work.indicator, _asked(request, code), lang)
    body = await run_sync(_written, table(view.rows, view.title, lang), form)
    headers = {
        "Content-Disposition": f'attachment; filename="{code}.{form}"', "Content-Language": lang,
        "Vary": "Accept-Language, Cookie",
    }  # fmt: skip
    return Response(body, headers=headers, media_type=FORMATS[form].media_type)


async def _read(request: Request, what: Callable[[OpenGraph, Asked, str], Given], asked: Asked, lang: str) -> Given:
    """What a reader gives; an indicator that the graph does not know is not found."""
    try:
        return await read(request, what, asked, lang)
    except UnknownName as error:
        raise HTTPException(404, str(error)) from None


def _written(result: Result, form: str) -> bytes:
    out = io.BytesIO()
    write(result, form, out, lang=result.lang)
    return out.getvalue()


def _asked(request: Request, code: str) -> Asked:
    """What a request asks for; what is empty is left open. Raises `BadParameter`."""
    said = {name: value for name in _PARAMETERS if (value := request.query_params.get(name))}
    return Asked(code, **said)


def _parameters(asked: Asked) -> dict[str, str]:
    """What a page shows, as parameters of an address: all that is settled, so that it stays the same."""
    told = {name: str(value) for name in _PARAMETERS if (value := getattr(asked, name)) is not None}
    return {name: value for name, value in told.items() if (name, value) not in _PLAIN}
