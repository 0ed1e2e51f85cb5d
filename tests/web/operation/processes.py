"""What a server started, and whether it is gone.

>>> import os
>>> alive(os.getpid()), alive(0)
(True, False)
"""

from pathlib import Path

__all__ = ["alive", "children"]


def children(process: int) -> list[int]:
    """Processes that a process started."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def alive(process: int) -> bool:
    """Whether a process is there, and no zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False
