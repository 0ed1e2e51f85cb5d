"""Calls in threads of their own, which leave there what they had in hand.

>>> asyncio.run(in_thread(divmod, 7, 2))
(3, 1)
"""

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

__all__ = ["in_thread"]

Given = TypeVar("Given")


async def in_thread(call: Callable[..., Given], *arguments: Any) -> Given:
    """What a call gives; raises what it raises, without the frames of the thread.

    Oxigraph's rows must be dropped by the thread that asked for them, and an error's frames hold them.
    """
    found = await asyncio.to_thread(_made, call, arguments)
    if isinstance(found, Exception):
        raise found
    return found


def _made(call: Callable[..., Given], arguments: tuple[Any, ...]) -> Given | Exception:
    try:
        return call(*arguments)
    except Exception as error:
        error.__cause__ = error.__context__ = None
        return error.with_traceback(None)
