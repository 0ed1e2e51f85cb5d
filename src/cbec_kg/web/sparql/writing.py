"""Who may write, and where a change runs: in the scratch dataset's process, or in one of its own on the store's folder.

>>> MOST >> 20
32
"""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from cbec_kg.web.operation.token import authorised
from cbec_kg.web.site import Site, site_of

__all__ = ["MOST", "allowed", "changed"]

MOST = 32 << 20
"""Bytes that an update or a document may have."""


def allowed(request: Request) -> Site:
    """The site, where the request may write to it; raises 401, or 403 where nobody may."""
    site = site_of(request)
    authorised(request, site.settings)
    return site


async def changed(site: Site, work: Callable[..., Any], scratch: Callable[..., Any], *arguments: Any) -> Any:
    """What a change gives: ``work`` on the store's folder, ``scratch`` on the dataset in memory."""
    if site.settings.scratch:
        return await site.scratch.make(scratch, *arguments)
    return await site.changes.make(work, *arguments)
