"""An end that a person asks for: of long work the first Ctrl-C is a wish, the second one stops at once.

>>> with stoppable() as stop:
...     stop.is_set()
False
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

__all__ = ["ended", "stoppable"]


@contextmanager
def ended() -> Iterator[None]:
    """SIGTERM ends what runs within as Ctrl-C does, so that what was begun is put away; on the main thread only."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def stoppable() -> Iterator[Event]:
    """An event that SIGINT and SIGTERM set, within the ``with`` and on the main thread only."""
    stop = Event()

    def handle(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
