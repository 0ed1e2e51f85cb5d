"""Requests that are refused before anything reads them: sizes, framings and targets that no honest client sends.

h11 itself refuses what RFC 9112 forbids; here is what it lets pass.

>>> connection = Strict()
>>> connection.receive_data(b"POST / HTTP/1.1\\r\\nHost: a\\r\\n")
>>> connection.receive_data(b"Content-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n")
>>> connection.next_event()
Traceback (most recent call last):
h11._util.RemoteProtocolError: both Content-Length and Transfer-Encoding
>>> connection.refusal
(400, 'both Content-Length and Transfer-Encoding')
"""

from typing import Any

import h11

__all__ = ["HEADERS", "HEADER_BYTES", "URL_BYTES", "Strict"]

URL_BYTES = 32 << 10
"""Length of a request's target, beyond which it is answered with 414: a query that is longer is sent by POST."""
HEADER_BYTES = 64 << 10
"""Size of a request's line and headers together, beyond which it is answered with 431 (RFC 6585, section 5)."""
HEADERS = 100
"""Headers of a request, beyond which it is answered with 431; Apache's LimitRequestFields has the same default."""


_LONG = "the address is too long: POST the query"


class Strict(h11.Connection):
    """A server's side of a connection; ``refusal`` holds status and reason once a request was refused."""

    def __init__(self) -> None:
        super().__init__(h11.SERVER, HEADER_BYTES)
        self.refusal: tuple[int, str] | None = None
        self._head = b""

    def send(self, event: Any) -> bytes | None:  # type: ignore[override]  # of what h11 declares, all at once
        """What is to be written for an event: the head of an answer with the first of its body, as one write."""
        data: bytes | None = super().send(event)
        if isinstance(event, h11.Response):
            self._head = data or b""
            return b""
        if self._head:
            data, self._head = self._head + (data or b""), b""
        return data

    def next_event(self) -> Any:
        """The next event; raises `h11.RemoteProtocolError` for what is refused."""
        try:
            event = super().next_event()
            return _checked(event) if isinstance(event, h11.Request) else event
        except h11.RemoteProtocolError as error:
            self.refusal = (error.error_status_hint, str(error))
            waiting = self.trailing_data[0]
            if len(waiting) > HEADER_BYTES and b"\n" not in waiting[: URL_BYTES + 16]:
                self.refusal = (414, _LONG)
            raise


def _checked(event: h11.Request) -> h11.Request:
    target, names = event.target, [name for name, _ in event.headers]
    if len(target) > URL_BYTES:
        raise h11.RemoteProtocolError(_LONG, 414)
    if len(names) > HEADERS:
        raise h11.RemoteProtocolError(f"more than {HEADERS} headers", 431)
    # h11 looks at the size of what is not whole yet only; what comes at once is looked at here.
    if sum(len(name) + len(value) + 4 for name, value in event.headers) > HEADER_BYTES:
        raise h11.RemoteProtocolError(f"headers of more than {HEADER_BYTES:,} bytes", 431)
    if event.http_version not in (b"1.0", b"1.1"):
        raise h11.RemoteProtocolError("this server speaks HTTP/1.1", 505)
    # RFC 9112, section 6.1: such a message may be an attempt at request smuggling; a server may refuse it.
    if b"content-length" in names and b"transfer-encoding" in names:
        raise h11.RemoteProtocolError("both Content-Length and Transfer-Encoding", 400)
    if target.startswith(b"/") or (target == b"*" and event.method == b"OPTIONS"):
        return event
    return _origin_form(event)


def _origin_form(event: h11.Request) -> h11.Request:
    """The same request where it names a whole address, as it does to a proxy (RFC 9112, section 3.2.2)."""
    scheme, _, rest = event.target.partition(b"://")
    host, slash, path = rest.partition(b"/")
    if scheme.lower() not in (b"http", b"https") or not host or b"?" in host:
        raise h11.RemoteProtocolError("the request's target is no path", 400)
    headers = [(name, host if name == b"host" else value) for name, value in event.headers]
    return h11.Request(
        method=event.method, target=slash + path or b"/", headers=headers, http_version=event.http_version
    )
