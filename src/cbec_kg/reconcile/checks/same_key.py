"""Claims that state the same of one point: they meet, or they do not.

Pairs that a revision links are left to the finding that tells of the revision. Figures of one article that nobody has
reviewed are not held against each other where they differ (`cbec_kg.reconcile.conflicts` says why).

>>> FORMULAS
('figure = figure',)
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import Formula, compared
from cbec_kg.reconcile.choose import choose
from cbec_kg.reconcile.conflicts import is_doubtful
from cbec_kg.reconcile.figure import Figure, Point, Stating
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.vintages import earlier_releases

__all__ = ["CODE", "FORMULAS", "find", "reach"]

CODE = "same-key"
_SAME = Formula(CODE, "figure = figure", "{}", lambda given: given[0])
FORMULAS = (_SAME.symbols,)


def find(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Every pair of firm claims of a point that state the same measure, and not the very same figure."""
    groups: dict[Stating, list[Figure]] = defaultdict(list)
    for one in figures.at(point):
        if one.is_firm:
            groups[one.stating].append(one)
    replaced = earlier_releases(figures.at(point))
    for group in groups.values():
        for pair in combinations(group, 2):
            a, b = pair
            if b.digest in replaced.get(a.digest, ()) or a.digest in replaced.get(b.digest, ()):
                continue
            if (a.value, a.interval, a.qualifier) == (b.value, b.interval, b.qualifier):
                continue
            if is_doubtful(a, b) and not a.interval.meets(b.interval):
                continue
            better = choose(pair) or a
            yield from compared(_SAME, b if better is a else a, [better], figures, terms)


def reach(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """The claim's own point."""
    return [one.point]
