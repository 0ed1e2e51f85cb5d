"""The server beside another on the same store: answers a second, and how long the middle and the slowest take.

>>> request("/sparql", "ASK {}", 8000).splitlines()[0]
b'GET /sparql?query=ASK%20%7B%7D HTTP/1.1'
"""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from urllib.parse import quote

from cbec_kg.bench.processor import since, spent
from cbec_kg.bench.queries import percentile
from cbec_kg.bench.section import Column, Section, Value
from cbec_kg.errors import CbecError
from cbec_kg.namespaces import PREFIXES
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.store.builds import current

__all__ = ["CONNECTIONS", "request", "serve"]

CONNECTIONS = (1, 16)
_POINT = "SELECT ?p ?o WHERE { <https://w3id.org/cbec-kg/id/aliexpress> ?p ?o }"
_SAVED = "platforms/programmes"
_PATIENCE = 60.0
_COLUMNS = (
    Column("query", "query"), Column("connections", "connections", "d"), Column("server", "server"),
    Column("rate", "answers/s", ",.0f"), Column("median_ms", "median ms", ".2f"), Column("p99_ms", "p99 ms", ".2f"),
    Column("cpu_ms", "cpu ms", ".2f"), Column("times", "x slower", ".2f"), Column("rounds", "rounds", "d"),
)  # fmt: skip
_NOTES = (
    "One client asks on so many connections, each again once it was answered; servers take turns in each round.",
    "cpu ms is the processor time of an answer, of all processes of a server.",
    "x slower is the other server's rate over ours, the middle of the rounds' own.",
)


def serve(store: Path, *, against: Path | None, rounds: int, seconds: float, tell: Callable[[str], None]) -> Section:
    """Rows of both servers; ``against`` is the program of an Oxigraph server, which serves the same build."""
    build = current(store)
    if build is None:
        raise CbecError(f"no graph in {store}", fix="cbec-kg build")
    queries = {"a thing's triples": _POINT, _SAVED: _declared(Catalogue(None).find(_SAVED).text)}
    rows: list[dict[str, Value]] = []
    with ExitStack() as stack:
        ours = _free_port()
        command = [sys.executable, "-m", "cbec_kg", "serve", "--port", str(ours), "--store", str(store), "--rate", "0"]
        servers = {"cbec-kg": (stack.enter_context(_running(command, ours)), ours, "/sparql")}
        if against is not None:
            theirs = _free_port()
            other = [str(against), "serve-read-only", "--location", str(build), "--bind", f"127.0.0.1:{theirs}"]
            servers["oxigraph"] = (stack.enter_context(_running(other, theirs)), theirs, "/query")
        for name, sparql in queries.items():
            for connections in CONNECTIONS:
                tell(f"serve: {name}, {connections}")
                rows += _rows(name, sparql, connections, servers, rounds, seconds)
    return Section("serve", "The server, side by side", _COLUMNS, tuple(rows), _NOTES)


def _rows(
    name: str,
    sparql: str,
    connections: int,
    servers: Mapping[str, tuple[int, int, str]],
    rounds: int,
    seconds: float,
) -> Iterator[dict[str, Value]]:
    taken: dict[str, list[tuple[list[float], float]]] = {server: [] for server in servers}
    worked = dict.fromkeys(servers, 0.0)
    for number in range(rounds + 1):
        for server, (process, port, path) in servers.items():
            before = spent(process)
            asked = _asked(port, request(path, sparql, port), connections, seconds)
            if number:  # the first is warm-up
                taken[server].append(asked)
                worked[server] += since(before, spent(process))
    for server, series in taken.items():
        answers = [one for answers, _ in series for one in answers]
        pairs = zip(taken.get("oxigraph", []), series, strict=False)
        ratios = [len(other) / spent / (len(own) / own_spent) for (other, spent), (own, own_spent) in pairs]
        yield {
            "query": name, "connections": connections, "server": server, "rounds": rounds,
            "rate": len(answers) / sum(spent for _, spent in series), "median_ms": median(answers) * 1e3,
            "p99_ms": percentile(answers, 99) * 1e3, "cpu_ms": worked[server] / len(answers) * 1e3,
            "times": median(ratios) if ratios and server == "cbec-kg" else None,
        }  # fmt: skip


def request(path: str, sparql: str, port: int) -> bytes:
    """A query by GET, its answer wanted as JSON."""
    return (
        f"GET {path}?query={quote(sparql, safe='')} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        "Accept: application/sparql-results+json\r\n\r\n"
    ).encode()


def _declared(sparql: str) -> str:
    """A query with the project's prefixes, which another server does not know."""
    lines = [line for line in sparql.splitlines() if not line.startswith("#+")]
    known = "\n".join(lines)
    return "".join(
        f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items() if f"PREFIX {name}:" not in known
    ) + known  # fmt: skip


def _asked(port: int, asked: bytes, connections: int, seconds: float) -> tuple[list[float], float]:
    command = [sys.executable, "-m", "cbec_kg.bench.asking", str(port), str(connections), str(seconds)]
    done = subprocess.run(command, input=asked, capture_output=True, check=False)
    if done.returncode:
        said = (done.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
        raise CbecError(f"the client failed: {said[:300]}")
    answers, spent = json.loads(done.stdout)
    if not answers:
        raise CbecError("a server did not answer within a minute")
    return answers, spent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], port: int) -> Iterator[int]:
    """A server that answers, as its process."""
    with TemporaryFile() as said:  # a pipe that nobody reads stops a server that logs
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said)
        except OSError as error:
            raise CbecError(f"{command[0]} cannot be started: {error.strerror}") from None
        try:
            until = time.monotonic() + _PATIENCE
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > until:
                    said.seek(0)
                    last = (said.read().decode(errors="replace").strip().splitlines() or ["it said nothing"])[-1]
                    raise CbecError(f"{Path(command[0]).name} does not answer: {last[:300]}")
                time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
