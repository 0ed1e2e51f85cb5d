"""How a server ends: told to, with requests at hand; killed; and how it goes on where its graph goes away.

``make interop``; that it ends at all when told is in tests/web/operation/test_serve.py.
"""

import os
import shutil
import signal
import socket
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.web.operation.processes import alive, children
from tests.web.operation.sockets import connected, status, until_whole
from tests.web.serving import Served, serving

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="takes time: `make interop`")
QUERY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }"


def gone(processes: list[int]) -> bool:
    """Whether all of some processes end within ten seconds."""
    until = time.monotonic() + 10
    while any(alive(process) for process in processes) and time.monotonic() < until:
        time.sleep(0.02)
    return not any(alive(process) for process in processes)


def begun(served: Served) -> tuple[socket.socket, bytes]:
    """A connection on which the first half of a query was sent, and its second half."""
    line = socket.create_connection(("127.0.0.1", int(served.base.rpartition(":")[2])), 60)
    body = b"ASK { ?s ?p ?o }"
    head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n".encode()
    line.sendall(head + b"Content-Type: application/sparql-query\r\n\r\n" + body[:5])
    time.sleep(0.5)
    return line, body[5:]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_request_at_hand_is_answered(built_store, sign):
    with serving(built_store, "--readers", "1") as served:
        line, rest = begun(served)
        with line, connected(served.base):
            started = children(served.process.pid)
            served.process.send_signal(sign)
            time.sleep(0.5)
            with pytest.raises(OSError, match="refused"):
                connected(served.base).__enter__()
            line.sendall(rest)
            answer = until_whole(line)
        assert (status(answer), b"true" in answer) == (200, True)
        assert served.process.wait(30) == 0
        assert gone(started)


def test_one_that_takes_longer_than_the_grace_is_not_waited_for(built_store):
    with serving(built_store, "--readers", "1", "--grace", "1") as served:
        started = children(served.process.pid)
        answers: list[object] = []

        def ask() -> None:
            try:
                answers.append(served.request("GET", "/sparql", params={"query": QUERY}).status_code)
            except httpx.HTTPError as error:
                answers.append(error)

        asking = threading.Thread(target=ask)
        asking.start()
        time.sleep(1)
        since = time.monotonic()
        assert served.stop() == 0
        assert time.monotonic() - since < 10
        asking.join(30)
        assert answers != [200]
        assert gone(started)


def test_a_second_signal_ends_it_at_once(built_store):
    with serving(built_store, "--readers", "1", "--grace", "60") as served:
        started = children(served.process.pid)
        line, _ = begun(served)
        with line:
            served.process.terminate()
            time.sleep(0.5)
            assert served.process.poll() is None
            served.process.terminate()
            served.process.wait(15)
        assert gone(started)


def test_a_hangup_is_no_reason_to_end(built_store):
    with serving(built_store, "--readers", "1") as served:
        served.process.send_signal(signal.SIGHUP)
        time.sleep(0.5)
        assert served.get("/health").status_code == 200


def test_readers_end_with_a_server_that_is_killed(built_store):
    with serving(built_store, "--readers", "1") as served:
        readers = children(served.process.pid)
        served.process.send_signal(signal.SIGKILL)
        served.process.wait(10)
        assert readers
        assert gone(readers)


def test_a_reader_that_dies_is_replaced(built_store):
    with serving(built_store, "--readers", "1") as served:
        for reader in children(served.process.pid):
            os.kill(reader, signal.SIGKILL)
        until = time.monotonic() + 30
        while served.get("/health").status_code != 200:
            assert time.monotonic() < until
            time.sleep(0.2)


def test_a_graph_that_goes_away_is_told(built_store: Path, tmp_path: Path):
    store = shutil.copytree(built_store, tmp_path / "store")
    with serving(store, "--readers", "1") as served:
        assert served.get("/health").status_code == 200
        shutil.rmtree(store)
        answer = served.get("/health")
        assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
        assert served.get("/health/live").status_code == 200
