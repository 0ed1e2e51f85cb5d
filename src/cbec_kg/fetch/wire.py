"""One request to one address, and its answer, by h11 (the extra ``web``) over a socket of our own.

The address that was checked is the one that is connected to; certificate and Host are those of the name. Neither a
proxy nor a cookie nor a password comes from anywhere.

>>> request_headers("example.com", {"if-none-match": '"a"'})[-1]
('if-none-match', '"a"')
"""

import socket
import ssl
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from typing import Any

from cbec_kg import __version__
from cbec_kg.errors import MissingExtra
from cbec_kg.fetch.addresses import Found, addresses
from cbec_kg.fetch.body import Body
from cbec_kg.fetch.limits import Deadline, Limits
from cbec_kg.fetch.refusal import Refusal
from cbec_kg.fetch.urls import Parts

__all__ = ["USER_AGENT", "Headers", "Response", "exchange", "request_headers"]

USER_AGENT = f"cbec-kg/{__version__}"

_ACCEPTED = (
    "text/html, application/xhtml+xml, application/pdf, text/plain, application/rss+xml, application/atom+xml, "
    "application/xml;q=0.9, */*;q=0.1"
)
_CHUNK = 65_536
_INFORMATIONAL = 10
_SURPLUS_WAIT = 0.2
_LATER = "try again later"

Headers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """Status, headers by their name in lower case, the first of each; ``body`` is empty where status is not 200."""

    status: int
    headers: Headers
    body: bytes = b""


def request_headers(authority: str, more: Headers) -> list[tuple[str, str]]:
    """What is sent with each request."""
    return [
        ("host", authority), ("user-agent", USER_AGENT), ("accept", _ACCEPTED), ("accept-encoding", "gzip"),
        ("connection", "close"), *more.items(),
    ]  # fmt: skip


def exchange(
    parts: Parts, more: Headers, largest: Callable[[Headers], int], limits: Limits, deadline: Deadline, *,
    allow_private: bool,
) -> Response:  # fmt: skip
    """Ask for a page and read the answer; ``largest`` says of its headers how many bytes it may have.

    Raises `Refusal`, and `MissingExtra` where h11 is not installed.
    """
    try:
        import h11
    except ImportError:
        raise MissingExtra("web pages need h11", fix='pip install "cbec-kg[web]"') from None

    found = addresses(parts.host, parts.port, allow_private=allow_private, seconds=deadline.left(limits.connect))
    connection = h11.Connection(h11.CLIENT)
    try:
        with closing(_connected(parts, found, limits, deadline)) as link:
            request = h11.Request(method="GET", target=parts.target, headers=request_headers(parts.authority, more))
            link.settimeout(deadline.left(limits.silence))
            link.sendall(connection.send(request) + connection.send(h11.EndOfMessage()))
            return _answer(connection, link, largest, limits, deadline)
    except h11.RemoteProtocolError as error:
        early = connection.trailing_data[1]
        said = "the server closed before the end of its answer" if early else f"its answer is no HTTP ({_short(error)})"
        raise Refusal(said, fix=_LATER, passing=True) from None
    except TimeoutError:
        deadline.left(1)  # the total time says it better
        raise Refusal(f"the server was silent for {limits.silence:g} seconds", fix=_LATER, passing=True) from None
    except ssl.SSLError as error:
        raise Refusal(f"TLS failed ({_short(error)})", fix=_LATER, passing=True) from None
    except OSError as error:
        raise Refusal(f"the server broke off ({_short(error)})", fix=_LATER, passing=True) from None


def _connected(parts: Parts, found: list[Found], limits: Limits, deadline: Deadline) -> socket.socket:
    """A connection to the first address that answers, with TLS where the scheme wants it."""
    why = ""
    for family, address in found:
        link = socket.socket(family, socket.SOCK_STREAM)
        try:
            link.settimeout(deadline.left(limits.connect))
            link.connect((address, parts.port))
            return _secured(link, parts.host, limits, deadline) if parts.scheme == "https" else link
        except TimeoutError:
            link.close()
            why = f"no answer in {limits.connect:g} seconds"
        except OSError as error:
            link.close()
            why = _short(error)
        except BaseException:
            link.close()
            raise
    raise Refusal(f"no connection to {parts.authority} ({why})", fix="check the address, or try later", again=True)


def _secured(link: socket.socket, host: str, limits: Limits, deadline: Deadline) -> socket.socket:
    try:
        context = ssl.create_default_context()
        context.set_alpn_protocols(["http/1.1"])
        link.settimeout(deadline.left(limits.silence))
        return context.wrap_socket(link, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        raise Refusal(
            f"its certificate is not to be trusted ({error.verify_message})", fix="check the address"
        ) from None
    except ssl.SSLError as error:
        raise Refusal(f"TLS failed ({_short(error)})", fix="check the address and its port") from None


def _answer(
    connection: Any, link: socket.socket, largest: Callable[[Headers], int], limits: Limits, deadline: Deadline
) -> Response:
    import h11

    head: Response | None = None
    body = Body("", 0)
    informational = 0
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            link.settimeout(deadline.left(limits.silence))
            connection.receive_data(link.recv(_CHUNK))
        elif isinstance(event, h11.InformationalResponse):
            informational += 1
            if informational > _INFORMATIONAL:
                raise Refusal("it sends nothing but preliminary answers", fix=_LATER)
        elif isinstance(event, h11.Response):
            headers: dict[str, str] = {}
            for name, value in event.headers:
                headers.setdefault(name.decode("ascii"), value.decode("latin-1").strip())
            head = Response(event.status_code, headers)
            if head.status != 200:
                return head
            body = Body(headers.get("content-encoding", "").lower(), largest(headers))
            length = headers.get("content-length", "")
            if length.isdecimal() and int(length[:20]) > body.most:
                raise Refusal(f"it is larger than {body.most:,} bytes", fix="name a smaller page, or a file")
        elif isinstance(event, h11.Data):
            deadline.left(1)
            body.add(bytes(event.data))
        elif isinstance(event, h11.EndOfMessage) and head is not None:
            if _more(connection, link):
                raise Refusal(
                    f"it sends more than the {head.headers.get('content-length', '?')} bytes that it announced",
                    fix=_LATER,
                    passing=True,
                )
            return Response(head.status, head.headers, body.whole())
        else:
            raise Refusal("the server closed without an answer", fix=_LATER, passing=True)


def _more(connection: Any, link: socket.socket) -> bool:
    """Whether the server goes on after what it announced: then what came is a piece of something."""
    surplus, closed = connection.trailing_data
    if surplus or closed:
        return bool(surplus)
    link.settimeout(_SURPLUS_WAIT)
    with suppress(OSError):
        return bool(link.recv(1))
    return False


def _short(error: Exception) -> str:
    return (getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error))[:120].lower()
