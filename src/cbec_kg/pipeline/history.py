"""What each article of a store stated at which time: one file an article beside the store, a line a version.

Only what an article itself states stands in its file, so that forgetting it is removing the file: no other file and no
line of the log names a forgotten article or holds one of its figures, a count is all that is left.

>>> import tempfile
>>> from cbec_kg.model.article import Article
>>> history = History(Path(tempfile.mkdtemp()))
>>> content = Curated(Article(id="a1", lang="en", sha256="0" * 64, length=12), ())
>>> made = Made("2024-01-20T00:00:00+00:00", "0001", "build")
>>> history.add("a1", content, made, curated=True), history.add("a1", content, made, curated=True)
(True, False)
>>> history.add("a1", None, Made("2024-02-01T00:00:00+00:00", "0002", "build"), curated=True)
True
>>> [(version.made.build, version.content() == content) for version in history.versions("a1")]
[('0001', True), ('0002', False)]
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from os import fsync
from pathlib import Path
from typing import Any

from cbec_kg.errors import StoreError
from cbec_kg.model.row_json import in_order
from cbec_kg.namespaces import GRAPH, ID
from cbec_kg.pipeline import log
from cbec_kg.pipeline.shelf import content_json, parse_content
from cbec_kg.pipeline.sources import Curated
from cbec_kg.pipeline.whole import sync_folder
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Triple
from cbec_kg.store.builds import current
from cbec_kg.store.embedded import EmbeddedStore

__all__ = ["History", "Made", "Version", "entities_of", "entity_codes", "now"]

_HEAD, _NOTHING = ', "content": ', "null"


def now() -> str:
    """This second, UTC, as history and log write it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True)
class Made:
    """When something was written: the second, the build that was current, and whether the build itself wrote it."""

    at: str
    build: str
    by: str
    """``build``, or ``change`` where one article was changed after that build."""


@dataclass(frozen=True, slots=True)
class Version:
    """A line: what an article stated from then on; ``text`` is its content as JSON, ``null`` where it went."""

    made: Made
    curated: bool
    text: str

    @classmethod
    def parse(cls, line: str) -> "Version":
        """Version of a line; its content is parsed when it is asked for. Raises ``ValueError`` or ``KeyError``."""
        head, found, text = line.partition(_HEAD)
        if not found or not text.endswith("}"):
            raise ValueError("no version of an article")
        keys = json.loads(f"{head}}}")
        return cls(Made(keys["at"], keys["build"], keys["by"]), keys["curated"], text[:-1])

    def line(self) -> str:
        """The line that `parse` reads; its content stands last."""
        head = {"at": self.made.at, "build": self.made.build, "by": self.made.by, "curated": self.curated}
        return f"{json.dumps(head)[:-1]}{_HEAD}{self.text}}}"

    def content(self) -> Curated | None:
        """What the article stated, None where it went."""
        return None if self.text == _NOTHING else parse_content(json.loads(self.text))


class History:
    """The folder ``history`` in a store folder."""

    def __init__(self, store: Path) -> None:
        self.store, self.folder = store, store / "history"

    def ids(self) -> list[str]:
        """Ids of the articles that have a history, sorted."""
        return sorted(path.stem for path in self.folder.glob("*.jsonl")) if self.folder.is_dir() else []

    def versions(self, article: str) -> list[Version]:
        """Versions of an article, oldest first; raises `StoreError` for a file that is damaged."""
        path = self._path(article)
        try:
            lines = _whole_lines(path.read_bytes()).decode("utf-8").split("\n")[:-1]
            return [Version.parse(line) for line in lines]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise StoreError(
                f"{path} cannot be read: {error}", fix="remove the file, and run `cbec-kg build`"
            ) from None

    def add(self, article: str, content: Curated | None, made: Made, *, curated: bool) -> bool:
        """Add a version; False where the last one says the same. What a process that died left of a line goes."""
        text = _text(content)
        versions = self.versions(article)
        last = versions[-1] if versions else Version(made, curated, _NOTHING)
        if last.text == text and (last.curated == curated or content is None):
            return False
        self.folder.mkdir(exist_ok=True)
        with self._path(article).open("a+b") as file:
            file.seek(0)
            file.truncate(len(_whole_lines(file.read())))
            file.write(f"{Version(made, curated, text).line()}\n".encode())
            file.flush()
            fsync(file.fileno())
        if not versions:
            sync_folder(self.folder)
        return True

    def forget(self, article: str) -> None:
        """Remove all versions of an article."""
        self._path(article).unlink(missing_ok=True)
        if self.folder.is_dir():
            sync_folder(self.folder)

    # ---- a change of one article

    def begin(self) -> dict[str, Any]:
        """What `end` must know of a change, to be written down before anything is changed."""
        build = current(self.store)
        return {"at": now(), "build": build.name if build else "", "logged": log.length(self.store)}

    def end(self, begun: Mapping[str, Any], now: Mapping[str, Curated | None], curated: Collection[str]) -> None:
        """Write what a change did to some articles; doing it again does nothing more.

        ``now`` is what the store holds of each after the change, None of the one that was forgotten.
        """
        for article, content in now.items():
            if content:
                made = Made(begun["at"], begun["build"], "change")
                self.add(article, content, made, curated=article in curated)
            else:
                self.forget(article)
                log.append(self.store, {"at": begun["at"], "forgot": 1}, begun["logged"])

    # ---- a build

    def built(
        self, articles: Mapping[str, Curated], curated: Collection[str], build: str, before: Collection[str] | None,
        entities: Iterable[Triple],
    ) -> dict[str, Any]:  # fmt: skip
        """Write what a build holds of its articles; returns what the log says of it.

        An article that was curated and is there no more has gone, which its history says; one that had been ingested
        is forgotten, and counted. ``before`` are the entities of the build before, None where there was none.
        """
        made, forgotten = Made(now(), build, "build"), 0
        for article, content in articles.items():
            self.add(article, content, made, curated=article in curated)
        for article in self.ids():
            if article in articles:
                continue
            versions = self.versions(article)
            if versions and versions[-1].curated:
                self.add(article, None, made, curated=True)
            else:
                self.forget(article)
                forgotten += 1
        held = entity_codes(entities)
        known = held if before is None else set(before)
        return {
            "forgot": forgotten, "entities_came": sorted(held - known), "entities_went": sorted(known - held),
        }  # fmt: skip

    def _path(self, article: str) -> Path:
        return self.folder / f"{article}.jsonl"


def entity_codes(triples: Iterable[Triple]) -> set[str]:
    """Codes of the entities that triples give a class."""
    subjects = {triple.subject for triple in triples if triple.predicate == RDF_TYPE}
    return {s.value.removeprefix(ID) for s in subjects if isinstance(s, NamedNode) and s.value.startswith(ID)}


def entities_of(store: Path) -> set[str] | None:
    """Codes of the entities that the current build has from files; None where there is none that can be read."""
    try:
        return entity_codes(quad.triple for quad in EmbeddedStore(store).quads(f"{GRAPH}entities"))
    except StoreError:
        return None


def _text(content: Curated | None) -> str:
    """Content on one line, rows and names in one order, so that what states the same is the same."""
    if content is None:
        return _NOTHING
    content = replace(content, rows=tuple(in_order(content.rows)), names=tuple(sorted(content.names)))
    return json.dumps(content_json(content), ensure_ascii=False)


def _whole_lines(held: bytes) -> bytes:
    """All but a last line that has no end."""
    return held[: held.rfind(b"\n") + 1]
