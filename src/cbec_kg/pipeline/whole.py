"""Write a file so that it is there as a whole or not at all, and on disk.

>>> import tempfile
>>> path = Path(tempfile.mkdtemp()) / "a.json"
>>> write_whole(path, "{}\\n")
>>> path.read_text()
'{}\\n'
"""

import os
from pathlib import Path

__all__ = ["sync_folder", "write_whole"]


def write_whole(path: Path, text: str) -> None:
    """Write a file beside itself, have it on disk, and rename it, so that it is never half there."""
    temporary = path.with_name(f"{path.name}.new")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have a folder's own entries on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
