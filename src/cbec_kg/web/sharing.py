"""Answers that scripts of any site may read (CORS: https://fetch.spec.whatwg.org/#http-cors-protocol).

None of them depends on who asks.

>>> preflight("GET, HEAD, OPTIONS")["Access-Control-Allow-Methods"]
'GET, HEAD, OPTIONS'
"""

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["METHODS", "OPEN", "Open", "preflight"]

METHODS = ("GET", "HEAD", "OPTIONS")
"""What is answered where nothing is written."""
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, Content-Language, ETag, Last-Modified, Link, Location, "
    "Retry-After, WWW-Authenticate, X-Pointing",
}
"""Headers of an answer that any page may read."""


def preflight(methods: str) -> dict[str, str]:
    """Headers that let a page ask by some methods, without credentials: ``*`` is not for Authorization."""
    return {
        "Allow": methods, "Access-Control-Allow-Methods": methods, "Access-Control-Allow-Headers": "*",
        "Access-Control-Max-Age": "86400",
    }  # fmt: skip


class Open:
    """Opens the answers of a route, its errors too, and answers OPTIONS itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, and say so in headers."""

        async def opened(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(OPEN)
            await send(message)

        if scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=preflight(", ".join(METHODS)))(scope, receive, opened)
        else:
            await self._app(scope, receive, opened)
