"""Processes that answer queries: none of them outlives its call, nor the server.

>>> end_all()
"""

import contextlib
from asyncio.subprocess import Process
from collections.abc import Iterator
from contextlib import contextmanager

from cbec_kg.store import worker

__all__ = ["end_all", "kept"]

_running: set[Process] = set()


@contextmanager
def kept(child: Process) -> Iterator[None]:
    """End a child when the ``with`` is left, however it is left; `end_all` knows it meanwhile."""
    _running.add(child)
    try:
        yield
    finally:
        _end(child)
        _running.discard(child)


def end_all() -> None:
    """End the children that are still at work, those that a thread waits for too."""
    for child in list(_running):
        _end(child)
    worker.end_all()


def _end(child: Process) -> None:
    if child.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            child.kill()
