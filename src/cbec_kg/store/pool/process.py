"""One reader, seen from the process that must live: started, given work, read from, killed.

>>> import asyncio
>>> from cbec_kg.store.pool.examples import names, store_of_examples
>>> async def once(store):
...     reader = await ReaderProcess.start(Start(str(store)))
...     reader.send(work_frame(names, False, Limits(), ()))
...     kind, payload = await reader.read(await reader.begun(60))
...     await reader.end()
...     return kind == RESULT, pickle.loads(payload), reader.alive
>>> with store_of_examples() as store:
...     asyncio.run(once(store))
(True, ['id:shein'], False)
"""

import asyncio
import json
import logging
import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, cast

from cbec_kg.errors import CbecError, QueryTimeout, StoreError
from cbec_kg.store.pool.frames import BEGUN, END, ERROR, PREPARE, RESULT, WORK, WORN, frame
from cbec_kg.store.pool.limits import Limits, TooCostly
from cbec_kg.store.pool.pipes import Pipes
from cbec_kg.store.pool.reader import OUT_OF_MEMORY

__all__ = ["Gone", "ReaderProcess", "Start", "work_frame"]

_PATIENCE = 60.0
_LONGEST = 400
_logger = logging.getLogger(__name__)


class Gone(StoreError):
    """A reader that ended by nothing that was asked of it; another can do the work."""


@dataclass(frozen=True, slots=True)
class Start:
    """How readers start: the ``store``'s folder, bytes of ``memory`` above what each has then, ``modules`` to import,
    whether SERVICE may be asked, for which they need the network."""

    store: str
    memory: int = 0
    modules: tuple[str, ...] = ()
    services: bool = False


def work_frame(work: Callable[..., Any], streamed: bool, limits: Limits, arguments: tuple[Any, ...]) -> bytes:
    """Work as it is sent to a reader."""
    return frame(WORK, pickle.dumps((work, streamed, limits, arguments), pickle.HIGHEST_PROTOCOL))


class ReaderProcess:
    """One process. ``idle`` says whether all of its last answer was read, ``network`` whether it can reach others."""

    def __init__(self, transport: asyncio.SubprocessTransport, pipes: Pipes, said: deque[str], start: Start) -> None:
        self._transport, self._pipes, self._said, self._start = transport, pipes, said, start
        self._in = cast(asyncio.WriteTransport, transport.get_pipe_transport(0))
        self._process = transport.get_pid()
        self.idle, self.network = True, ""
        self._worn = self._killed = False
        self._fresh = True
        # By its id alone another process could be hit, once it has ended; asyncio's own kill reaps it, and its status
        # is lost.
        self._handle: int | None = None
        with suppress(AttributeError, OSError):  # it may have ended already
            self._handle = os.pidfd_open(self._process)

    @classmethod
    async def start(cls, start: Start) -> "ReaderProcess":
        """A reader that is ready; raises `StoreError` with the last line that it said where it does not come up."""
        environment = {"MALLOC_ARENA_MAX": "2", **os.environ, "RUST_BACKTRACE": "0"}
        said: deque[str] = deque(maxlen=3)

        def listen(text: str) -> None:
            """Hand on what it says to the log, a line each: the standard error of a server is for its own."""
            said.append(text[:_LONGEST])
            _logger.info("reader %s: %s", transport.get_pid(), text[:_LONGEST])

        try:
            transport, pipes = await asyncio.get_running_loop().subprocess_exec(
                lambda: Pipes(listen), sys.executable, "-m", "cbec_kg.store.pool.reader", json.dumps(asdict(start)),
                env=environment,
            )  # fmt: skip
        except OSError as error:
            raise StoreError(f"a reader of the graph cannot be started: {error.strerror}") from None
        reader = cls(transport, pipes, said, start)
        try:
            reader.network = pickle.loads((await reader.read(time.monotonic() + _PATIENCE))[1])
        except (QueryTimeout, TooCostly, Gone):
            await reader.end()
            last = f": {said[-1]}" if said else ""
            raise StoreError(f"a reader of the graph cannot be started{last}") from None
        except BaseException:
            reader.kill()
            raise
        return reader

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process

    @property
    def alive(self) -> bool:
        """Whether it may be given work."""
        return not self._worn and self._transport.get_returncode() is None and not self._pipes.at_eof

    def send(self, framed: bytes) -> None:
        """Give it work; raises `Gone` where it had ended before."""
        self.idle = False
        if not self._in.is_closing():
            self._in.write(framed)  # closes where nobody reads
        if self._in.is_closing():
            raise Gone("a reader of the graph ended", fix="try again")

    async def begun(self, seconds: float) -> float:
        """When work that was sent must be done: a fresh reader, which may be importing still, says when it begins."""
        if self._fresh:
            kind, payload = await self.read(time.monotonic() + _PATIENCE)
            assert kind == BEGUN
            self._fresh = bool(payload)
        return time.monotonic() + seconds

    async def read(self, deadline: float) -> tuple[bytes, bytes]:
        """Its next frame, before ``deadline`` (of the monotonic clock); raises `QueryTimeout`, `TooCostly`, `Gone`."""
        try:
            said = await self._pipes.read(max(0.0, deadline - time.monotonic()))
        except TimeoutError:
            raise QueryTimeout(
                "the query did not end before its deadline", fix="narrow it, add LIMIT, or ask for less at once"
            ) from None
        if said is None:
            raise await self._cause() from None
        kind, payload = said
        if kind == WORN:  # it ends itself after the next frame
            self._worn = True
            return await self.read(deadline)
        self.idle = kind in (RESULT, END, ERROR)
        return kind, payload

    async def prepare(self, module: str, number: int) -> bool:
        """Have it make what a module's ``WARMING`` has at a number; whether there are more. Raises as `read` does."""
        self.send(frame(PREPARE, pickle.dumps((module, number))))
        return bool(pickle.loads((await self.read(time.monotonic() + _PATIENCE))[1]))

    async def ended(self) -> None:
        """Wait until it has ended, by whatever."""
        await asyncio.shield(self._pipes.ended)

    def kill(self) -> None:
        """Have it ended by the system."""
        self._killed = True
        with suppress(ProcessLookupError):
            if self._handle is not None:
                signal.pidfd_send_signal(self._handle, signal.SIGKILL)
            elif self._transport.get_returncode() is None:
                os.kill(self._process, signal.SIGKILL)

    async def end(self) -> None:
        """Kill it, if it lives, and see it gone."""
        self.kill()
        await self.ended()
        await asyncio.wait([self._pipes.silent], timeout=1)
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
        self._transport.close()  # the pipes close with the loop's next turn; what they still hold is nobody's

    async def _cause(self) -> CbecError:
        """Why it ended while it was at work, by the status that it left."""
        ours = self._killed
        await self.ended()
        status = self._transport.get_returncode()
        if status == -signal.SIGKILL and not ours:
            return Gone("a reader of the graph was ended from outside", fix="try again")
        memory = f"{self._start.memory >> 20:,} MB" if self._start.memory else "all there was"
        if status in (OUT_OF_MEMORY, -signal.SIGABRT):  # the engine aborts where it is given no more
            return TooCostly(f"the query needs more memory than it may have ({memory})", fix="narrow it, or add LIMIT")
        if status in (-signal.SIGSEGV, -signal.SIGBUS):
            return TooCostly("the query is nested too deeply", fix="take some of its levels, or write it in parts")
        return TooCostly(f"the query brought its process down (status {status})", fix="narrow it, or add LIMIT")
