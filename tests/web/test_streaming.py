"""Answers on real sockets: whole, cut off, to HTTP/1.0, to clients that leave."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from cbec_kg.errors import CbecError
from cbec_kg.store.pool.examples import names, store_of_examples
from cbec_kg.store.pool.limits import Limits
from cbec_kg.store.pool.pool import Pool
from cbec_kg.web.leaving import Left
from cbec_kg.web.streaming import FIRST, StreamedAnswer
from tests.store import pooled

LONG = FIRST * 40
LIMITS = Limits(seconds=20, memory=0, bytes=LONG)
WORK = {"whole": pooled.whole, "cut": pooled.cut, "slow": pooled.slow}


@pytest.fixture(scope="module")
def small() -> Iterator[Path]:
    """A store that says one thing."""
    with store_of_examples() as folder:
        yield folder


def told(store: Path, doing: Callable[[int, Pool], Awaitable[Any]], limits: Limits = LIMITS) -> Any:
    """What is done with the port of a server that streams, and its pool."""

    async def done() -> Any:
        async with Pool(store, limits, readers=1) as pool:

            async def answer(request: Request) -> Response:
                work = WORK[request.path_params["work"]]
                return await StreamedAnswer.of(request, pool, work, int(request.path_params["size"]))

            def refused(request: Request, error: Exception) -> Response:
                assert isinstance(error, CbecError)
                return PlainTextResponse(str(error), error.http_status)

            def left(request: Request, error: Exception) -> Response:
                return Response(status_code=499)

            app = Starlette(
                routes=[Route("/{work}/{size}", answer)],
                exception_handlers={CbecError: refused, Left: left, HTTPException: left},
            )
            server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off", ws="none"))
            serving = asyncio.create_task(server.serve())
            async with asyncio.timeout(60):
                while not server.started:
                    await asyncio.sleep(0.01)
                port = server.servers[0].sockets[0].getsockname()[1]
                given = await doing(port, pool)
                server.should_exit = True
                await serving
            assert await pool.call(names) == ["id:shein"]
            return given

    return asyncio.run(done())


async def got(port: int, path: str, version: str = "1.1", method: str = "GET") -> tuple[str, dict[str, str], bytes]:
    """Status, headers and the body as it came, chunks with their sizes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"{method} {path} HTTP/{version}\r\nHost: a\r\nConnection: close\r\n\r\n".encode())
    head, _, body = (await reader.read(-1)).partition(b"\r\n\r\n")
    writer.close()
    status, *headers = head.decode().split("\r\n")
    return status.split()[1], dict(line.lower().split(": ") for line in headers), body


def test_an_answer_that_is_all_there_has_a_length(small):
    async def doing(port, pool):
        return [
            await got(port, "/whole/70000"), await got(port, "/cut/70000"), await got(port, f"/whole/{LONG + 1}"),
            await got(port, "/whole/70000", method="HEAD"),
        ]  # fmt: skip

    whole, cut, big, head = told(small, doing)
    assert (whole[0], whole[1]["content-length"], len(whole[2])) == ("200", "70000", 70_000)
    assert whole[1]["content-type"] == "text/plain; charset=utf-8"
    assert cut[0] == "400", "it failed in its first part, and nothing had been said"
    assert b"failed on its way" in cut[2]
    assert big[0] == "200", "it is cut in the middle"
    assert not big[2].endswith(b"0\r\n\r\n")
    assert (head[0], head[2]) == ("200", b"")


def test_an_answer_that_fails_on_its_way_has_no_last_chunk(small):
    async def doing(port, pool):
        return await got(port, f"/whole/{LONG}"), await got(port, f"/cut/{FIRST * 2}")

    whole, cut = told(small, doing)
    assert whole[1]["transfer-encoding"] == cut[1]["transfer-encoding"] == "chunked"
    assert whole[2].endswith(b"\r\n0\r\n\r\n")
    assert len(cut[2]) > FIRST
    assert not cut[2].endswith(b"0\r\n\r\n")


def test_http_1_0_gets_a_length_or_an_error(small):
    async def doing(port, pool):
        return await got(port, f"/whole/{LONG}", "1.0"), await got(port, f"/cut/{FIRST * 2}", "1.0")

    whole, cut = told(small, doing)
    assert (whole[0], whole[1]["content-length"], len(whole[2])) == ("200", str(LONG), LONG)
    assert cut[0] == "400", "without chunks, a part looks like the whole"


@pytest.mark.parametrize("path", ["/slow/10", f"/slow/{FIRST * 2}"], ids=["before its first part", "after it"])
def test_a_client_that_leaves_stops_its_reader(small, path):
    async def doing(port, pool):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        while not pool.busy:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        assert not reader.at_eof()
        writer.close()
        while not pool.killed:
            await asyncio.sleep(0.01)

    told(small, doing)
