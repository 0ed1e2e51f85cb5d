"""Who may write, and where a change runs: in the scratch dataset's process, or in one of its own on the store's folder.

>>> callable(changed)
True
"""

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request

from cbec_kg.store.foreign.process import in_process
from cbec_kg.store.pool.limits import Busy
from cbec_kg.web.operation.token import authorised
from cbec_kg.web.site import Site, site_of
from cbec_kg.web.sparql.scratch import kept

__all__ = ["MOST", "allowed", "changed"]

MOST = 32 << 20
"""Bytes that an update or a document may have."""


def allowed(request: Request) -> Site:
    """The site, where the request may write to it; raises 401, or 403 where nobody may."""
    site = site_of(request)
    authorised(request, site.settings)
    return site


async def changed(site: Site, work: Callable[..., Any], scratch: Callable[..., Any], *arguments: Any) -> Any:
    """What a change gives: ``work`` on the store's folder, ``scratch`` on the dataset in memory.

    One after the other, and each to its end, whether or not who sent it is still there.
    """
    if site.settings.scratch:
        return await kept(site.pool.call(scratch, *arguments))
    if site.changes >= site.settings.waiting:
        raise Busy(round(site.settings.limits.seconds))
    doing = asyncio.ensure_future(_one_by_one(site, work, arguments))
    doing.add_done_callback(lambda done: done.cancelled() or done.exception())
    return await asyncio.shield(doing)


async def _one_by_one(site: Site, work: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
    site.changes += 1
    try:
        async with site.changing:
            return await in_process(site.settings.store, site.settings.limits, work, *arguments)
    finally:
        site.changes -= 1
