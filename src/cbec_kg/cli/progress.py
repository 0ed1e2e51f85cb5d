"""A line of progress on a terminal: articles, characters, how fast, and the time that is left.

>>> with Progress(None) as progress:
...     progress.step(1, 2000)
>>> left(90), left(4000)
('1:30 left', '1:06:40 left')
"""

import os
import time
from types import TracebackType
from typing import TextIO

__all__ = ["Progress", "left", "terminal"]

_EVERY = 0.1  # seconds


def terminal(stream: TextIO | None) -> TextIO | None:
    """The stream, where it is a terminal that shows more than plain lines."""
    if stream is None or not stream.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return None
    return stream


class Progress:
    """Counts steps; ``stream`` is a terminal, or None for no line; ``total`` counts the articles, where it is known."""

    def __init__(self, stream: TextIO | None, total: int | None = None) -> None:
        self.stream, self.total = stream, total
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
            known = self.total is not None and self.total >= self.articles > 0
            of = f" of {self.total:,}" if known else ""
            self.stream.write(
                f"\r\x1b[K{self.articles:,}{of} articles, {self.characters / 1e6:.1f} m characters, "
                f"{self.articles / spent:,.1f} articles/s"
            )
            if known and self.total is not None:
                self.stream.write(", " + left((self.total - self.articles) * spent / self.articles))
            self.stream.flush()

    def clear(self) -> None:
        """Take the line away, before a message or at the end."""
        if self.stream:
            self.stream.write("\r\x1b[K")
            self.stream.flush()


def left(seconds: float) -> str:
    """A time that is left, in minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} left" if hours else f"{minutes}:{rest:02} left"
