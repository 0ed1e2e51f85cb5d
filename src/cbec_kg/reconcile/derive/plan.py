"""A rule of derivation, and one use of it: what it needs, and how the numbers go together.

>>> plan = Plan(formula="c = a - b", pattern="{} - {}", needs=(), compute=lambda a, b: a - b)
>>> plan.written(["3", "[1, 2]"])
'3 - [1, 2]'
>>> multiple(Interval.of(-60, -50))
Interval(lower=Decimal('0.4'), upper=Decimal('0.5'))
>>> multiple(Interval.of(None, -50)), multiple(Interval.of(-120, -110)) is None
(Interval(lower=Decimal('0'), upper=Decimal('0.5')), True)
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.growth import factor
from cbec_kg.reconcile.interval import Interval

__all__ = ["Has", "Need", "Plan", "Rule", "multiple"]

_NOT_NEGATIVE = Interval.of(0, None)

Has = Callable[[Point], bool]


@dataclass(frozen=True, slots=True)
class Need:
    """What a plan asks of a point: ``level``, ``growth``, ``share`` or ``restated``.

    ``of`` is the whole's name where a share is asked for, and the two units, ``CNY/USD``, where a level is that is
    given again in another currency. A level may be derived itself, a growth only where ``derivable``.
    """

    point: Point
    measure: str = "level"
    of: str | None = None
    derivable: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """One use of a rule: its needs in the formula's order; ``compute`` gives None where there is no such number.

    The result has the unit of the levels, or ``unit`` where it is given. ``amounts`` is whether the levels must be
    amounts: neither rates nor below zero, for a growth or a share of such a thing may mean anything.
    """

    formula: str
    pattern: str
    needs: tuple[Need, ...]
    compute: Callable[..., Interval | None]
    unit: str | None = None
    amounts: bool = False

    def written(self, numbers: Sequence[str]) -> str:
        """The formula's right side with numbers."""
        return self.pattern.format(*numbers)


@dataclass(frozen=True, slots=True)
class Rule:
    """A way to derive a measure.

    ``plans`` lists its uses for a point (``has`` tells whether there is a level at another one), ``reached`` the
    points where a firm figure may be used by it.
    """

    code: str
    measure: str
    plans: Callable[[Point, Figures, Terms, Has], Iterable[Plan]]
    reached: Callable[[Figure, Figures, Terms], Iterable[Point]]


def multiple(growth: Interval) -> Interval | None:
    """By what a level that is not negative is multiplied when it grows by so many percent."""
    return factor(growth).meet(_NOT_NEGATIVE)
