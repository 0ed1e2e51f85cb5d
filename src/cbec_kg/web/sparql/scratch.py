"""An empty dataset in memory, held by one process, for `cbec-kg serve --scratch`.

>>> async def work():
...     return "done"
>>> asyncio.run(kept(work()))
'done'
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from cbec_kg.errors import QueryError, QueryTimeout
from cbec_kg.store.pool.limits import TooCostly

__all__ = ["kept"]

Given = TypeVar("Given")
_LOST = "the process that held the dataset was ended, and the dataset is empty now"


class _Lost(QueryError):
    http_status = 503


async def kept(work: Coroutine[Any, Any, Given]) -> Given:
    """What a call to the one process gives; it goes on to its deadline where the client leaves meanwhile.

    An overrun ends the process, and the dataset with it: the error says so.
    """
    doing = asyncio.ensure_future(work)
    doing.add_done_callback(_heard)
    try:
        return await asyncio.shield(doing)
    except (QueryTimeout, TooCostly) as error:
        raise _Lost(f"{error.message}; {_LOST}", fix=error.fix) from None


def _heard(done: "asyncio.Future[Any]") -> None:
    """Take note of an error that nobody waits for any more."""
    if not done.cancelled():
        done.exception()
