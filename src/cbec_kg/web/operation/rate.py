"""How much one client may ask: a bucket of tokens for each, which fills steadily.

A bucket holds a minute's worth, so a page that asks ten things at once is no offence.

>>> now = [0.0]
>>> rate = Rate(60, clock=lambda: now[0])
>>> [rate.wait("192.0.2.1") for _ in range(60)] == [0] * 60, rate.wait("192.0.2.1"), rate.wait("192.0.2.2")
(True, 1, 0)
>>> now[0] = 2.0
>>> [rate.wait("192.0.2.1") for _ in range(3)]
[0, 0, 1]
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable

__all__ = ["Rate"]

_MOST = 50_000
"""Clients that are remembered; the one not seen for longest is forgotten first, which gives it a full bucket."""


class Rate:
    """``minute`` requests a minute and client; 0 is without limit."""

    def __init__(self, minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = float(minute), clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> int:
        """0 where a client may ask now, which takes a token; else the seconds until it may."""
        if not self._most:
            return 0
        now, second = self._clock(), self._most / 60
        tokens, seen = self._buckets.get(client, (self._most, now))
        tokens = min(self._most, tokens + (now - seen) * second)
        allowed = tokens >= 1
        self._buckets[client] = (tokens - 1 if allowed else tokens, now)
        self._buckets.move_to_end(client)
        if len(self._buckets) > _MOST:
            self._buckets.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - tokens) / second))
