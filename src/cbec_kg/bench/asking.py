"""A client that asks one thing over and over on so many connections, and says how long each answer took.

Run as a process of its own, so that it takes nothing from a server's: ``python -m cbec_kg.bench.asking PORT CONNECTIONS
SECONDS`` with the request on standard input; seconds of each answer, and of all, come out as JSON.

>>> measured = b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\n"
>>> ended(measured + b"ab"), ended(measured + b"a")
(True, False)
>>> ended(b"HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1\\r\\na\\r\\n0\\r\\n\\r\\n")
True
"""

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass

__all__ = ["ask", "ended"]

_PATIENCE = 60.0
"""Seconds for the first answer."""


@dataclass(slots=True)
class _Line:
    socket: socket.socket
    begun: float
    got: bytes = b""


def ended(answer: bytes) -> bool:
    """Whether an answer is there to its end; raises `ValueError` for one that is no 200."""
    head, gap, body = answer.partition(b"\r\n\r\n")
    if not gap:
        return False
    if b" 200 " not in head[:20]:
        raise ValueError(answer[:300].decode("latin-1"))
    _, named, rest = head.lower().partition(b"content-length:")
    if named:
        return len(body) >= int(rest.split(b"\r\n")[0])
    return body.endswith(b"0\r\n\r\n")


def ask(port: int, request: bytes, connections: int, seconds: float) -> tuple[list[float], float]:
    """Seconds of each answer on loopback, and of all; a connection asks again when it was answered."""
    chooser = selectors.DefaultSelector()
    taken: list[float] = []
    for _ in range(connections):
        line = _Line(socket.create_connection(("127.0.0.1", port), 30), time.perf_counter())
        line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        line.socket.sendall(request)
        chooser.register(line.socket, selectors.EVENT_READ, line)
    begun = time.perf_counter()
    while time.perf_counter() < begun + (seconds if taken else _PATIENCE):
        for key, _ in chooser.select(timeout=1):
            line = key.data
            line.got += line.socket.recv(1 << 18)
            if ended(line.got):
                now = time.perf_counter()
                taken.append(now - line.begun)
                line.begun, line.got = now, b""
                line.socket.sendall(request)
    for key in list(chooser.get_map().values()):
        key.data.socket.close()
    return taken, time.perf_counter() - begun


if __name__ == "__main__":
    port, connections, seconds = sys.argv[1:]
    json.dump(ask(int(port), sys.stdin.buffer.read(), int(connections), float(seconds)), sys.stdout)
