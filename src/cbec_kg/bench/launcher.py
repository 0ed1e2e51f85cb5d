"""Run a command and print what it cost: one line of JSON with wall seconds, CPU seconds, peak memory, exit code.

A file that is run by itself, in as small a process as there is: a child's peak memory counts from that of its parent.

>>> import sys
>>> cost = measure([sys.executable, "-c", "pass"])
>>> cost["exit"], cost["peak_bytes"] > 1_000_000, cost["cpu_seconds"] > 0
(0, True, True)
"""

import json
import os
import sys
import time

__all__ = ["measure"]


def measure(command: list[str]) -> dict[str, float]:
    """Cost of a command whose output is thrown away."""
    silent = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begun = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=silent)
    _, status, used = os.wait4(child, 0)
    wall = time.perf_counter() - begun
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss
    return {
        "wall_seconds": wall,
        "cpu_seconds": used.ru_utime + used.ru_stime,
        "peak_bytes": used.ru_maxrss * unit,
        "exit": os.waitstatus_to_exitcode(status),
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1:])))
