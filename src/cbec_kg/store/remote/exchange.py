"""One question to a server, its answer read whole, within a deadline.

What is sent stays with the server that was named: a redirect is followed to the same scheme, host and port only, and no
proxy stands between this machine and itself. A question changes nothing, so it is asked again where the server did not
get it or asks to come back: exponential waits with jitter, all within the deadline.

>>> Deadline(60).seconds, Patience().tries
(60, 4)
"""

import http.client
import random
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from cbec_kg.errors import CbecError, QueryTimeout, ServerError
from cbec_kg.store.remote.endpoint import Endpoint
from cbec_kg.store.remote.failures import failure

__all__ = ["Deadline", "Patience", "Reply", "exchange"]

_CHUNK = 65_536
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_MOST_REDIRECTS = 3
_BUSY = frozenset((429, 503))


@dataclass(frozen=True, slots=True)
class Patience:
    """How often a question is asked again, and how much is read of an answer.

    A wait is a random part of ``first`` seconds, then of twice as much, and so on. ``largest`` is in bytes.
    """

    tries: int = 4
    first: float = 0.25
    largest: int = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer; ``framed`` is whether its end was marked, so that nothing can be missing."""

    status: int
    headers: Message
    body: bytes
    framed: bool

    @property
    def kind(self) -> str:
        """Media type, without parameters."""
        return (self.headers.get("content-type") or "").partition(";")[0].strip().lower()


class Deadline:
    """The moment at which an answer must be there."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left, zero or less where none are."""
        return self._end - time.monotonic()

    def passed(self, endpoint: Endpoint) -> QueryTimeout:
        """What to say when it has passed."""
        return QueryTimeout(
            f"{endpoint} did not answer within {self.seconds:g} seconds",
            fix="narrow the query, add LIMIT, or raise --timeout",
        )


def exchange(
    request: urllib.request.Request, endpoint: Endpoint, deadline: Deadline, patience: Patience | None = None,
    *, follow: bool = True,
) -> Reply:  # fmt: skip
    """Send a request that may be sent twice, and read the answer whole, whatever its status.

    Without ``follow`` a redirect is an answer like any other: what is to be changed is where it was named, or nowhere.
    Raises `QueryTimeout`, and `ServerError` where no whole answer comes.
    """
    patience = patience or Patience()
    redirects = tries = 0
    while True:
        tries += 1
        pause = random.uniform(0, patience.first * 2**tries)
        try:
            reply = _once(request, endpoint, deadline, patience.largest)
        except _Again as again:
            if tries >= patience.tries or pause >= deadline.left:
                raise again.error from None
            time.sleep(pause)
            continue
        if follow and reply.status in _REDIRECTS:
            redirects += 1
            request = _redirected(request, endpoint, reply)
            if redirects > _MOST_REDIRECTS:
                raise ServerError(f"{endpoint} redirects again and again", fix="check the address")
        elif reply.status in _BUSY and (wait := _retry_after(reply)) is not None and tries < patience.tries:
            if wait + pause >= deadline.left:
                return reply
            time.sleep(wait + pause)
        else:
            return reply


class _Again(Exception):
    """The server did not get the question."""

    def __init__(self, error: CbecError) -> None:
        super().__init__()
        self.error = error


def _once(request: urllib.request.Request, endpoint: Endpoint, deadline: Deadline, largest: int) -> Reply:
    answered = False
    watch = _Watch(deadline)
    try:
        if deadline.left <= 0:
            raise deadline.passed(endpoint)
        response = _opener(endpoint, watch).open(_fresh(request), timeout=deadline.left)
        answered = True
        with response:
            return _read(response, endpoint, deadline, largest)
    except (OSError, http.client.HTTPException, ValueError) as error:
        if deadline.left <= 0 or watch.barked:
            raise deadline.passed(endpoint) from None
        cause = error.reason if isinstance(error, urllib.error.URLError) else error
        told, again = failure(cause if isinstance(cause, Exception) else error, endpoint, answered=answered)
        if again:
            raise _Again(told) from None
        raise told from None
    finally:
        watch.end()


def _fresh(request: urllib.request.Request) -> urllib.request.Request:
    """The same request, never sent: urllib writes the proxy's address into one, and sends it in the clear the third
    time, where the first was by https."""
    headers = dict(request.header_items())
    return urllib.request.Request(request.full_url, request.data, headers, method=request.get_method())


