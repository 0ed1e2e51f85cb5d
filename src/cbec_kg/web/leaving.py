"""Stop work whose asker has left.

>>> async def work() -> str:
...     return "done"
>>> async def stays() -> dict[str, str]:
...     await asyncio.sleep(60)
...     return {}
>>> asyncio.run(unless_left(stays, work()))
'done'
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

from starlette.types import Receive

__all__ = ["Left", "unless_left"]

Given = TypeVar("Given")


class Left(Exception):
    """Who asked has gone; nobody hears the answer."""


async def unless_left(receive: Receive, work: Coroutine[Any, Any, Given]) -> Given:
    """What ``work`` gives; it is cancelled where the client leaves meanwhile, and `Left` raised.

    ``receive`` is that of the request, whose body has been read to its end.
    """
    doing = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_left(receive))
    try:
        await asyncio.wait((doing, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not doing.done():
            raise Left
        return doing.result()
    finally:
        for task in (doing, leaving):
            task.cancel()
        for task in (doing, leaving):
            with suppress(asyncio.CancelledError, Exception):
                await task


async def _left(receive: Receive) -> None:
    while (await receive()).get("type") != "http.disconnect":
        pass
