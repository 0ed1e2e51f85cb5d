"""A change in a process of its own, which is killed at its deadline: an update cannot be stopped in any other way.

The engine writes whole transactions or none, and the copy that an update is tried on is nobody's, so that a process
that is killed leaves the graph as it was.

>>> import asyncio
>>> from cbec_kg.store.foreign.writing import delete
>>> from cbec_kg.store.pool.examples import store_of_examples
>>> with store_of_examples() as store:
...     try:
...         asyncio.run(in_process(store, Limits(), delete, "https://example.org/g"))
...     except CbecError as error:
...         error.message
'no graph <https://example.org/g> here'
"""

import asyncio
import ctypes
import os
import pickle
import resource
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from cbec_kg.errors import CbecError, QueryTimeout
from cbec_kg.store.pool.limits import Limits, TooCostly

__all__ = ["in_process"]

Given = TypeVar("Given")
_PR_SET_PDEATHSIG = 1


async def in_process(folder: Path, limits: Limits, work: Callable[..., Given], *arguments: Any) -> Given:
    """What ``work(folder, *arguments)`` gives; all of it must be picklable.

    Raises what the work raises, `QueryTimeout` at the deadline, `TooCostly` where it brought its process down.
    """
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, str(limits.memory), stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(limits.seconds):
            told, _ = await process.communicate(pickle.dumps((work, folder, arguments)))
    except TimeoutError:
        raise QueryTimeout(
            "the change did not end before its deadline, and nothing was changed", fix="send less at once"
        ) from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode:
        raise TooCostly(
            f"the change brought its process down, which may have {limits.memory >> 20} MB; nothing was changed",
            fix="send less at once: it needs too much memory, or is nested too deeply",
        )
    given: Given
    given, error = pickle.loads(told)
    if error is not None:
        raise error
    return given


def main(memory: int) -> None:
    """Do the work that standard input names, and write to standard output what it gave or raised."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    work, folder, arguments = pickle.loads(sys.stdin.buffer.read())
    target = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    if memory:
        pages = int(Path("/proc/self/statm").read_text().split()[0]) if Path("/proc/self/statm").exists() else 0
        most = memory + pages * resource.getpagesize()
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
    try:
        told: tuple[Any, CbecError | None] = work(folder, *arguments), None
    except CbecError as error:
        error.__cause__ = error.__context__ = None
        told = None, error.with_traceback(None)
    target.write(pickle.dumps(told))
    target.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
