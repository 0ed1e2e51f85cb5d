"""A pool of readers: work goes to a free one, what overruns is killed and replaced, and the queue has an end.

Work is a function at the top of a module, called in the reader with the graph as it is now: `Pool.call` runs
``work(graph, *arguments)`` and gives what it gives, picklable; `Pool.stream` runs ``work(graph, limits, *arguments)``,
which gives a picklable head (what must be known before the first byte is sent) and an iterator of bytes.

>>> import asyncio
>>> from cbec_kg.store.pool.examples import store_of_examples, names, lines
>>> async def one_call_one_stream(store):
...     async with Pool(store, Limits(seconds=30), readers=1) as pool:
...         print(await pool.call(names))
...         async with pool.stream(lines, 2) as answer:
...             print(answer.head, b"".join([chunk async for chunk in answer.chunks()]))
>>> with store_of_examples() as store:
...     asyncio.run(one_call_one_stream(store))
['id:shein']
text/plain b'id:shein\\nid:shein\\n'
"""

import asyncio
import logging
import pickle
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from cbec_kg.errors import QueryError, StoreError
from cbec_kg.store.pool.admission import ASKING, Admission, Lane
from cbec_kg.store.pool.frames import END, ERROR
from cbec_kg.store.pool.limits import Limits
from cbec_kg.store.pool.process import Gone, ReaderProcess, Start, work_frame

__all__ = ["Answer", "Pool"]

Given = TypeVar("Given")
_SPARE = 1
"""Readers that wait, ready, for another to be killed: one overrun then costs the next caller nothing."""
_TRIES = 5
"""Readers that are tried where they had ended, by nothing that was asked of them."""
_QUIET = 0.2
_PAUSES = (0.0, 0.5, 2.0, 5.0)
"""Seconds between tries where readers do not start, or end before they are asked."""
_logger = logging.getLogger(__name__)


class Answer:
    """A streamed answer: ``head`` is there, `chunks` come as they are made.

    Only an answer whose `chunks` came to their end is whole: all that fails on the way is raised there.
    """

    def __init__(self, head: Any, reader: ReaderProcess, deadline: float) -> None:
        self.head = head
        self._reader, self._deadline = reader, deadline

    @property
    def left(self) -> float:
        """Seconds until the deadline, by which all of it is to be taken."""
        return max(0.0, self._deadline - time.monotonic())

    async def chunks(self) -> AsyncIterator[bytes]:
        """Bytes, to the end; raises what the work raised, `QueryTimeout`, `TooBig`, `TooCostly`."""
        while True:
            kind, payload = await self._reader.read(self._deadline)
            if kind == END:
                return
            if kind == ERROR:
                raise pickle.loads(payload)
            yield payload


