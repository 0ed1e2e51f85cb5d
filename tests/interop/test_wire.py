"""Clients that are slow, that never read, that only hold connections: the server goes on serving others.

``make interop``; what is refused at once is in tests/web/operation/test_wire.py.
"""

import os
import resource
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.web.operation.sockets import connected, status, until_whole
from tests.web.serving import Served, serving

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="takes time: `make interop`")

PATIENCE = 2
ASKED = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
MANY = 10_000


@pytest.fixture(scope="module")
def patient(built_store: Path) -> Iterator[Served]:
    """A server that waits for two seconds."""
    with serving(built_store, "--readers", "1", "--patience", str(PATIENCE), "--log-level", "warning") as served:
        yield served


def resident(process: int) -> int:
    """Bytes of memory of a process."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * resource.getpagesize()


def until_closed(line: socket.socket) -> tuple[bytes, float]:
    """What comes until the server closes, and the seconds until then."""
    since, got = time.monotonic(), b""
    try:
        while part := line.recv(1 << 16):
            got += part
    except ConnectionResetError:
        pass
    return got, time.monotonic() - since


def figure(served: Served, name: str) -> float:
    """A figure of /metrics; 0 where it is not there."""
    lines = served.get("/metrics").text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith(name))


@pytest.mark.parametrize(
    "begun",
    [b"", b"GET /health/li", b"GET /health/live HTTP/1.1\r\nHost: local"],
    ids=["nothing", "half a line", "half the headers"],
)
def test_headers_that_do_not_come_are_not_waited_for(patient, begun):
    with connected(patient.base) as line:
        line.sendall(begun)
        got, seconds = until_closed(line)
    assert status(got) == 408
    assert PATIENCE - 1 < seconds < PATIENCE + 5


def test_headers_that_come_sign_by_sign_are_not_waited_for_either(patient):
    since = time.monotonic()
    with connected(patient.base) as line, suppress(ConnectionResetError, BrokenPipeError):
        while time.monotonic() < since + 30:
            line.sendall(b"X")
            time.sleep(0.1)
    assert time.monotonic() - since < PATIENCE + 6


def test_a_second_request_has_the_same_time(patient):
    with connected(patient.base) as line:
        line.sendall(ASKED)
        assert status(until_whole(line)) == 200
        line.sendall(b"GET /hea")
        got, seconds = until_closed(line)
    assert status(got) == 408
    assert seconds < PATIENCE + 5


@pytest.mark.parametrize(
    "framing", [b"Content-Length: 1000000", b"Transfer-Encoding: chunked"], ids=["length", "chunks"]
)
def test_a_body_that_does_not_come_is_not_waited_for(patient, framing):
    """Answered before the body is there, or not: the connection does not stay."""
    with connected(patient.base) as line:
        line.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n")
        line.sendall(framing + b"\r\n\r\n")
        got, seconds = until_closed(line)
    assert status(got) in (404, 408)
    assert seconds < PATIENCE + 6


def test_who_asks_and_never_reads_is_left(patient):
    before = figure(patient, 'cbec_wire_refused_total{reason="does not read"}')
    with connected(patient.base) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.settimeout(PATIENCE + 20)
        with suppress(ConnectionResetError, BrokenPipeError):
            while True:
                line.sendall(b"GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n" * 100)
    assert figure(patient, 'cbec_wire_refused_total{reason="does not read"}') == before + 1
    assert resident(patient.process.pid) < 300 << 20


def test_a_connection_that_is_kept_alive_in_vain_ends(patient):
    with connected(patient.base, 60) as line:
        line.sendall(ASKED)
        assert status(until_whole(line)) == 200
        got, seconds = until_closed(line)
    assert got == b""
    assert seconds < PATIENCE + 5


def hold(served: Served, stack: ExitStack, count: int, begun: bytes, addresses: int) -> list[socket.socket]:
    """So many connections from so many addresses of loopback, each with the beginning of a request."""
    at, lines = urlsplit(served.base), []
    for number in range(count):
        line = stack.enter_context(socket.socket())
        line.settimeout(30)
        line.bind((f"127.0.1.{1 + number % addresses}", 0))
        line.connect((at.hostname, at.port))
        with suppress(OSError):  # the oldest are closed meanwhile
            line.sendall(begun)
        lines.append(line)
    return lines


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHost: local"], ids=["silent", "half a request"])
@pytest.mark.parametrize("addresses", [1, 250])
def test_ten_thousand_idle_connections_do_not_hurt(built_store, begun, addresses):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    try:
        with serving(built_store, "--readers", "1", "--log-level", "warning") as served, ExitStack() as stack:
            served.get("/health")
            before = resident(served.process.pid)
            hold(served, stack, MANY, begun, addresses)
            times = []
            for _ in range(20):
                since = time.monotonic()
                assert httpx.get(served.url("/health"), timeout=20, trust_env=False).status_code == 200
                times.append(time.monotonic() - since)
            open_now = figure(served, "cbec_connections")
            grown = resident(served.process.pid) - before
            assert served.lines() == []
        print(f"\n{MANY} from {addresses}: {open_now:.0f} open, {grown / 1e6:.0f} MB more, slowest {max(times):.3f} s")
        assert open_now <= (256 + 1 if addresses == 1 else 4096)
        assert grown < 150e6
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
