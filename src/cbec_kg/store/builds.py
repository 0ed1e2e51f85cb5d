"""Write builds beside each other, and name the current one.

>>> current(Path("nowhere")) is None
True
"""

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph

from cbec_kg.errors import StoreError, StoreLocked
from cbec_kg.rdf.terms import Quad

__all__ = ["current", "drop_others", "new_build", "writing"]


def current(folder: Path) -> Path | None:
    """Folder of the current build of a store folder, None where there is none yet; raises `StoreError`."""
    try:
        name = (folder / "CURRENT").read_bytes().decode("ascii", "replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"{folder / 'CURRENT'} cannot be read: {error.strerror}") from None
    build = folder / "builds" / name
    if not name.isdecimal() or not build.is_dir():
        raise StoreError(f"{folder / 'CURRENT'} names no build", fix="run `cbec-kg build` again")
    return build


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Keep every other writer out of a store folder; raises `StoreLocked` where one is at work.

    A folder that holds other things is refused, for nothing of somebody else's may be changed or removed.
    """
    try:
        if folder.is_dir() and not (folder / "lock").is_file() and any(folder.iterdir()):
            raise StoreError(
                f"{folder} holds other things than a graph", fix="name an empty or a new folder with --store"
            )
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(
            f"{folder} cannot be written: {error.strerror}", fix="name another folder with --store"
        ) from None
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(lock, 32).decode("ascii", "ignore").strip()
            raise StoreLocked(
                f"{folder} is being written by process {holder or 'unknown'}", fix="wait until it ends, or stop it"
            ) from None
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()}\n".encode("ascii"))
        yield
    finally:
        os.close(lock)


def new_build(folder: Path, quads: Iterable[Quad]) -> Path:
    """Write quads as a new build beside the current one, then make it current; the caller holds `writing`.

    Two builds are kept, for a reader that opened the last one may still read from it. Raises `StoreError` where the
    disk gives out; the current build is then as it was.
    """
    builds = folder / "builds"
    builds.mkdir(exist_ok=True)
    before = [path for path in builds.iterdir() if path.name.isdecimal() and path.is_dir()]
    try:
        last = current(folder)
    except StoreError:
        last = None  # whatever stands there, this build replaces it
    target = builds / f"{max((int(path.name) for path in before), default=0) + 1:04}"
    try:
        store = pyoxigraph.Store(str(target))
        store.bulk_extend(quads)
        store.flush()
        del store
        _make_current(folder, target.name)
    except OSError as error:
        shutil.rmtree(target, ignore_errors=True)
        raise StoreError(
            f"{target} cannot be written: {error}", fix="free some space or name another folder with --store"
        ) from None
    for old in before:  # only now: until the renaming, each of them may be what readers have
        if old != last:
            shutil.rmtree(old, ignore_errors=True)
    return target


def drop_others(folder: Path) -> None:
    """Remove all builds but the current one: they may hold what was forgotten since. The caller holds `writing`."""
    last = current(folder)
    for path in (folder / "builds").iterdir():
        if path != last and path.name.isdecimal():
            shutil.rmtree(path, ignore_errors=True)


def _make_current(folder: Path, name: str) -> None:
    """Name the current build, whole or not at all."""
    temporary = folder / "CURRENT.new"
    with temporary.open("w", encoding="utf-8") as file:
        file.write(name + "\n")
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / "CURRENT")
    directory = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
