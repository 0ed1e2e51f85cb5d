"""A pool that counts why work got no answer: the class of the error, or that who asked had left.

>>> import asyncio
>>> from contextlib import suppress
>>> from cbec_kg.errors import CbecError
>>> from cbec_kg.store.pool.examples import names, store_of_examples
>>> from cbec_kg.store.pool.limits import Limits
>>> async def ask(store):
...     async with CountedPool(store, Limits(), readers=1) as pool:
...         with suppress(CbecError):
...             await pool.call(names, limits=Limits(seconds=0.0))
...     return dict(pool.failed)
>>> with store_of_examples() as store:
...     sum(asyncio.run(ask(store)).values())
1
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeVar

from cbec_kg.store.pool.admission import Lane
from cbec_kg.store.pool.limits import Limits
from cbec_kg.store.pool.pool import Answer, Pool

__all__ = ["CountedPool"]

Given = TypeVar("Given")


class CountedPool(Pool):
    """A `Pool`; ``failed`` says how often which reason."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.failed: Counter[str] = Counter()

    async def call(
        self, work: Callable[..., Given], *arguments: Any, limits: Limits | None = None, lane: Lane = "page"
    ) -> Given:
        """As `Pool.call`."""
        with self._counted():
            return await super().call(work, *arguments, limits=limits, lane=lane)

    @asynccontextmanager
    async def stream(
        self, work: Callable[..., tuple[Any, Iterator[bytes]]], *arguments: Any, limits: Limits | None = None,
        lane: Lane = "query",
    ) -> AsyncIterator[Answer]:  # fmt: skip
        """As `Pool.stream`."""
        with self._counted():
            async with super().stream(work, *arguments, limits=limits, lane=lane) as answer:
                yield answer

    @contextmanager
    def _counted(self) -> Iterator[None]:
        try:
            yield
        except asyncio.CancelledError:
            self.failed["left"] += 1
            raise
        except Exception as error:
            self.failed[type(error).__name__] += 1
            raise
