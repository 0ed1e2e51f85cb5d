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
import math
import pickle
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar

from cbec_kg.errors import QueryTimeout, StoreError
from cbec_kg.store.pool.frames import END, ERROR, HEAD, HEAD_SIZE, RESULT, WORK, frame, unpack
from cbec_kg.store.pool.limits import Busy, Limits, TooCostly

__all__ = ["Answer", "Pool"]

Given = TypeVar("Given")


class Answer:
    """A streamed answer: ``head`` is there, `chunks` come as they are made."""

    def __init__(self, head: Any, reader: "_Reader", deadline: float) -> None:
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
    """So many ``readers`` of a store folder. ``waiting`` pieces of work may wait; one more raises `Busy`.

    Used by one event loop. Leaving a call or a stream before its end, by an error or by being cancelled, kills the
    reader that was at work for it, and another takes its place.
    """

    def __init__(self, store: Path, limits: Limits, *, readers: int = 2, waiting: int = 64) -> None:
        self.limits = limits
        self._store, self._count, self._most = store, readers, waiting
        self._free: asyncio.Queue[_Reader] = asyncio.Queue()
        self._waiting = 0
        self._all: set[_Reader] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self.killed = 0
        """Readers that were killed for an overrun, or because who asked had left."""

    async def __aenter__(self) -> "Pool":
        await asyncio.gather(*(self._start() for _ in range(self._count)))
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in list(self._starting):
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for reader in list(self._all):
            await reader.end()

    @property
    def waiting(self) -> int:
        """Pieces of work that wait for a reader now."""
        return self._waiting

    @property
    def busy(self) -> int:
        """Readers at work now, or being replaced."""
        return self._count - self._free.qsize()

    async def call(self, work: Callable[..., Given], *arguments: Any, limits: Limits | None = None) -> Given:
        """What ``work(graph, *arguments)`` gives in a reader; both must be picklable.

        Raises what the work raises, `QueryTimeout` at the deadline, `TooCostly` where it brought the reader down,
        `Busy` where too many wait.
        """
        async with self._at_work(work, False, limits or self.limits, arguments) as (reader, deadline):
            kind, payload = await reader.read(deadline)
            if kind == ERROR:
                raise pickle.loads(payload)
            given: Given = pickle.loads(payload)
            return given

    @asynccontextmanager
    async def stream(
        self, work: Callable[..., tuple[Any, Iterator[bytes]]], *arguments: Any, limits: Limits | None = None
    ) -> AsyncIterator[Answer]:
        """The streamed answer of ``work(graph, limits, *arguments)``; raises as `call` does, before the first byte."""
        async with self._at_work(work, True, limits or self.limits, arguments) as (reader, deadline):
            kind, payload = await reader.read(deadline)
            if kind == ERROR:
                raise pickle.loads(payload)
            assert kind == HEAD
            yield Answer(pickle.loads(payload), reader, deadline)

    @asynccontextmanager
    async def _at_work(
        self, work: Callable[..., Any], streamed: bool, limits: Limits, arguments: tuple[Any, ...]
    ) -> AsyncIterator[tuple["_Reader", float]]:
        reader = await self._next(limits)
        try:
            await reader.send(frame(WORK, pickle.dumps((work, streamed, limits, arguments))))
            yield reader, time.monotonic() + limits.seconds
        finally:
            if reader.idle:
                self._free.put_nowait(reader)
            else:
                self._replace(reader)

    async def _next(self, limits: Limits) -> "_Reader":
        """A free reader; one that died while nobody asked it is replaced."""
        while True:
            if self._free.empty() and self._waiting >= self._most:
                raise Busy(max(1, math.ceil(limits.seconds / 2)))
            self._waiting += 1
            try:
                reader = await self._free.get()
            finally:
                self._waiting -= 1
            if reader.alive:
                return reader
            self._replace(reader)

    def _replace(self, reader: "_Reader") -> None:
        reader.kill()
        self.killed += 1
        self._all.discard(reader)
        task = asyncio.get_running_loop().create_task(self._start(reader))
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _start(self, old: "_Reader | None" = None) -> None:
        if old is not None:
            await old.end()
        reader = await _Reader.start(self._store, self.limits.memory)
        self._all.add(reader)
        self._free.put_nowait(reader)


class _Reader:
    """One process. ``idle`` says whether all of its last answer was read."""

    def __init__(self, process: asyncio.subprocess.Process, memory: int) -> None:
        self._process, self._memory = process, memory
        self.idle = True

    @classmethod
    async def start(cls, store: Path, memory: int) -> "_Reader":
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "cbec_kg.store.pool.reader", str(store), str(memory),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        reader = cls(process, memory)
        try:
            await reader.read(time.monotonic() + 60)
        except BaseException:
            reader.kill()
            raise
        return reader

    @property
    def alive(self) -> bool:
        return self._process.returncode is None

    async def send(self, framed: bytes) -> None:
        """Give it work; raises `StoreError` where it is gone."""
        assert self._process.stdin is not None
        self.idle = False
        try:
            self._process.stdin.write(framed)
            await self._process.stdin.drain()
        except (BrokenPipeError, ConnectionResetError):
            raise StoreError("a reader of the graph ended", fix="try again") from None

    async def read(self, deadline: float) -> tuple[bytes, bytes]:
        """Its next frame, before ``deadline`` (of the monotonic clock)."""
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(max(0.0, deadline - time.monotonic())):
                kind, length = unpack(await self._process.stdout.readexactly(HEAD_SIZE))
                payload = await self._process.stdout.readexactly(length)
        except TimeoutError:
            raise QueryTimeout(
                "the query did not end before its deadline", fix="narrow it, add LIMIT, or ask for less at once"
            ) from None
        except asyncio.IncompleteReadError:
            raise TooCostly(
                f"the query brought its process down, which may have {self._memory >> 20} MB",
                fix="narrow it: it needs too much memory, or is nested too deeply",
            ) from None
        self.idle = kind in (RESULT, END, ERROR)
        return kind, payload

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """Kill it, if it lives, and see it gone."""
        self.kill()
        await self._process.wait()
        # The pipes close with the loop's next turn; what they still hold is nobody's.
        if self._process.stdin is not None:
            self._process.stdin.close()
            with suppress(BrokenPipeError, ConnectionResetError):
                await self._process.stdin.wait_closed()
