"""Changes, one after the other, each to its end or its deadline: on a store's folder, or on a scratch dataset.

A change goes on where who sent it has left, for nobody would know otherwise how much of it was done.

>>> import asyncio
>>> from cbec_kg.store.foreign.writing import UnknownGraph, delete
>>> from cbec_kg.store.pool.examples import store_of_examples
>>> with store_of_examples() as store:
...     try:
...         asyncio.run(Changes(store, Limits()).make(delete, "https://example.org/g"))
...     except UnknownGraph as error:
...         error.message
'no graph <https://example.org/g> here'
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from cbec_kg.errors import QueryError, QueryTimeout
from cbec_kg.store.foreign.process import Child
from cbec_kg.store.pool.limits import Busy, Limits, TooCostly

__all__ = ["Changes", "Scratch"]

Given = TypeVar("Given")


class _Line:
    """Work that is done one after the other; ``waiting`` pieces of it may wait."""

    def __init__(self, limits: Limits, waiting: int) -> None:
        self.limits, self._most = limits, waiting
        self._lock, self._queued = asyncio.Lock(), 0

    async def in_turn(self, work: Callable[[], Coroutine[Any, Any, Given]]) -> Given:
        """What the work gives; raises `Busy` where too much waits."""
        if self._queued > self._most:
            raise Busy(max(1, round(self.limits.seconds / 2)))
        doing = asyncio.ensure_future(self._turn(work))
        doing.add_done_callback(lambda done: done.cancelled() or done.exception())  # heard, where nobody waits
        return await asyncio.shield(doing)

    async def _turn(self, work: Callable[[], Coroutine[Any, Any, Given]]) -> Given:
        self._queued += 1
        try:
            async with self._lock:
                return await work()
        finally:
            self._queued -= 1


class Changes(_Line):
    """Changes to strangers' graphs in a store's folder, each in a process of its own."""

    def __init__(self, folder: Path, limits: Limits, *, waiting: int = 64) -> None:
        super().__init__(limits, waiting)
        self._folder = folder

    async def make(self, work: Callable[..., Given], *arguments: Any) -> Given:
        """What ``work(folder, *arguments)`` gives; raises what it raises, `QueryTimeout`, `TooCostly`, `Busy`."""

        async def once() -> Given:
            child = await Child.start(self._folder, self.limits.memory)
            try:
                return await child.ask(self.limits, work, *arguments)
            except (QueryTimeout, TooCostly) as error:
                raise type(error)(f"{error.message}, and nothing was changed", fix=error.fix) from None
            finally:
                await child.end()

        return await self.in_turn(once)


class _Lost(QueryError):
    """An overrun that cost the dataset."""

    http_status = 503


class Scratch(_Line):
    """A dataset in memory, empty at first, that one process holds; it is empty again after an overrun."""

    def __init__(self, limits: Limits, *, waiting: int = 64) -> None:
        super().__init__(limits, waiting)
        self._child: Child | None = None

    async def __aenter__(self) -> "Scratch":
        self._child = await Child.start(None, self.limits.memory)
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._child is not None:
            await self._child.end()

    async def make(self, work: Callable[..., Given], *arguments: Any, limits: Limits | None = None) -> Given:
        """What ``work(graph, *arguments)`` gives, on the dataset."""

        async def once() -> Given:
            if self._child is None or not self._child.alive:
                with suppress(ProcessLookupError):
                    await self.__aexit__()
                self._child = await Child.start(None, self.limits.memory)
            try:
                return await self._child.ask(limits or self.limits, work, *arguments)
            except (QueryTimeout, TooCostly) as error:
                await self._child.end()
                self._child = None
                raise _Lost(f"{error.message}, and the dataset, which it held, is empty now", fix=error.fix) from None

        return await self.in_turn(once)