def _read(response: http.client.HTTPResponse, endpoint: Endpoint, deadline: Deadline, largest: int) -> Reply:
    """Read to the end, in pieces, so that neither a slow nor an endless answer holds us."""
    announced = response.length
    if announced is not None and announced > largest:
        raise _too_large(endpoint, largest)
    if response.status != 200:
        return Reply(response.status, response.headers, _beginning(response), True)
    pieces, size = [], 0
    while piece := response.read1(_CHUNK):
        size += len(piece)
        if size > largest:
            raise _too_large(endpoint, largest)
        if deadline.left <= 0:
            raise deadline.passed(endpoint)
        pieces.append(piece)
    if deadline.left <= 0:  # its connection was shut, which looks like an end
        raise deadline.passed(endpoint)
    if announced is not None and size < announced:
        raise http.client.IncompleteRead(b"", announced - size)
    return Reply(response.status, response.headers, b"".join(pieces), announced is not None or response.chunked)


def _beginning(response: http.client.HTTPResponse) -> bytes:
    """What an error says, as far as it comes and one line needs it."""
    pieces: list[bytes] = []
    with suppress(OSError, http.client.HTTPException):
        while sum(map(len, pieces)) < _CHUNK and (piece := response.read1(_CHUNK)):
            pieces.append(piece)
    return b"".join(pieces)


def _too_large(endpoint: Endpoint, largest: int) -> ServerError:
    return ServerError(
        f"the answer of {endpoint} is larger than {largest:,} bytes", fix="ask for less, for example with LIMIT"
    )


def _retry_after(reply: Reply) -> float | None:
    """Seconds that a busy server asks to wait; None where it does not."""
    written = (reply.headers.get("retry-after") or "").strip()
    if written.isascii() and written.isdecimal():
        return float(written[:9])
    with suppress(ValueError, TypeError, OverflowError):
        return max(0.0, parsedate_to_datetime(written).timestamp() - time.time())
    return None


def _redirected(request: urllib.request.Request, endpoint: Endpoint, reply: Reply) -> urllib.request.Request:
    """The request at the address that a redirect names, if that is the same server's."""
    target = urljoin(request.full_url, (reply.headers.get("location") or "").strip())
    try:
        there = Endpoint.of(target.partition("?")[0])
    except CbecError:
        raise ServerError(f"{endpoint} redirects to no address", fix="check the address") from None
    fix = f"if you trust it, name it: --store {there}"
    if there.origin != endpoint.origin:
        raise ServerError(f"{endpoint} redirects to another server, which is not followed", fix=fix)
    if request.data is not None and reply.status not in (307, 308):
        raise ServerError(f"{endpoint} redirects ({reply.status}), and the query would be lost", fix=fix)
    return urllib.request.Request(target, data=request.data, headers=dict(request.header_items()))


class _Watch:
    """Shuts a connection at the deadline: a server that drips bytes would else keep every single wait short."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.barked = False
        self._timer: threading.Timer | None = None

    def over(self, link: Any) -> None:
        self._timer = threading.Timer(max(0.0, self.deadline.left), self._bark, (link,))
        self._timer.daemon = True
        self._timer.start()

    def end(self) -> None:
        if self._timer:
            self._timer.cancel()

    def _bark(self, link: Any) -> None:
        import socket

        self.barked = True
        with suppress(OSError):
            socket.socket.shutdown(link, socket.SHUT_RDWR)  # of TLS too: the connection below it


def _kept(header: Any, values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Ask for the connection to be kept, which urllib does not: Fuseki else ends triples by closing, unmarked.

    >>> _kept("Connection", ("close",)), _kept("Accept", ("*/*",))
    (('keep-alive',), ('*/*',))
    """
    return ("keep-alive",) if str(header).lower() == "connection" else values


def _opener(endpoint: Endpoint, watch: _Watch) -> urllib.request.OpenerDirector:
    """An opener that knows http and https only, follows nothing, and takes every status as an answer."""

    class Plain(http.client.HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch.over(self.sock)

        def putheader(self, header: Any, *values: Any) -> None:
            super().putheader(header, *_kept(header, values))

    class Secure(http.client.HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watch.over(self.sock)

        def putheader(self, header: Any, *values: Any) -> None:
            super().putheader(header, *_kept(header, values))

    class OverPlain(urllib.request.HTTPHandler):
        def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Plain, req)

    class OverTls(urllib.request.HTTPSHandler):
        def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
            return self.do_open(Secure, req)

    opener = urllib.request.OpenerDirector()
    proxies: dict[str, str] | None = {} if endpoint.is_loopback else None
    for handler in (urllib.request.ProxyHandler(proxies), OverPlain(), OverTls()):
        opener.add_handler(handler)
    return opener
