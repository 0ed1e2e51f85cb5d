"""Exports and imports against their total: levels add up, growth is weighted.

>>> FORMULAS[0]
'level(export) + level(import) = level(total)'
>>> blend(Interval.exactly("0.5"), Interval.of(1, 2), Interval.of(3, None))
Interval(lower=Decimal('2.0'), upper=None)
"""

from collections.abc import Iterable, Iterator, Sequence

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.checks.compared import Formula, compared
from cbec_kg.reconcile.checks.operands import after, before, firm, is_yoy, level_in, levels, taken, units
from cbec_kg.reconcile.checks.operands import within_reach as these
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.growth import ONE, factor, is_money
from cbec_kg.reconcile.interval import Interval

__all__ = ["FORMULAS", "SUM", "WEIGHTED", "blend", "find_sums", "find_weighted", "reach_sums", "reach_weighted"]

SUM, WEIGHTED = "flow-sum", "weighted-growth"
_FLOWS = ("total", "export", "import")


def blend(weight: Interval, one: Interval, other: Interval) -> Interval:
    """Average of two intervals, ``weight`` (0 to 1) being that of the first; a weight serves both at once."""
    ends = [Interval.exactly(end) for end in (weight.lower, weight.upper) if end is not None]
    mixed = [end * one + (ONE - end) * other for end in ends]
    lowers, uppers = [each.lower for each in mixed], [each.upper for each in mixed]
    return Interval(
        None if None in lowers else min(low for low in lowers if low is not None),
        None if None in uppers else max(high for high in uppers if high is not None),
    )


def _weighted(exports: Interval, imports: Interval, growth: Interval, other: Interval) -> Interval | None:
    """Growth of the sum of two positive bases."""
    if not all(base.is_bounded and base.lower is not None and base.lower > 0 for base in (exports, imports)):
        return None
    return blend(ONE / (ONE + imports / exports), growth, other)


def _by_base(given: Sequence[Interval]) -> Interval | None:
    return _weighted(*given)


def _by_level(given: Sequence[Interval]) -> Interval | None:
    exports, imports, growth, other = given
    factors = factor(growth), factor(other)
    if any(one.lower is None or one.lower <= 0 for one in factors):
        return None
    return _weighted(exports / factors[0], imports / factors[1], growth, other)


_SUM = Formula(
    SUM, "level(export) + level(import) = level(total)", "{} + {}", lambda given: given[0] + given[1]
)  # fmt: skip
_BASE = Formula(
    WEIGHTED,
    "(level(export, year before) * growth(export) + level(import, year before) * growth(import))"
    " / (level(export, year before) + level(import, year before)) = growth(total)",
    "({0} * {2} + {1} * {3}) / ({0} + {1})",
    _by_base,
)
_LEVEL = Formula(
    WEIGHTED,
    "(level(export) + level(import))"
    " / (level(export) / (1 + growth(export)) + level(import) / (1 + growth(import))) - 1 = growth(total)",
    "(({0} + {1}) / ({0} / (1 + {2} / 100) + {1} / (1 + {3} / 100)) - 1) * 100",
    _by_level,
)
FORMULAS = (_SUM.symbols, _BASE.symbols, _LEVEL.symbols)


def find_sums(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Each level of a total whose exports and imports have levels in its unit."""
    if not _is_total(point, terms):
        return
    for tested in levels(figures, point):
        parts = [
            taken(firm(figures, point.flowing(flow), tested.stating), tested.source, tested.vintage)
            for flow in ("export", "import")
        ]
        exports, imports = parts
        if exports and imports:
            yield from compared(_SUM, tested, [exports, imports], figures, terms)


def find_weighted(point: Point, figures: Figures, terms: Terms) -> Iterator[Finding]:
    """Each growth of a total whose exports and imports have growth, and levels now or a year before."""
    earlier = before(point)
    if earlier is None or not _is_total(point, terms):
        return
    for tested in figures.at(point):
        if not is_yoy(tested):
            continue
        growths = [_growth(figures, point.flowing(flow), tested) for flow in ("export", "import")]
        for formula, place in ((_BASE, earlier), (_LEVEL, point)):
            sizes = _sizes(figures, place, tested)
            if sizes and growths[0] and growths[1]:
                yield from compared(formula, tested, [*sizes, growths[0], growths[1]], figures, terms)
                break


def reach_sums(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """The total at the same period."""
    return [one.point.flowing("total")] if _is_part(one, terms) and one.stating.measure == "level" else []


def reach_weighted(one: Figure, figures: Figures, terms: Terms) -> Iterable[Point]:
    """The total at the same period, and a year after a level."""
    if not _is_part(one, terms):
        return []
    total = one.point.flowing("total")
    return these(total, after(total) if one.stating.measure == "level" else None)


def _is_total(point: Point, terms: Terms) -> bool:
    return point.slots.flow == "total" and point.slots.indicator in terms.traded


def _is_part(one: Figure, terms: Terms) -> bool:
    return one.point.slots.flow in _FLOWS and one.point.slots.indicator in terms.traded


def _growth(figures: Figures, point: Point, tested: Figure) -> Figure | None:
    basis = tested.stating.currency_basis
    found = [one for one in figures.at(point) if is_yoy(one) and one.stating.currency_basis == basis]
    return taken(found, tested.source, tested.vintage)


def _sizes(figures: Figures, total: Point, tested: Figure) -> list[Figure] | None:
    """Levels of exports and imports in one unit."""
    places, basis = [total.flowing(flow) for flow in ("export", "import")], tested.stating.currency_basis
    for unit in units(figures, tested, *places):
        if basis and is_money(unit) and basis != unit:
            continue
        found = [taken(firm(figures, one, level_in(unit)), tested.source, tested.vintage) for one in places]
        return [one for one in found if one]
    return None
