"""A line of progress on a terminal: articles and characters, files, or graphs and bytes, and the time that is left.

>>> with Progress(None) as progress:
...     progress.step(1, 2000)
>>> left(90), left(4000)
('1:30 left', '1:06:40 left')
"""

import os
import time
from types import TracebackType
from typing import Self, TextIO

__all__ = ["Files", "Progress", "Transfer", "left", "terminal"]

_EVERY = 0.1  # seconds


def terminal(stream: TextIO | None) -> TextIO | None:
    """The stream, where it is a terminal that shows more than plain lines."""
    if stream is None or not stream.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return None
    return stream


class _Line:
    """One line that is written over and over; ``stream`` is a terminal, or None for no line."""

    def __init__(self, stream: TextIO | None) -> None:
        self.stream = stream
        self.started = self.shown = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def due(self) -> float | None:
        """Seconds since the start where the line is to be written now, else None."""
        now = time.monotonic()
        if not self.stream or now - self.shown < _EVERY:
            return None
        self.shown = now
        return max(now - self.started, 0.001)

    def show(self, text: str) -> None:
        """Write the line."""
        if self.stream:
            self.stream.write(f"\r\x1b[K{text}")
            self.stream.flush()

    def clear(self) -> None:
        """Take the line away, before a message or at the end."""
        self.show("")


class Progress(_Line):
    """Counts steps; ``total`` counts the articles, where it is known."""

    def __init__(self, stream: TextIO | None, total: int | None = None) -> None:
        super().__init__(stream)
        self.total = total
        self.articles = self.characters = 0

    def step(self, articles: int, characters: int) -> None:
        """So many articles and characters more."""
        self.articles += articles
        self.characters += characters
        if (spent := self.due()) is None:
            return
        known = self.total if self.total is not None and self.total >= self.articles > 0 else None
        text = (
            f"{self.articles:,}{f' of {known:,}' if known else ''} articles, {self.characters / 1e6:.1f} m characters, "
            f"{self.articles / spent:,.1f} articles/s"
        )
        self.show(text + (f", {left((known - self.articles) * spent / self.articles)}" if known else ""))


class Transfer(_Line):
    """Follows bytes to a server; how fast is reckoned from the first step on, for what was there cost no time."""

    def __init__(self, stream: TextIO | None) -> None:
        super().__init__(stream)
        self.before: int | None = None

    def step(self, name: str, sent: int, total: int) -> None:
        """What is being sent, and bytes that were sent so far, of how many in all."""
        if self.before is None:
            self.before, self.started = sent, time.monotonic()
        if (spent := self.due()) is None:
            return
        speed = (sent - self.before) / spent
        rest = f", {speed / 1e6:.1f} MB/s, {left((total - sent) / speed)}" if speed else ""
        self.show(f"{name}: {sent / 1e6:.1f} of {total / 1e6:.1f} MB{rest}")


class Files(_Line):
    """Names the file that is being made, and counts them."""

    def step(self, name: str, done: int, total: int) -> None:
        """The file that was made, how many there are by now, of how many."""
        if self.due() is not None:
            self.show(f"{done} of {total} files: {name}")


def left(seconds: float) -> str:
    """A time that is left, in minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} left" if hours else f"{minutes}:{rest:02} left"
