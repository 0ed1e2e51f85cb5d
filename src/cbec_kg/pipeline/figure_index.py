"""Figures of all articles in an index on disk, looked up by what they are of, however many articles state the same.

It answers as `cbec_kg.reconcile.book.Book` does; a figure costs the same, whether one article states it or thousands.

>>> from cbec_kg.reconcile.figure import Stating
>>> point = Point(Slots("i", "china", "all", "all", "none", "none"), "2022")
>>> one = Figure(digest="a", point=point, stating=Stating("level", "CNY"), status="reported", qualifier="exact",
...              value=Decimal(1), lower=Decimal(1), upper=Decimal(1), source="a2", vintage="2023-05-01")
>>> index = FigureIndex(sqlite3.connect(":memory:"))
>>> index.create()
>>> index.add([one, replace(one, source="a1", vintage="2023-04-01")], [])
>>> index.at(point) == [replace(one, source="a1", vintage="2023-04-01")]
True
>>> [index.remove("a1"), index.remove("a2"), index.at(point)]
[None, None, []]
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.figure import Amount, Figure, Move, Point, Stating

__all__ = ["FigureIndex", "key"]

_TABLES = """
CREATE TABLE claim (digest TEXT PRIMARY KEY, point BLOB, series BLOB, period TEXT, year INTEGER, scopeless BLOB,
    whole BLOB, base BLOB, ranked BLOB, body TEXT) WITHOUT ROWID;
