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

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cbec_kg.errors import StoreError
from cbec_kg.model.period import Period, parse
from cbec_kg.pipeline.figure_index import FigureIndex, key
from cbec_kg.pipeline.sources import Curated
from cbec_kg.reconcile.figure import Figure, Move
from cbec_kg.triples.figures import figures_of, moves_of
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import closed_periods, resting
from cbec_kg.triples.periods import period_node

__all__ = ["Footing", "Grounds"]

_TABLES = """
CREATE TABLE article (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE rests (thing BLOB, article INTEGER, PRIMARY KEY (thing, article)) WITHOUT ROWID;
CREATE INDEX rests_article ON rests (article);
CREATE TABLE period (thing BLOB PRIMARY KEY, code TEXT, start INTEGER, end INTEGER) WITHOUT ROWID;
CREATE INDEX period_start ON period (start);
"""
_YEAR = 366
_NEVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Footing:
    """What rests on one article: nodes and direct triples by their text, closed periods, figures and moves."""

    things: frozenset[str] = frozenset()
    periods: frozenset[Period] = frozenset()
    figures: tuple[Figure, ...] = ()
    moves: tuple[Move, ...] = ()

    @classmethod
    def of(cls, content: Curated | None, namer: Namer) -> "Footing":
        """The footing of an article's content; None stands for no article."""
        if content is None:
            return cls()
        namer, articles = namer.knowing(content.names), {content.article.id: content.article}
        return cls(
            frozenset(map(str, resting(content.rows, namer))),
            frozenset(closed_periods(content.rows)),
            tuple(figures_of(content.rows, articles, namer)),
            tuple(moves_of(content.rows, articles)),
        )


class Grounds:
    """The index of one build; the texts of things are kept as digests. ``figures`` looks figures up."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.figures = FigureIndex(connection)

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
        return self._one("SELECT 1 FROM rests WHERE thing = ? LIMIT 1", key(thing)) is not None

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
        if found:
            self._remove(int(found[0]), article)
        if footing != Footing():
            self._add(article, footing)

    def _remove(self, number: int, article: str) -> None:
        things = self._db.execute("SELECT thing FROM rests WHERE article = ?", (number,)).fetchall()
        self._db.execute("DELETE FROM rests WHERE article = ?", (number,))
        self._db.execute("DELETE FROM article WHERE number = ?", (number,))
        self._db.executemany(
            "DELETE FROM period WHERE thing = ?1 AND NOT EXISTS (SELECT 1 FROM rests WHERE thing = ?1)", things
        )
        self.figures.remove(article)

    def _add(self, article: str, footing: Footing) -> None:
        number = self._db.execute("INSERT INTO article (id) VALUES (?)", (article,)).lastrowid
        insert = self._db.executemany
        insert("INSERT INTO rests VALUES (?, ?)", ((one, number) for one in {key(thing) for thing in footing.things}))
        insert(
            "INSERT OR IGNORE INTO period VALUES (?, ?, ?, ?)",
            ((key(str(period_node(one.name))), one.code, *_days(one)) for one in footing.periods),
        )
        self.figures.add(footing.figures, footing.moves)

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
        for article, footing in footings:
            grounds._add(article, footing)
        connection.execute("COMMIT")
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)


def _made(where: str) -> sqlite3.Connection:
    connection = sqlite3.connect(where, isolation_level=None)
    connection.executescript(_TABLES)
    FigureIndex(connection).create()
    return connection


def _days(period: Period) -> tuple[int, int]:
    return period.start.toordinal(), period.end.toordinal() if period.end else _NEVER
