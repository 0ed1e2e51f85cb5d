"""Corrections: one line each, of a row, of a name, or of an article's metadata.

>>> line = Correction.parse('{"at": "2026-11-24T09:00:00", "by": "Li Wei", "reason": "a slip", "action": "reject", '
...     '"article": "a1", "sha256": "00", "start": 3, "end": 9, "row": "ab12"}', "corrections.jsonl:1")
>>> line.action, line.key
('reject', ('row', 'a1', '00', 3, 9, 'ab12'))
"""

import hashlib
import json
from dataclasses import dataclass, field, fields
from typing import Any

from cbec_kg.errors import RowError
from cbec_kg.model.new_names import is_new
from cbec_kg.model.period import is_day
from cbec_kg.model.row_json import to_json
from cbec_kg.model.rows import Row

__all__ = ["ACTIONS", "AS_WRITTEN", "METADATA", "Correction", "row_digest"]

ACTIONS = {
    "row": ("accept", "reject", "amend", "undo"),
    "entity": ("accept", "reject", "merge", "undo"),
    "article": ("set", "undo"),
}
"""What can be said of each target."""
AS_WRITTEN = "as_written"
"""Key of an amendment that holds its figure as a person wrote it; it is no key of a row."""
METADATA = ("published", "publisher", "title", "url")
"""What can be set of an article."""
_TEXTS = frozenset({"at", "by", "reason", "action", "article", "sha256", "row", "claim", "entity", "about"})


def row_digest(row: Row) -> str:
    """First 20 hex digits of SHA-256 over the row's own text with sorted keys: it changes with anything read."""
    text = json.dumps(json.loads(to_json(row)), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:20]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One line of an overlay.

    Of a row: ``article, sha256, start, end, row``, the digest of the row as read, and ``claim``, its claim as read. Of
    a name: ``entity``, its code. Of metadata: ``article`` alone. ``to`` holds the keys that change and what they
    become; ``about`` says for people what the line is about.
    """

    at: str
    by: str
    action: str
    reason: str
    article: str | None = None
    sha256: str | None = None
    start: int | None = None
    end: int | None = None
    row: str | None = None
    claim: str | None = None
    entity: str | None = None
    about: str | None = None
    to: dict[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What it is of: row, entity or article."""
        return "entity" if self.entity else "row" if self.row else "article"

    @property
    def key(self) -> tuple[object, ...]:
        """What it is of, exactly: the last line with a key is the one that holds."""
        if self.kind == "row":
            return "row", self.article, self.sha256, self.start, self.end, self.row
        return self.kind, self.entity or self.article

    def to_json(self) -> str:
        """Its line."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return json.dumps({key: value for key, value in values.items() if value not in (None, {})}, ensure_ascii=False)

    @classmethod
    def parse(cls, line: str, where: str) -> "Correction":
        """Correction of a line; raises `RowError` naming ``where``."""
        try:
            data = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise RowError(f"{where}: not JSON: {error}", fix="mend the line, or take it out") from None
        if not isinstance(data, dict):
            raise RowError(f"{where}: a correction is a JSON object")
        for key, value in data.items():
            wanted = dict if key == "to" else int if key in ("start", "end") else str
            if key not in _TEXTS | {"to", "start", "end"}:
                raise RowError(f"{where}: a correction has no key {key!r}")
            if not isinstance(value, wanted) or isinstance(value, bool):
                raise RowError(f"{where}: {key} is {value!r}", fix=f"write a {wanted.__name__}")
        try:
            one = cls(**data)
        except TypeError as error:
            raise RowError(f"{where}: {str(error).replace('Correction.__init__() ', '')}") from None
        known = ACTIONS[one.kind]
        if one.action not in known:
            raise RowError(f"{where}: action {one.action!r} of {one.kind}", fix=f"one of {', '.join(known)}")
        if one.kind == "row" and None in one.key:
            raise RowError(f"{where}: a correction of a row needs article, sha256, start, end and row")
        if one.kind == "article" and not one.article:
            raise RowError(f"{where}: a correction names a row, an entity or an article")
        one._check_to(where)
        return one

    def _check_to(self, where: str) -> None:
        """Raise `RowError` where ``to`` is not what the action needs."""
        needed: dict[str, tuple[str, ...]] = {"merge": ("into",), "accept": ("class", "label", "other")}
        texts = needed.get(self.action, ()) if self.kind == "entity" else ()
        if self.action == "set":
            texts = tuple(self.to)
            if unknown := sorted(set(self.to) - set(METADATA)):
                raise RowError(f"{where}: to has no key {unknown[0]!r}", fix=f"keys are {', '.join(METADATA)}")
        for key in texts:
            if not isinstance(self.to.get(key), str) or not self.to[key]:
                raise RowError(f"{where}: {key} in to is {self.to.get(key)!r}", fix="write a string")
        if self.action in ("set", "amend") and not self.to:
            raise RowError(f"{where}: {self.action} without to", fix="say what becomes of what")
        if self.action == "set" and "published" in self.to and not is_day(self.to["published"]):
            raise RowError(
                f"{where}: published in to is {self.to['published']!r}", fix="write a day, such as 2024-07-30"
            )
        name = self.to.get("name")
        if self.action == "merge" and is_new(self.to["into"]):
            if not isinstance(name, list) or len(name) < 3 or not all(isinstance(part, str) for part in name[:3]):
                raise RowError(f"{where}: name in to is {name!r}", fix="write the code, label and class of the target")
