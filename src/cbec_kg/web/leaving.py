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
_MOMENT = 0.05
_NEARLY = 0.25
"""Seconds in which work may still end after its asker left: to stop it costs a reader, and another's start a second."""


class Left(Exception):
    """Who asked has gone; nobody hears the answer."""


async def unless_left(receive: Receive, work: Coroutine[Any, Any, Given]) -> Given:
    """What ``work`` gives; it is cancelled where the client leaves meanwhile, and `Left` raised.

    ``receive`` is that of the request, whose body has been read to its end. Work that takes a moment only is not
    watched: a task for it would cost more than the work.
    """
    task = asyncio.current_task()
    assert task is not None
    before, watching = task.cancelling(), _Watching(receive, task)
    timer = asyncio.get_running_loop().call_later(_MOMENT, watching.begin)
    try:
        return await work
    except asyncio.CancelledError:
        if watching.left and task.uncancel() <= before:
            raise Left from None
        raise
    finally:
        timer.cancel()
        watching.end()


class _Watching:
    """Whether who asked leaves, who is told so by the end of his task."""

    def __init__(self, receive: Receive, task: "asyncio.Task[Any]") -> None:
        self._receive, self._task = receive, task
        self._watching: asyncio.Task[None] | None = None
        self.left = False

    def begin(self) -> None:
        self._watching = asyncio.ensure_future(self._watch())

    def end(self) -> None:
        if self._watching is not None:
            self._watching.cancel()

    async def _watch(self) -> None:
        with suppress(Exception):  # who sends what is refused has no answer to wait for
            while (await self._receive()).get("type") != "http.disconnect":
                pass
        await asyncio.sleep(_NEARLY)
        self.left = True
        self._task.cancel()
