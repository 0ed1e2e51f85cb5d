"""Who asks: the client's address, so that no client has all readers while others wait.

>>> import asyncio
>>> async def application(scope, receive, send):
...     print(ASKING.get())
>>> asyncio.run(Asking(application)({"type": "http", "client": ("192.0.2.1", 1)}, None, None))
192.0.2.1
"""

from starlette.types import ASGIApp, Receive, Scope, Send

from cbec_kg.store.pool.admission import ASKING

__all__ = ["Asking"]


class Asking:
    """Tells the pool, by the context of a request, whose it is; behind a proxy, whom the proxy names."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass it on."""
        client = scope.get("client")
        token = ASKING.set(client[0] if client else "")
        try:
            await self._app(scope, receive, send)
        finally:
            ASKING.reset(token)
