"""Operands that a plan may use, and which of them go together: those of one source, so that vintages are not mixed.

>>> shown(Interval.of("1.50", None)), shown(Interval.exactly("-7.0")), shown(None)
('[1.5, ∞)', '-7', '?')
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from itertools import product
from math import prod

from cbec_kg.reconcile.choose import rank
from cbec_kg.reconcile.derive.step import Step
from cbec_kg.reconcile.figure import Figure
from cbec_kg.reconcile.interval import Interval

__all__ = ["Option", "number", "ranks", "shown", "sides", "together"]

_TOLD = Context(prec=12, rounding=ROUND_HALF_EVEN)
_MOST = 8
"""Most combinations of conflicting operands that are all tried; of more, each operand is still used once."""


@dataclass(frozen=True, slots=True)
class Option:
    """A figure or a step as an operand: its numbers, and who gives them.

    ``texts`` are its value and interval as a calculation writes them; ``source`` is None where several articles have a
    part in it.
    """

    item: Figure | Step
    unit: str
    interval: Interval
    value: Decimal | None
    texts: tuple[str, str]
    source: str | None
    is_revised: bool

    @classmethod
    def of(
        cls,
        item: Figure | Step,
        interval: Interval | None = None,
        value: Decimal | None = None,
        unit: str | None = None,
    ) -> "Option":
        """Option of a figure or step; what is given stands in the place of its own."""
        figures = list(item.figures()) if isinstance(item, Step) else [item]
        sources = {one.source for one in figures}
        interval, value = interval or item.interval, item.value if value is None else value
        return cls(
            item=item,
            unit=unit or str(item.unit if isinstance(item, Step) else item.stating.unit),
            interval=interval,
            value=value,
            texts=(shown(value), shown(interval)),
            source=sources.pop() if len(sources) == 1 else None,
            is_revised=any(one.status == "revised" for one in figures),
        )


def sides(options: Iterable[Option]) -> list[Option]:
    """The first option, and each that has no number in common with those before it: who contradicts whom."""
    kept: list[Option] = []
    for one in options:
        if not any(one.interval.meets(other.interval) for other in kept):
            kept.append(one)
    return kept


def together(choices: Sequence[Sequence[Option]]) -> Iterator[tuple[Option, ...]]:
    """Operands that go together, one of each row of choices, whose best stand first.

    Those of one source where one gives all (of conflicting ones every combination, but revised figures only with
    revised ones if it gives both); else the best of each.
    """
    shared = set[str]()
    for at, row in enumerate(choices):
        given = {one.source for one in row if one.source is not None}
        shared = given if at == 0 else shared & given
    if not shared:
        yield tuple(row[0] for row in choices)
        return
    for source in sorted(shared):
        own = [[one for one in row if one.source == source] for row in choices]
        split = [[[one for one in row if one.is_revised is kind] for row in own] for kind in (False, True)]
        for rows in [kind for kind in split if all(kind)] or [own]:
            yield from _crossed([sides(row) for row in rows])


def _crossed(rows: Sequence[Sequence[Option]]) -> Iterator[tuple[Option, ...]]:
    if prod(len(row) for row in rows) <= _MOST:
        yield from product(*rows)
        return
    best = tuple(row[0] for row in rows)
    yield best
    for at, row in enumerate(rows):
        yield from ((*best[:at], one, *best[at + 1 :]) for one in row[1:])


def ranks(item: Figure | Step) -> tuple[tuple[object, ...], ...]:
    """Sort keys of all figures beneath, in their order."""
    return tuple(rank(one) for one in (item.figures() if isinstance(item, Step) else [item]))


def number(interval: Interval | None) -> Decimal | None:
    """The one number that arithmetic on exact numbers gave, of twelve digits; None where it gave none.

    >>> number(Interval.exactly(2) / Interval.exactly(3)), number(Interval.exactly("1289092295957.28"))
    (Decimal('0.666666666667'), Decimal('1289092295960'))
    """
    middle = interval.middle if interval else None
    if middle is None:
        return None
    near = Interval.exactly(_TOLD.plus(middle))
    return near.tidy().lower


def shown(what: Interval | Decimal | None) -> str:
    """A number or an interval as calculations write it."""
    if what is None:
        return "?"
    if isinstance(what, Decimal):
        return f"{what:f}".rstrip("0").rstrip(".") if "." in f"{what:f}" else f"{what:f}"
    if what.lower is not None and what.lower == what.upper:
        return shown(what.lower)
    low = "(-∞" if what.lower is None else f"[{shown(what.lower)}"
    return f"{low}, ∞)" if what.upper is None else f"{low}, {shown(what.upper)}]"
