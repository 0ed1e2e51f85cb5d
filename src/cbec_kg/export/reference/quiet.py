"""Import what sets up logging for everyone, without that.

>>> before = logging.getLogger().level
>>> with unchanged_logging():
...     logging.basicConfig(level=logging.DEBUG, force=True)
>>> logging.getLogger().level == before
True
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["unchanged_logging"]


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
