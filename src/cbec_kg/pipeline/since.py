"""A moment to count changes from: a build, a day or a time, found in the log of a store.

Times are UTC. A day is its beginning, 00:00. A build is the moment at which it was finished, so that what it changed
itself lies before. What happened in the very second of a time lies after it, for none of it may be missed.

>>> lines = [{"build": "0001", "at": "2024-01-20T08:00:00+00:00", "entities_came": [], "entities_went": []}]
>>> since = moment("1", lines)
>>> since.build, since.is_before(Made("2024-01-20T08:00:00+00:00", "0001", "build"))
('0001', True)
>>> since.is_before(Made("2024-01-20T08:00:00+00:00", "0001", "change"))
False
>>> moment("2020-01-01", lines).early, moment("2024-01-21", lines).build
(True, None)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cbec_kg.errors import CbecError, StoreError
from cbec_kg.pipeline.history import Made

__all__ = ["Since", "moment"]

Entry = Mapping[str, Any]
_FEW = 8


@dataclass(frozen=True, slots=True)
class Since:
    """A moment. ``build`` is given where it is the end of a build; ``later`` are the log's lines after it."""

    at: str
    build: str | None
    later: tuple[Entry, ...]
    early: bool = False
    """Whether an earlier moment was asked for, at which no history was kept yet."""

    def is_before(self, made: Made) -> bool:
        """Whether something was written before the moment."""
        if self.build is None:
            return _time(made.at) < _time(self.at)
        return (int(made.build or 0), made.by == "change") <= (int(self.build), False)


def moment(given: str, entries: Sequence[Entry]) -> Since:
    """The moment that a person means; ``entries`` are the log's lines.

    One before the history began is where it began. Raises `CbecError` for what is no moment, for a build that is not
    in the log, and `StoreError` where no history was begun.
    """
    builds = {entry["build"]: number for number, entry in enumerate(entries) if "entities_came" in entry}
    if not builds:
        raise StoreError("no history was kept in this store so far", fix="run `cbec-kg build`, which begins it")
    first = next(iter(builds))
    given = given.strip()
    if given.isdecimal() and given.isascii():
        name = f"{int(given):04}"
        if name not in builds:
            raise CbecError(f"no build {given} in the history", fix=f"there is {_listed(builds)}; a day is YYYY-MM-DD")
        return _after(name, entries, builds[name])
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        raise CbecError(
            f"--since {given!r} is no day, time or build", fix="write 2024-01-20, 2024-01-20T08:00 (UTC), or a build: 3"
        ) from None
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    if at < _time(entries[builds[first]]["at"]):
        return _after(first, entries, builds[first], early=True)
    later = tuple(entry for entry in entries if _time(entry["at"]) >= at)
    return Since(at.isoformat(timespec="seconds"), None, later)


def _after(name: str, entries: Sequence[Entry], number: int, *, early: bool = False) -> Since:
    return Since(entries[number]["at"], name, tuple(entries[number + 1 :]), early)


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _listed(builds: Iterable[str]) -> str:
    names = list(builds)
    return ", ".join(names) if len(names) <= _FEW else f"{names[0]} to {names[-1]}"
