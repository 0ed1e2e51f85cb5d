"""Talk to a server byte by byte."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

__all__ = ["connected", "exchanged", "raw", "status"]


@contextmanager
def connected(base: str, seconds: float = 30) -> Iterator[socket.socket]:
    """A connection to a server."""
    at = urlsplit(base)
    with socket.create_connection((at.hostname, at.port), seconds) as line:
        yield line


def exchanged(base: str, sent: bytes, seconds: float = 30) -> bytes:
    """What a server says to bytes, until it closes or the answer is whole."""
    with connected(base, seconds) as line:
        line.sendall(sent)
        return until_whole(line)


def until_whole(line: socket.socket) -> bytes:
    """The next answer, or what came of it before the connection was closed."""
    got = b""
    while not _whole(got):
        part = line.recv(1 << 16)
        if not part:
            break
        got += part
    return got


def status(answer: bytes) -> int:
    """Status of an answer; 0 where there is none."""
    found = re.match(rb"HTTP/1\.[01] (\d{3}) ", answer)
    return int(found[1]) if found else 0


def raw(text: str) -> bytes:
    """Bytes of a case: ``a~3~`` is aaa, ``{many}`` are 200 headers."""
    text = re.sub(r"(.)~(\d+)~", lambda found: found[1] * int(found[2]), text)
    return text.replace("{many}", "".join(f"X-{number}: a\r\n" for number in range(200))).encode("latin-1")


def _whole(got: bytes) -> bool:
    head, end, body = got.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    return bool(end) and length is not None and len(body) >= int(length[1])
