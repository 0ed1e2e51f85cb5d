"""Run one query in a process of its own, which can be killed.

Oxigraph has neither a deadline nor a way to cancel, and a deeply nested query takes its whole process down. So a query
that somebody typed runs in a child; the parent waits, kills at the deadline, and turns a crash into one line.
"""

import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from cbec_kg.errors import CbecError, QueryError, QueryTimeout
from cbec_kg.store.base import QueryResult, Solutions
from cbec_kg.store.engine import open_build, run

__all__ = ["query_in_process"]


def query_in_process(build: Path, sparql: str, timeout: float) -> QueryResult:
    """Result of a query on a build's folder, within ``timeout`` seconds; raises `QueryTimeout` or `QueryError`."""
    command = [sys.executable, "-m", __name__, str(build)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as child:
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
    if child.returncode:
        raise QueryError(
            f"the query brought its process down (status {child.returncode})",
            fix="it may be nested too deeply or need too much memory",
        )
    kind, payload = pickle.loads(answer)
    if kind == "error":
        raise payload
    if kind == "rows":
        variables, rows = payload
        return Solutions(variables, iter(rows))
    return bool(payload) if kind == "boolean" else iter(payload)


def _answer(build: str, sparql: str) -> tuple[str, Any]:
    try:
        result = run(open_build(Path(build)), sparql)
        if isinstance(result, Solutions):
            return "rows", (result.variables, list(result.rows))
        return ("boolean", result) if isinstance(result, bool) else ("triples", list(result))
    except CbecError as error:
        return "error", error


if __name__ == "__main__":
    sys.stdout.buffer.write(pickle.dumps(_answer(sys.argv[1], sys.stdin.buffer.read().decode("utf-8"))))
