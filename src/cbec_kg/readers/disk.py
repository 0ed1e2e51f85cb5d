"""Files of an input, in an order that is the same everywhere, and their bytes, within limits.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> for name in ("b.txt", "a.md", "a.json", "notes.docx"):
...     _ = (folder / name).write_bytes(b"text")
>>> [path.name for path in articles(folder)]
['a.md', 'b.txt']
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from cbec_kg.errors import UnreadableInput
from cbec_kg.readers.source import Failure, shown

__all__ = ["SUFFIXES", "articles", "contents", "open_file"]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".jsonl")


def articles(folder: Path) -> Iterator[Path | Failure]:
    """Files with a known suffix in a folder and its folders, by name; names that begin with a dot are passed over.

    Links to folders are not followed, for they may lead in a circle. A folder that cannot be read is a `Failure`.
    """
    # A stack of its own: folders may lie deeper in each other than calls may.
    waiting: list[Iterator[os.DirEntry[str]]] = []
    place: Path = folder
    while True:
        try:
            with os.scandir(place) as entries:
                found = sorted((one for one in entries if not one.name.startswith(".")), key=lambda one: one.name)
            waiting.append(iter(found))
        except OSError as error:
            yield Failure.of(shown(place), f"the folder cannot be read ({_reason(error)})", "check its permissions")
        while waiting:
            entry = next(waiting[-1], None)
            if entry is None:
                waiting.pop()
            elif _is_folder(entry):
                place = Path(entry.path)
                break
            elif entry.name.lower().endswith(SUFFIXES):
                yield Path(entry.path)
        else:
            return


def contents(path: Path, most: int) -> bytes:
    """Bytes of a file of at most ``most`` bytes; raises `UnreadableInput`."""
    with open_file(path) as file:
        try:
            content = file.read(most + 1)
        except OSError as error:
            raise UnreadableInput(f"it cannot be read ({_reason(error)})", fix="check the file") from None
    if len(content) > most:
        raise UnreadableInput(f"it is larger than {most:,} bytes", fix="name a smaller file")
    return content


def open_file(path: Path) -> BinaryIO:
    """A regular file, opened for reading bytes; raises `UnreadableInput`."""
    try:
        # Of a named pipe nobody may ever write the other end.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (FileNotFoundError, NotADirectoryError):
        raise UnreadableInput("no such file", fix="check the path") from None
    except (OSError, ValueError) as error:
        raise UnreadableInput(
            f"it cannot be read ({_reason(error)})", fix="check the path and its permissions"
        ) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UnreadableInput("it is not a regular file", fix="save it as a file first")
    return os.fdopen(descriptor, "rb")


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _reason(error: OSError | ValueError) -> str:
    return getattr(error, "strerror", None) or str(error)
