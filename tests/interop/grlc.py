"""Real grlc over a folder of saved queries, on loopback, and an endpoint that it asks.

grlc pins libraries of other years, so it gets an environment of its own, pinned with all hashes in
``requirements/grlc.txt``. Its own starter listens on every address; the same application is served here by gunicorn on
loopback alone.
"""

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from threading import Thread

import pyoxigraph

from tests.conftest import ROOT

__all__ = ["Grlc", "endpoint", "serving"]

_PINNED, _ENVIRONMENT = ROOT / "requirements" / "grlc.txt", ROOT / ".cache" / "interop" / "grlc"
_PATIENCE = 120.0


class Grlc:
    """A running grlc."""

    def __init__(self, address: str) -> None:
        self.address = address

    def json(self, path: str) -> dict:
        """What it answers to a path of its local interface."""
        wanted = urllib.request.Request(f"{self.address}{path}", headers={"Accept": "application/json"})
        with urllib.request.urlopen(wanted, timeout=60) as answer:
            return json.load(answer)


class _Protocol(BaseHTTPRequestHandler):
    """As much of the SPARQL protocol as grlc speaks: a query as the body of a POST."""

    store: pyoxigraph.Store

    def do_POST(self) -> None:
        text = self.rfile.read(int(self.headers["Content-Length"])).decode()
        try:
            status, body = 200, self.store.query(text).serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError, RuntimeError) as error:
            status, body = 400, str(error).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/sparql-results+json" if status == 200 else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *values: object) -> None:
        """Nothing: the tests say what went wrong."""


@contextmanager
def endpoint(build: Path) -> Iterator[str]:
    """Address of an endpoint over a build, which knows no prefix that a query does not declare."""
    handler = type("Protocol", (_Protocol,), {"store": pyoxigraph.Store.read_only(str(build))})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def installed() -> Path:
    """Folder of the programs of grlc's environment, which is made where it is missing or out of date."""
    stamp, programs = _ENVIRONMENT / "installed", _ENVIRONMENT / "bin"
    if not stamp.is_file() or stamp.read_text() != _PINNED.read_text():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(_ENVIRONMENT)], check=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--require-hashes", "-r", str(_PINNED)], check=True)
        stamp.write_text(_PINNED.read_text())
    return programs


@contextmanager
def serving(folder: Path, asked: str, work: Path) -> Iterator[Grlc]:
    """grlc over the ``.rq`` files of a folder, asking the endpoint ``asked``; ``work`` is its own folder."""
    (work / "config.ini").write_text(
        f"[auth]\n[defaults]\nsparql_endpoint = {asked}\n[local]\nlocal_sparql_dir = {folder}\n"
        "[api_gitlab]\n[user_agent]\n"
    )
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log, address = work / "grlc.log", f"http://127.0.0.1:{port}"
    command = [str(installed() / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", "1", "grlc.server:app"]
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=work, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT)
    try:
        _wait(process, f"{address}/api-local/swagger", log)
        yield Grlc(address)
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen, ready: str, log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(ready, timeout=60):
                return
        except urllib.error.HTTPError:
            break
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"grlc does not answer at {ready}:\n{log.read_text(errors='replace')[-2000:]}")
