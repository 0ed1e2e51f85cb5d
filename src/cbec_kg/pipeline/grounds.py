"""What of the observations' graph rests on which articles, and which claim an observation shows: an index on disk.

Without it, to take one article in or out would mean to look at all that state the same. It holds nothing that the
articles do not: a file beside the store for each build, made again where it is missing.

>>> grounds = Grounds.in_memory()
>>> grounds.put("a1", Footing(frozenset({"<x>"})))
>>> grounds.put("a2", Footing(frozenset({"<x>", "<y>"})))
>>> grounds.put("a1", Footing())
>>> grounds.holds("<x>"), [grounds.put("a2", Footing()), grounds.holds("<x>")]
(True, [None, False])
"""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from cbec_kg.errors import StoreError
from cbec_kg.model.period import Period, parse
from cbec_kg.pipeline.sources import Curated
from cbec_kg.reconcile.choose import Candidate, sortable
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import Stated, closed_periods, resting, stated_claims
from cbec_kg.triples.periods import period_node

__all__ = ["Footing", "Grounds"]

_TABLES = """
CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE rests (thing BLOB, article INTEGER, PRIMARY KEY (thing, article)) WITHOUT ROWID;
CREATE INDEX rests_article ON rests (article);
CREATE TABLE period (thing BLOB PRIMARY KEY, code TEXT, start INTEGER, end INTEGER) WITHOUT ROWID;
CREATE INDEX period_start ON period (start);
CREATE TABLE claim (digest TEXT PRIMARY KEY, observation BLOB, kind TEXT, status TEXT, qualifier TEXT, lower TEXT,
    upper TEXT, rank TEXT) WITHOUT ROWID;
CREATE INDEX claim_rank ON claim (observation, kind, rank);
CREATE TABLE said (digest TEXT, article INTEGER, government INTEGER, day TEXT, stated INTEGER, reviewed INTEGER,
    PRIMARY KEY (digest, article)) WITHOUT ROWID;
CREATE INDEX said_article ON said (article);
CREATE INDEX said_government ON said (digest) WHERE government;
CREATE INDEX said_stated ON said (digest) WHERE stated;
CREATE INDEX said_reviewed ON said (digest) WHERE reviewed;
CREATE INDEX said_day ON said (digest, day) WHERE day IS NOT NULL;
"""
_YEAR = 366
_NEVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Footing:
    """What rests on one article: nodes and direct triples by their text, closed periods, claims that may be shown."""

    things: frozenset[str] = frozenset()
    periods: frozenset[Period] = frozenset()
    stated: tuple[Stated, ...] = ()

    @classmethod
    def of(cls, content: Curated | None, namer: Namer) -> "Footing":
        """The footing of an article's content; None stands for no article."""
        if content is None:
            return cls()
        namer = namer.knowing(content.names)
        return cls(
            frozenset(map(str, resting(content.rows, namer))),
            frozenset(closed_periods(content.rows)),
            tuple(stated_claims(content.rows, {content.article.id: content.article}, namer)),
        )