CREATE INDEX claim_point ON claim (point);
CREATE INDEX claim_series ON claim (series, year, period);
CREATE INDEX claim_scopeless ON claim (scopeless);
CREATE INDEX claim_whole ON claim (whole) WHERE whole IS NOT NULL;
CREATE INDEX claim_base ON claim (base) WHERE base IS NOT NULL;
CREATE INDEX claim_ranked ON claim (ranked) WHERE ranked IS NOT NULL;
CREATE TABLE move (digest TEXT PRIMARY KEY, series BLOB, body TEXT) WITHOUT ROWID;
CREATE INDEX move_series ON move (series);
CREATE TABLE said (digest TEXT, article TEXT, day TEXT, traits TEXT, PRIMARY KEY (digest, article)) WITHOUT ROWID;
CREATE INDEX said_article ON said (article);
CREATE INDEX said_day ON said (digest, day, article) WHERE day IS NOT NULL;
CREATE TABLE trait (digest TEXT, trait TEXT, articles INTEGER, PRIMARY KEY (digest, trait)) WITHOUT ROWID;
"""
_FLAGS = ("government", "scope_stated", "reviewed")


class FigureIndex:
    """Figures and moves in some tables of a database; it begins and ends no transaction."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def create(self) -> None:
        """Make the tables."""
        self._db.executescript(_TABLES)

    # ---- what comes and goes

    def add(self, figures: Iterable[Figure], moves: Iterable[Move]) -> None:
        """Add what articles state, each figure as its ``source`` alone gives it; of an article all at once."""
        said: dict[tuple[str, str], tuple[str | None, set[str]]] = {}
        for one in figures:
            self._db.execute(
                "INSERT OR IGNORE INTO claim VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (one.digest, *_places(one))
            )
            day, traits = said.get((one.digest, one.source), (None, set()))
            days = [each for each in (day, one.vintage) if each]
            said[one.digest, one.source] = (min(days, default=None), traits | set(_traits(one)))
        for move in moves:
            self._db.execute(
                "INSERT OR IGNORE INTO move VALUES (?, ?, ?)", (move.digest, key(move.point.slots.name), _of_move(move))
            )
            day, traits = said.get((move.digest, move.source), (None, set()))
            said[move.digest, move.source] = (min((each for each in (day, move.vintage) if each), default=None), traits)
        for (digest, article), (day, traits) in said.items():
            told = json.dumps(sorted(traits), ensure_ascii=False)
            self._db.execute("INSERT INTO said VALUES (?, ?, ?, ?)", (digest, article, day, told))
            self._count(digest, traits, 1)

    def remove(self, article: str) -> None:
        """Take away what an article states."""
        held = self._db.execute("SELECT digest, traits FROM said WHERE article = ?", (article,)).fetchall()
        self._db.execute("DELETE FROM said WHERE article = ?", (article,))
        for digest, traits in held:
            self._count(digest, json.loads(traits), -1)
            if self._db.execute("SELECT 1 FROM said WHERE digest = ? LIMIT 1", (digest,)).fetchone() is None:
                for table in ("claim", "move", "trait"):
                    self._db.execute(f"DELETE FROM {table} WHERE digest = ?", (digest,))

    def _count(self, digest: str, traits: Iterable[str], step: int) -> None:
        for trait in traits:
            self._db.execute(
                "INSERT INTO trait VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET articles = articles + ?3",
                (digest, trait, step),
            )
        if step < 0:
            self._db.execute("DELETE FROM trait WHERE digest = ? AND articles < 1", (digest,))

    # ---- what is asked

    def stated(self, digests: Iterable[str]) -> dict[str, Figure | Move]:
        """Claims by their digests, each as all articles together give it; those that none states are left out."""
        found: dict[str, Figure | Move] = {}
        for digest in digests:
            row = self._db.execute("SELECT body FROM move WHERE digest = ?", (digest,)).fetchone()
            if row:
                found[digest] = self._move(row[0])
                continue
            row = self._db.execute("SELECT body FROM claim WHERE digest = ?", (digest,)).fetchone()
            if row:
                point = _point(json.loads(row[0])["point"])
                found |= {one.digest: one for one in self.at(point) if one.digest == digest}
        return found

    def at(self, point: Point) -> Sequence[Figure]:
        """Figures of a point, by digest."""
        found = self._figures("point = ?", key(point.name))
        growths = [one.digest for one in found if one.stating.measure == "growth"]
        return [replace(one, growths=self._also(one, growths)) for one in found] if growths else found

    def periods(self, slots: Slots, year: int) -> Sequence[str]:
        """Names of the closed periods within a calendar year at which a series has figures."""
        found = self._db.execute(
            "SELECT DISTINCT period FROM claim WHERE series = ? AND year = ? ORDER BY period", (key(slots.name), year)
        )
        return [period for (period,) in found.fetchall()]

    def moves(self, slots: Slots) -> Sequence[Move]:
        """Trend claims on a series, by digest."""
        found = self._db.execute("SELECT body FROM move WHERE series = ? ORDER BY digest", (key(slots.name),))
        return [self._move(body) for (body,) in found.fetchall()]

    def shares_of(self, point: Point) -> Sequence[Figure]:
        """Share claims whose whole is a point, by digest."""
        return self._figures("whole = ?", key(point.name))

    def since(self, point: Point) -> Sequence[Figure]:
        """Growth claims of the same series whose base period is a point's, by digest."""
        return self._figures("base = ?", key(point.name))

    def ranked(self, indicator: str, group: str, period: str) -> Sequence[Figure]:
        """Rank claims of an indicator within a group at a period, by digest."""
        return self._figures("ranked = ?", key(f"{indicator} {group} {period}"))

    def scopes(self, point: Point) -> Sequence[Point]:
        """Points with figures that differ from a point in their scope alone, by name."""
        bodies = self._db.execute(
            "SELECT min(body) FROM claim WHERE scopeless = ? GROUP BY point", (key(_scopeless(point)),)
        )
        found = {_point(json.loads(body)["point"]) for (body,) in bodies.fetchall()}
        return sorted(found - {point}, key=lambda one: one.name)

    def _also(self, one: Figure, growths: Iterable[str]) -> frozenset[str]:
        """Those of some growth claims that the article states which gives a claim its day."""
        asked = "SELECT 1 FROM said WHERE digest = ? AND article = ?"
        return frozenset(
            growth
            for growth in growths
            if growth != one.digest and self._db.execute(asked, (growth, one.source)).fetchone()
        )

    def _figures(self, where: str, value: bytes | str) -> list[Figure]:
        found = self._db.execute(f"SELECT body FROM claim WHERE {where} ORDER BY digest", (value,))
        return [self._figure(body) for (body,) in found.fetchall()]

    def _figure(self, body: str) -> Figure:
        given = json.loads(body)
        digest = given["digest"]
        day, source = self._first(digest)
        traits = [
            trait for (trait,) in self._db.execute("SELECT trait FROM trait WHERE digest = ?", (digest,)).fetchall()
        ]
        speakers = frozenset(trait[1:] for trait in traits if trait.startswith("@"))
        restated = frozenset(_amount(trait[1:]) for trait in traits if trait.startswith("="))
        return Figure(
            digest=digest, point=_point(given["point"]), stating=Stating(**given["stating"]), status=given["status"],
            qualifier=given["qualifier"], value=Decimal(given["value"]), lower=_number(given["lower"]),
            upper=_number(given["upper"]), may_show=given["may_show"], vintage=day, source=source, speakers=speakers,
            restated=restated, government="government" in traits, scope_stated="scope_stated" in traits,
            reviewed="reviewed" in traits,
        )  # fmt: skip

    def _move(self, body: str) -> Move:
        given = json.loads(body)
        day, source = self._first(given["digest"])
        return Move(**{**given, "point": _point(given["point"])}, vintage=day, source=source)

    def _first(self, digest: str) -> tuple[str | None, str]:
        """Earliest day of a claim's evidence, and the article that gives it that day."""
        found = self._db.execute(
            "SELECT day, article FROM said WHERE digest = ? AND day IS NOT NULL ORDER BY day, article LIMIT 1",
            (digest,),
        ).fetchone()
        if found is None:
            asked = "SELECT NULL, article FROM said WHERE digest = ? ORDER BY article LIMIT 1"
            found = self._db.execute(asked, (digest,)).fetchone()
        return found[0], found[1]


