"""Serve one client over standard input and output, until it closes them or the process is asked to end.

>>> log_line(logging.LogRecord("a", logging.WARNING, "", 0, "it %s\\nso", ("is",), None))
'cbec-kg mcp: it is so'
"""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from cbec_kg.errors import MissingExtra
from cbec_kg.mcp.children import end_all
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.store.base import Store

__all__ = ["log_line", "serve"]


def serve(
    store: Store,
    catalogue: Catalogue,
    *,
    lang: str = "en",
    topics: Sequence[str] = (),
    deadline: float | None = None,
) -> None:
    """Serve until standard input ends; SIGTERM and SIGINT end the process, with 0.

    Nothing but the protocol is written to standard output. Raises `MissingExtra`, `StoreError` where there is no graph
    yet, and what a catalogue that cannot be served raises; all of it before anything is read.
    """
    try:
        import mcp.server.lowlevel  # noqa: F401
    except ImportError:
        raise MissingExtra("cbec-kg mcp needs the library mcp", fix='pip install "cbec-kg[mcp]"') from None
    from cbec_kg.mcp.server import made
    from cbec_kg.mcp.toolbox import Toolbox
    from cbec_kg.store.following import OpenGraph

    graph, box = OpenGraph(store), Toolbox(catalogue, lang, topics, deadline)
    graph.build()
    _log_to_stderr()
    asyncio.run(_serve(made(graph, box, lang)))


async def _serve(server: Any) -> None:
    from mcp.server.stdio import stdio_server

    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _end)
    async with stdio_server() as (read, write):
        await server.run(read, write, server.create_initialization_options())
    # A saved query that is still at work in a thread would keep the process; nobody waits for its answer any more.
    _end()


def _end() -> NoReturn:
    """End at once: the thread that waits for standard input cannot be asked to."""
    end_all()
    sys.stderr.flush()
    os._exit(0)


def _log_to_stderr() -> None:
    """Warnings of the library as lines, without tracebacks: hosts show standard error to people."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return log_line(record)


def log_line(record: logging.LogRecord) -> str:
    """One line of a record, with the error that it speaks of."""
    cause = record.exc_info[1] if record.exc_info else None
    said = f"{record.getMessage()}: {cause!r}" if cause else record.getMessage()
    return f"cbec-kg mcp: {' '.join(said.split())}"
