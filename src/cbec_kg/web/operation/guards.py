"""What is looked at before a handler sees a request: its host, its path, how much its client asks, its body's size.

>>> Bodies(most=10, together=15).take(8, 0)
8
"""

from collections.abc import Collection

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cbec_kg.web.operation.clients import key_of
from cbec_kg.web.operation.hosts import named
from cbec_kg.web.operation.metrics import Metrics
from cbec_kg.web.operation.rate import Rate
from cbec_kg.web.problems import Problem, respond

__all__ = ["Bodies", "Guards"]

_FREE = ("/health", "/health/live", "/metrics", "/robots.txt", "/favicon.ico")
_READ = (b"host", b"content-length", b"content-encoding")
_BODIES = 256 << 20
"""Bytes of all bodies that are being received, together."""


class Bodies:
    """Bytes of bodies at hand: ``most`` of one request, ``together`` of all."""

    def __init__(self, most: int, together: int = _BODIES) -> None:
        self.most, self.together, self.held = most, max(most, together), 0

    def take(self, size: int, had: int) -> int:
        """More bytes of a body of which ``had`` are there; gives how many are there then. Raises 413, 503."""
        if had + size > self.most:
            raise HTTPException(413, f"the body is larger than {self.most:,} bytes")
        if self.held + size > self.together:
            raise HTTPException(503, "too many large requests at once: try again", {"Retry-After": "5"})
        self.held += size
        return had + size


class Guards:
    """An application behind its guards."""

    def __init__(self, app: ASGIApp, hosts: Collection[str], rate: Rate, bodies: Bodies, metrics: Metrics) -> None:
        self.app, self.hosts, self.rate, self.bodies, self.metrics = app, hosts, rate, bodies, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is refused, pass on what is not."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif (refused := self._refused(scope)) is not None:
            reason, problem = refused
            self.metrics.refused.labels(reason).inc()
            await respond(Request(scope), problem)(scope, receive, send)
        else:
            await self._with_body(scope, receive, send)

    def _refused(self, scope: Scope) -> tuple[str, Problem] | None:
        header = {name: value for name, value in scope["headers"] if name in _READ}
        if (self.hosts and scope["http_version"] != "1.0") or b"host" in header:
            host = named(said := header.get(b"host", b"").decode("latin-1"))
            if self.hosts and host not in self.hosts:
                return "host", Problem(421, "this server is not known by that name: start it with --allow-host NAME")
            if said and not host:
                return "host", Problem(400, "the Host header holds no name")
        path = scope["path"]
        if any(ord(sign) < 32 or ord(sign) == 127 for sign in path) or "\ufffd" in path:
            return "path", Problem(400, "the path holds what no path here holds")
        if (coding := header.get(b"content-encoding", b"identity").strip().lower()) not in (b"", b"identity"):
            detail = f"a body coded as {coding.decode('latin-1')[:40]} is not read here: send it as it is"
            return "body", Problem(415, detail, {"Accept-Encoding": "identity"})
        if (length := header.get(b"content-length", b"0")).isdigit() and int(length) > self.bodies.most:
            return "body", Problem(413, f"the body is larger than {self.bodies.most:,} bytes")
        local = path.removeprefix(scope.get("root_path", ""))
        if local not in _FREE and not local.startswith("/static/"):
            client = scope["client"][0] if scope.get("client") else ""
            if wait := self.rate.wait(key_of(client)):
                detail = f"too many requests of one client: try again in {wait} seconds"
                return "rate", Problem(429, detail, {"Retry-After": str(wait)})
        return None

    async def _with_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        had = 0

        async def receiving() -> Message:
            nonlocal had
            message = await receive()
            if message["type"] == "http.request" and message.get("body"):
                try:
                    had = self.bodies.take(len(message["body"]), had)
                except HTTPException:
                    self.metrics.refused.labels("body").inc()
                    raise
            return message

        try:
            await self.app(scope, receiving, send)
        finally:
            self.bodies.held -= had
