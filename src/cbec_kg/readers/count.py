"""How many articles inputs hold, as far as that shows without reading them: for the time that is left.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> _ = (folder / "a.txt").write_text("up"), (folder / "b.jsonl").write_text("{}\\n{}\\n")
>>> articles_in([str(folder)]), articles_in([str(folder), "-"])
(3, None)
"""

from collections.abc import Iterable
from pathlib import Path

from cbec_kg.readers.disk import articles
from cbec_kg.readers.source import Failure

__all__ = ["articles_in"]

_LARGEST = 2**30
"""Bytes of lines that are worth counting."""
_BLOCK = 2**20


def articles_in(inputs: Iterable[str]) -> int | None:
    """Files and lines of the inputs; None where one of them does not say, such as a page, or is very large."""
    total = 0
    for given in inputs:
        path = Path(given)
        try:
            files = [one for one in articles(path) if not isinstance(one, Failure)] if path.is_dir() else [path]
            for file in files:
                if not file.is_file() or file.stat().st_size > _LARGEST:
                    return None
                total += _lines(file) if file.suffix.lower() == ".jsonl" else 1
        except OSError:
            return None
    return total


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(_BLOCK), b""))