class Grounds:
    """The index of one build; the texts of things are kept as digests."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    @classmethod
    def in_memory(cls) -> "Grounds":
        """An empty index that is gone with the process."""
        return cls(_made(":memory:"))

    @classmethod
    def of_build(cls, store: Path, build: str, footings: Iterable[tuple[str, Footing]]) -> "Grounds":
        """The index of a build in a store folder; where there is none yet it is made of all articles' ``footings``.

        Those of other builds are removed. The caller holds `cbec_kg.store.builds.writing`.
        """
        path = store / f"grounds-{build}.db"
        try:
            if not path.is_file():
                _fill(path, footings)
            for old in store.glob("grounds-*"):
                if not old.name.startswith(path.name):
                    old.unlink(missing_ok=True)
            connection = sqlite3.connect(path, isolation_level=None)
            connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is not left in free pages
            connection.execute("SELECT count(*) FROM article WHERE number = 0").fetchone()
        except sqlite3.Error as error:
            raise StoreError(f"{path} cannot be read: {error}", fix="remove the file") from None
        return cls(connection)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def put(self, article: str, footing: Footing) -> None:
        """Have an article's footing in the place of what it had, on disk before returning; the same again is no change.

        An empty footing is that of no article.
        """
        with self._changing(keep=True):
            self._put(article, footing)

    @contextmanager
    def trying(self, article: str, footing: Footing) -> Iterator[None]:
        """Answer as if an article had another footing, and change nothing."""
        with self._changing(keep=False):
            self._put(article, footing)
            yield

    def holds(self, thing: str) -> bool:
        """Whether a thing rests on any article."""
        return self._one("SELECT 1 FROM rests WHERE thing = ? LIMIT 1", _key(thing)) is not None

    def shown(self, observation: str, kind: str) -> str | None:
        """Digest of the claim that an observation, by its name, shows of a measure."""
        found = self._one(
            "SELECT digest FROM claim WHERE observation = ? AND kind = ? ORDER BY rank LIMIT 1", _key(observation), kind
        )
        return found[0] if found else None

    def near(self, period: Period) -> Iterator[Period]:
        """Closed periods that a period may have a link with: those that overlap it, and those a year away."""
        start, end = _days(period)
        found = self._db.execute(
            "SELECT code FROM period WHERE start < ?2 AND end > ?1"
            " UNION SELECT code FROM period WHERE start BETWEEN ?1 - ?3 - 1 AND ?1 - ?3 + 2"
            " UNION SELECT code FROM period WHERE start BETWEEN ?1 + ?3 - 2 AND ?1 + ?3 + 1",
            (start, end, _YEAR),
        )
        return (parse(code) for (code,) in found.fetchall())

    @contextmanager
    def _changing(self, *, keep: bool) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT" if keep else "ROLLBACK")
        except sqlite3.Error as error:
            raise StoreError(f"the index beside the store cannot be written: {error}", fix="free some space") from None

    def _put(self, article: str, footing: Footing) -> None:
        found = self._one("SELECT number FROM article WHERE id = ?", article)
        claims = self._remove(int(found[0])) if found else set()
        claims |= self._add(article, footing) if footing != Footing() else set()
        for digest in claims:
            self._rank(digest)

    def _remove(self, number: int) -> set[str]:
        """Take an article away; returns the claims that it stated."""
        things = self._db.execute("SELECT thing FROM rests WHERE article = ?", (number,)).fetchall()
        claims = {digest for (digest,) in self._db.execute("SELECT digest FROM said WHERE article = ?", (number,))}
        for table in ("rests", "said"):
            self._db.execute(f"DELETE FROM {table} WHERE article = ?", (number,))
        self._db.execute("DELETE FROM article WHERE number = ?", (number,))
        self._db.executemany(
            "DELETE FROM period WHERE thing = ?1 AND NOT EXISTS (SELECT 1 FROM rests WHERE thing = ?1)", things
        )
        return claims

    def _add(self, article: str, footing: Footing) -> set[str]:
        number = self._db.execute("INSERT INTO article (id) VALUES (?)", (article,)).lastrowid
        insert = self._db.executemany
        insert("INSERT INTO rests VALUES (?, ?)", ((key, number) for key in {_key(one) for one in footing.things}))
        insert(
            "INSERT OR IGNORE INTO period VALUES (?, ?, ?, ?)",
            ((_key(str(period_node(one.name))), one.code, *_days(one)) for one in footing.periods),
        )
        for one in footing.stated:
            said = one.candidate
            self._db.execute(
                "INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, '')",
                (said.digest, _key(one.observation), one.kind, said.status, said.qualifier, _text(said.lower),
                 _text(said.upper)),
            )  # fmt: skip
            self._db.execute(
                "INSERT INTO said VALUES (?, ?, ?, ?, ?, ?)",
                (said.digest, number, said.government, said.vintage, said.scope_stated, said.reviewed),
            )
        return {one.candidate.digest for one in footing.stated}

    def _rank(self, digest: str) -> None:
        """Place a claim anew among those of its observation, or take it away where no article states it."""
        if self._one("SELECT 1 FROM said WHERE digest = ? LIMIT 1", digest) is None:
            self._db.execute("DELETE FROM claim WHERE digest = ?", (digest,))
            return
        found = self._one("SELECT status, qualifier, lower, upper FROM claim WHERE digest = ?", digest)
        assert found is not None
        status, qualifier, lower, upper = found
        day = self._one("SELECT min(day) FROM said WHERE digest = ? AND day IS NOT NULL", digest)
        candidate = Candidate(
            digest, status, self._any(digest, "government"), day[0] if day else None, self._any(digest, "stated"),
            qualifier, Decimal(lower) if lower else None, Decimal(upper) if upper else None,
            self._any(digest, "reviewed"),
        )  # fmt: skip
        self._db.execute("UPDATE claim SET rank = ? WHERE digest = ?", (sortable(candidate), digest))

    def _any(self, digest: str, what: str) -> bool:
        return self._one(f"SELECT 1 FROM said WHERE digest = ? AND {what} LIMIT 1", digest) is not None

    def _one(self, query: str, *given: object) -> tuple[str, ...] | None:
        found: tuple[str, ...] | None = self._db.execute(query, given).fetchone()
        return found


def _fill(path: Path, footings: Iterable[tuple[str, Footing]]) -> None:
    """Make an index beside itself, have it on disk, and rename it."""
    temporary = path.with_name(f"{path.name}.new")
    temporary.unlink(missing_ok=True)
    with closing(_made(str(temporary))) as connection:
        grounds = Grounds(connection)
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        claims: set[str] = set()
        for article, footing in footings:
            claims |= grounds._add(article, footing)
        for digest in claims:
            grounds._rank(digest)
        connection.execute("COMMIT")
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)


def _made(where: str) -> sqlite3.Connection:
    connection = sqlite3.connect(where, isolation_level=None)
    connection.executescript(_TABLES)
    return connection


def _key(thing: str) -> bytes:
    """Ten bytes of SHA-256, as many as name a claim."""
    return hashlib.sha256(thing.encode()).digest()[:10]


def _days(period: Period) -> tuple[int, int]:
    return period.start.toordinal(), period.end.toordinal() if period.end else _NEVER


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
