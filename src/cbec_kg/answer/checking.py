"""What other figures say of a stated one: only what bears on the figure that is shown, each with the claim it tests.

A way to compute the figure is told where it could have told otherwise: where it agrees, its interval is at most
`WIDEST` times as wide as that of the claim (an exact claim counts as a hundredth of its value wide), and nothing that
it rests on has been replaced. A disagreement is told however wide, with the candidates for its reason.

>>> says_something(Interval.of("9.75", "9.85"), Interval.of("9.3", "10.1"))
True
>>> says_something(Interval.of("-0.85", "-0.75"), Interval.of("-15.9", "3.2"))
False
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from cbec_kg.answer.result import Answer, Check, Route
from cbec_kg.reconcile import checks, vintages
from cbec_kg.reconcile.book import Book, Terms
from cbec_kg.reconcile.checks.compared import can_disagree
from cbec_kg.reconcile.checks.explain import explained
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.interval import Interval

__all__ = ["WIDEST", "checked", "says_something"]

WIDEST = Decimal(10)
"""So many times as wide as the claim's is the widest interval whose agreement says something."""
_SAME = "same-key"


def checked(found: Answer, routes: Iterable[Route], book: Book, terms: Terms) -> tuple[Check, ...]:
    """Checks of the figures that an answer shows: its value, or the best claim of each side."""
    shown = [some[0] for some in (found.claims, *(side.claims for side in found.sides)) if some]
    if not shown or found.point is None:
        return ()
    found_out = list(_computed(shown, routes, book))
    points = {found.point, *(figure.point for one in found_out if not one.agrees for figure in one.claims)}
    findings = {finding.digest: finding for point in points for finding in checks.findings_at(point, book, terms)}
    reasons = {frozenset(one.claims): one for one in findings.values() if one.kind == "disagreement"}
    told = [one if one.agrees else _with_reasons(one, reasons, book, terms) for one in found_out]
    known = {_all(one) for one in told if not one.agrees}
    for _, finding in sorted(findings.items()):
        more = _disagreement(finding, shown, book)
        if more is not None and _all(more) not in known:
            told.append(more)
    return tuple(told)


def says_something(stated: Interval, computed: Interval) -> bool:
    """Whether a computed interval that meets a stated one could well have lain elsewhere."""
    if not can_disagree(stated, computed):
        return False
    if stated.lower is None or stated.upper is None:
        return True
    if computed.lower is None or computed.upper is None:
        return False
    width = stated.upper - stated.lower or abs(stated.upper) / 100
    return computed.upper - computed.lower <= WIDEST * width


def _computed(shown: Sequence[Figure], routes: Iterable[Route], book: Book) -> Iterator[Check]:
    current = _Current(book)
    for route in routes:
        if not all(map(current, route.figures)):
            continue
        for tested in shown:
            agrees = route.interval.meets(tested.interval)
            if not agrees or says_something(tested.interval, route.interval):
                yield Check(
                    tested=tested, rule=route.rule, formula=route.formula, calculation=route.calculation,
                    interval=route.interval, value=route.value, claims=route.figures, agrees=agrees,
                    route=route,
                )  # fmt: skip


def _disagreement(finding: Finding, shown: Sequence[Figure], book: Book) -> Check | None:
    """The check that a finding is; None where it is no disagreement of what is shown."""
    tested = next((one for one in shown if one.digest == finding.tested), None)
    if finding.kind != "disagreement" or tested is None or finding.lower is finding.upper is None:
        return None
    others = tuple(book.figures[one] for one in finding.claims if one != tested.digest and one in book.figures)
    if finding.check == _SAME and not all(one in shown for one in others):
        return None
    return Check(
        tested=tested, rule=finding.check, formula=finding.formula, calculation=finding.calculation,
        interval=Interval(finding.lower, finding.upper), value=finding.value, claims=others, agrees=False,
        explanations=finding.explanations,
    )  # fmt: skip


def _with_reasons(one: Check, findings: Mapping[frozenset[str], Finding], book: Book, terms: Terms) -> Check:
    """A check with the reasons of the finding that the same claims give, whichever it tests; else by the rules."""
    if same := findings.get(_all(one)):
        return replace(one, explanations=same.explanations)
    claims = (one.tested, *one.claims)
    return replace(one, explanations=explained(claims, book, terms, stated=one.tested.interval, computed=one.interval))


def _all(one: Check) -> frozenset[str]:
    return frozenset(figure.digest for figure in (one.tested, *one.claims))


class _Current:
    """Whether figures are the last word of their sources; each point is gone through once."""

    def __init__(self, book: Book) -> None:
        self.book, self.known = book, dict[Point, frozenset[str]]()

    def __call__(self, one: Figure) -> bool:
        if one.point not in self.known:
            self.known[one.point] = frozenset(last.digest for last in vintages.current(self.book.at(one.point)))
        return one.digest in self.known[one.point]
