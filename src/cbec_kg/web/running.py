"""Run the server until it is told to stop.

>>> address("::1", 8000), address("127.0.0.1", 8000, "/kg")
('http://[::1]:8000/', 'http://127.0.0.1:8000/kg/')
"""

import asyncio
import socket
from collections.abc import Callable
from types import FrameType

import uvicorn

from cbec_kg.web.app import application
from cbec_kg.web.operation.listening import listening
from cbec_kg.web.settings import Settings

__all__ = ["address", "serve"]


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; requests at hand are answered first.

    Where it listens is told to ``say``, once it answers. Raises `CannotListen`.
    """
    listener = listening(settings.host, settings.port)
    config = uvicorn.Config(
        application(settings), root_path=settings.root_path, log_config=None, log_level="warning",
        access_log=False, proxy_headers=False, server_header=False, timeout_graceful_shutdown=10, lifespan="on",
        ws="none",
    )  # fmt: skip
    where = address(settings.host, listener.getsockname()[1], settings.root_path)
    asyncio.run(_Server(config, lambda: say(f"{where} serves {settings.store} (Ctrl-C stops)")).serve([listener]))


def address(host: str, port: int, root_path: str = "") -> str:
    """The address of a server."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{root_path}/"


class _Server(uvicorn.Server):
    """Uvicorn's server, which tells when it answers, and ends with status 0 when it is told to stop."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Uvicorn's own raises the signal again after its end, so that the process looks killed.
        self.force_exit = self.should_exit
        self.should_exit = True
