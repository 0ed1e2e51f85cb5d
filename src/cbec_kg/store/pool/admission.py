"""Who goes next, where more ask than can be at work: seats, two lanes, and no client before all others.

Pages are short and go before queries, on one seat that queries leave free; a query goes first where none is at work
and a page was last. A client's queries leave a seat for another's, too. In a lane, who has the least at work goes
first, then who came first.

>>> import asyncio
>>> async def two_wait():
...     admission = Admission(4, waiting=8)
...     admission.give("a seat")
...     await admission.take("query", "greedy", 1)
...     later = [asyncio.create_task(admission.take("query", who, 1)) for who in ("greedy", "modest")]
...     await asyncio.sleep(0)
...     admission.give("another seat")
...     given = await later[1], admission.busy, admission.waiting
...     later[0].cancel()
...     return given
>>> asyncio.run(two_wait())
('another seat', 2, 1)
"""

import asyncio
import math
from collections import deque
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from cbec_kg.store.pool.limits import Busy

__all__ = ["ASKING", "Admission", "Lane"]

Lane = Literal["page", "query"]
Seat = TypeVar("Seat")
ASKING: ContextVar[str] = ContextVar("ASKING", default="")
"""Who asks, such as a client's address; nobody is held to a share of his own where it is empty."""


@dataclass(eq=False, slots=True)
class _Ticket(Generic[Seat]):
    lane: Lane
    client: str
    seat: "asyncio.Future[Seat]"


class Admission(Generic[Seat]):
    """So many ``seats``, given one by one by `give`; in each lane ``waiting`` tickets may wait, one more is `Busy`.

    Of those, one client may have a quarter, or one. Who waits longer than two deadlines is `Busy`, too: where all seats
    are taken, one is free after one. Used by one event loop.
    """

    def __init__(self, seats: int, *, waiting: int) -> None:
        self._queries = max(1, seats - 1)  # at work at a time; the other seat is for pages
        self._each = max(1, self._queries - 1)  # of one client's
        self._most, self._share = waiting, max(1, waiting // 4)
        self._free: deque[Seat] = deque()
        self._tickets: list[_Ticket[Seat]] = []
        self._at_work: dict[Seat, tuple[Lane, str]] = {}
        self._last: Lane = "query"

    @property
    def waiting(self) -> int:
        """Tickets that wait."""
        return len(self._tickets)

    @property
    def busy(self) -> int:
        """Seats that are taken."""
        return len(self._at_work)

    @property
    def free(self) -> tuple[Seat, ...]:
        """Seats that are free."""
        return tuple(self._free)

    async def take(self, lane: Lane, client: str, seconds: float) -> Seat:
        """A seat for work that may take so many seconds; raises `Busy` where too many wait, or for too long."""
        ticket: _Ticket[Seat] = _Ticket(lane, client, asyncio.get_running_loop().create_future())
        self._tickets.append(ticket)
        self._seat()
        if ticket.seat.done():
            return ticket.seat.result()
        self._refuse_too_many(ticket, seconds)
        try:
            async with asyncio.timeout(2 * seconds):
                return await ticket.seat
        except TimeoutError:
            self._withdraw(ticket)
            raise self._busy(seconds) from None
        except asyncio.CancelledError:
            self._withdraw(ticket)
            raise

    def give(self, seat: Seat) -> None:
        """A seat is free."""
        self._free.append(seat)
        self._seat()

    def leave(self, seat: Seat) -> None:
        """What had this seat is done; the seat is free only when given again."""
        self._at_work.pop(seat, None)
        self._seat()  # a query that waited for its lane may take another free seat now

    def remove(self, seat: Seat) -> bool:
        """Take a free seat away; whether it was there."""
        with suppress(ValueError):
            self._free.remove(seat)
            return True
        return False

    def _refuse_too_many(self, ticket: _Ticket[Seat], seconds: float) -> None:
        lane = [other for other in self._tickets if other.lane == ticket.lane]
        mine = sum(1 for other in lane if other.client == ticket.client) if ticket.client else 0
        if len(lane) > self._most or mine > self._share:
            self._tickets.remove(ticket)
            raise self._busy(seconds)

    def _busy(self, seconds: float) -> Busy:
        return Busy(max(1, math.ceil(seconds / 2)))

    def _withdraw(self, ticket: _Ticket[Seat]) -> None:
        if ticket in self._tickets:
            self._tickets.remove(ticket)
        elif ticket.seat.done() and not ticket.seat.cancelled():
            seat = ticket.seat.result()  # given in the same turn in which its asker gave up
            self._at_work.pop(seat, None)
            self.give(seat)

    def _seat(self) -> None:
        while self._free and (ticket := self._next()) is not None:
            self._tickets.remove(ticket)
            seat = self._free.pop()  # who was last at work has all at hand
            self._at_work[seat], self._last = (ticket.lane, ticket.client), ticket.lane
            ticket.seat.set_result(seat)

    def _next(self) -> _Ticket[Seat] | None:
        queries = sum(1 for lane, _ in self._at_work.values() if lane == "query")
        page, query = self._first("page"), self._first("query") if queries < self._queries else None
        if page is not None and query is not None:
            return query if queries == 0 and self._last == "page" else page
        return page or query

    def _first(self, lane: Lane) -> _Ticket[Seat] | None:
        """Who goes next in a lane."""
        chosen, least = None, self._each if lane == "query" else len(self._at_work) + 1
        for ticket in self._tickets:
            if ticket.lane == lane and not ticket.seat.done() and (has := self._has(ticket)) < least:
                chosen, least = ticket, has
        return chosen

    def _has(self, ticket: _Ticket[Seat]) -> int:
        """What a client has at work in a lane."""
        return sum(1 for at_work in self._at_work.values() if at_work == (ticket.lane, ticket.client) and ticket.client)
