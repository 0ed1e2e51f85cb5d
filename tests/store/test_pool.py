"""What a pool of readers holds: time, memory, size, network; and that one reader's end is nobody else's."""

import asyncio
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cbec_kg.errors import QueryError, QueryTimeout, StoreError
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.terms import RDFS_LABEL, Quad, iri, text
from cbec_kg.store.builds import new_build, writing
from cbec_kg.store.edits import apply, open_for_edits
from cbec_kg.store.pool.examples import names, store_of_examples
from cbec_kg.store.pool.limits import Busy, Limits, TooBig, TooCostly
from cbec_kg.store.pool.pool import Pool
from tests.store import pooled

LIMITS = Limits(seconds=20, memory=128 << 20, bytes=1_000_000)
BRIEF = Limits(seconds=0.3, memory=LIMITS.memory, bytes=LIMITS.bytes)


@pytest.fixture(scope="module")
def small() -> Iterator[Path]:
    """A store that says one thing."""
    with store_of_examples() as folder:
        yield folder


def tried(store: Path, doing: Callable[[Pool], Awaitable[Any]], **options: Any) -> Any:
    """What is done with a pool, which is right and at work afterwards."""

    async def done() -> Any:
        async with Pool(store, options.pop("limits", LIMITS), **{"readers": 1, **options}) as pool:
            given = await doing(pool)
            assert await pool.call(names) == ["id:shein"]
            assert await pool.call(names) == ["id:shein"]
            assert (pool.busy, pool.waiting) == (0, 0)
            await until(lambda: len(pool.processes) == pool.readers + 1)
            return given

    return asyncio.run(done())


async def read(pool: Pool, work: Callable[..., Any], *arguments: Any, **options: Any) -> list[bytes]:
    """Chunks of a stream."""
    async with pool.stream(work, *arguments, **options) as answer:
        return [chunk async for chunk in answer.chunks()]


async def until(reached: Callable[[], bool]) -> None:
    """Wait for what comes soon."""
    async with asyncio.timeout(20):
        while not reached():
            await asyncio.sleep(0.01)


def test_work_that_overruns_is_killed_and_replaced(small):
    async def doing(pool):
        first = await pool.call(pooled.pid)
        with pytest.raises(QueryTimeout, match="before its deadline"):
            await pool.call(pooled.wait, 60, limits=BRIEF)
        with pytest.raises(QueryTimeout):
            await read(pool, pooled.slow, 70_000, limits=BRIEF)
        return first, pool.killed

    first, killed = tried(small, doing)
    assert killed == 2
    assert not Path(f"/proc/{first}").exists() or first != os.getpid()


def test_the_imports_of_a_fresh_reader_are_not_its_first_work_s_time(small):
    async def doing(pool):
        waited = Limits(seconds=1, memory=LIMITS.memory, bytes=LIMITS.bytes)
        return [await pool.call(names, limits=waited) for _ in range(3)], pool.killed

    assert tried(small, doing, modules=["tests.store.slowly"]) == ([["id:shein"]] * 3, 0)


GROWTH = "REPLACE(" * 9 + "'aaaaaaaaaa'" + ",'a','aaaaaaaaaa')" * 9
VALUES = "VALUES ?a { " + "1 " * 3000 + "} VALUES ?b { " + "1 " * 3000 + "}"


@pytest.mark.parametrize(
    ("work", "argument", "reason"),
    [
        (pooled.fill, 1 << 28, "needs more memory than it may have (128 MB)"),
        (pooled.asked, f"SELECT ({GROWTH} AS ?long) {{}}", "needs more memory than it may have (128 MB)"),
        (pooled.asked, f"SELECT * {{ {VALUES} }} ORDER BY ?a", "needs more memory than it may have (128 MB)"),
        (pooled.asked, "SELECT * " + "{" * 100_000 + "}" * 100_000, "is nested too deeply"),
    ],
    ids=["Python's memory", "one long text", "rows that are ordered", "a hundred thousand braces"],
)  # fmt: skip
def test_what_brings_a_reader_down_is_said_in_a_line(small, work, argument, reason):
    async def doing(pool):
        with pytest.raises(TooCostly) as raised:
            await pool.call(work, argument)
        return raised.value

    error = tried(small, doing)
    assert reason in str(error)
    assert "\n" not in str(error)
    assert error.http_status == 503


def test_a_reader_that_ends_by_itself_is_said_and_replaced(small):
    async def doing(pool):
        with pytest.raises(TooCostly, match="status 3"):
            await pool.call(pooled.die)
        with pytest.raises(RuntimeError, match="KeyError"):
            await pool.call(pooled.broken)

    tried(small, doing)


def test_an_answer_has_its_size(small):
    async def doing(pool):
        chunks = await read(pool, pooled.whole, 999_999)
        assert sum(map(len, chunks)) == 999_999
        assert max(map(len, chunks)) == 64 << 10
        with pytest.raises(TooBig, match="more than 1,000,000 bytes"):
            await read(pool, pooled.whole, 1_000_001)
        with pytest.raises(TooBig):
            await pool.call(pooled.length, 1_000_001)
        return pool.killed

    assert tried(small, doing) == 0, "a reader that said what is wrong works on"


