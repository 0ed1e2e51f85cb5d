"""Findings that go and come when one article comes, goes, or is replaced.

Only the points in reach of the claims that change are looked at, before the change and after it; what is found at them
is the same as if everything had been compared anew. A claim that is stated again changes only where that adds to what
is known of it, such as an earlier day, so most articles that repeat what others say cost next to nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph

from cbec_kg.namespaces import FINDING, GRAPH
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.rdf.terms import NamedNode, Triple, iri
from cbec_kg.reconcile.book import Figures, Remembering
from cbec_kg.reconcile.figure import Figure, Move, Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.reconcile.findings import findings_at, reach
from cbec_kg.triples.findings import finding_periods, finding_triples
from cbec_kg.triples.names import Namer
from cbec_kg.triples.periods import period_node, period_triples
from cbec_kg.triples.terms import terms_of

__all__ = ["FINDINGS", "Compared", "Found", "Reconciling"]

FINDINGS = NamedNode(GRAPH + "findings")
_OF_PERIOD = iri("cbec:period")


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and whether anything states a figure of its point."""

    finding: Finding
    stated: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """What is found at the points that a change reaches, before it and after it; ``claims`` are those that change."""

    claims: int = 0
    points: int = 0
    was: frozenset[Found] = frozenset()
    will: frozenset[Found] = frozenset()

    @property
    def changed(self) -> int:
        """How many findings go, come, or are told otherwise."""
        return len({one.finding.digest for one in self.was ^ self.will})


class Reconciling:
    """Compares the figures of one store anew where they change; ``grounds`` are those of the store as it is."""

    def __init__(self, store: pyoxigraph.Store, namer: Namer, grounds: Grounds) -> None:
        self.store, self.namer, self.grounds = store, namer, grounds
        self.terms = terms_of(namer.vocabulary)

    def change(self, article: str, before: Footing, after: Footing) -> tuple[set[Triple], set[Triple]]:
        """Triples that leave graph/findings, and those that come, when an article has another footing."""
        return self.triples(self.compare(article, before, after))

    def compare(self, article: str, before: Footing, after: Footing) -> Compared:
        """What is found before and after an article has another footing; nothing is changed by it."""
        was_said: set[Figure | Move] = {*before.figures, *before.moves}
        is_said: set[Figure | Move] = {*after.figures, *after.moves}
        differing, figures = was_said ^ is_said, self.grounds.figures
        if not differing:
            return Compared()
        places = {one.point for one in differing}  # what a claim says there bears on what else its article says there
        digests = {one.digest for one in was_said | is_said if one.point in places}
        known = figures.stated(digests)
        with self.grounds.trying(article, after):
            then = figures.stated(digests)
        changed = {digest for digest in digests if known.get(digest) != then.get(digest)}
        if not changed:
            return Compared()
        claims = [state[digest] for digest in changed for state in (known, then) if digest in state]
        now = Remembering(figures)
        points = reach(claims, now, self.terms)
        with self.grounds.trying(article, after):
            later = Remembering(figures)
            points |= reach(claims, later, self.terms)
            will = self._found(points, later)
        return Compared(len(changed), len(points), self._found(points, now), will)

    def triples(self, compared: Compared) -> tuple[set[Triple], set[Triple]]:
        """Triples that leave graph/findings, and those that come; of findings that stay as they are none is made."""
        was, will = compared.was - compared.will, compared.will - compared.was
        both = {one.finding.digest for one in was | will}
        left, told = ({one for one in some if one.finding.digest in both} for some in (compared.was, compared.will))
        gone, come = self._triples(left), self._triples(told)
        before, after = (finding_periods(one.finding for one in some) for some in (compared.was, compared.will))
        away = {one.finding.digest for one in left} - {one.finding.digest for one in told}
        nodes = {f"{FINDING}{digest}" for digest in away}
        for period in before - after:
            if not self._is_needed(period_node(period.name), nodes):
                gone.update(period_triples(period))
        for period in after - before:
            if not self._is_needed(period_node(period.name), set()):  # a finding of a point elsewhere has brought it
                come.update(period_triples(period))
        return gone - come, come - gone

    def _found(self, points: Iterable[Point], figures: Figures) -> frozenset[Found]:
        return frozenset(
            Found(one, bool(figures.at(point))) for point in points for one in findings_at(point, figures, self.terms)
        )

    def _triples(self, found: Iterable[Found]) -> set[Triple]:
        return set().union(*(finding_triples(one.finding, self.namer, stated=one.stated) for one in found))

    def _is_needed(self, period: NamedNode, away: set[str]) -> bool:
        """Whether a finding that stays, of a point elsewhere, is of a period."""
        found = self.store.quads_for_pattern(None, _OF_PERIOD, period, FINDINGS)
        return any(quad.subject.value not in away for quad in found if isinstance(quad.subject, NamedNode))