def key(text: str) -> bytes:
    """Ten bytes of SHA-256, as many as name a claim."""
    return hashlib.sha256(text.encode()).digest()[:10]


def _places(one: Figure) -> tuple[Any, ...]:
    """What a claim is found by, and its body, which is the same in all articles."""
    point, stating = one.point, one.stating
    closed = point.closed
    body = {
        "digest": one.digest, "point": [asdict(point.slots), point.period], "stating": asdict(stating),
        "status": one.status, "qualifier": one.qualifier, "value": str(one.value), "lower": _text(one.lower),
        "upper": _text(one.upper), "may_show": one.may_show,
    }  # fmt: skip
    return (
        key(point.name),
        key(point.slots.name),
        point.period,
        closed.year if closed else None,
        key(_scopeless(point)),
        key(stating.share_of) if stating.share_of else None,
        key(point.at(stating.base_period).name) if stating.base_period else None,
        key(f"{point.slots.indicator} {stating.ranked_among} {point.period}") if stating.ranked_among else None,
        json.dumps(body, ensure_ascii=False, separators=(",", ":")),
    )


def _of_move(move: Move) -> str:
    body = {
        "digest": move.digest, "point": [asdict(move.point.slots), move.point.period], "direction": move.direction,
        "status": move.status,
    }  # fmt: skip
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def _traits(one: Figure) -> Iterator[str]:
    """What an article adds to a claim: flags, speakers behind @, amounts in other currencies behind =."""
    yield from (flag for flag in _FLAGS if getattr(one, flag))
    yield from (f"@{speaker}" for speaker in one.speakers)
    for amount in one.restated:
        yield "=" + json.dumps([amount.unit, str(amount.value), _text(amount.lower), _text(amount.upper)])


def _amount(text: str) -> Amount:
    unit, value, lower, upper = json.loads(text)
    return Amount(unit, Decimal(value), _number(lower), _number(upper))


def _point(given: list[Any]) -> Point:
    return Point(Slots(**given[0]), given[1])


def _scopeless(point: Point) -> str:
    return replace(point, slots=replace(point.slots, scope="none")).name


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
