"""Servers on loopback that do what a row of a case file says, on raw sockets: nothing is too wrong to be sent."""

import gzip
import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.readers.made import ARTICLE, page

HERE = Path(__file__).resolve().parent
CERTIFICATE, KEY = HERE / "localhost.pem", HERE / "localhost.key"

WHOLE_PAGE = page(f"<article><p>{ARTICLE * 3}</p></article>")


class Server:
    """Serves on threads; ``answers`` gives the steps for a path, ``asked`` is what came, ``most`` how many at once."""

    def __init__(
        self,
        answers: Callable[[str, dict[str, str]], list],
        tls: bool = False,
        address: str = "127.0.0.1",
        hasty: bool = False,
    ) -> None:
        self.answers, self.asked, self.times = answers, [], []
        self.now = self.most = 0
        self.listener = socket.create_server((address, 0))
        self.port = self.listener.getsockname()[1]
        self.context = None
        if tls:
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self.context.load_cert_chain(CERTIFICATE, KEY)
        self.hasty = hasty  # answers before it has read
        self.over = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.listener.close()

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{'https' if self.context else 'http'}://{host}:{self.port}{path}"

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(link,), daemon=True).start()

    def _one(self, link: socket.socket) -> None:
        with suppress(OSError):
            link.settimeout(10)
            if self.context:
                link = self.context.wrap_socket(link, server_side=True)
            self.now += 1
            self.most = max(self.most, self.now)
            try:
                self._answer(link)
            finally:
                self.now -= 1
                link.close()

    def _answer(self, link: socket.socket) -> None:
        request = b"GET / -\r\n\r\n" if self.hasty and link.recv(1) else b""
        while b"\r\n\r\n" not in request:
            if not (more := link.recv(65536)):
                return
            request += more
        first, *lines = request.decode("latin-1").split("\r\n\r\n")[0].split("\r\n")
        path = first.split()[1]
        headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        self.asked.append((path, headers))
        self.times.append(time.monotonic())
        for step in self.answers(path, headers):
            if isinstance(step, bytes):
                link.sendall(step)
            elif step == "for ever":
                while not self.over.is_set():
                    link.sendall(b"x" * 65536)
            elif step[0] == "drip":
                for byte in step[1]:
                    link.sendall(bytes([byte]))
                    if self.over.wait(0.05):
                        return
            else:
                self.over.wait(step[1])


def reply(body: bytes = b"", status: int = 200, kind: str = "text/html; charset=utf-8", **headers: str) -> list:
    """A sound answer; a header of this name replaces its own."""
    told = {"content-type": kind, "content-length": str(len(body))}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return [f"HTTP/1.1 {status} -\r\n{lines}\r\n".encode("latin-1") + body]


_THEN = {"for ever": ["for ever"], "drip": [("drip", b"y" * 1000)]}


def steps(case: dict, base: str) -> list:
    """What a row says is sent."""
    if "raw" in case:
        return [case["raw"].encode("latin-1"), *_THEN.get(case.get("then"), [])]
    body = case.get("body", "page")
    content = {"page": WHOLE_PAGE, "nothing": b"", "bomb": gzip.compress(b"\0" * 30_000_000, 9)}.get(body)
    if content is None:
        content = body.encode(case.get("as", "utf-8"))
    if case.get("packed"):
        content = gzip.compress(content)
    content = content[: case.get("cut")]
    headers = {name: str(value).replace("BASE", base) for name, value in case.get("headers", {}).items()}
    sent = reply(content, case.get("status", 200), case.get("kind", "text/html"), **headers)
    if case.get("then") == "drip":
        sent.append(("drip", b"y" * 1000))
    elif "wait" in case:
        sent.append(("wait", case["wait"]))
    return sent
