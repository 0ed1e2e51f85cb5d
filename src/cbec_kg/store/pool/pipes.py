"""What a reader says, as it comes: frames of its standard output, lines of its standard error.

A frame that is there is taken without a turn of the loop; a small answer comes in one piece, so that all of it costs
one turn.

>>> import asyncio
>>> from cbec_kg.store.pool.frames import CHUNK, END, frame
>>> async def said(data):
...     pipes = Pipes(print)
...     for start in range(0, len(data), 4):
...         pipes.pipe_data_received(1, data[start : start + 4])
...     pipes.pipe_data_received(2, b"a line\\nand half")
...     return [await pipes.read(60) for _ in range(2)]
>>> asyncio.run(said(frame(CHUNK, b"abcdef") + frame(END)))
a line
[(b'c', b'abcdef'), (b'.', b'')]
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import cast

from cbec_kg.store.pool.frames import HEAD_SIZE, unpack

__all__ = ["Pipes"]

_HELD = 256 << 10
"""Bytes of whole frames that nobody took yet, beyond which no more is read."""
_LINE = 64 << 10
"""Bytes of a line, beyond which it is no line."""


class Pipes(asyncio.SubprocessProtocol):
    """One process's pipes; each line that it says is told to ``listen``."""

    def __init__(self, listen: Callable[[str], None]) -> None:
        self._listen = listen
        self._transport: asyncio.SubprocessTransport | None = None
        self._came, self._frames, self._held = bytearray(), deque[tuple[bytes, bytes]](), 0
        self._line = bytearray()
        self._waiter: asyncio.Future[bool] | None = None
        self._paused = False
        self.at_eof = False
        """Whether its standard output has ended."""
        loop = asyncio.get_running_loop()
        self.ended: asyncio.Future[None] = loop.create_future()
        """Done once it has ended."""
        self.silent: asyncio.Future[None] = loop.create_future()
        """Done once its standard error has ended."""

    async def read(self, seconds: float) -> tuple[bytes, bytes] | None:
        """The next frame, None at the end; raises `TimeoutError`. Asked by one at a time."""
        if not self._frames and not self.at_eof:
            loop = asyncio.get_running_loop()
            self._waiter = waiter = loop.create_future()
            timer = loop.call_at(loop.time() + seconds, self._wake, False)
            try:
                if not await waiter:
                    raise TimeoutError
            finally:
                timer.cancel()
                self._waiter = None
        if not self._frames:
            return None
        kind, payload = self._frames.popleft()
        self._held -= len(payload)
        if self._paused and self._held <= _HELD // 2:
            self._pause(False)
        return kind, payload

    # What the transport tells.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It has started."""
        self._transport = cast(asyncio.SubprocessTransport, transport)

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """It said something."""
        if fd == 2:
            self._lines(data)
            return
        came = self._came
        came += data
        at, end = 0, len(came)
        while end - at >= HEAD_SIZE:
            kind, length = unpack(bytes(came[at : at + HEAD_SIZE]))
            if end - at - HEAD_SIZE < length:
                break
            at += HEAD_SIZE
            self._frames.append((kind, bytes(came[at : at + length])))
            self._held += length
            at += length
        if at:
            del came[:at]
            self._wake(True)
            if not self._paused and self._held > _HELD:
                self._pause(True)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """It says no more there."""
        if fd == 1:
            self.at_eof = True
            self._wake(True)
        elif fd == 2 and not self.silent.done():
            self.silent.set_result(None)

    def process_exited(self) -> None:
        """It has ended."""
        if not self.ended.done():
            self.ended.set_result(None)

    def _wake(self, said: bool) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(said)

    def _pause(self, paused: bool) -> None:
        pipe = self._transport.get_pipe_transport(1) if self._transport is not None else None
        if pipe is not None and not pipe.is_closing():
            self._paused = paused
            reading = cast(asyncio.ReadTransport, pipe)
            (reading.pause_reading if paused else reading.resume_reading)()

    def _lines(self, data: bytes) -> None:
        *lines, rest = (self._line + data).split(b"\n")
        self._line = rest if len(rest) < _LINE else bytearray()
        for line in lines:
            if text := line.decode("utf-8", "replace").strip():
                self._listen(text)
