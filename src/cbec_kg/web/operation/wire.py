"""One connection: uvicorn's protocol over h11, with an end to every wait for a client.

h11 is pure Python: slower than httptools by some tens of microseconds a request, which the readers' work hides, but
strict about what RFC 9112 forbids, without a parser in C that faces strangers, and its state can be asked, which the
deadlines here need.

A client has ``patience`` seconds for the headers of a request, as many plus one for each 500 bytes for its body (the
rule of Apache's mod_reqtimeout), and as many to read what waits for it once the buffers are full.

>>> Patience(seconds=20).body(0.0, 1000)
22.0
"""

import asyncio
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from cbec_kg.web.operation.clients import Networks, key_of
from cbec_kg.web.operation.connections import Connections
from cbec_kg.web.operation.strict import Strict

__all__ = ["Patience", "Wire", "sweep"]

_LEAST_RATE = 500
_LINGER = 2.0
"""Seconds in which a client that was refused, or whose connection closes, may take its last bytes."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a client is waited for."""

    seconds: float = 20.0

    def body(self, since: float, received: int) -> float:
        """When a body must be there of which so many bytes were received."""
        return since + self.seconds + received / _LEAST_RATE


class Wire(H11Protocol):
    """A connection; `sweep` looks once a second whether it waits in vain."""

    def __init__(
        self, connections: Connections, patience: Patience, proxies: Networks, *arguments: Any, **named: Any
    ) -> None:
        super().__init__(*arguments, **named)
        self.conn: Strict = Strict()
        self._open, self._patience, self._proxies = connections, patience, proxies
        self._deadline: float | None = None
        self._unread: float | None = None
        self._body_since: float | None = None
        self._received = 0
        self._over = False

    # What the transport tells.

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client is there; one too many is told so."""
        super().connection_made(transport)
        address = self.client[0] if self.client else ""
        if not self._open.add(self, key_of(address), capped=address not in self._proxies):
            self._refuse(503, "too many connections", b"Retry-After: 5\r\n")
        else:
            self._deadline = time.monotonic() + self._patience.seconds

    def data_received(self, data: bytes) -> None:
        """Bytes of a request."""
        if self._over:
            return
        if self._body_since is not None:
            self._received += len(data)
        super().data_received(data)
        self._look()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is closed."""
        self._open.remove(self)
        self._deadline = self._unread = None
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """The client reads slower than is written."""
        super().pause_writing()
        self._unread = time.monotonic() + self._patience.seconds

    def resume_writing(self) -> None:
        """It has read."""
        super().resume_writing()
        self._unread = None

    # What uvicorn tells.

    def on_response_complete(self) -> None:
        """All of an answer is written."""
        super().on_response_complete()
        self._look()

    def send_400_response(self, msg: str) -> None:
        """Refuse what h11 refused."""
        status, reason = self.conn.refusal or (400, msg)
        self._refuse(status, reason)

    # What `sweep` and `Connections` tell.

    def evict(self) -> None:
        """Close it, for another takes its place."""
        self._over = True
        self.transport.abort()

    def overdue(self, now: float) -> None:
        """End what waits in vain."""
        if self._unread is not None and now > self._unread:
            self._open.refused["does not read"] += 1
            self.transport.abort()
        elif self._deadline is not None and now > self._deadline:
            if self._over or self.transport.is_closing():
                self.transport.abort()
            else:
                self._refuse(408, "the request took too long to come")
        elif self._deadline is None and self.transport.is_closing():
            self._deadline = now + _LINGER

    def _look(self) -> None:
        """What the client is waited for now."""
        if self._over or self.transport.is_closing():
            return
        now = time.monotonic()
        answering = self.cycle is not None and not self.cycle.response_complete
        if self.conn.their_state is h11.SEND_BODY:
            if not answering:  # answered before all of the body came: the rest is read and thrown away, for a moment
                self._deadline = self._deadline if self._body_since is None else now + _LINGER
                self._body_since = None
            else:
                if self._body_since is None:
                    self._body_since, self._received = now, 0
                self._deadline = self._patience.body(self._body_since, self._received)
        elif answering or not self.conn.trailing_data[0]:
            self._deadline = self._body_since = None  # uvicorn's timer ends a connection that is kept alive in vain
        elif self._deadline is None:
            self._deadline = now + self._patience.seconds
        # A request that is not whole yet makes room for others: else slow bodies could take all places.
        whole = answering and self.conn.their_state is not h11.SEND_BODY
        (self._open.busy if whole else self._open.idle)(self)

    def _refuse(self, status: int, reason: str, more: bytes = b"") -> None:
        """Say why in a short text, and close: the client has a moment to read it before that."""
        self._open.refused[reason if status in (408, 503) else f"status {status}"] += 1
        self._over = True
        self._unset_keepalive_if_required()
        if self.cycle is not None and not self.cycle.response_complete:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            if self.cycle.response_started:
                self.transport.abort()
                return
        text = f"{reason}\n".encode()
        self.transport.write(
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nContent-Type: text/plain; charset=utf-8\r\n"
            f"Content-Length: {len(text)}\r\nConnection: close\r\n".encode() + more + b"\r\n" + text
        )  # fmt: skip
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._deadline = time.monotonic() + _LINGER


def sweep(connections: set[Any]) -> None:
    """End what waits in vain among the connections of a server."""
    now = time.monotonic()
    for connection in list(connections):
        if isinstance(connection, Wire):
            connection.overdue(now)
