"""A real ``cbec-kg serve`` on a free port of loopback: started, asked, ended by its own id.

``with serving(store, "--readers", "1") as server: server.get("/health")`` starts one with options of a test's own;
the fixture `server` is one for the whole session. `inside` is an application in this process, for cheap tests.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from starlette.testclient import TestClient

from cbec_kg.web.settings import Settings

__all__ = ["Served", "inside", "serving"]


@dataclass
class Served:
    """A server that runs: its process, where it answers (no slash at the end), what it wrote on stderr."""

    process: subprocess.Popen[str]
    base: str
    log: Path
    client: httpx.Client = field(repr=False)

    def url(self, path: str) -> str:
        """The address of a path, which begins with a slash."""
        return self.base + path

    def get(self, path: str, **headers: str) -> httpx.Response:
        """The answer to GET; ``accept_language="zh"`` is a header, redirects are not followed."""
        return self.request("GET", path, headers=_headers(headers))

    def post(self, path: str, content: Any = b"", **headers: str) -> httpx.Response:
        """The answer to POST with ``content`` (bytes or text, or the fields of a form as a dict)."""
        body = {"data": content} if isinstance(content, Mapping) else {"content": content}
        return self.request("POST", path, headers=_headers(headers), **body)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """The answer to any request; ``options`` are those of httpx. No cookie of an earlier answer is sent."""
        self.client.cookies.clear()
        return self.client.request(method, self.url(path), **options)

    def lines(self) -> list[str]:
        """What the server wrote on stderr until now."""
        return self.log.read_text("utf-8").splitlines()

    def line_of(self, answer: httpx.Response) -> str:
        """The line of the log about the request of an answer, which is written when the answer was sent."""
        wanted, until = f'"request":"{answer.headers["x-request-id"]}"', time.monotonic() + 30
        while True:
            found = [line for line in self.lines() if wanted in line]
            if found:
                return found[0]
            assert time.monotonic() < until, f"no line has {wanted}"
            time.sleep(0.05)

    def stop(self) -> int:
        """Tell the server to stop, wait for its end; gives its exit status."""
        self.process.terminate()
        return self.process.wait(60)


@contextmanager
def serving(store: Path, *options: str, environment: Mapping[str, str] | None = None) -> Iterator[Served]:
    """A server over a store with more options, from when it answers until the block ends."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CBEC_KG_")}
    command = [sys.executable, "-m", "cbec_kg", "serve", "--port", "0", "--store", str(store), *options]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "stderr"
        with log.open("w") as errors:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, text=True,
                env=clean | dict(environment or {}),
            )  # fmt: skip
        assert process.stdout is not None
        try:
            said = process.stdout.readline()
            if not said.startswith("http://"):
                raise RuntimeError(f"the server did not start: {said}{log.read_text('utf-8')}")
            with httpx.Client(timeout=60, trust_env=False) as client:
                yield Served(process, said.split()[0].rstrip("/"), log, client)
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            process.stdout.close()


@contextmanager
def inside(store: Path, **settings: Any) -> Iterator[TestClient]:
    """The application in this process, with settings of a test's own; errors are answers, not raised."""
    from cbec_kg.web.app import application

    app = application(Settings(store, **settings))
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False, follow_redirects=False) as client:
        yield client


def _headers(given: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in given.items()}
