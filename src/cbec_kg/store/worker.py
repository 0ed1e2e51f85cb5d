"""Run one query in a process of its own, which can be killed.

Oxigraph has neither a deadline nor a way to cancel, and a deeply nested query takes its whole process down. So a query
that somebody typed runs in a child; the parent waits, kills at the deadline, and turns a crash into one line.

>>> command(Path("store/builds/0001"), 60, rows=100)[-4:]
['store/builds/0001', '65', '100', '0']
"""

import math
import pickle
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from cbec_kg.errors import CbecError, QueryError, QueryTimeout
from cbec_kg.store.base import QueryResult, Solutions
from cbec_kg.store.engine import open_build, run

__all__ = ["command", "end_all", "query_in_process", "received"]

_GRACE = 5
"""Seconds of processor time that a child may have beyond its deadline: its parent ends it before, if it lives."""
_running: set[subprocess.Popen[bytes]] = set()


def command(build: Path, timeout: float, *, rows: int = 0, memory: int = 0) -> list[str]:
    """The child's command line; it reads the query from its standard input and writes an answer for `received`.

    It stops after ``rows`` rows or triples, and may have ``memory`` bytes; 0 is without limit. Its processor time is
    bounded by ``timeout`` too, so that it ends where its parent was killed.
    """
    seconds = math.ceil(timeout) + _GRACE
    return [sys.executable, "-m", __name__, str(build), str(seconds), str(rows), str(memory)]


def received(code: int, answer: bytes) -> QueryResult:
    """What a child that ended with ``code`` found; raises what it raised, `QueryError` where it crashed."""
    if code:
        raise QueryError(
            f"the query brought its process down (status {code})",
            fix="it may be nested too deeply or need too much memory",
        )
    kind, payload = pickle.loads(answer)
    if kind == "error":
        raise payload
    if kind == "rows":
        variables, rows = payload
        return Solutions(variables, iter(rows))
    return bool(payload) if kind == "boolean" else iter(payload)


def query_in_process(build: Path, sparql: str, timeout: float) -> QueryResult:
    """Result of a query on a build's folder, within ``timeout`` seconds; raises `QueryTimeout` or `QueryError`."""
    with subprocess.Popen(
        command(build, timeout), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
        _running.add(child)
        try:
            answer, _ = child.communicate(sparql.encode("utf-8"), timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            raise QueryTimeout(
                f"the query did not end within {timeout:g} seconds", fix="narrow it, add LIMIT, or raise --timeout"
            ) from None
        except BaseException:
            child.kill()
            raise
        finally:
            _running.discard(child)
    return received(child.returncode, answer)


def end_all() -> None:
    """End the children that `query_in_process` waits for in any thread, for a process that ends without them."""
    for child in list(_running):
        child.kill()


def _answer(build: str, sparql: str, most: int) -> tuple[str, Any]:
    def some(items: Iterable[Any]) -> list[Any]:
        return list(islice(items, most or None))

    try:
        result = run(open_build(Path(build)), sparql)
        if isinstance(result, Solutions):
            return "rows", (result.variables, some(result.rows))
        return ("boolean", result) if isinstance(result, bool) else ("triples", some(result))
    except CbecError as error:
        return "error", error


def _keep_to(seconds: int, memory: int) -> None:
    """Let this process have so much time and so many bytes; where the system knows no such limit, there is none."""
    import resource

    for limit, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
        if most:
            with suppress(OSError, ValueError):
                resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    _keep_to(int(sys.argv[2]), int(sys.argv[4]))
    found = _answer(sys.argv[1], sys.stdin.buffer.read().decode("utf-8"), int(sys.argv[3]))
    sys.stdout.buffer.write(pickle.dumps(found))
