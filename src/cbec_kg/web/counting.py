"""A pool that counts why work got no answer: the class of the error, or that who asked had left.

>>> import asyncio
>>> from contextlib import suppress
>>> from cbec_kg.store.pool.examples import names, store_of_examples
>>> from cbec_kg.store.pool.limits import Limits
>>> async def ask(store):
...     async with CountedPool(store, Limits(), readers=1) as pool:
...         with suppress(RuntimeError):
...             await pool.call(names, "an argument that it does not take")
...     return dict(pool.failed)
>>> with store_of_examples() as store:
...     asyncio.run(ask(store))
{'RuntimeError': 1}
"""

import asyncio
from collections import Counter
from typing import Any

from cbec_kg.store.pool.pool import Pool

__all__ = ["CountedPool"]


class CountedPool(Pool):
    """A `Pool`; ``failed`` says how often which reason."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.failed: Counter[str] = Counter()

    def failed_with(self, error: BaseException) -> None:
        """Count it."""
        if isinstance(error, asyncio.CancelledError):
            self.failed["left"] += 1
        elif isinstance(error, Exception):
            self.failed[type(error).__name__] += 1
