"""Tell systemd that the server is ready, or stops (sd_notify(3)): one datagram to the socket it names.

>>> notify("READY=1", "")
False
"""

import os
import socket
from contextlib import suppress

__all__ = ["notify"]


def notify(state: str, where: str | None = None) -> bool:
    """Whether ``state`` was sent to ``where``, which is else what NOTIFY_SOCKET says; nothing is sent without one."""
    target = os.environ.get("NOTIFY_SOCKET", "") if where is None else where
    if not target:
        return False
    path = "\0" + target[1:] if target.startswith("@") else target  # an abstract socket of Linux
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.sendto(state.encode(), path)
        return True
    return False