def test_what_fails_on_its_way_never_looks_whole(small):
    async def doing(pool):
        with pytest.raises(QueryError, match="failed on its way"):
            await pool.stream(pooled.cut, 10).__aenter__()  # in its first chunk, so before the head
        async with pool.stream(pooled.cut, 200_000) as answer:
            chunks = answer.chunks()
            assert [len(await anext(chunks)) for _ in range(3)] == [64 << 10] * 3
            with pytest.raises(QueryError, match="failed on its way"):
                await anext(chunks)
        return pool.killed

    assert tried(small, doing) == 0


def test_who_leaves_stops_the_work(small):
    async def doing(pool):
        asking = asyncio.create_task(pool.call(pooled.wait, 60))
        await until(lambda: pool.busy == 1)
        asking.cancel()
        await asyncio.wait([asking])
        async with pool.stream(pooled.slow, 70_000) as answer:
            await anext(answer.chunks())
        return pool.killed

    assert tried(small, doing) == 2


def test_readers_that_died_unasked_cost_nobody_a_request(small):
    async def doing(pool):
        for _ in range(3):
            await until(lambda: len(pool.processes) == pool.readers + 1)
            for process in pool.processes:
                os.kill(process, signal.SIGKILL)
            assert [await pool.call(names) for _ in range(3)] == [["id:shein"]] * 3

    tried(small, doing)


def test_a_reader_that_kept_too_much_goes_after_its_answer(small):
    async def doing(pool):
        return {await pool.call(pooled.keep, 80 << 20) for _ in range(4)}, pool.killed

    processes, killed = tried(small, doing)
    assert len(processes) == 4, "each left too little for the next"
    assert killed == 0


def test_readers_that_do_not_start_are_said_in_a_line(small, monkeypatch):
    async def started():
        async with Pool(small, LIMITS):
            pytest.fail("it cannot start")

    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    with pytest.raises(StoreError, match="a reader of the graph cannot be started: ") as raised:
        asyncio.run(started())
    assert "\n" not in str(raised.value)


def test_modules_are_imported_while_nobody_waits(small):
    async def doing(pool):
        async with asyncio.timeout(20):
            while "colorsys" not in await pool.call(pooled.modules):
                await asyncio.sleep(0.01)

    tried(small, doing, modules=["no_such_module", "colorsys"])


def test_readers_reach_no_server(small):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.2)
        port = listening.getsockname()[1]

        async def doing(pool):
            return pool.network, await pool.call(pooled.call_out, port)

        network, said = tried(small, doing)
        assert network in ("filtered", "unshared")
        assert said in ("Operation not permitted", "Network is unreachable")
        with pytest.raises(TimeoutError):
            listening.accept()
        network, said = tried(small, doing, services=True)
        assert (network, said) == ("open", "reached")
        listening.accept()[0].close()


def test_one_too_many_is_busy_and_pages_go_on(small):
    async def doing(pool):
        long = [asyncio.create_task(pool.call(pooled.wait, 0.5, lane="query")) for _ in range(3)]
        await until(lambda: pool.waiting == 2)
        with pytest.raises(Busy) as raised:
            await pool.call(names, lane="query")
        assert raised.value.seconds == 10
        assert await pool.call(names) == ["id:shein"], "one reader is left for pages"
        assert not any(task.done() for task in long)
        with pytest.raises(Busy):
            await pool.call(names, lane="query", limits=BRIEF)
        return await asyncio.gather(*long)

    assert tried(small, doing, waiting=2) == ["waited"] * 3


def test_readers_follow_builds_and_edits_without_a_failure(tmp_path):
    label = f"PREFIX rdfs: <{PREFIXES['rdfs']}> SELECT ?name {{ ?s rdfs:label ?name }}"

    def quads(number: int) -> list[Quad]:
        return [Quad(iri("id:made-up"), RDFS_LABEL, text(f"{number}", "en"))]

    def change() -> None:
        for number in range(1, 9):
            with writing(tmp_path):
                build = new_build(tmp_path, quads(number))
        with writing(tmp_path):
            store = open_for_edits(build)
            for number in range(9, 17):
                apply(store, quads(number - 1), quads(number))

    async def doing():
        with writing(tmp_path):
            new_build(tmp_path, quads(0))
        async with Pool(tmp_path, LIMITS, readers=2) as pool:
            changing = asyncio.create_task(asyncio.to_thread(change))
            seen = []

            async def ask():
                while not changing.done():
                    seen.append((await pool.call(pooled.asked, label))[0][0])

            await asyncio.gather(ask(), ask())
            await changing
            last = await pool.call(pooled.asked, label)
            return seen, last, pool.killed

    seen, last, killed = asyncio.run(doing())
    assert last == [['"16"@en']]
    assert len(set(seen)) > 3, "answers change over"
    assert killed == 0


def test_readers_make_what_is_wanted_first_while_they_are_idle(small):
    async def doing(pool):
        await until(lambda: not pool._cold)
        first = await pool.call(pooled.made)
        with pytest.raises(QueryTimeout):
            await pool.call(pooled.wait, 60, limits=BRIEF)
        await until(lambda: len(pool.processes) == pool.readers + 1 and not pool._cold)
        return first, await pool.call(pooled.made)

    assert tried(small, doing, warming=pooled.__name__) == (["made", "made"], ["made", "made"])


def test_a_reader_that_ends_while_it_makes_something_is_replaced_and_none_tries_again(small):
    async def doing(pool):
        await until(lambda: not pool._warming)

    tried(small, doing, warming="tests.store.ending")
