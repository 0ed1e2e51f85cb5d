"""Draw charts in a process that can be killed, one after another; pictures that were drawn are kept.

The process starts with the first chart and takes about 0.4 seconds and 90 MB then; a chart takes some 20 ms.

>>> chart = {"data": {"values": [{"a": 1}]}, "mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"}}}
>>> async def one_picture() -> bytes:
...     async with Drawing() as drawing:
...         return await drawing.draw(chart, "svg")
>>> asyncio.run(one_picture())[:4]
b'<svg'
"""

import asyncio
import json
import math
import pickle
import sys
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

from cbec_kg.errors import CbecError
from cbec_kg.store.pool.frames import ERROR, HEAD_SIZE, WORK, frame, unpack
from cbec_kg.store.pool.limits import Busy

__all__ = ["Drawing", "NoFont", "Undrawn"]

_KEPT = 32 << 20
"""Bytes of pictures that are kept."""
_SECONDS = 15.0
_MOST_WAITING = 64


class Undrawn(CbecError):
    """A chart that could not be drawn."""

    http_status = 503


class NoFont(Undrawn):
    """A picture with Chinese, on a machine without a Chinese font."""


class Drawing:
    """One process that draws. Used by one event loop; what is over ``seconds`` is killed, and the next starts anew."""

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds, self._one = seconds, asyncio.Lock()
        self._waiting = 0
        self._process: asyncio.subprocess.Process | None = None
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()

    async def __aenter__(self) -> "Drawing":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._end()

    async def draw(self, chart: Mapping[str, Any], form: str) -> bytes:
        """A chart as ``svg`` or ``png``; raises `Undrawn`, `NoFont`, `Busy` where too many wait."""
        return await self._given(form, json.dumps(chart, ensure_ascii=False, sort_keys=True))

    async def script(self) -> bytes:
        """The script by which a browser draws charts: Vega-Embed with all that it needs."""
        return await self._given("script", "")

    async def _given(self, form: str, told: str) -> bytes:
        key = (form, told)
        if self._waiting >= _MOST_WAITING:
            raise Busy(math.ceil(self._seconds / 2))
        self._waiting += 1
        try:
            return await self._next(key)
        finally:
            self._waiting -= 1

    async def _next(self, key: tuple[str, str]) -> bytes:
        async with self._one:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            found = await self._drawn(key)
            self._keep(key, found)
            return found

    async def _drawn(self, key: tuple[str, str]) -> bytes:
        """What the process makes of it; one that had ended meanwhile is replaced, once."""
        for again in (True, False):
            try:
                async with asyncio.timeout(self._seconds):
                    return await self._asked(key)
            except TimeoutError:
                await self._end()
                raise Undrawn("the chart was not drawn in time", fix="try again, or read the table") from None
            except (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError):
                await self._end()
                if not again:
                    break
            except Undrawn:
                raise
            except BaseException:
                await self._end()  # its answer would be taken for that of the next
                raise
        raise Undrawn("the process that draws charts ended", fix="try again, or read the table")

    async def _asked(self, key: tuple[str, str]) -> bytes:
        if self._process is None or self._process.returncode is not None:
            await self._end()
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "cbec_kg.web.drawing.artist",
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            await self._read()
        assert self._process.stdin is not None
        self._process.stdin.write(frame(WORK, pickle.dumps(key)))
        await self._process.stdin.drain()
        kind, payload = await self._read()
        if kind == ERROR:
            said = payload.decode()
            if said.startswith("LookupError: "):
                raise NoFont(said.removeprefix("LookupError: "), fix="install one, such as fonts-noto-cjk")
            raise Undrawn(f"the chart could not be drawn: {said.splitlines()[0]}", fix="read the table")
        return payload

    async def _read(self) -> tuple[bytes, bytes]:
        assert self._process is not None
        assert self._process.stdout is not None
        kind, length = unpack(await self._process.stdout.readexactly(HEAD_SIZE))
        return kind, await self._process.stdout.readexactly(length)

    def _keep(self, key: tuple[str, str], found: bytes) -> None:
        self._kept[key] = found
        while len(self._kept) > 1 and sum(len(name[1]) + len(one) for name, one in self._kept.items()) > _KEPT:
            self._kept.popitem(last=False)

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        if process.stdin is not None:
            process.stdin.close()
            with suppress(BrokenPipeError, ConnectionResetError):
                await process.stdin.wait_closed()
