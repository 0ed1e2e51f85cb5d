"""The log beside a store: a line for each build, and how many articles were forgotten; never which.

>>> import tempfile
>>> store = Path(tempfile.mkdtemp())
>>> append(store, {"build": "0001"})
>>> began = length(store)
>>> append(store, {"forgot": 1}, began)
>>> append(store, {"forgot": 1}, began)
>>> entries(store)
[{'build': '0001'}, {'forgot': 1}]
"""

import json
import os
from pathlib import Path
from typing import Any

from cbec_kg.errors import StoreError

__all__ = ["append", "entries", "length"]


def _path(store: Path) -> Path:
    return store / "log.jsonl"


def length(store: Path) -> int:
    """Bytes that the log has now, to be given to `append` by whoever may have to repeat itself."""
    path = _path(store)
    return path.stat().st_size if path.is_file() else 0


def append(store: Path, entry: dict[str, Any], after: int | None = None) -> None:
    """Add a line and have it on disk; ``after`` is the log's length before, so that doing it again adds none."""
    with _path(store).open("ab") as file:
        if after is not None and after < file.tell():
            file.truncate(after)
        held = _path(store).read_bytes()
        if not held.endswith(b"\n") and held:  # half a line of a process that died
            file.truncate(held.rfind(b"\n") + 1)
        file.write(f"{json.dumps(entry)}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def entries(store: Path) -> list[dict[str, Any]]:
    """All lines, oldest first; raises `StoreError` for one that is damaged."""
    path = _path(store)
    if not path.is_file():
        return []
    found = []
    text = path.read_text("utf-8", errors="replace")
    for number, line in enumerate(text[: text.rfind("\n") + 1].splitlines(), 1):
        try:
            found.append(json.loads(line))
        except ValueError:
            raise StoreError(f"{path}:{number} is damaged", fix="remove that line") from None
    return found
