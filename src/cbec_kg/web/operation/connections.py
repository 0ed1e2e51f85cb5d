"""Which connections are open: so many in all and so many of one address; the oldest idle one makes room for a new one.

A connection is idle while no whole request of it is being answered: one that sends its headers slowly is idle too.

>>> closed: list[str] = []
>>> class Line:
...     def __init__(self, name: str) -> None:
...         self.name = name
...     def evict(self) -> None:
...         closed.append(self.name)
>>> connections = Connections(total=3, each=2)
>>> one, two, three = Line("one"), Line("two"), Line("three")
>>> [connections.add(line, "192.0.2.7") for line in (one, two, three)], closed
([True, True, True], ['one'])
>>> connections.busy(two), connections.busy(three), connections.add(Line("four"), "192.0.2.7")
(None, None, False)
"""

from collections import Counter
from typing import Protocol

__all__ = ["Connections", "Evictable"]


class Evictable(Protocol):
    """A connection that can be closed at once."""

    def evict(self) -> None:
        """Close it, for another takes its place."""


class Connections:
    """At most ``total`` open connections, ``each`` of one address (0: no such cap)."""

    def __init__(self, total: int, each: int) -> None:
        self.total, self.each = total, each
        self._address: dict[Evictable, str] = {}
        self._count: Counter[str] = Counter()
        # Dicts keep the order in which connections became idle, the oldest first.
        self._idle: dict[Evictable, None] = {}
        self._idle_of: dict[str, dict[Evictable, None]] = {}
        self.refused: Counter[str] = Counter()
        """What the wire refused, by reason."""

    def __len__(self) -> int:
        return len(self._address)

    def __contains__(self, one: Evictable) -> bool:
        return one in self._address

    @property
    def idle_count(self) -> int:
        """Connections on which nothing is being answered."""
        return len(self._idle)

    def add(self, one: Evictable, address: str, *, capped: bool = True) -> bool:
        """Whether a new connection may stay; ``capped`` is False for a proxy, which speaks for many."""
        if capped and self.each and self._count[address] >= self.each:
            if not self._make_room(self._idle_of.get(address, {})):
                return False
        if len(self._address) >= self.total and not self._make_room(self._idle):
            return False
        self._address[one] = address
        self._count[address] += 1
        self.idle(one)
        return True

    def idle(self, one: Evictable) -> None:
        """Nothing is being answered on it from now on."""
        if one in self._address:
            self._idle[one] = None
            self._idle_of.setdefault(self._address[one], {})[one] = None

    def busy(self, one: Evictable) -> None:
        """A request of it is being answered."""
        if self._idle.pop(one, 0) is None:
            address = self._address[one]
            of = self._idle_of[address]
            del of[one]
            if not of:
                del self._idle_of[address]

    def remove(self, one: Evictable) -> None:
        """It is closed; told twice, it is so once."""
        self.busy(one)
        if (address := self._address.pop(one, None)) is not None:
            self._count[address] -= 1
            if not self._count[address]:
                del self._count[address]

    def _make_room(self, among: dict[Evictable, None]) -> bool:
        oldest = next(iter(among), None)
        if oldest is None:
            self.refused["too many connections"] += 1
            return False
        self.remove(oldest)
        self.refused["idle, made room"] += 1
        oldest.evict()
        return True
