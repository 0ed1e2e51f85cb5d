"""Findings that go and come when one article comes, goes, or is replaced.

Only the points in reach of the claims that change are looked at, before the change and after it; what is found at them
is the same as if everything had been compared anew.
"""

from collections.abc import Iterable

import pyoxigraph

from cbec_kg.namespaces import GRAPH
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.rdf.terms import NamedNode, Triple, iri
from cbec_kg.reconcile.book import Figures, Remembering
from cbec_kg.reconcile.figure import Figure, Move, Point
from cbec_kg.reconcile.findings import findings_at, reach
from cbec_kg.triples.findings import findings_triples
from cbec_kg.triples.names import Namer
from cbec_kg.triples.terms import terms_of

__all__ = ["FINDINGS", "Reconciling"]

FINDINGS = NamedNode(GRAPH + "findings")
_OF_PERIOD = iri("cbec:period")


class Reconciling:
    """Compares the figures of one store anew where they change; ``grounds`` are those of the store as it is."""

    def __init__(self, store: pyoxigraph.Store, namer: Namer, grounds: Grounds) -> None:
        self.store, self.namer, self.grounds = store, namer, grounds
        self.terms = terms_of(namer.vocabulary)

    def change(self, article: str, before: Footing, after: Footing) -> tuple[set[Triple], set[Triple]]:
        """Triples that leave graph/findings, and those that come, when an article has another footing."""
        was_said: set[Figure | Move] = {*before.figures, *before.moves}
        is_said: set[Figure | Move] = {*after.figures, *after.moves}
        claims, figures = was_said ^ is_said, self.grounds.figures
        with self.grounds.trying(article, after):
            points = reach(claims, Remembering(figures), self.terms)
        known = Remembering(figures)
        points |= reach(claims, known, self.terms)
        was = self._found(points, known)
        with self.grounds.trying(article, after):
            will = self._found(points, Remembering(figures))
        gone = was - will
        away = {_node(triple) for triple in gone} - {_node(triple) for triple in will}
        kept = {node for node in away if self._is_needed(node, away)}
        return {triple for triple in gone if _node(triple) not in kept}, will - was

    def _found(self, points: Iterable[Point], figures: Figures) -> set[Triple]:
        found = [one for point in points for one in findings_at(point, figures, self.terms)]
        return findings_triples(found, figures, self.namer)

    def _is_needed(self, node: str, away: set[str]) -> bool:
        """Whether a finding that stays, of a point elsewhere, is of a period."""
        found = self.store.quads_for_pattern(None, _OF_PERIOD, NamedNode(node), FINDINGS)
        return any(_node(quad.triple) not in away for quad in found)


def _node(triple: Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, NamedNode) else ""
