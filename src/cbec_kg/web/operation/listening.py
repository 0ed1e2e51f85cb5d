"""The socket that a server listens on.

>>> with listening("127.0.0.1", 0) as listener:
...     listener.getsockname()[0]
'127.0.0.1'
>>> try:
...     listening("no host", 0)
... except CannotListen as error:
...     error.message
'cannot listen on no host'
"""

import errno
import socket

from cbec_kg.errors import CbecError

__all__ = ["CannotListen", "listening"]

_HOST = "--host takes an address of this machine, such as 127.0.0.1"
_FIXES = {
    errno.EADDRINUSE: "another process listens there; --port 0 takes a free port",
    errno.EACCES: "ports below 1024 are for the system; choose a higher --port",
    errno.EADDRNOTAVAIL: _HOST,
}


class CannotListen(CbecError):
    """An address that no server can listen on."""


def listening(host: str, port: int, backlog: int = 2048) -> socket.socket:
    """A socket that listens on the first address of a host; port 0 takes a free one. Raises `CannotListen`."""
    where = f"{host}:{port}" if port else host
    try:
        family, kind, protocol, _, at = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise CannotListen(f"cannot listen on {where}", fix=_HOST) from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(at)
        listener.listen(backlog)
    except OSError as error:
        listener.close()
        fix = _FIXES.get(error.errno or 0, error.strerror or str(error))
        raise CannotListen(f"cannot listen on {where}", fix=fix) from None
    return listener
