"""Hostile requests to a real server: how each ends, how long it takes, what memory it costs, whether others are served.

``python -m tests.interop.hostile [STORE]`` prints the table: three clients send each request at once, while another
client asks a query and for the server's health all along. Memory is that of the server and of its readers together.
"""

import http.client
import json
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from tests.interop.hostile_requests import BOMB, QUERIES, WIRE
from tests.web.serving import Served, serving

__all__ = ["OPTIONS", "SECONDS", "TOKEN", "Row", "attacks", "memory_of", "rows", "table"]

SECONDS, MEMORY = 4.0, 256
TOKEN = "a-token-of-the-tests-0123456789abcdef"
OPTIONS = (
    "--timeout", str(SECONDS), "--memory", str(MEMORY), "--max-rows", "100000", "--max-bytes", "20000000",
    "--readers", "3", "--waiting", "16", "--rate", "0", "--patience", "5", "--writable",
)  # fmt: skip
AT_ONCE = 3
_LONGEST = 60.0
_OTHER = ("127.0.0.2", 0)
_POINT = "SELECT ?p ?o { <https://w3id.org/cbec-kg/id/aliexpress> ?p ?o } LIMIT 5"
_STREAMED = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@dataclass
class Row:
    """One hostile request: how it ended (statuses, ``cut``, ``closed``), seconds, MB before, at most and after."""

    name: str
    expected: tuple[str, ...]
    ended: set[str] = field(default_factory=set)
    seconds: float = 0.0
    before: float = 0.0
    most: float = 0.0
    after: float = 0.0
    others: int = 0
    """Requests of another client meanwhile."""
    refused: list[str] = field(default_factory=list)
    """Those of them that were not answered as they should be."""
    wait: float = 0.0
    """Seconds of the slowest of them."""

    @property
    def held(self) -> bool:
        """Whether it ended as it should, and everybody else was served."""
        return bool(self.ended) and self.ended <= set(self.expected) and not self.refused


def memory_of(process: int) -> float:
    """MB that a process and all below it hold: shared pages count in parts (PSS, proc_pid_smaps(5))."""
    total = 0
    for one in [process, *_below(process)]:
        with suppress(OSError, IndexError):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def _below(process: int) -> Iterator[int]:
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in map(int, task.read_text().split()):
                yield child
                yield from _below(child)


def attacks() -> Iterator[tuple[str, tuple[str, ...], Callable[[Served], str]]]:
    """Name, right endings, and what is done to a server, which gives how it ended."""
    for name, sparql, expected in QUERIES:
        if "503" in expected:  # one client's third query waits for two, and may be told to come again
            expected += ("429",)
        yield name, expected, lambda server, sparql=sparql: _post(server, sparql)  # type: ignore[misc]
    for name, sent, expected in WIRE:
        yield name, expected, lambda server, sent=sent: _raw(server, sent)  # type: ignore[misc]
    yield "an XML bomb, posted", ("400",), _bomb
    yield "a client that does not read", ("cut", "closed"), _never_reads
    yield "a client that reads 1 KB a second", ("cut", "closed"), _reads_slowly
    yield "a client that sends a byte a second", ("408", "closed"), _sends_slowly
    yield "a client that leaves at once", ("closed",), _leaves
    yield "500 connections that say nothing", ("closed",), _idle


def rows(server: Served, names: str = "") -> Iterator[Row]:
    """The rows, one after the other; ``names`` chooses those that hold it."""
    for name, expected, attack in attacks():
        if names in name:
            yield _row(server, Row(name, expected), attack)


