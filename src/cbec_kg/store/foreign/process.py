"""A process that changes graphs, and can be killed: an update cannot be stopped in any other way.

It works on the folder of a store, or holds an empty dataset in memory (a *scratch* dataset). The engine writes whole
transactions or none, and the copy that an update is tried on is nobody's, so that a process that is killed leaves what
lies on disk as it was.

>>> import asyncio
>>> from cbec_kg.store.foreign.writing import delete
>>> from cbec_kg.store.pool.examples import store_of_examples
>>> async def once(store):
...     child = await Child.start(store, 0)
...     try:
...         return await child.ask(Limits(), delete, "https://example.org/g")
...     finally:
...         await child.end()
>>> with store_of_examples() as store:
...     try:
...         asyncio.run(once(store))
...     except CbecError as error:
...         error.message
'no graph <https://example.org/g> here'
"""

import asyncio
import os
import pickle
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

from cbec_kg.errors import CbecError, QueryTimeout
from cbec_kg.store.embedded import MemoryStore
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.pool.confined import Memory, with_deep_stack, without_network
from cbec_kg.store.pool.frames import ERROR, HEAD_SIZE, RESULT, WORK, frame, read_frame, unpack
from cbec_kg.store.pool.limits import Limits, TooCostly
from cbec_kg.store.pool.reader import end_with_parent

__all__ = ["Child"]

Given = TypeVar("Given")


class Child:
    """The process, seen from the one that must live; it takes one piece of work at a time."""

    def __init__(self, process: asyncio.subprocess.Process, memory: int) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._process, self._in, self._out, self._memory = process, process.stdin, process.stdout, memory

    @classmethod
    async def start(cls, folder: Path | None, memory: int) -> "Child":
        """A process for a store's folder, or with a dataset in memory; it may have ``memory`` bytes, 0: any."""
        environment = {"MALLOC_ARENA_MAX": "2", **os.environ, "RUST_BACKTRACE": "0"}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", __name__, str(folder or ""), str(memory), stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL, env=environment,
        )  # fmt: skip
        return cls(process, memory)

    @property
    def alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.returncode is None and not self._out.at_eof()

    async def ask(self, limits: Limits, work: Callable[..., Given], *arguments: Any) -> Given:
        """What ``work(place, *arguments)`` gives, where ``place`` is the folder, or the `OpenGraph` of the dataset.

        Raises what the work raises, `QueryTimeout` at the deadline, `TooCostly` where it brought the process down; the
        process is of no use after these two.
        """
        try:
            async with asyncio.timeout(limits.seconds):
                self._in.write(frame(WORK, pickle.dumps((work, arguments), pickle.HIGHEST_PROTOCOL)))
                await self._in.drain()
                kind, length = unpack(await self._out.readexactly(HEAD_SIZE))
                payload = await self._out.readexactly(length)
        except TimeoutError:
            raise QueryTimeout("the work did not end before its deadline", fix="do less at once") from None
        except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
            most = f", which may have {self._memory >> 20:,} MB" if self._memory else ""
            raise TooCostly(
                f"the work brought its process down{most}",
                fix="do less at once: it needs too much memory, or is nested too deeply",
            ) from None
        if kind == ERROR:
            raise pickle.loads(payload)
        given: Given = pickle.loads(payload)
        return given

    async def end(self) -> None:
        """Kill it, if it lives, and see it gone."""
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        self._in.close()
        with suppress(BrokenPipeError, ConnectionResetError):
            await self._in.wait_closed()


def main(folder: str, memory: int) -> None:
    """Work until standard input ends."""
    end_with_parent()
    with_deep_stack()
    without_network()
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no frame
    place = Path(folder) if folder else OpenGraph(MemoryStore())
    bounded = False
    while (found := read_frame(source)) is not None:
        work, arguments = pickle.loads(found[1])
        if not bounded:  # only now, when the work's own libraries are there
            Memory(memory)
            bounded = True
        _do(partial(work, place, *arguments), target)


def _do(work: Callable[[], Any], target: BinaryIO) -> None:
    try:
        told = frame(RESULT, pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
    except MemoryError:
        os._exit(9)
    except CbecError as error:
        error.__cause__ = error.__context__ = None
        told = frame(ERROR, pickle.dumps(error.with_traceback(None)))
    except Exception as error:
        told = frame(ERROR, pickle.dumps(RuntimeError(f"{type(error).__name__}: {error}")))
    target.write(told)
    target.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
