"""How long, how far and how often a server is asked, in one place.

>>> Limits().redirects, Limits().retries
(5, 2)
"""

import time
from dataclasses import dataclass

from cbec_kg.fetch.refusal import Refusal

__all__ = ["Deadline", "Limits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of a run; all times in seconds.

    ``connect`` is for a name to be found, and for each address to answer; ``silence`` is the longest time without a
    byte; ``total`` is for one page with all its redirects and tries, waits that politeness asks for not counted.
    ``pause`` lies between two requests to one host; a robots.txt may ask for more, up to ``longest_pause``. A server
    that is busy is asked again ``retries`` times, after ``backoff`` and then four times as long, or when its
    Retry-After says, if that is no more than ``longest_wait``.
    """

    connect: float = 10
    silence: float = 20
    total: float = 120
    redirects: int = 5
    pause: float = 1
    longest_pause: float = 30
    retries: int = 2
    backoff: float = 1
    longest_wait: float = 60


class Deadline:
    """The moment when a page must be there.

    >>> Deadline(5).left(2)
    2
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self, most: float) -> float:
        """Seconds that are left, at most ``most``; raises `Refusal` where none are."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Refusal(
                f"it took more than {self.seconds:g} seconds", fix="save the page and name the file", passing=True
            )
        return min(left, most)

    def wait(self, seconds: float) -> None:
        """Sleep so long, and put the end off by as much."""
        time.sleep(seconds)
        self._end += seconds
