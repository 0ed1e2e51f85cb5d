"""What tests of the assistants' face share: a real process, and the official library's client at its other end."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

TIMEOUT = 120.0


def parameters(store: Path, *arguments: str):
    """How the client starts the server."""
    from mcp import StdioServerParameters

    command = ["-m", "cbec_kg", "mcp", "--store", str(store), *arguments]
    return StdioServerParameters(command=sys.executable, args=command, cwd=ROOT, env={"LC_ALL": "C.UTF-8"})


def talk(store: Path, said: Callable[[Any], Awaitable[Any]], *arguments: str, mode: str = "auto") -> Any:
    """What ``said(client)`` gives, with a client of a server of its own."""
    from mcp import Client

    async def conversation():
        async with Client(parameters(store, *arguments), mode=mode, read_timeout_seconds=TIMEOUT) as client:
            return await said(client)

    return asyncio.run(conversation())


def calls(store: Path, *wanted: tuple[str, dict], server: tuple[str, ...] = ()) -> list:
    """Results of calls one after the other, by one server."""

    async def said(client):
        return [await client.call_tool(name, arguments) for name, arguments in wanted]

    return talk(store, said, *server)


@pytest.fixture(scope="session")
def call(built_store):
    """One call to a server of the built graph."""
    return lambda name, arguments=None: calls(built_store, (name, arguments or {}))[0]
