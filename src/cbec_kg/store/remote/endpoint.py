"""The address of a server's query endpoint, and how it is shown.

>>> endpoint = Endpoint.of("HTTP://LocalHost:3030/ds/sparql?access=abc")
>>> str(endpoint), endpoint.is_loopback, endpoint.parameters
('http://localhost:3030/ds/sparql', True, (('access', 'abc'),))
>>> Endpoint.of("https://me:secret@example.org/sparql")
Traceback (most recent call last):
    ...
cbec_kg.errors.StoreError: the address of https://example.org/sparql holds a name or a password: leave them out, \
and set CBEC_KG_USER and CBEC_KG_PASSWORD, or write them into ~/.netrc
"""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote, urlsplit

from cbec_kg.errors import StoreError

__all__ = ["Endpoint", "is_address"]

_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252}[a-z0-9_.])?|[0-9a-f:.]{2,45}")
_IN_PATH = "/%:@!$&'()*+,;=~"
# What the protocol itself sends; an address that held one of these would change the question.
_RESERVED = frozenset(("query", "update", "default-graph-uri", "named-graph-uri"))
_CHECK = "give one such as http://localhost:3030/ds/sparql"


def is_address(store: str) -> bool:
    """Whether a ``--store`` names a server rather than a folder."""
    return store.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address in parts; ``host`` has no brackets. Its text is what messages show: never a parameter, for some
    servers take a key as one."""

    scheme: str
    host: str
    port: int
    path: str
    parameters: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, text: str) -> "Endpoint":
        """Read an address; raises `StoreError` for one that names no server, or that holds a name or a password."""
        # To the last @: what somebody takes for a password may have / and ? in it.
        shown = re.sub(r"(?<=//).*@", "", text.strip(), flags=re.DOTALL).partition("?")[0]
        try:
            given = urlsplit(text.strip())
            host, port = (given.hostname or "").lower(), given.port
            parameters = tuple(parse_qsl(given.query, keep_blank_values=True, errors="strict"))
        except (ValueError, UnicodeError):
            raise StoreError(f"{shown!r} is no address that can be read", fix=_CHECK) from None
        if given.scheme not in _PORTS:
            raise StoreError(f"{shown!r} is no http(s) address", fix=_CHECK)
        if given.username is not None or given.password is not None:
            raise StoreError(
                f"the address of {shown} holds a name or a password",
                fix="leave them out, and set CBEC_KG_USER and CBEC_KG_PASSWORD, or write them into ~/.netrc",
            )
        try:
            host = host if host.isascii() else host.encode("idna").decode("ascii")
        except UnicodeError:
            host = ""
        if not _HOST.fullmatch(host) or port == 0 or re.search(r"[\x00-\x20\x7f]", given.path):
            raise StoreError(f"{shown!r} is no address that can be read", fix=_CHECK)
        for name, _ in parameters:
            if name in _RESERVED:
                raise StoreError(f"the address of {shown} holds the parameter {name}", fix="leave it out")
        path = quote(given.path or "/", safe=_IN_PATH)
        return cls(given.scheme, host, port or _PORTS[given.scheme], path, parameters)

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        authority = host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"
        return f"{self.scheme}://{authority}{self.path}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """What must be the same for credentials to be sent there."""
        return self.scheme, self.host, self.port

    @property
    def is_private(self) -> bool:
        """Whether nobody on the way can read what is sent there."""
        return self.scheme == "https" or self.is_loopback

    @property
    def is_loopback(self) -> bool:
        """Whether the server is this machine, by its name alone: no name is looked up."""
        if self.host == "localhost" or self.host.endswith(".localhost"):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False
