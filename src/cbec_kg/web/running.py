"""Run the server until it is told to stop.

>>> address("::1", 8000), address("127.0.0.1", 8000, "/kg")
('http://[::1]:8000/', 'http://127.0.0.1:8000/kg/')
"""

import asyncio
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType
from typing import Any

import uvicorn

from cbec_kg.errors import CbecError, StoreMissing
from cbec_kg.store.builds import current
from cbec_kg.web.app import application
from cbec_kg.web.operation.clients import Networks
from cbec_kg.web.operation.connections import Connections
from cbec_kg.web.operation.hosts import is_loopback
from cbec_kg.web.operation.listening import listening
from cbec_kg.web.operation.logs import set_up
from cbec_kg.web.operation.metrics import of_wire
from cbec_kg.web.operation.notify import notify
from cbec_kg.web.operation.token import check_token
from cbec_kg.web.operation.wire import Patience, Wire, sweep
from cbec_kg.web.settings import Settings

__all__ = ["address", "serve"]

_BACKLOG = 512
_FILES_BESIDES = 128
"""Files that the server opens besides connections: its readers' pipes, its own modules and pages."""


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; requests at hand are answered first.

    Where it listens is told to ``say``, once it answers. Raises `CannotListen`, `StoreMissing`, `WeakToken`,
    `NoNetwork`, `CbecError` for a scratch server that others could reach.
    """
    if settings.scratch and not is_loopback(settings.host):
        raise CbecError(
            f"--scratch lets everybody write, and {settings.host} is for others too", fix="leave --host out"
        )
    check_token(settings)
    if not settings.scratch and current(settings.store) is None:
        raise StoreMissing(f"no graph in {settings.store}", fix="cbec-kg build")
    proxies = Networks(settings.proxies)
    connections = Connections(min(settings.connections, _most_connections()), settings.connections_each)
    app = application(settings)
    app.state.metrics.watch(lambda: of_wire(connections))
    set_up(settings.log_format, settings.log_level)
    listener = listening(settings.host, settings.port, _BACKLOG)
    wire: Any = partial(Wire, connections, Patience(settings.patience), proxies)
    config = uvicorn.Config(
        app, http=wire, ws="none", lifespan="on", root_path=settings.root_path, log_config=None, access_log=False,
        proxy_headers=False, server_header=False, backlog=_BACKLOG, timeout_keep_alive=int(min(15, settings.patience)),
        timeout_graceful_shutdown=settings.grace,  # type: ignore[arg-type]  # any number of seconds will do
    )  # fmt: skip
    where = address(settings.host, listener.getsockname()[1], settings.root_path)
    what = "an empty dataset in memory" if settings.scratch else settings.store
    server = _Server(config, lambda: say(f"{where} serves {what} (Ctrl-C stops)"))
    if not sys.stderr.isatty():  # who closes a terminal ends what runs in it; else a hangup means nothing here
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    asyncio.run(server.serve([listener]))
    if not server.started:
        raise CbecError("the server did not start", fix="its log says why")


def address(host: str, port: int, root_path: str = "") -> str:
    """The address of a server."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{root_path}/"


def _most_connections() -> int:
    """Connections for which there are file descriptors, once as many of these are allowed as may be.

    Connections are accepted in bunches as long as the backlog, before any is closed for being one too many.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY:
        hard = 1 << 20
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(16, soft - 2 * _BACKLOG - _FILES_BESIDES)


class _Server(uvicorn.Server):
    """Uvicorn's server, which tells when it answers, looks after its connections, and ends with status 0."""

    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()
        notify("READY=1")

    async def on_tick(self, counter: int) -> bool:
        if counter % 10 == 0:  # uvicorn ticks ten times a second
            sweep(self.server_state.connections)
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        notify("STOPPING=1")
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        # Uvicorn's own raises the signal again after its end, so that the process looks killed.
        self.force_exit = self.should_exit
        self.should_exit = True
