"""The search for routes: rules upon rules, to a depth, without a circle.

What is stated is never derived again on the way to something else, which keeps the search small.

>>> from decimal import Decimal
>>> from cbec_kg.model.slots import Slots
>>> from cbec_kg.reconcile.book import Book
>>> from cbec_kg.reconcile.figure import Stating
>>> point = Point(Slots("cbec-trade-value", "china", "all", "all", "total", "gac-total"), "2022")
>>> def stated(digest, stating, value, low, high):
...     return Figure(digest=digest, point=point, stating=stating, status="reported", qualifier="exact",
...                   value=Decimal(value), lower=Decimal(low), upper=Decimal(high))
>>> book = Book([stated("a", Stating("level", "CNY"), "2.11", "2.105", "2.115"),
...              stated("b", Stating("growth", "percent", "yoy"), "9.8", "9.75", "9.85")])
>>> derive(point.at("2021"), "level", book, Terms()).routes[0].calculation
'2.11 / (1 + 9.8/100) = 1.92167577413; [2.105, 2.115] / (1 + [9.75, 9.85]/100) = [1.91624943104, 1.92710706151]'
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cbec_kg.reconcile.book import Figures, Terms
from cbec_kg.reconcile.choose import rank
from cbec_kg.reconcile.derive.calendar import before
from cbec_kg.reconcile.derive.option import Option, number, ranks, shown, together
from cbec_kg.reconcile.derive.plan import Need, Plan
from cbec_kg.reconcile.derive.rules import of_measure, order
from cbec_kg.reconcile.derive.step import Derived, Step
from cbec_kg.reconcile.derive.step import together as as_one
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.interval import Interval
from cbec_kg.reconcile.vintages import current

__all__ = ["Search", "best_first", "derive", "made"]

_RATES = frozenset({"percent", "percentage_point", "rank", "ratio"})
_OTHER_BASES = frozenset({"mom", "cagr", "cumulative"})
_EVERYTHING, _PART = Interval(None, None), Interval.of(0, 100)

Goal = tuple[Point, str]


def derive(
    point: Point, measure: str, figures: Figures, terms: Terms, *, depth: int = 4, unit: str | None = None
) -> Derived | None:
    """What stated figures say of a measure that need not be stated: ``level``, ``growth`` (year on year, in percent) or
    ``exchange-rate``.

    ``depth`` is how many rules may lie one upon the other. Of routes to several units those to ``unit`` are given,
    else those to the best route's; a growth of levels in one currency is not held against that of another. None where
    no route exists.
    """
    routes = Search(figures, terms).routes(point, measure, depth)
    routes = tuple(one for one in routes if unit is None or one.unit == unit)
    alike = [one for one in routes if (one.unit, one.level_unit) == (routes[0].unit, routes[0].level_unit)]
    return as_one(alike) if alike else None


class Search:
    """One search; it remembers what it found, and nothing outlasts it."""

    def __init__(self, figures: Figures, terms: Terms) -> None:
        self.figures, self.terms = figures, terms
        self._firm: dict[Goal, tuple[Figure, ...]] = {}
        self._routes: dict[tuple[Goal, int, frozenset[Goal]], tuple[Step, ...]] = {}

    def firm(self, point: Point, measure: str) -> tuple[Figure, ...]:
        """Firm claims of a measure at a point that no later release replaces, the best first.

        A growth is one year on year, unless it does not say.
        """
        goal = (point, measure)
        if goal not in self._firm:
            fitting = (one for one in current(self.figures.at(point)) if _is_of(one, measure))
            self._firm[goal] = tuple(sorted(fitting, key=rank))
        return self._firm[goal]

    def routes(self, point: Point, measure: str, depth: int, above: frozenset[Goal] = frozenset()) -> tuple[Step, ...]:
        """Every route to a measure of a point, the best first; none leads through what is ``above``."""
        if depth < 1:
            return ()
        goal = (point, measure)
        # Steps on stated figures alone meet nothing that is above but the first goal, and that is one a search.
        key = (goal, depth, above if depth > 1 else above & self._stated(above))
        if key not in self._routes:
            within = above | {goal}
            found: list[Step] = []
            for rule in of_measure(measure):

                def has(other: Point) -> bool:
                    return bool(self.options(Need(other), depth - 1, within))

                for plan in rule.plans(point, self.figures, self.terms, has):
                    found += self.steps(rule.code, plan, point, measure, depth, within)
            self._routes[key] = _without_vain(sorted(found, key=best_first))
        return self._routes[key]

    def _stated(self, goals: frozenset[Goal]) -> frozenset[Goal]:
        return frozenset(goal for goal in goals if self.firm(*goal))

    def steps(
        self, rule: str, plan: Plan, point: Point, measure: str, depth: int, above: frozenset[Goal]
    ) -> Iterator[Step]:
        """The steps that a plan gives, each on operands that go together."""
        choices: dict[Need, Sequence[Option]] = {}
        # What is stated or is not costs little, and without it nothing else need be derived.
        for need in sorted(plan.needs, key=lambda one: not self.firm(one.point, one.measure)):
            choices[need] = [one for one in self.options(need, depth - 1, above) if _fits(one, need, plan)]
            if not choices[need]:
                return
        levels = [need for need in plan.needs if need.measure in ("level", "restated")]
        for unit in sorted({one.unit for need in levels for one in choices[need]}):
            fitting = [[one for one in choices[need] if _is_in(one, need, unit)] for need in plan.needs]
            if all(fitting):
                for operands in together(fitting):
                    step = made(rule, plan, operands, point, measure, plan.unit or unit)
                    if step:
                        yield step

    def options(self, need: Need, depth: int, above: frozenset[Goal]) -> Sequence[Option]:
        """Operands for a need, the best first: what is stated, else what may be derived in so many steps."""
        match need.measure:
            case "share":
                # A part is between nothing and the whole, whatever "over 90 percent" leaves open.
                shares = (one for one in self.firm(need.point, "share") if one.stating.share_of == need.of)
                within = ((one, one.interval.meet(_PART)) for one in shares if one.stating.unit == "percent")
                return [Option.of(one, interval) for one, interval in within if interval]
            case "restated":
                return [rate for one in self.firm(need.point, "level") for rate in _rates(one) if rate.unit == need.of]
        if (need.point, need.measure) in above:
            return ()
        if stated := self.firm(need.point, need.measure):
            return [Option.of(one) for one in stated if _is_usable(one)]
        steps = self.routes(need.point, need.measure, depth, above) if need.derivable else ()
        return [Option.of(one) for one in steps]


def _is_of(figure: Figure, measure: str) -> bool:
    stating = figure.stating
    return stating.measure == measure and (measure != "growth" or stating.basis not in _OTHER_BASES)


def _is_usable(figure: Figure) -> bool:
    """Whether a level has a unit, or a growth is one of year on year in percent."""
    stating = figure.stating
    if stating.measure != "growth":
        return stating.unit is not None
    base = stating.base_period
    return (stating.unit, stating.basis) == ("percent", "yoy") and base in (None, before(figure.point.period))


def _fits(option: Option, need: Need, plan: Plan) -> bool:
    if need.measure != "level" or not plan.amounts:
        return True
    least = option.value if option.value is not None else option.interval.upper
    return option.unit not in _RATES and (least is None or least >= 0)


def _is_in(option: Option, need: Need, unit: str) -> bool:
    """Whether an operand goes with levels in a unit."""
    if need.measure == "growth" and isinstance(option.item, Figure):
        return option.item.stating.currency_basis in (None, unit)
    return need.measure in ("growth", "share") or option.unit == unit


def _rates(figure: Figure) -> Iterator[Option]:
    """Rates between a level and what it is given again as."""
    for amount in sorted(figure.restated, key=lambda one: (one.unit, one.value, str(one))):
        one, other = Interval.exactly(figure.value), Interval.exactly(amount.value)
        option = Option.of(
            figure, figure.interval / amount.interval, number(one / other), f"{figure.stating.unit}/{amount.unit}"
        )
        texts = (
            f"{shown(figure.value)} / {shown(amount.value)}",
            f"{shown(figure.interval)} / {shown(amount.interval)}",
        )
        yield replace(option, texts=texts)


def made(rule: str, plan: Plan, operands: Sequence[Option], point: Point, measure: str, unit: str) -> Step | None:
    """The step that a plan makes of operands; None where it says nothing."""
    interval = plan.compute(*(one.interval for one in operands))
    if interval is None or interval == _EVERYTHING:
        return None
    values = [one.value for one in operands if one.value is not None]
    exact = plan.compute(*map(Interval.exactly, values)) if len(values) == len(operands) else None
    value, interval = number(exact), interval.tidy()
    return Step(
        rule=rule,
        formula=plan.formula,
        calculation=f"{plan.written([one.texts[0] for one in operands])} = {shown(value)}; "
        f"{plan.written([one.texts[1] for one in operands])} = {shown(interval)}",
        point=point,
        measure=measure,
        unit=unit,
        interval=interval,
        value=value,
        inputs=tuple(one.item for one in operands),
    )


def best_first(step: Step) -> tuple[object, ...]:
    """Short routes first, then those of few sources, by rule, by the rank of their claims."""
    sources = {one.source for one in step.figures()}
    return (step.depth, len(sources), order(step.rule), ranks(step), step.claims, step.unit, step.calculation)


def _without_vain(routes: Sequence[Step]) -> tuple[Step, ...]:
    """Routes without those that use all the claims of a better one, and perhaps more, and say no more than it."""
    kept: list[tuple[frozenset[str], Step]] = []
    for one in routes:
        claims = frozenset(one.claims)
        better = (other for known, other in kept if known <= claims and other.unit == one.unit)
        if not any(one.interval.contains(other.interval) for other in better):
            kept.append((claims, one))
    return tuple(step for _, step in kept)
