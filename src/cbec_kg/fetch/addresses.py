"""Which machine a name stands for, and whether it is one that strangers may be led to.

>>> why_private("10.1.2.3"), why_private("::ffff:127.0.0.1"), why_private("8.8.8.8")
('private', 'loopback', None)
"""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, Queue
from threading import Thread

from cbec_kg.fetch.refusal import Refusal

__all__ = ["addresses", "why_private"]

_NAT64 = IPv6Network("64:ff9b::/96")
_KINDS = ("unspecified", "loopback", "link_local", "multicast", "reserved", "private")

Found = tuple[socket.AddressFamily, str]


def addresses(host: str, port: int, *, allow_private: bool, seconds: float) -> list[Found]:
    """Addresses of a host, each one checked: connect to these and look nothing up again.

    Raises `Refusal` where the name is unknown, and where any of its addresses is no public one.
    """
    found = _looked_up(host, port, seconds)
    if not allow_private:
        for _, address in found:
            if kind := why_private(address):
                leads = "" if address == host else f"{host} is {address}: "
                raise Refusal(f"{leads}a {kind} address is not fetched", fix="if you trust it, give --allow-private")
    return found


def why_private(address: str) -> str | None:
    """Kind of an address that is not public, None where it is; an IPv4 address within an IPv6 one counts too."""
    return next((kind for one in _meant(ip_address(address.partition("%")[0])) if (kind := _kind(one))), None)


def _kind(address: IPv4Address | IPv6Address) -> str | None:
    for kind in _KINDS:
        if getattr(address, f"is_{kind}"):
            return kind.replace("_", "-")
    if getattr(address, "is_site_local", False) or not address.is_global:
        return "private"
    return None


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address that a packet ends at, where one stands within another; else the address itself."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return [address.ipv4_mapped]
        if address.sixtofour:
            return [address.sixtofour, address]
        if address.teredo:
            return [*address.teredo, address]
        if address in _NAT64:
            return [IPv4Address(int(address) & 0xFFFFFFFF)]
    return [address]


def _looked_up(host: str, port: int, seconds: float) -> list[Found]:
    """Addresses of a name in the resolver's order, each once; a resolver that is silent is not waited for."""
    answers: Queue[list[Found] | OSError] = Queue()

    def look() -> None:
        try:
            told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            answers.put(list(dict.fromkeys((family, str(place[0])) for family, _, _, _, place in told)))
        except (OSError, UnicodeError) as error:
            answers.put(error if isinstance(error, OSError) else OSError(str(error)))

    Thread(target=look, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty:
        raise Refusal(
            f"looking {host} up took more than {seconds:g} seconds", fix="check the network", again=True
        ) from None
    if isinstance(answer, OSError) or not answer:
        unknown = isinstance(answer, socket.gaierror) and answer.errno != socket.EAI_AGAIN
        raise Refusal(
            f"no host {host} is known" if unknown else f"{host} cannot be looked up",
            fix="check the address and the network",
            passing=True,
        )
    return answer
