"""Figures looked up by what they are of: what checks and derivations ask.

`Figures` is the question, `Book` answers it from memory, an index on disk may as well. Every list is sorted, so that
the order in which figures came never shows.

>>> from decimal import Decimal
>>> from cbec_kg.reconcile.figure import Stating
>>> slots = Slots("i", "china", "all", "all", "none", "none")
>>> one = Figure(digest="a", point=Point(slots, "2022-Q1"), stating=Stating("level", "CNY"), status="reported",
...              qualifier="exact", value=Decimal(1), lower=Decimal(1), upper=Decimal(1))
>>> book = Book([one])
>>> [figure.digest for figure in book.at(Point(slots, "2022-Q1"))], book.periods(slots, 2022)
(['a'], ['2022-Q1'])
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Protocol

from cbec_kg.model.slots import Slots
from cbec_kg.reconcile.figure import Figure, Move, Point, joined

__all__ = ["Book", "Figures", "Rate", "Ratio", "Remembering", "Terms"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """An indicator that is one level as a part of another: both indicators, each with the scope that is meant."""

    part: str
    part_scope: str
    whole: str
    whole_scope: str


@dataclass(frozen=True, slots=True)
class Rate:
    """An indicator that is an average over time: of which indicator, in which scope, and over how many seconds."""

    whole: str
    scope: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What the vocabulary says that arithmetic needs.

    ``flows`` are the indicators whose levels add up over periods (a stock's do not), ``traded`` those that have
    exports and imports; by indicator, ``ratios`` gives what it is the ratio of, ``rates`` what it is the average of,
    and ``scopes`` its default scope.
    """

    flows: frozenset[str] = frozenset()
    traded: frozenset[str] = frozenset()
    ratios: Mapping[str, Ratio] = field(default_factory=dict)
    rates: Mapping[str, Rate] = field(default_factory=dict)
    scopes: Mapping[str, str] = field(default_factory=dict)


class Figures(Protocol):
    """Looks figures up; each list is sorted and holds a claim once."""

    def at(self, point: Point) -> Sequence[Figure]:
        """Figures of a point, by digest."""

    def periods(self, slots: Slots, year: int) -> Sequence[str]:
        """Names of the closed periods within a calendar year, that year included, at which a series has figures."""

    def moves(self, slots: Slots) -> Sequence[Move]:
        """Trend claims on a series, by digest."""

    def shares_of(self, point: Point) -> Sequence[Figure]:
        """Share claims whose whole is a point, by digest."""

    def since(self, point: Point) -> Sequence[Figure]:
        """Growth claims of the same series whose base period is a point's, by digest."""

    def ranked(self, indicator: str, group: str, period: str) -> Sequence[Figure]:
        """Rank claims of an indicator within a group at a period, by digest."""

    def scopes(self, point: Point) -> Sequence[Point]:
        """Points with figures that differ from a point in their scope alone, sorted."""


class Book:
    """Figures and moves in memory; the same claim given twice is joined."""

    def __init__(self, figures: Iterable[Figure] = (), moves: Iterable[Move] = ()) -> None:
        given: dict[str, list[Figure]] = defaultdict(list)
        for one in figures:
            given[one.digest].append(one)
        self.figures = {digest: joined(given[digest]) for digest in sorted(given)}
        stated: dict[tuple[Point, str], set[str]] = defaultdict(set)
        for digest, some in given.items():
            for one in some:
                if one.stating.measure == "growth":
                    stated[one.point, one.source].add(digest)
        for digest, one in self.figures.items():
            told = frozenset().union(*(each.growths for each in given[digest] if each.source == one.source))
            growths = told | stated.get((one.point, one.source), set()) - {digest}
            self.figures[digest] = replace(one, growths=growths)
        self._at: dict[Point, list[Figure]] = defaultdict(list)
        self._periods: dict[tuple[Slots, int], set[str]] = defaultdict(set)
        self._moves: dict[Slots, dict[str, Move]] = defaultdict(dict)
        self._shares: dict[str, list[Figure]] = defaultdict(list)
        self._since: dict[Point, list[Figure]] = defaultdict(list)
        self._ranked: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
        self._scopes: dict[Point, set[Point]] = defaultdict(set)
        for one in self.figures.values():
            self._place(one)
        for move in moves:
            known = self._moves[move.point.slots].setdefault(move.digest, move)
            if (move.vintage or "9999", move.source) < (known.vintage or "9999", known.source):
                self._moves[move.point.slots][move.digest] = move

    def _place(self, one: Figure) -> None:
        point, stating = one.point, one.stating
        self._at[point].append(one)
        self._scopes[_scopeless(point)].add(point)
        closed = point.closed
        if closed and closed.year:
            self._periods[point.slots, closed.year].add(point.period)
        if stating.share_of:
            self._shares[stating.share_of].append(one)
        if stating.base_period:
            self._since[point.at(stating.base_period)].append(one)
        if stating.ranked_among:
            self._ranked[point.slots.indicator, stating.ranked_among, point.period].append(one)

    def points(self) -> list[Point]:
        """Every point that has figures, sorted by name."""
        return sorted(self._at, key=lambda point: point.name)

    def all_moves(self) -> list[Move]:
        """Every trend claim, by digest."""
        moves = {digest: move for known in self._moves.values() for digest, move in known.items()}
        return [moves[digest] for digest in sorted(moves)]

    def at(self, point: Point) -> Sequence[Figure]:
        """Figures of a point, by digest."""
        return self._at.get(point, [])

    def periods(self, slots: Slots, year: int) -> Sequence[str]:
        """Names of the closed periods within a calendar year at which a series has figures."""
        return sorted(self._periods.get((slots, year), ()))

    def moves(self, slots: Slots) -> Sequence[Move]:
        """Trend claims on a series, by digest."""
        return [move for _, move in sorted(self._moves.get(slots, {}).items())]

    def shares_of(self, point: Point) -> Sequence[Figure]:
        """Share claims whose whole is a point, by digest."""
        return self._shares.get(point.name, [])

    def since(self, point: Point) -> Sequence[Figure]:
        """Growth claims of the same series whose base period is a point's, by digest."""
        return self._since.get(point, [])

    def ranked(self, indicator: str, group: str, period: str) -> Sequence[Figure]:
        """Rank claims of an indicator within a group at a period, by digest."""
        return self._ranked.get((indicator, group, period), [])

    def scopes(self, point: Point) -> Sequence[Point]:
        """Points with figures that differ from a point in their scope alone."""
        return sorted(self._scopes.get(_scopeless(point), set()) - {point}, key=lambda one: one.name)


class Remembering:
    """Figures that asks others and keeps what they answer, for as long as they do not change."""

    def __init__(self, figures: Figures) -> None:
        self.at = cache(figures.at)
        self.periods = cache(figures.periods)
        self.moves = cache(figures.moves)
        self.shares_of = cache(figures.shares_of)
        self.since = cache(figures.since)
        self.ranked = cache(figures.ranked)
        self.scopes = cache(figures.scopes)


def _scopeless(point: Point) -> Point:
    return replace(point, slots=replace(point.slots, scope="none"))
