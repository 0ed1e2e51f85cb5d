"""The overlay: what people have said of what was read, a line each, in a file that can be read and compared.

>>> import tempfile
>>> overlay = Overlay.read(Path(tempfile.mkdtemp()) / "corrections.jsonl")
>>> one = Correction(at="2026-11-24T09:00:00", by="Li Wei", action="set", reason="its page", article="a1",
...                  to={"published": "2024-07-30"})
>>> overlay.with_lines([one]).metadata
{'a1': {'published': '2024-07-30'}}
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from cbec_kg.errors import RowError, StoreError
from cbec_kg.model.correction import Correction
from cbec_kg.model.row_json import read_text
from cbec_kg.pipeline.whole import write_whole

__all__ = ["Overlay", "may_be_ended", "note_overlay", "overlay_to_build", "overlay_path", "read_overlay"]


@dataclass(frozen=True)
class Overlay:
    """A file of corrections and its lines; where two are of the same thing, the last one holds."""

    path: Path
    lines: tuple[Correction, ...] = ()

    @classmethod
    def read(cls, path: Path) -> "Overlay":
        """Overlay of a file, empty where there is none; raises `RowError` with file and line."""
        if not path.exists():
            return cls(path)
        text = read_text(path)
        return cls(
            path,
            tuple(
                Correction.parse(line, f"{path}:{number}")
                for number, line in enumerate(text.split("\n"), 1)
                if line.strip()
            ),
        )

    @cached_property
    def holding(self) -> dict[tuple[object, ...], Correction]:
        """The line that holds for each row and each name; one that was undone is not here."""
        found: dict[tuple[object, ...], Correction] = {}
        for line in self.lines:
            if line.kind == "article":
                continue
            found.pop(line.key, None)
            if line.action != "undo":
                found[line.key] = line
        return found

    @cached_property
    def rows(self) -> dict[str, list[Correction]]:
        """Lines that hold for rows, by article."""
        found: dict[str, list[Correction]] = {}
        for line in self.holding.values():
            if line.kind == "row":
                found.setdefault(str(line.article), []).append(line)
        return found

    @cached_property
    def entities(self) -> dict[str, Correction]:
        """Lines that hold for names, by code."""
        return {str(line.entity): line for line in self.holding.values() if line.kind == "entity"}

    @cached_property
    def metadata(self) -> dict[str, dict[str, Any]]:
        """What is set of articles, by id."""
        found: dict[str, dict[str, Any]] = {}
        for line in self.lines:
            if line.kind == "article":
                if line.action == "undo":
                    found.pop(str(line.article), None)
                else:
                    found.setdefault(str(line.article), {}).update(line.to)
        return found

    def chain(self, code: str) -> list[str]:
        """A name and what it was merged into, one after the other; raises `RowError` where that is a circle."""
        found = [code]
        while (line := self.entities.get(found[-1])) and line.action == "merge":
            if line.to["into"] in found:
                raise RowError(
                    f"{self.path}: {' is merged into '.join([*found, line.to['into']])}",
                    fix="take one of the lines out",
                )
            found.append(line.to["into"])
        return found

    def reaching(self, codes: Iterable[str]) -> set[str]:
        """Some names, and those that were merged into them, directly or not."""
        wanted = set(codes)
        return wanted | {code for code in self.entities if wanted.intersection(self.chain(code))}

    def with_lines(self, lines: Iterable[Correction]) -> "Overlay":
        """The same with lines behind the others."""
        return Overlay(self.path, (*self.lines, *lines))

    def without(self, dropped: Iterable[Correction]) -> "Overlay":
        """The same without some lines."""
        gone = {id(line) for line in dropped}
        return Overlay(self.path, tuple(line for line in self.lines if id(line) not in gone))

    @property
    def mark(self) -> str:
        """Name and digest of what the file holds: two overlays with one mark are the same."""
        return f"{self.path.name} {sha256(self.text.encode()).hexdigest()}"

    @property
    def text(self) -> str:
        """What the file holds."""
        return "".join(line.to_json() + "\n" for line in self.lines)

    def write(self) -> None:
        """Write the file, whole or not at all; no lines and no file are the same."""
        if not self.lines:
            self.path.unlink(missing_ok=True)
            return
        write_whole(self.path, self.text)


def _note(store: Path) -> Path:
    """The file that says which corrections are in the graph."""
    return store / "overlay.json"


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def overlay_path(store: Path, given: str | None) -> Path:
    """The overlay of a store: the one that is given, else the one of its last build, else a file in the store."""
    path = given or _noted(store).get("path")
    return Path(path).resolve() if path else _own(store)


def _own(store: Path) -> Path:
    return (store / "corrections.jsonl").resolve()


def _noted(store: Path) -> dict[str, str | None]:
    """Which corrections are in the graph: their file, none for the store's own, and its digest."""
    if not _note(store).is_file():
        return {}
    try:
        noted: dict[str, str | None] = json.loads(_note(store).read_text("utf-8"))
        noted["path"], noted["sha256"]
    except (ValueError, TypeError, KeyError):
        raise StoreError(f"{_note(store)} is damaged", fix="remove it, and run `cbec-kg build`") from None
    return noted


def overlay_to_build(store: Path, given: str | None) -> Overlay:
    """The corrections that a build applies; raises `StoreError` where those of the last one are gone."""
    path, noted = overlay_path(store, given), _noted(store)
    if given and not path.parent.is_dir():
        raise StoreError(f"no folder {path.parent} for corrections", fix="correct --overlay")
    if not given and noted.get("sha256") and not path.exists():
        raise StoreError(f"the corrections {path} are gone", fix="bring the file back, or name one with --overlay")
    return Overlay.read(path)


def note_overlay(store: Path, overlay: Overlay) -> None:
    """Remember which corrections are in the graph, by their file's digest."""
    path = None if overlay.path == _own(store) else str(overlay.path)  # a store may be moved
    write_whole(_note(store), json.dumps({"path": path, "sha256": _digest(overlay.path)}) + "\n")


def may_be_ended(overlay: Overlay, before: str, after: str) -> None:
    """Raise `StoreError` where a change that was begun cannot be ended: its corrections are others by now."""
    if overlay.mark not in (before, after):
        raise StoreError(
            f"{overlay.path} has changed while a change was on its way", fix="run `cbec-kg build` with its --overlay"
        )


def read_overlay(store: Path, given: str | None) -> Overlay:
    """The corrections that are in a graph; raises `StoreError` where the file is another one by now."""
    path, noted = overlay_path(store, given), _noted(store)
    built = Path(noted.get("path") or _own(store))
    if noted and built != path:
        raise StoreError(
            f"the graph was built with the corrections {built}", fix="run `cbec-kg build` with this --overlay"
        )
    if (noted.get("sha256") or "") != _digest(path):
        raise StoreError(f"{path} has changed since it was applied", fix="run `cbec-kg build` first")
    try:
        return Overlay.read(path)
    except RowError as error:
        raise StoreError(error.message, fix=error.fix) from None
