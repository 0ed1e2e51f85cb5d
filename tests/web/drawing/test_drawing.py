"""The process that draws: what it does with charts that are wrong, too slow, or too many, and when it is killed."""

import asyncio
from typing import Any

import pytest

from cbec_kg.store.pool.limits import Busy
from cbec_kg.web.drawing import drawing as module
from cbec_kg.web.drawing.artist import drawn
from cbec_kg.web.drawing.drawing import Drawing, Undrawn

CHART: dict[str, Any] = {
    "data": {"values": [{"a": 1, "b": "<&>"}]}, "mark": "text", "encoding": {"text": {"field": "b"}},
}  # fmt: skip


def test_after_a_chart_that_cannot_be_drawn_and_a_kill_the_next_is_drawn() -> None:
    async def some() -> bytes:
        async with Drawing() as drawing:
            with pytest.raises(Undrawn, match="could not be drawn"):
                await drawing.draw({"mark": {"type": "nothing of that name"}, "data": 7}, "svg")
            first = await drawing.draw(CHART, "svg")
            assert drawing._process is not None
            drawing._process.kill()
            assert await drawing.draw(CHART, "svg") is first  # kept
            assert (await drawing.draw(CHART, "png")).startswith(b"\x89PNG")
            return first

    assert b"&lt;&amp;&gt;" in asyncio.run(some())


def test_what_takes_too_long_is_killed_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    async def one() -> None:
        async with Drawing(seconds=0.01) as drawing:  # less than its start takes
            with pytest.raises(Undrawn, match="not drawn in time"):
                await drawing.draw(CHART, "svg")
            assert drawing._process is None

    asyncio.run(one())


def test_more_than_may_wait_are_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_WAITING", 1)

    async def two() -> list[object]:
        async with Drawing() as drawing:
            return await asyncio.gather(
                drawing.draw(CHART, "svg"), drawing.draw(CHART, "svg"), return_exceptions=True
            )  # fmt: skip

    first, second = asyncio.run(two())
    assert isinstance(first, bytes)
    assert isinstance(second, Busy)


def test_a_chart_asks_for_nothing_from_elsewhere() -> None:
    with pytest.raises(Exception, match=r"(?i)url|allowed|load|base"):
        drawn("svg", '{"data": {"url": "http://127.0.0.1:9/a.json"}, "mark": "point", "encoding": {}}')
