"""What is refused byte by byte, by a real server; that which takes time is in tests/interop/test_wire.py."""

import json
import time

import pytest

from tests.conftest import cases
from tests.web.operation.sockets import connected, exchanged, raw, status, until_whole


@pytest.mark.parametrize("row", cases("web/operation/cases/wire.yaml"))
def test_bytes_get_their_status(row, server):
    answer = exchanged(server.base, raw(row["sent"]))
    assert status(answer) == row["status"], answer[:300]


def test_a_refusal_says_why_and_closes(server):
    with connected(server.base) as line:
        line.sendall(raw("GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"))
        answer = until_whole(line)
        assert b"connection: close" in answer.lower()
        assert b"Host" in answer.partition(b"\r\n\r\n")[2]
        assert line.recv(10) == b""


def test_requests_one_after_the_other_on_one_connection(server):
    with connected(server.base) as line:
        for _ in range(3):
            line.sendall(b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert status(until_whole(line)) == 200


def test_two_requests_sent_at_once_get_two_answers(server):
    with connected(server.base) as line:
        one = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"
        last = one.replace(b"Host", b"Connection: close\r\nHost")
        line.sendall(one + last)
        got = b""
        while part := line.recv(1 << 16):
            got += part
        assert got.count(b"HTTP/1.1 200 OK") == 2


def test_a_client_that_leaves_before_its_request_is_whole_is_no_failure(server):
    request_id = f"left-{time.monotonic_ns()}"
    with connected(server.base) as line:
        line.sendall(b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n")
        line.sendall(f"X-Request-ID: {request_id}\r\nContent-Length: 100\r\n\r\nASK".encode())
        assert server.get("/health/live").status_code == 200
    until = time.monotonic() + 20
    while not (told := [line for line in server.lines() if request_id in line]) and time.monotonic() < until:
        time.sleep(0.02)
    [row] = map(json.loads, told)
    assert (row["event"], row["status"], row["path"]) == ("request", 499, "/sparql")
