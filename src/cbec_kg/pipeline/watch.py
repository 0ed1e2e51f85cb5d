"""Folders that are watched: what lies in them, and then what comes, as soon as it is written to its end.

Folders are looked through again and again, rather than told of by the operating system: such news does not come from
network drives and from folders shared with a container, and whether a file is written to its end shows only when it
is looked at twice.

>>> import tempfile
>>> folder = Path(tempfile.mkdtemp())
>>> _ = (folder / "a1.txt").write_text("up")
>>> watcher = Watcher([folder], settle=0)
>>> [path.name for path in watcher.ready()], watcher.ready()
(['a1.txt'], [])
"""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from threading import Event

from cbec_kg.pipeline.extraction import Read, Reading, Run
from cbec_kg.readers.disk import articles
from cbec_kg.readers.source import Failure, shown

__all__ = ["SETTLE", "Watched", "Watcher"]

SETTLE = 1.0
"""Seconds without a change after which a file is taken to be whole."""
_EVERY = 0.3
_SHARE = 10
"""Looking takes at most one part in so many of the time."""

_Look = tuple[int, ...]


class Watcher:
    """Remembers what each file looked like when it was last read; ``settle`` in seconds."""

    def __init__(
        self, folders: Iterable[Path], settle: float = SETTLE, failed: Callable[[str], None] = lambda line: None
    ) -> None:
        self.folders, self.settle, self.failed = list(folders), settle, failed
        self._read: dict[Path, _Look] = {}
        self._waiting: dict[Path, tuple[_Look, float]] = {}
        self._failures: set[str] = set()
        self._names: set[str] = set()
        self._first = True

    def ready(self) -> list[Path]:
        """Files that are new or changed, and have settled, in the folders' order; each is given once."""
        found: list[Path] = []
        waiting: dict[Path, tuple[_Look, float]] = {}
        failures: set[str] = set()
        present: set[Path] = set()
        for path in self._files(failures):
            look = _look(path)
            if look is None or path in present:
                continue
            present.add(path)
            if self._read.get(path) == look:
                continue
            before, since = self._waiting.get(path, (None, 0.0))
            now = time.monotonic()
            if before != look:
                since = now
            if (before == look and now - since >= self.settle) or (self._first and self._is_old(look)):
                self._read[path] = look
                found.append(path)
            else:
                waiting[path] = (look, since)
        gone = self._read.keys() - present
        for path in gone:
            del self._read[path]
        self._names = {shown(path) for path in self._read} if found or gone else self._names
        for message in sorted(failures - self._failures):
            self.failed(message)
        self._waiting, self._failures, self._first = waiting, failures, False
        return found

    def _files(self, failures: set[str]) -> Iterator[Path]:
        for folder in self.folders:
            for one in articles(folder):
                if isinstance(one, Failure):
                    failures.add(one.message)
                else:
                    yield one

    def _is_old(self, look: _Look) -> bool:
        """Whether a file lay there, unchanged, before we came."""
        return time.time() - max(look[1::3]) / 1e9 >= self.settle

    def holds(self, path: str) -> bool:
        """Whether a file, as messages name it, was read and is still there."""
        return path in self._names


def _look(path: Path) -> _Look | None:
    """Size, time of change and number of a file, and of its sidecar; None where it has gone."""
    try:
        stat = path.stat()
    except OSError:
        return None
    look = (stat.st_size, stat.st_mtime_ns, stat.st_ino)
    try:
        beside = path.with_suffix(".json").stat()
    except OSError:
        return look
    return (*look, beside.st_size, beside.st_mtime_ns, beside.st_ino)


class Watched:
    """A `Run` without an end over folders, until ``stop`` is set; ``read`` and ``failed`` count as its do."""

    def __init__(
        self, folders: Iterable[str], reading: Reading, tell: Callable[[int, int], None], failed: Callable[[str], None],
        stop: Event,
    ) -> None:  # fmt: skip
        self.reading, self.tell, self.on_failure, self.stop = reading, tell, failed, stop
        self.watcher = Watcher(map(Path, folders), failed=failed)
        self.read = self.failed = 0
        self._places: dict[str, str] = {}

    def results(self) -> Iterator[Read]:
        """What was found, article by article, as files come."""
        while not self.stop.is_set():
            began = time.monotonic()
            ready = self.watcher.ready()
            spent = time.monotonic() - began
            if not ready:
                self.stop.wait(max(_EVERY, spent * (_SHARE - 1)))
                continue
            run = Run(map(str, ready), self.reading, tell=self.tell, failed=self.on_failure)
            for one in run.results():
                if self.stop.is_set():
                    break
                if self._is_own(one):
                    self.read += 1
                    yield one
            self.failed += run.failed

    def _is_own(self, one: Read) -> bool:
        """Whether an article's id is not that of an article in another file; says so where it is."""
        article = one.extraction.article.id
        place = one.source.where
        if not self.watcher.holds(place):
            place = place.rpartition(":")[0]  # the number of a line
        before = self._places.setdefault(article, place)
        if before == place or not self.watcher.holds(before):
            self._places[article] = place
            return True
        self.failed += 1
        self.on_failure(
            Failure.of(
                one.source.where, f"an article with the id {article} is in {before}", "give one of them another name"
            ).message
        )
        return False
