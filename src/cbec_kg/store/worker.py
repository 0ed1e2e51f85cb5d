"""Run one query in a process of its own, which can be killed.

Oxigraph has neither a deadline nor a way to cancel, and a deeply nested query takes its whole process down. So a query
that somebody typed runs in a child; the parent waits, kills at the deadline, and turns a crash into one line.

>>> command(Path("store/builds/0001"), rows=100)[-3:]
['store/builds/0001', '100', '0']
"""

import pickle
import subprocess
import sys
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from cbec_kg.errors import CbecError, QueryError, QueryTimeout
from cbec_kg.store.base import QueryResult, Solutions
from cbec_kg.store.engine import open_build, run

__all__ = ["command", "query_in_process", "received"]


def command(build: Path, *, rows: int = 0, memory: int = 0) -> list[str]:
    """The child's command line; it reads the query from its standard input and writes an answer for `received`.

    It stops after ``rows`` rows or triples, and may have ``memory`` bytes; 0 is without limit.
    """
    return [sys.executable, "-m", __name__, str(build), str(rows), str(memory)]


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
        command(build), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as child:
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
    return received(child.returncode, answer)


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


def _keep_to(memory: int) -> None:
    """Let this process have so many bytes; where the system knows no such limit, there is none."""
    if memory:
        import resource

        try:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        except (OSError, ValueError):
            return


if __name__ == "__main__":
    _keep_to(int(sys.argv[3]))
    found = _answer(sys.argv[1], sys.stdin.buffer.read().decode("utf-8"), int(sys.argv[2]))
    sys.stdout.buffer.write(pickle.dumps(found))
