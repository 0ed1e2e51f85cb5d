"""By which names a server may be asked: a page of a stranger whose name leads to loopback must not read it.

That is DNS rebinding: the browser sends the stranger's name as Host, by which such a request is known.

>>> hosts = allowed("127.0.0.1", "https://kg.example.org/graph", ["kg"])
>>> sorted(hosts)
['127.0.0.1', '::1', 'kg', 'kg.example.org', 'localhost']
>>> named("127.0.0.1:8000"), named("[::1]:8000"), named("Localhost."), named("a b"), named("[::1")
('127.0.0.1', '::1', 'localhost', '', '')
>>> sorted(allowed("0.0.0.0", None, []))
[]
"""

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

__all__ = ["allowed", "is_loopback", "named"]

_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?", re.IGNORECASE)
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def allowed(host: str, base: str | None, more: Sequence[str]) -> frozenset[str]:
    """Names that may stand in Host, none for all: a server that others reach has names of which it does not know."""
    if not is_loopback(host) and not more:
        return frozenset()
    base_host = urlsplit(base).hostname if base else None
    return frozenset(
        filter(None, (*_LOOPBACK, named(host), base_host, *(named(name) or name.lower() for name in more)))
    )


def named(header: str) -> str:
    """The name in a Host header, in small letters and without port; empty where it is none."""
    found = _HOST.fullmatch(header.strip())
    return (found[1] or found[2]).lower().rstrip(".") if found else ""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a host."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
