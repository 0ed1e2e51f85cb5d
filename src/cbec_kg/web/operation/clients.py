"""Who asks: the address of a client, also behind a proxy that is trusted.

>>> proxies = Networks(["127.0.0.1", "10.0.0.0/8"])
>>> client_of("127.0.0.1", "203.0.113.9, 198.51.100.7, 10.0.0.2", proxies)
'198.51.100.7'
>>> client_of("192.0.2.1", "203.0.113.9", proxies)
'192.0.2.1'
>>> key_of("2001:db8:1:2:3:4:5:6"), key_of("::ffff:192.0.2.1")
('2001:db8:1:2::/64', '192.0.2.1')
"""

import ipaddress
from collections.abc import Sequence

from cbec_kg.errors import CbecError

__all__ = ["NoNetwork", "Networks", "client_of", "key_of"]


class NoNetwork(CbecError):
    """What is no address of a proxy."""


class Networks:
    """Addresses and networks (``10.0.0.0/8``); raises `NoNetwork` for what is neither."""

    def __init__(self, named: Sequence[str] = ()) -> None:
        self._networks = [_network(name) for name in named]

    def __contains__(self, address: str) -> bool:
        if not self._networks:
            return False
        known = _address(address)
        return known is not None and any(known in network for network in self._networks)


def client_of(peer: str, forwarded: str, proxies: Networks) -> str:
    """The last address in ``X-Forwarded-For`` that no trusted proxy has; that of the peer where none is trusted.

    Each proxy adds the address that it saw at the end; what stands before the first stranger is his to invent.
    """
    found = peer
    for said in reversed(forwarded.split(",")):
        if found not in proxies:
            return found
        if _address(said.strip()) is None:
            return found
        found = said.strip()
    return found


def key_of(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network that one host of IPv6 has for itself."""
    known = _address(address)
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known) if known else address


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        known = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return (known.ipv4_mapped or known) if isinstance(known, ipaddress.IPv6Address) else known


def _network(name: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    try:
        return ipaddress.ip_network(name, strict=False)
    except ValueError:
        raise NoNetwork(
            f"{name!r} is no address of a proxy", fix="write --trusted-proxy 127.0.0.1, or a network as 10.0.0.0/8"
        ) from None
