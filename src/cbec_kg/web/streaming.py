"""Answers that are made while they are sent, and that never look whole where they are not.

An answer's first part is waited for, up to `FIRST` bytes or its end: what fails until then is raised in the handler,
and gets its right status. What fails later ends the connection without the last chunk, so that every client of HTTP/1.1
sees that something is missing (RFC 9112, section 8); HTTP/1.0 knows no chunks and gets a length, once all is there.

>>> from starlette.testclient import TestClient
>>> from cbec_kg.store.pool.examples import lines, store_of_examples
>>> async def application(scope, receive, send):
...     async with Pool(store, Limits(), readers=1) as pool:
...         answer = await StreamedAnswer.of(Request(scope, receive), pool, lines, 2)
...         answer.headers["X-Whole"] = str(answer.whole)
...         await answer(scope, receive, send)
>>> with store_of_examples() as store:
...     got = TestClient(application).get("/")
>>> got.headers["content-type"], got.headers["x-whole"], got.text
('text/plain; charset=utf-8', 'True', 'id:shein\\nid:shein\\n')
"""

import asyncio
import logging
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, suppress
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from cbec_kg.errors import CbecError, QueryTimeout
from cbec_kg.store.pool.limits import Limits
from cbec_kg.store.pool.pool import Answer, Pool
from cbec_kg.web.leaving import unless_left

__all__ = ["FIRST", "StreamedAnswer"]

FIRST = 256 << 10
"""Bytes that are waited for before a status is sent."""
_IN_MEMORY = 1 << 20
_logger = logging.getLogger(__name__)


class StreamedAnswer(Response):
    """A response whose body comes from a reader as it is made; returned by a handler, made by `of`.

    ``head`` is what the work gave first; a text is taken as the media type, else the handler sets its headers.
    ``whole`` says whether all of the body is there already: it then has a length.
    """

    def __init__(self, answer: Answer, first: list[bytes], whole: bool, stack: AsyncExitStack | None) -> None:
        super().__init__(b"".join(first) if whole else b"", media_type=_media(answer.head))
        if not whole:
            del self.headers["content-length"]
        self.head, self.whole = answer.head, whole
        self._answer, self._first, self._stack = answer, first, stack

    @classmethod
    async def of(
        cls, request: Request, pool: Pool, work: Callable[..., tuple[Any, Iterator[bytes]]], *arguments: Any,
        limits: Limits | None = None,
    ) -> "StreamedAnswer":  # fmt: skip
        """The answer of ``work(graph, limits, *arguments)`` in a reader, its first part there.

        The body of ``request`` has been read to its end. Raises what the work raises, `QueryTimeout`, `TooCostly`,
        `TooBig`, `Busy`, and `leaving.Left` where the client goes meanwhile, whose reader is stopped then.
        """
        return await unless_left(request.receive, cls._of(pool.stream(work, *arguments, limits=limits)))

    @classmethod
    async def _of(cls, stream: Any) -> "StreamedAnswer":
        answer: Answer = await stream.__aenter__()
        first, size = [], 0
        try:
            async for chunk in answer.chunks():
                first.append(chunk)
                size += len(chunk)
                if size >= FIRST:
                    stack = AsyncExitStack()
                    stack.push_async_exit(stream)
                    return cls(answer, first, False, stack)
        except BaseException as error:
            await stream.__aexit__(type(error), error, error.__traceback__)
            raise
        await stream.__aexit__(None, None, None)
        return cls(answer, first, True, None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it; an error of the work ends it without its last chunk, a client that leaves stops its reader."""
        if self._stack is None:
            await super().__call__(scope, receive, send)
            return
        async with self._stack:
            if scope["method"] == "HEAD":
                await super().__call__(scope, receive, send)
                return
            sending = asyncio.ensure_future(self._send(scope, send))
            leaving = asyncio.ensure_future(_gone(receive))
            try:
                await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
                if sending.done():
                    sending.result()
            finally:
                for task in (sending, leaving):
                    task.cancel()
                for task in (sending, leaving):
                    with suppress(asyncio.CancelledError, Exception):
                        await task

    async def _send(self, scope: Scope, send: Send) -> None:
        started = False
        try:
            # A client that does not take what it asked for holds a reader: the deadline is for the sending, too.
            async with asyncio.timeout_at(asyncio.get_running_loop().time() + self._answer.left):
                if scope.get("http_version") == "1.0":
                    await self._send_measured(send)
                    return
                await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
                started = True
                async for chunk in self._chunks():
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except (CbecError, TimeoutError) as error:
            if not started and isinstance(error, CbecError):
                raise
            if not started:
                raise QueryTimeout("the answer was not ready before its deadline", fix="ask for less at once") from None
            # Returning without an end has the server close the connection: no client takes the part for the whole.
            _logger.warning("an answer broke off: %s", str(error) or "the client did not take it before its deadline")

    async def _send_measured(self, send: Send) -> None:
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as kept:
            async for chunk in self._chunks():
                kept.write(chunk)
            self.headers["content-length"] = str(kept.tell())
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            kept.seek(0)
            for chunk in iter(lambda: kept.read(FIRST), b""):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _chunks(self) -> AsyncIterator[bytes]:
        while self._first:
            yield self._first.pop(0)
        async for chunk in self._answer.chunks():
            yield chunk


def _media(head: Any) -> str | None:
    return head if isinstance(head, str) else None


async def _gone(receive: Receive) -> None:
    while (await receive()).get("type") != "http.disconnect":
        pass
