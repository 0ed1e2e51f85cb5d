"""Ask a reader for what a page shows.

>>> import inspect
>>> inspect.iscoroutinefunction(asked)
True
"""

from collections.abc import Callable
from typing import Any, TypeVar

from starlette.requests import Request

from cbec_kg.web.language import lang_of
from cbec_kg.web.leaving import unless_left
from cbec_kg.web.site import site_of

__all__ = ["asked", "page_number", "spoken"]

Given = TypeVar("Given")


async def asked(request: Request, work: Callable[..., Given], *arguments: Any) -> Given:
    """What ``work(graph, *arguments)`` gives in a reader; it stops where the client leaves. Raises as `Pool.call`."""
    return await unless_left(request.receive, site_of(request).pool.call(work, *arguments))


def spoken(request: Request) -> str:
    """The language of the page: en or zh."""
    return lang_of(request, site_of(request).settings.lang)


def page_number(request: Request) -> int:
    """Which page of a list is wanted, from 1; anything else than a number is the first."""
    said = request.query_params.get("page", "")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 7 else 1
