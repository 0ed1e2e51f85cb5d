"""Processor time of a process and of those that it started, which a loaded machine changes less than the clock's.

>>> before = spent(os.getpid())
>>> since(before, before)
0.0
"""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

__all__ = ["since", "spent"]


def spent(process: int) -> dict[int, float]:
    """Seconds of each of the processes, by id (``/proc/PID/stat``, Linux), ended threads included."""
    found: dict[int, float] = {}
    with suppress(OSError, ValueError, IndexError):
        folder = Path(f"/proc/{process}")
        user, system = (folder / "stat").read_text().rpartition(")")[2].split()[11:13]
        found[process] = (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        for child in (folder / "task" / str(process) / "children").read_text().split():
            found |= spent(int(child))
    return found


def since(before: Mapping[int, float], after: Mapping[int, float]) -> float:
    """Seconds between; of a process that ended meanwhile, nothing is known."""
    return sum(time - before.get(process, 0) for process, time in after.items())