def _row(server: Served, row: Row, attack: Callable[[Served], str]) -> Row:
    process = server.process.pid
    row.before = memory_of(process)
    with _watched(lambda: memory_of(process)) as seen, _canary(server, row):
        begun = time.monotonic()
        threads = [threading.Thread(target=lambda: row.ended.add(attack(server))) for _ in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        row.seconds = time.monotonic() - begun
        time.sleep(0.3)
    row.most, row.after = max([row.before, *seen]), memory_of(process)
    return row


@contextmanager
def _watched(read: Callable[[], float]) -> Iterator[list[float]]:
    seen: list[float] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            seen.append(read())

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        ended.set()
        thread.join()


@contextmanager
def _canary(server: Served, row: Row) -> Iterator[None]:
    """Another client, which asks a small query and for the server's health until the block ends."""
    ended = threading.Event()

    def ask(path: str) -> None:
        while True:
            begun = time.monotonic()
            try:
                with closing(_connection(server, _OTHER)) as connection:
                    connection.request("GET", path, headers={"Accept": "application/json"})
                    answer = connection.getresponse()
                    body = answer.read()
                if answer.status != 200:
                    row.refused.append(f"{path[:8]}: {answer.status} {body[:100]!r}")
                else:
                    json.loads(body)
            except (OSError, http.client.HTTPException, ValueError) as error:
                row.refused.append(f"{path[:8]}: {error!r}")
            row.others += 1
            row.wait = max(row.wait, time.monotonic() - begun)
            if ended.wait(0.1):
                return

    paths = ["/health", "/sparql?" + urlencode({"query": _POINT})]
    threads = [threading.Thread(target=ask, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def _connection(server: Served, source: tuple[str, int] | None = None) -> http.client.HTTPConnection:
    where = urlsplit(server.base)
    return http.client.HTTPConnection(where.hostname or "", where.port, timeout=_LONGEST, source_address=source)


def _post(server: Served, sparql: str, path: str = "/sparql", **headers: str) -> str:
    connection = _connection(server)
    kind = {"Content-Type": "application/sparql-query", **headers}
    with suppress(BrokenPipeError, ConnectionResetError):  # it answers before it has read all
        connection.request("POST", path, sparql.encode(), kind)
    try:
        answer = connection.getresponse()
        while answer.read(1 << 16):
            pass
    except http.client.IncompleteRead:
        return "cut"
    except (OSError, http.client.HTTPException):
        return "closed"
    finally:
        connection.close()
    return str(answer.status)


def _bomb(server: Served) -> str:
    connection = _connection(server)
    headers = {"Content-Type": "application/rdf+xml", "Authorization": f"Bearer {TOKEN}"}
    connection.request("POST", "/store?graph=https://example.org/bomb", BOMB.encode(), headers)
    status = connection.getresponse().status
    connection.close()
    return str(status)


def _socket(server: Served) -> socket.socket:
    where = urlsplit(server.base)
    return socket.create_connection((where.hostname, where.port), _LONGEST)


def _raw(server: Served, sent: bytes) -> str:
    with _socket(server) as connection:
        with suppress(OSError):
            connection.sendall(sent)
        return _status(connection)


def _status(connection: socket.socket) -> str:
    try:
        first = connection.recv(100)
    except OSError:
        return "closed"
    return first.split()[1].decode() if first.startswith(b"HTTP/1.1 ") else "closed"


def _never_reads(server: Served) -> str:
    return _read_until(server, lambda connection, left: time.sleep(SECONDS * 2) if left else None)


def _reads_slowly(server: Served) -> str:
    return _read_until(server, lambda connection, left: time.sleep(1.0) if left > SECONDS * 2 else None)


def _read_until(server: Served, pause: Callable[[socket.socket, float], None]) -> str:
    """Ask for a long answer, take it slowly for four times the deadline, then see how it ends."""
    where = urlsplit(server.base)
    until = time.monotonic() + SECONDS * 4
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(_LONGEST)
        connection.connect((where.hostname, where.port))
        path = "/sparql?" + urlencode({"query": _STREAMED})
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
        last = b""
        try:
            while True:
                left = max(0.0, until - time.monotonic())
                pause(connection, left)
                if not (got := connection.recv(1024 if left else 1 << 16)):
                    return "200" if last.endswith(b"0\r\n\r\n") else "cut"
                last = (last + got)[-5:]
        except OSError:
            return "closed"


def _sends_slowly(server: Served) -> str:
    with _socket(server) as connection:
        connection.settimeout(0.01)
        for letter in b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n":
            try:
                connection.send(bytes([letter]))
                if not (got := connection.recv(100)):
                    return "closed"
                return got.split()[1].decode()
            except TimeoutError:
                time.sleep(1.0)
            except OSError:
                return "closed"
    return "served"


def _leaves(server: Served) -> str:
    with _socket(server) as connection:
        path = "/sparql?" + urlencode({"query": QUERIES[1][1]})
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(0.2)
    return "closed"


def _idle(server: Served) -> str:
    held = []
    try:
        with suppress(OSError):
            for _ in range(500):
                held.append(_socket(server))
        time.sleep(2.0)
    finally:
        for connection in held:
            connection.close()
    return "closed"


def table(found: list[Row]) -> str:
    """The rows as text."""
    lines = [
        f"{'request':44} {'ended':10} {'s':>5} {'MB before':>9} {'most':>6} {'after':>6} {'others':>6} {'wait s':>6}"
    ]
    for row in found:
        ended = "+".join(sorted(row.ended)) + ("" if row.held else " !")
        others = f"{row.others - len(row.refused)}/{row.others}"
        lines.append(
            f"{row.name[:44]:44} {ended:10} {row.seconds:5.1f} {row.before:9.0f} {row.most:6.0f} {row.after:6.0f}"
            f" {others:>6} {row.wait:6.2f}"
        )
    return "\n".join(lines)


def main(store: Path, names: str = "") -> int:
    """Print the table; status 1 where a row did not end as it should."""
    with serving(store, *OPTIONS, environment={"CBEC_KG_TOKEN": TOKEN}) as server:
        found = []
        for row in rows(server, names):
            found.append(row)
            print(table([row]).splitlines()[1], *row.refused[:2], file=sys.stderr, flush=True)
    print(table(found))
    return 0 if all(row.held for row in found) else 1


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(Path(given[0] if given else os.environ.get("CBEC_KG_STORE", ".cbec-kg/store")), *given[1:2]))
