"""A revision triangle: what each release said of each period, so that one sees how figures were revised.

Rows are periods, columns the days on which figures were first known, and the undated stand in a column of their own.
A repeat of an earlier figure is no release: it stands with what it repeats. (The real-time data sets of D. Croushore
and T. Stark, Journal of Econometrics 105, 2001, are laid out so.)

>>> from decimal import Decimal as D
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.figure import Stating
>>> point = Point(Slots("cbec-trade-value", "china", "all", "all", "total", "gac-total"), "2022")
>>> def said(digest, value, day):
...     return Figure(digest=digest, point=point, stating=Stating("level", "CNY"), status="revised", qualifier="exact",
...                   value=D(value), lower=D(value), upper=D(value), vintage=day)
>>> found = triangle([said("a", 2110, "2023-01-13"), said("b", 2090, "2024-01-12"), said("c", 2110, None)])
>>> found.days, [[one.figure.digest for one in cell] for cell in found.rows[0].cells]
(('2023-01-13', '2024-01-12', None), [['a'], ['b'], ['c']])
>>> found.rows[0].cells[1][0].revises, found.rows[0].cells[0][0].is_replaced
(('a', 'c'), True)
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.vintages import days, superseded

__all__ = ["Release", "Row", "Triangle", "triangle"]


@dataclass(frozen=True, slots=True)
class Release:
    """A figure in a cell.

    ``revises`` are the digests of what it replaces, ``is_replaced`` is whether a later release replaces it, and
    ``is_repeat`` whether it only gives again, as exactly or less so, what was known before.
    """

    figure: Figure
    revises: tuple[str, ...] = ()
    is_replaced: bool = False
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """All releases for one point, a cell a column; in a cell what is firm and exact comes first."""

    point: Point
    cells: tuple[tuple[Release, ...], ...]


@dataclass(frozen=True, slots=True)
class Triangle:
    """``days`` heads the columns, YYYY-MM-DD in order, None last for what has no date; rows are in order of time."""

    days: tuple[str | None, ...]
    rows: tuple[Row, ...]

    @property
    def releases(self) -> list[tuple[str | None, Release]]:
        """Every release with its day, row by row."""
        return [(day, one) for row in self.rows for day, cell in zip(self.days, row.cells, strict=True) for one in cell]


def _any(figure: Figure) -> bool:
    return True


def triangle(figures: Iterable[Figure], shown: Callable[[Figure], bool] = _any) -> Triangle:
    """The triangle of the figures that are ``shown``.

    What repeats or revises what is judged among all figures of a point, for a growth may tell that a level was
    revised. Figures of several series make a row for each of their points.
    """
    points: dict[Point, list[Figure]] = defaultdict(list)
    for one in figures:
        points[one.point].append(one)
    releases = {point: _releases(some, shown) for point, some in points.items()}
    releases = {point: some for point, some in releases.items() if some}
    known = {day for some in releases.values() for day, _ in some}
    columns = (*sorted(day for day in known if day is not None), *([None] if None in known else []))
    return Triangle(
        columns,
        tuple(
            Row(point, tuple(tuple(one for day, one in releases[point] if day == column) for column in columns))
            for point in sorted(releases, key=_in_time)
        ),
    )


def _releases(figures: list[Figure], shown: Callable[[Figure], bool]) -> list[tuple[str | None, Release]]:
    vintages, revised = days(figures), superseded(figures)
    replaced = {earlier for earliers in revised.values() for earlier in earliers}
    found = [
        (
            vintages[one.digest],
            Release(
                one, revised.get(one.digest, ()), one.digest in replaced, vintages[one.digest] != one.vintage,
            ),
        )
        for one in sorted(figures, key=lambda one: one.digest)
        if shown(one)
    ]  # fmt: skip
    return sorted(found, key=lambda pair: _in_cell(pair[1]))


def _in_cell(one: Release) -> tuple[bool, bool, bool, str]:
    figure = one.figure
    return one.is_repeat, not figure.is_firm, figure.qualifier != "exact", figure.digest


def _in_time(point: Point) -> tuple[bool, date, bool, date, str]:
    closed = point.closed
    if closed is None:
        return True, date.min, True, date.min, point.name
    return False, closed.start, closed.end is None, closed.end or date.min, point.name
