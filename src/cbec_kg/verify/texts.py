"""Articles as local files, found by their id and read as `cbec_kg.readers` reads them: spans point into that text.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> _ = (folder / "a1.txt").write_bytes("Up 9.8%\\r\\n".encode())
>>> with Texts(folder) as texts:
...     found = texts.find("a1")
>>> found.text, found.sha256[:8], found.where
('Up 9.8%\\r\\n', '8c93ab1b', 'a1.txt')
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import TracebackType

from cbec_kg.errors import CbecError, MissingExtra, UnreadableInput
from cbec_kg.readers.disk import SUFFIXES, articles
from cbec_kg.readers.file import read_file
from cbec_kg.readers.ids import article_id
from cbec_kg.readers.jsonl import read_lines
from cbec_kg.readers.sandbox import Sandbox
from cbec_kg.readers.source import Failure

__all__ = ["SUFFIXES", "LocalText", "Texts"]

_LINES = ".jsonl"
_ANY_LANGUAGE = {"lang": "en"}
"""The language of a text does not change its characters, and need not be found out."""


@dataclass(frozen=True, slots=True)
class LocalText:
    """One article: ``text`` is what its reader makes of the bytes, None where it makes nothing, for ``problem``."""

    where: str
    sha256: str
    text: str | None
    problem: str = ""
    fix: str = ""


class Texts:
    """A folder of articles and its folders; use it in a ``with``, for it may start a process for HTML or PDF.

    An article is the file with its id as stem and one of `SUFFIXES`, or a line of a .jsonl file.
    """

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise CbecError(f"no folder {folder}", fix="name the folder that holds the articles' files")
        self.folder = folder
        self._sandbox = Sandbox()

    def __enter__(self) -> "Texts":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._sandbox.close()

    def find(self, article: str, digest: str | None = None) -> LocalText | None:
        """Text of an article; of several files the one whose bytes have the SHA-256 ``digest``, else the first."""
        read = [self._read(path) for path in self._files.get(article, ())]
        found = next((one for one in read if one.sha256 == digest), None)
        return found or self._lines.get(article) or (read[0] if read else None)

    @cached_property
    def _paths(self) -> list[Path]:
        return [path for path in articles(self.folder) if isinstance(path, Path)]

    @cached_property
    def _files(self) -> dict[str, list[Path]]:
        files: dict[str, list[Path]] = {}
        for path in sorted(self._paths, key=lambda path: SUFFIXES.index(path.suffix.lower())):
            if path.suffix.lower() != _LINES:
                files.setdefault(article_id(path.stem), []).append(path)
        return files

    @cached_property
    def _lines(self) -> dict[str, LocalText]:
        """Articles of all .jsonl files, which are read once and kept."""
        lines: dict[str, LocalText] = {}
        for path in self._paths:
            if path.suffix.lower() == _LINES:
                for one in _sources(path):
                    lines.setdefault(one[0], one[1])
        return lines

    def _read(self, path: Path) -> LocalText:
        name = str(path.relative_to(self.folder))
        try:
            source = read_file(path, _ANY_LANGUAGE, self._sandbox)
        except (UnreadableInput, MissingExtra) as error:
            return LocalText(name, _digest(path), None, error.message, error.fix)
        return LocalText(name, source.article.sha256, source.text)


def _sources(path: Path) -> list[tuple[str, LocalText]]:
    try:
        return [
            (one.article.id, LocalText(one.where, one.article.sha256, one.text))
            for one in read_lines(path, _ANY_LANGUAGE)
            if not isinstance(one, Failure)
        ]
    except UnreadableInput:
        return []


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise CbecError(f"cannot read {path}", fix=error.strerror or str(error)) from None
