"""A line of progress on a terminal: articles, characters, and how fast.

>>> with Progress(None) as progress:
...     progress.step(1, 2000)
"""

import os
import time
from types import TracebackType
from typing import TextIO

__all__ = ["Progress", "terminal"]

_EVERY = 0.1  # seconds


def terminal(stream: TextIO | None) -> TextIO | None:
    """The stream, where it is a terminal that shows more than plain lines."""
    if stream is None or not stream.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return None
    return stream


class Progress:
    """Counts steps; ``stream`` is a terminal, or None for no line at all."""

    def __init__(self, stream: TextIO | None) -> None:
        self.stream = stream
        self.articles = self.characters = 0
        self.started = self.shown = time.monotonic()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def step(self, articles: int, characters: int) -> None:
        """So many articles and characters more."""
        self.articles += articles
        self.characters += characters
        now = time.monotonic()
        if self.stream and now - self.shown >= _EVERY:
            self.shown = now
            spent = max(now - self.started, 0.001)
            self.stream.write(
                f"\r\x1b[K{self.articles:,} articles, {self.characters / 1e6:.1f} m characters, "
                f"{self.articles / spent:,.0f} articles/s"
            )
            self.stream.flush()

    def clear(self) -> None:
        """Take the line away, before a message or at the end."""
        if self.stream:
            self.stream.write("\r\x1b[K")
            self.stream.flush()
