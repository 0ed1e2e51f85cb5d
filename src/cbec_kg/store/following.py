"""A graph that is always the newest: a store on disk is opened again when a build or an article changed it.

>>> from cbec_kg.store.embedded import MemoryStore
>>> graph = OpenGraph(MemoryStore())
>>> graph.store() is graph.store(), graph.build(), graph.state(), graph.made_of(lambda store: store.graphs())
(True, None, None, [])
"""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from cbec_kg.errors import StoreError, StoreMissing
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import EmbeddedStore

__all__ = ["OpenGraph"]

Made = TypeVar("Made")
State = tuple[object, ...]
_PAUSES = (0.01, 0.05, 0.2, 0.5)
"""Seconds between tries to open a store, whose files a writer may be changing."""
_KEPT_FOR = 300.0
"""Seconds for which what was made of a server's graph is used: a server does not say when it changes."""


class OpenGraph:
    """A store to read, opened anew when what lies on disk is not what was opened; safe in threads."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, Lock()
        self._state: State | None = None
        self._made: dict[object, tuple[Store, float, Any]] = {}

    def store(self) -> Store:
        """The graph as it is now; raises `StoreMissing`, `StoreError`."""
        if not isinstance(self._store, EmbeddedStore):
            return self._store
        with self._lock:
            # Taken before the opening: a change in between is then seen by the next call, never missed.
            state = _state(self._store.build)
            if state != self._state:
                self._open(self._store.folder, state)
            return self._store

    def _open(self, folder: Path, state: State) -> None:
        """Open what is there now; while a writer changes its files, what was open before is read on."""
        for pause in _PAUSES:
            opened = EmbeddedStore(folder)
            try:
                _ = opened.database
            except StoreMissing:
                raise
            except StoreError:
                if self._state is not None:
                    return
                time.sleep(pause)
                state = _state(opened.build)
            else:
                break
        else:
            _ = opened.database  # says what is wrong
        self._store, self._state = opened, state
        self._made = {}  # what was made of the old graph keeps it in memory

    def seen(self) -> object:
        """What the graph that `store` gave last was recognised by, for `changed`."""
        return self._state

    def changed(self, seen: object) -> bool:
        """Whether the graph is another now than the one that was recognised by ``seen``; raises `StoreMissing`."""
        return isinstance(self._store, EmbeddedStore) and _state(self._store.build) != seen

    def build(self) -> str | None:
        """Name of the current build; None where the store has none."""
        store = self.store()
        return store.build.name if isinstance(store, EmbeddedStore) else None

    def state(self) -> tuple[str, float] | None:
        """What changes with every change of the graph, as a digest, and when it was last written (seconds since 1970).

        None where that cannot be told: of a graph in memory, or a server's.
        """
        if not isinstance(self.store(), EmbeddedStore) or self._state is None:
            return None
        times = [file[2] for file in self._state[1:] if isinstance(file, tuple)]
        return sha256(repr(self._state).encode()).hexdigest()[:20], max(times, default=0) / 1e9

    def version(self) -> str:
        """A name of the graph as it is now, another after each change of it; of a graph in memory, always the same."""
        state = self.state()
        return state[0] if state else "memory"

    def made_of(self, make: Callable[[Store], Made]) -> Made:
        """What ``make`` gives for the graph as it is now: made once, and again when the graph changed."""
        store, now = self.store(), time.monotonic()
        kept = self._made.get(make)
        if kept is None or kept[0] is not store or (not isinstance(store, EmbeddedStore) and now - kept[1] > _KEPT_FOR):
            kept = self._made[make] = (store, now, make(store))
        found: Made = kept[2]
        return found


def _state(build: Path) -> State:
    """What changes when a build is written: its files, with the sizes and times of those that are written to.

    An article is added to a build in place, so its name alone would not tell. A table (``.sst``) is written once, under
    a name of its own, and most files are tables: their names are enough, and this is asked at each query.
    """
    files: list[tuple[object, ...]] = []
    with suppress(FileNotFoundError), os.scandir(build) as entries:  # what goes away meanwhile is a change
        for entry in entries:
            if entry.name.endswith(".sst"):
                files.append((entry.name, 0, 0))
                continue
            with suppress(FileNotFoundError):
                stat = entry.stat()
                files.append((entry.name, stat.st_size, stat.st_mtime_ns))
    files.sort()
    return (build.name, *files)
