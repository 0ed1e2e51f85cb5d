"""Which claims of a point count: what is said to be so, in one unit and on one basis, the last word of each source.

>>> current([], "level", Preferred("CNY")).firm
()
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cbec_kg.reconcile import vintages
from cbec_kg.reconcile.choose import rank
from cbec_kg.reconcile.figure import Figure, Point, Stating
from cbec_kg.reconcile.interval import meet_of_all

__all__ = ["Current", "Preferred", "best", "current", "in_order", "sides_of"]


@dataclass(frozen=True, slots=True)
class Preferred:
    """The unit, whole and basis that are meant where a question names none; ``whole`` is an indicator's code."""

    unit: str | None = None
    whole: str | None = None
    basis: str | None = "yoy"


@dataclass(frozen=True, slots=True)
class Current:
    """Claims of one point and measure, best first: ``firm`` ones that count, those that they replace, and the rest."""

    firm: tuple[Figure, ...] = ()
    replaced: tuple[Figure, ...] = ()
    foreseen: tuple[Figure, ...] = ()
    others: tuple[Figure, ...] = ()


def best(figures: Iterable[Figure]) -> Figure | None:
    """The figure to show, None where there is none; days are those of `vintages.days`."""
    return next(iter(in_order(figures)), None)


def in_order(figures: Iterable[Figure]) -> list[Figure]:
    """Figures, the one to show first; each once."""
    points: dict[Point, list[Figure]] = defaultdict(list)
    for figure in figures:
        points[figure.point].append(figure)
    days = {digest: day for some in points.values() for digest, day in vintages.days(some).items()}
    found = {figure.digest: figure for some in points.values() for figure in some}
    return sorted(found.values(), key=lambda one: rank(one, days))


def current(figures: Sequence[Figure], measure: str, preferred: Preferred, against: Point | None = None) -> Current:
    """Claims of a measure among all figures of a point.

    Of several units or bases that of the preferred kind counts, else that of the best figure. Where a share is asked
    for ``against`` a point, no share of another whole counts.
    """
    asked = [figure for figure in in_order(figures) if figure.stating.measure == measure]
    firm = [figure for figure in asked if figure.is_firm]
    if measure == "growth":  # another basis answers another question
        firm = [figure for figure in firm if figure.stating.basis == preferred.basis]
    elif measure == "share" and against is not None:  # so does another whole
        firm = [figure for figure in firm if _whole(figure.stating) == against]
    last = {figure.digest for figure in vintages.current(figures)}
    meant = [figure for figure in firm if _is_preferred(figure, preferred)] or firm
    first = next((figure for figure in meant if figure.digest in last), None)
    kept = [figure for figure in meant if first and figure.stating == first.stating]
    taken = {figure.digest for figure in kept}
    return Current(
        tuple(figure for figure in kept if figure.digest in last),
        tuple(figure for figure in kept if figure.digest not in last),
        tuple(figure for figure in asked if not figure.is_firm),
        tuple(figure for figure in asked if figure.digest in last - taken),
    )


def _is_preferred(figure: Figure, preferred: Preferred) -> bool:
    stating = figure.stating
    match stating.measure:
        case "level":
            return stating.unit == preferred.unit
        case "growth":
            return stating.basis == preferred.basis and stating.currency_basis in (None, preferred.unit)
        case "share":
            whole = _whole(stating)
            return whole is not None and whole.slots.indicator == preferred.whole
    return True


def _whole(stating: Stating) -> Point | None:
    """The point that a share is a part of."""
    return Point.parse(stating.share_of) if stating.share_of else None


def sides_of(figures: Sequence[Figure]) -> list[tuple[Figure, ...]]:
    """Groups of figures that have a number in common, each led by the best of those that no group before took.

    >>> from dataclasses import replace
    >>> from decimal import Decimal
    >>> point = Point.parse("i_china_all_all_none_none_2022")
    >>> one = Figure(digest="a", point=point, stating=Stating("level", "CNY"), status="reported", qualifier="exact",
    ...              value=Decimal(1), lower=Decimal(1), upper=Decimal(1))
    >>> two = replace(one, digest="b", value=Decimal(2), lower=Decimal(2), upper=Decimal(2))
    >>> [[figure.digest for figure in side] for side in sides_of([one, two, replace(one, digest="c")])]
    [['a', 'c'], ['b']]
    """
    left, sides = list(figures), []
    while left:
        side: list[Figure] = []
        for figure in left:
            if meet_of_all(one.interval for one in (*side, figure)) is not None:
                side.append(figure)
        sides.append(tuple(side))
        left = [figure for figure in left if figure not in side]
    return sides