class Pool:
    """Readers of a store folder: ``readers`` for queries at once (of one client one less), one for pages, one spare.

    ``waiting`` pieces of work may wait in each lane; one more raises `Busy`. ``modules`` are imported by readers while
    they are idle, and then make what the module ``warming`` lists: one reader at a time, the spare or one of two that
    are free, so that no work waits for it. With ``services`` they keep the network, which a query could reach otherwise
    by no means.
    Used by one event loop. Leaving a call or a stream before its end, by an error or by being cancelled, kills the
    reader that was at work for it, and another takes its place.
    """

    def __init__(
        self, store: Path, limits: Limits, *, readers: int = 2, waiting: int = 64, modules: Sequence[str] = (),
        services: bool = False, warming: str = "",
    ) -> None:  # fmt: skip
        self.limits = limits
        self._start = Start(str(store), limits.memory, tuple(modules), services)
        self._seats = readers + 1
        self._admission: Admission[ReaderProcess] = Admission(self._seats, waiting=waiting)
        self._warming, self._preparing = warming, False
        self._cold: dict[ReaderProcess, int] = {}  # readers that have something to make, and its number
        self._spare: list[ReaderProcess] = []
        self._wanted = 0  # seats without a reader
        self._all: set[ReaderProcess] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._filling: asyncio.Task[None] | None = None
        self._ending = asyncio.Event()
        self._unasked = 0  # readers that ended while idle, since one last did some work
        self.killed = 0
        """Readers that were killed for an overrun, or because who asked had left; not those that ended themselves."""

    async def __aenter__(self) -> "Pool":
        started = await asyncio.gather(*(self._new() for _ in range(self._seats)), return_exceptions=True)
        for error in started:
            if isinstance(error, BaseException):
                await self._end()
                raise error
            self._admission.give(error)
        self._refill()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end()

    @property
    def readers(self) -> int:
        """Readers that can be at work at once."""
        return self._seats

    @property
    def waiting(self) -> int:
        """Pieces of work that wait for a reader now."""
        return self._admission.waiting

    @property
    def busy(self) -> int:
        """Readers at work now."""
        return self._admission.busy

    @property
    def processes(self) -> list[int]:
        """The readers' processes, by id."""
        return sorted(reader.pid for reader in self._all)

    @property
    def network(self) -> str:
        """Whether readers can reach others: ``filtered`` or ``unshared`` if not, else ``open``."""
        return next((reader.network for reader in self._all), "")

    async def call(
        self, work: Callable[..., Given], *arguments: Any, limits: Limits | None = None, lane: Lane = "page"
    ) -> Given:
        """What ``work(graph, *arguments)`` gives in a reader; both must be picklable.

        Raises what the work raises, `QueryTimeout` at the deadline, `TooCostly` where it brought the reader down,
        `TooBig` where it gives too much, `Busy` where too many wait.
        """
        given: Given
        async with _AtWork(self, work_frame(work, False, limits or self.limits, arguments), limits, lane) as given:
            return given

    def stream(
        self, work: Callable[..., tuple[Any, Iterator[bytes]]], *arguments: Any, limits: Limits | None = None,
        lane: Lane = "query",
    ) -> AbstractAsyncContextManager[Answer]:  # fmt: skip
        """The streamed answer of ``work(graph, limits, *arguments)``; raises as `call` does, before the first byte."""
        return _Streamed(self, work_frame(work, True, limits or self.limits, arguments), limits, lane)

    def failed_with(self, error: BaseException) -> None:
        """Work got no answer, or not all of it, for this reason."""

    def _back(self, reader: ReaderProcess) -> None:
        """A reader did its work, or is replaced where it did not."""
        self._admission.leave(reader)
        if reader.idle and reader.alive:
            self._admission.give(reader)
        else:
            self._replace(reader, killed=reader.alive)

    def _replace(self, reader: ReaderProcess, *, killed: bool) -> None:
        reader.kill()
        self.killed += killed
        if reader in self._all:
            self._all.remove(reader)
            self._wanted += 1
            self._later(reader.end())
            self._seat_spares()
            self._refill()

    def _seat_spares(self) -> None:
        while self._wanted and self._spare:
            self._wanted -= 1
            self._admission.give(self._spare.pop())

    def _refill(self) -> None:
        if not self._ending.is_set() and (self._filling is None or self._filling.done()):
            self._filling = self._later(self._fill())

    async def _fill(self) -> None:
        """Start readers until every seat has one and the spare is there; tries on where they do not start."""
        failed = 0
        while not self._ending.is_set() and len(self._all) < self._seats + _SPARE:
            if pause := _PAUSES[min(max(failed, self._unasked // (2 * self._seats)), len(_PAUSES) - 1)]:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ending.wait(), pause)
            try:
                self._spare.append(await self._new())
                self._seat_spares()
                failed = 0
            except StoreError as error:
                _logger.error("%s", error)
                failed += 1

    async def _new(self) -> ReaderProcess:
        reader = await ReaderProcess.start(self._start)
        self._all.add(reader)
        self._later(self._watch(reader))
        if self._warming:
            self._cold[reader] = 0
            if not self._preparing:
                self._preparing = True
                self._later(self._prepare())
        return reader

    async def _prepare(self) -> None:
        """Have readers make what is not made yet, a piece at a time, as long as others are free."""
        while not self._ending.is_set() and self._cold:
            self._cold = {reader: number for reader, number in self._cold.items() if reader in self._all}
            reader = next((one for one in self._spare if one in self._cold), None)
            if spare := reader is not None:
                self._spare.remove(reader)
            elif len(free := self._admission.free) > 1:
                reader = next((one for one in reversed(free) if one in self._cold), None)
                if reader is not None:
                    self._admission.remove(reader)
            if reader is None:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._ending.wait(), _QUIET)
                continue
            try:
                if await reader.prepare(self._warming, self._cold[reader]):
                    self._cold[reader] += 1
                else:
                    del self._cold[reader]
            except (StoreError, QueryError):  # it ended, or takes too long: others would, too
                self._warming = ""
                self._cold.clear()
                if not self._ending.is_set():
                    self._wanted -= spare
                    self._replace(reader, killed=False)
                break
            if spare:
                self._spare.append(reader)
                self._seat_spares()
            else:
                self._admission.give(reader)
        self._preparing = False

    async def _watch(self, reader: ReaderProcess) -> None:
        """One that ends while nobody asked it is replaced at once."""
        await reader.ended()
        if self._ending.is_set() or reader not in self._all:
            return
        self._unasked += 1
        if reader in self._spare:
            self._spare.remove(reader)
            self._all.remove(reader)
            self._later(reader.end())
            self._refill()
        elif self._admission.remove(reader):
            self._replace(reader, killed=False)

    def _later(self, doing: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _end(self) -> None:
        self._ending.set()
        if self._filling is not None:
            await asyncio.wait([self._filling])
        await asyncio.gather(*(reader.end() for reader in self._all))
        self._all.clear()
        await asyncio.gather(*self._tasks, return_exceptions=True)


class _AtWork:
    """Work in a reader, and what it gave first; the reader is given back, or replaced.

    A class rather than a function with `contextlib`, and one for all that a query needs: each layer costs a query as
    much as its parsing.
    """

    def __init__(self, pool: Pool, framed: bytes, limits: Limits | None, lane: Lane) -> None:
        self._pool, self._framed, self._lane = pool, framed, lane
        self._seconds = (limits or pool.limits).seconds

    async def __aenter__(self) -> Any:
        try:
            return await self._begun()
        except BaseException as error:
            self._pool.failed_with(error)
            raise

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool._back(self._reader)
        if error is not None:
            self._pool.failed_with(error)

    async def _begun(self) -> Any:
        pool = self._pool
        for left in range(_TRIES - 1, -1, -1):
            self._reader = reader = await pool._admission.take(self._lane, ASKING.get(), self._seconds)
            try:
                reader.send(self._framed)
                self._deadline = await reader.begun(self._seconds)
                kind, payload = await reader.read(self._deadline)
                pool._unasked = 0
                given = pickle.loads(payload)
                if kind == ERROR:
                    raise given
                return given
            except BaseException as error:
                pool._back(reader)
                if not isinstance(error, Gone) or not left:
                    raise
        raise AssertionError("unreachable")


class _Streamed(_AtWork):
    async def __aenter__(self) -> Answer:
        return Answer(await super().__aenter__(), self._reader, self._deadline)
