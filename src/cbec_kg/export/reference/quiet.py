"""Use what sets up logging, or an event loop, for everyone, without that.

>>> before = logging.getLogger().level
>>> with unchanged_logging():
...     logging.basicConfig(level=logging.DEBUG, force=True)
>>> logging.getLogger().level == before
True
>>> no_loop_of_its_own()
>>> asyncio.get_event_loop()
Traceback (most recent call last):
    ...
RuntimeError: There is no current event loop in thread 'MainThread'.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["no_loop_of_its_own", "unchanged_logging"]


@contextmanager
def unchanged_logging() -> Iterator[None]:
    """The root logger's level and handlers are afterwards as they were: pyLODE prints all that any library debugs."""
    root = logging.getLogger()
    level, handlers = root.level, root.handlers[:]
    try:
        yield
    finally:
        root.setLevel(level)
        root.handlers[:] = handlers


def no_loop_of_its_own() -> None:
    """Keep `dominate` from making an event loop, which it never closes, to ask whether it runs in one.

    The thread then has no loop to be had for the asking, as after `asyncio.run`; one that runs is left alone.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        asyncio.set_event_loop(None)
