"""Each request gets an id, a line in the log, its figures, and an answer whatever happens.

>>> id_of(b"abc-1.2"), len(id_of(b"a b")), len(id_of(None))
('abc-1.2', 16, 16)
"""

import asyncio
import logging
import re
import secrets
import time

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cbec_kg.web.operation.clients import Networks, client_of
from cbec_kg.web.operation.logs import LOG
from cbec_kg.web.operation.metrics import Metrics
from cbec_kg.web.operation.security import secured
from cbec_kg.web.problems import Problem, respond

__all__ = ["Watching", "id_of"]

_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
_LEFT = 499
"""What nginx calls a request whose client closed the connection; nobody hears it."""
_QUIET = ("/health", "/health/live", "/metrics")


class Watching:
    """An application that is watched; the outermost layer but for Starlette's own."""

    def __init__(self, app: ASGIApp, metrics: Metrics, proxies: Networks) -> None:
        self.app, self.metrics, self.proxies = app, metrics, proxies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and tell of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        _behind_proxy(scope, self.proxies)
        _strip_twice(scope)
        raw = scope.get("raw_path", scope["path"].encode())
        answer = _Answer(scope, send, id_of(Headers(scope=scope).get("x-request-id", "").encode("latin-1")))
        scope.setdefault("state", {})["request_id"] = answer.id
        self.metrics.at_hand.inc()
        try:
            await self._answer(scope, receive, answer)
        except asyncio.CancelledError:
            answer.cut = "stopped"
            raise
        finally:
            self.metrics.at_hand.dec()
            self._tell(scope, raw, answer)

    async def _answer(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        try:
            await self.app(scope, receive, answer.send)
        except ClientDisconnect:  # it left before its request was whole
            answer.status, answer.cut = answer.status or _LEFT, "left"
        except Exception as error:
            answer.cut = type(error.__cause__ or error).__name__
            LOG.error("failed", exc_info=error, extra={"said": {"request": answer.id}})
            if not answer.status:
                problem = Problem(500, "an error of this server; it has been logged", more={"request": answer.id})
                await respond(Request(scope), problem)(scope, receive, answer.send)
            # An answer that has begun is left without its end: the connection breaks, so nobody takes it for whole.

    def _tell(self, scope: Scope, raw: bytes, answer: "_Answer") -> None:
        seconds = time.perf_counter() - answer.began
        route = getattr(scope.get("route"), "path", "none")
        self.metrics.answered(scope["method"], route, answer.status, seconds, answer.size)
        if cut := answer.cut if answer.status < 500 and not answer.whole else "":
            self.metrics.cut.labels(cut).inc()
        local = scope["path"].removeprefix(scope.get("root_path", ""))
        level = logging.DEBUG if local in _QUIET else logging.INFO
        if not LOG.isEnabledFor(level):
            return
        said = {
            "method": scope["method"][:16], "path": raw.partition(b"?")[0][:512].decode("ascii", "replace"),
            "status": answer.status, "seconds": round(seconds, 4), "bytes": answer.size,
            "client": scope["client"][0] if scope.get("client") else "", "request": answer.id, "route": route,
        }  # fmt: skip
        record = logging.LogRecord(LOG.name, level, "", 0, "request", None, None)  # the place of this line is no news
        record.said = said | ({"cut": cut} if cut else {})
        LOG.handle(record)


class _Answer:
    """What is sent, watched."""

    def __init__(self, scope: Scope, send: Send, request_id: str) -> None:
        self.id, self.began = request_id, time.perf_counter()
        self.status, self.size, self.whole, self.cut = 0, 0, False, "broke off"
        self._send, self._head = send, scope["method"] == "HEAD"

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = secured(message.get("headers", ()))
            headers.append((b"x-request-id", self.id.encode()))
            message = {**message, "headers": headers}
            await self._send(message)
            self.status = message["status"]
            return
        if message["type"] == "http.response.body" and not self._head:
            self.size += len(message.get("body", b""))
        await self._send(message)
        self.whole = self.whole or not message.get("more_body", False)


def id_of(header: bytes | None) -> str:
    """The id that a request came with, where it is a plain word; else a new one."""
    return header.decode() if header and _ID.fullmatch(header) else secrets.token_hex(8)


def _behind_proxy(scope: Scope, proxies: Networks) -> None:
    """Let a trusted proxy say who asks, and whether by https."""
    peer = scope.get("client")
    if not peer or peer[0] not in proxies:
        return
    headers = Headers(scope=scope)
    scope["client"] = (client_of(peer[0], ",".join(headers.getlist("x-forwarded-for")), proxies), 0)
    if (scheme := headers.get("x-forwarded-proto", "").strip().lower()) in ("http", "https"):
        scope["scheme"] = scheme


def _strip_twice(scope: Scope) -> None:
    """Take a path with the root path in front as one without: a proxy may strip it or not."""
    root = scope.get("root_path", "")
    if root and (scope["path"] + "/").startswith(f"{root}{root}/"):
        scope["path"] = scope["path"][len(root) :]
        scope["raw_path"] = scope.get("raw_path", b"")[len(root.encode()) :]
