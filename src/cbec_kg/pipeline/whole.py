"""Write a file so that it is there as a whole or not at all, and on disk.

>>> import tempfile
>>> path = Path(tempfile.mkdtemp()) / "a.json"
>>> write_whole(path, "{}\\n")
>>> path.read_text()
'{}\\n'
"""

import os
from contextlib import suppress
from pathlib import Path

from cbec_kg.errors import StoreError

__all__ = ["sync_folder", "write_whole"]


def write_whole(path: Path, text: str) -> None:
    """Write a file beside itself, have it on disk, and rename it: it is never half there. Raises `StoreError`."""
    temporary = path.with_name(f"{path.name}.new")
    try:
        with temporary.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)  # half a file takes room that a full disk has not
        fix = "free some space, and run the same again"
        raise StoreError(f"{path} cannot be written: {error.strerror}", fix=fix) from None
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have a folder's own entries on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
