"""What an answer holds, as plain data: its type, its figure, what it rests on, and what is nearest.

>>> silent = Answer(type="silent", question=Question("company-revenue", entity="temu"))
>>> silent.value is None, silent.rests_on
(True, ())
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from cbec_kg.answer.ledger import Ledger
from cbec_kg.answer.question import Question
from cbec_kg.model.period import parse
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.interval import Interval

__all__ = ["TYPES", "Answer", "Check", "Near", "Note", "Route", "Side", "spelled"]

TYPES = ("known", "derived", "conflicting", "silent")


def spelled(period: str | None) -> str | None:
    """A period's local name as rows spell it; an open one is its name.

    >>> spelled("2020-01--2020-02"), spelled("open-H1_a1")
    ('2020-01/2020-02', 'open-H1_a1')
    """
    return period if period is None or period.startswith("open") else parse(period).code


@dataclass(frozen=True, slots=True)
class Route:
    """One way to compute a figure: ``formula`` in symbols, ``calculation`` in numbers, ``steps`` what it is made of.

    ``inputs`` are the claims' figures it rests on, in the order of the formula.
    """

    rule: str
    formula: str
    calculation: str
    point: Point
    measure: str
    unit: str | None
    interval: Interval
    value: Decimal | None
    inputs: tuple["Figure | Route", ...] = ()

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Claims' figures that it rests on, each once, those of inner steps included."""
        return tuple({figure.digest: figure for figure in self._figures()}.values())

    def _figures(self) -> Iterator[Figure]:
        for one in self.inputs:
            if isinstance(one, Figure):
                yield one
            else:
                yield from one._figures()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """A shown figure, ``tested``, against what other ``claims`` give: ``agrees`` where both have a number in common.

    ``interval`` and ``value`` are in the unit of the tested one; ``explanations`` say why they may disagree; ``route``
    is the way in which the figure was computed, where it was by one of the rules of derivation.
    """

    tested: Figure
    rule: str
    formula: str
    calculation: str
    interval: Interval
    value: Decimal | None
    claims: tuple[Figure, ...]
    agrees: bool
    explanations: tuple[str, ...] = ()
    route: Route | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of several answers that exclude each other: of claims that have a number in common, or of one route."""

    value: Decimal | None
    interval: Interval
    claims: tuple[Figure, ...]
    route: Route | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Something near to what was asked. ``reason`` is a code, ``figure`` the claim, or ``route`` what is derived.

    ``indicator`` or ``name`` and ``count`` stand where it is no figure; ``point`` and ``measure`` are what is missing.
    """

    reason: str
    figure: Figure | None = None
    route: Route | None = None
    indicator: str | None = None
    name: str | None = None
    count: int | None = None
    point: Point | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the answer says of itself: a code and the words that fill it."""

    code: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One figure, typed. ``value`` and its interval are None where the type is conflicting or silent; of a derived one
    ``value`` is None where no route's value lies in the interval that all routes have in common.

    ``claims`` are those that state the value (known); ``routes`` those that compute it (derived), the first is told;
    ``sides`` exclude each other (conflicting), or are what a derived value would be with other claims; ``checks`` hold
    what is shown against other figures; ``revised_from`` earlier figures that a later one replaces.
    ``undated_left_out`` counts evidences without a date where the answer is as of a day; ``undated_claims`` are the
    digests of claims that the answer would rest on, had they a date, and ``undated_articles`` their articles' ids.
    """

    type: str
    question: Question
    point: Point | None = None
    measure: str = "level"
    unit: str | None = None
    value: Decimal | None = None
    interval: Interval | None = None
    status: str | None = None
    claims: tuple[Figure, ...] = ()
    routes: tuple[Route, ...] = ()
    sides: tuple[Side, ...] = ()
    checks: tuple[Check, ...] = ()
    revised_from: tuple[Figure, ...] = ()
    nearest: tuple[Near, ...] = ()
    notes: tuple[Note, ...] = ()
    undated_left_out: int = 0
    undated_claims: tuple[str, ...] = ()
    undated_articles: tuple[str, ...] = ()
    ledger: Ledger = field(default_factory=Ledger, compare=False, repr=False)

    @property
    def settled(self) -> Question:
        """The question with what it left open filled in, so that its answer can only change with the claims."""
        if self.point is None:
            return self.question
        slots = self.point.slots
        return replace(self.question, period=spelled(self.point.period), flow=slots.flow, scope=slots.scope)

    @property
    def rests_on(self) -> tuple[Figure, ...]:
        """Every claim that the type and the value rest on, by digest."""
        found = {figure.digest: figure for figure in self.claims}
        for route in self.routes:
            found |= {figure.digest: figure for figure in route.figures}
        for side in self.sides:
            found |= {figure.digest: figure for figure in side.claims}
        return tuple(found[digest] for digest in sorted(found))
