"""What changes in a graph when one article comes, goes, or is replaced: the quads that go and the quads that come.

The graph after it is the one that a build of the changed articles would make, and the work is that of the article: no
other is looked at, however many state the same. What rests on others, and what they state, `grounds` tells.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph

from cbec_kg.model.period import Period, parse
from cbec_kg.namespaces import CLAIM, GRAPH, OBS, PERIOD, SERIES
from cbec_kg.pipeline.graphs import content_triples
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.pipeline.reconciling import FINDINGS, Reconciling
from cbec_kg.pipeline.sources import Curated
from cbec_kg.rdf.terms import DefaultGraph, Literal, NamedNode, Quad, Term, Triple, iri
from cbec_kg.reason.maintain import Backward, maintain
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import is_shown, shown_claims, shown_triples, unlinked_triples
from cbec_kg.triples.periods import period_links_of

__all__ = ["Delta", "Edit"]

_OBSERVATIONS, _INFERRED, _DEFAULT = NamedNode(GRAPH + "observations"), NamedNode(GRAPH + "inferred"), DefaultGraph()
_ARTICLES = GRAPH + "article_"
_LINKS = tuple(iri(f"cbec:{name}") for name in ("within", "yearBefore", "cumulativeFrom"))
_CODE = iri("cbec:code")


@dataclass(frozen=True, slots=True)
class Edit:
    """Quads to take away and quads to add; none is in both, none to add is there already."""

    minus: frozenset[Quad]
    plus: frozenset[Quad]


class Delta:
    """Makes edits of one store.

    ``grounds`` are those of the store as it is: after an edit was applied they are given the new content's `Footing`.
    """

    def __init__(
        self, store: pyoxigraph.Store, namer: Namer, rules: Backward, measured_by: Iterable[str], grounds: Grounds
    ) -> None:
        self.store, self.namer, self.rules, self.grounds = store, namer, rules, grounds
        self.reconciling = Reconciling(store, namer, grounds)
        self.measured_by = frozenset(SERIES + name for name in measured_by)

    def edit(self, old: Curated | None, new: Curated | None) -> Edit:
        """Edit that puts ``new`` in the place of ``old``; None stands for no article."""
        one = new or old
        if one is None:
            return Edit(frozenset(), frozenset())
        graph = NamedNode(_ARTICLES + one.article.id)
        held = {quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph)}
        wanted = content_triples(new, self.namer) if new else set()
        before, after = Footing.of(old, self.namer), Footing.of(new, self.namer)
        minus, plus = {_quad(triple, graph) for triple in held - wanted}, {_quad(t, graph) for t in wanted - held}
        for node, (gone, come) in (
            (_OBSERVATIONS, self._generated(one.article.id, old, new, before, after, wanted)),
            (FINDINGS, self.reconciling.change(one.article.id, before, after)),
        ):
            minus |= {_quad(triple, node) for triple in gone}
            plus |= {_quad(triple, node) for triple in come}
        return self._reasoned(minus, plus)

    # ---- graph/observations

    def _generated(
        self, article: str, old: Curated | None, new: Curated | None, before: Footing, after: Footing,
        wanted: set[Triple],
    ) -> tuple[set[Triple], set[Triple]]:  # fmt: skip
        """Triples that leave graph/observations, and those that come."""
        was, will = self._made(old), self._made(new)
        with self.grounds.trying(article, after):
            told_anew = {_node(triple) for triple in will}
            gone = {
                triple
                for triple in was - will
                if (_is_record(triple) and _node(triple) in told_anew) or not self._stays(triple)
            }
            gone = {triple for triple in gone if self._holds(triple)}
            come = {triple for triple in will if not self._holds(triple)}
            for point in {one.point for one in (*before.figures, *after.figures)}:
                node = NamedNode(OBS + point.name)
                shown = {quad.triple for quad in self.store.quads_for_pattern(node, None, None, _OBSERVATIONS)}
                shown = {triple for triple in shown if is_shown(triple.predicate)}
                chosen = shown_claims(self.grounds.figures.at(point))
                right = {t for kind, one in chosen.items() for t in self._showing(node, kind, one, wanted)}
                gone |= shown - right
                come |= right - shown
            links_gone, links_come = self._links(gone, come)
        return gone | links_gone, come | links_come

    def _made(self, content: Curated | None) -> set[Triple]:
        """What one article's rows give rise to, but for what its observations show."""
        if content is None:
            return set()
        namer = self.namer.knowing(content.names)
        made = unlinked_triples(content.rows, {content.article.id: content.article}, namer)
        return {t for t in made if not (_node(t).startswith(OBS) and is_shown(t.predicate))}

    def _stays(self, triple: Triple) -> bool:
        """Whether anything still gives rise to a triple: to its node, or to itself where it is a direct one."""
        node = _node(triple)
        if _is_record(triple):
            return node in self.measured_by or self.grounds.holds(str(triple.subject))
        return self.grounds.holds(str(triple))

    def _showing(self, node: NamedNode, kind: str, digest: str, wanted: set[Triple]) -> set[Triple]:
        """What an observation shows of a claim, which this article states now, or another one."""
        claim = NamedNode(CLAIM + digest)
        stated = {triple.predicate: triple.object for triple in wanted if triple.subject == claim}

        def value(name: str) -> Term | None:
            prop = iri(f"cbec:{name}")
            if stated:
                return stated.get(prop)
            return next((quad.object for quad in self.store.quads_for_pattern(claim, prop, None, _DEFAULT)), None)

        return set(shown_triples(node, kind, claim, value))

    def _links(self, gone: set[Triple], come: set[Triple]) -> tuple[set[Triple], set[Triple]]:
        """Links of periods that go, and of those that come with all others."""
        away: set[Triple] = set()
        for node in {triple.subject for triple in gone if triple.predicate == _CODE}:
            for prop in _LINKS:
                away |= {quad.triple for quad in self.store.quads_for_pattern(node, prop, None, _OBSERVATIONS)}
                away |= {quad.triple for quad in self.store.quads_for_pattern(None, prop, node, _OBSERVATIONS)}
        fresh = [_period(triple.object) for triple in come if triple.predicate == _CODE]
        return away, {link for one in fresh for link in period_links_of(one, self.grounds.near(one))}

    def _holds(self, triple: Triple) -> bool:
        return _quad(triple, _OBSERVATIONS) in self.store

    # ---- what follows, and the default graph

    def _reasoned(self, minus: set[Quad], plus: set[Quad]) -> Edit:
        """Edit of the named graphs with what it changes of graph/inferred and of the default graph."""
        added = {quad.triple for quad in plus}

        def asserted(triple: Triple) -> bool:
            return triple in added or any(
                quad.graph_name not in (_DEFAULT, _INFERRED) and quad not in minus
                for quad in self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
            )

        new = [triple for triple in added if not self._was_asserted(triple)]
        gone = [triple for triple in {quad.triple for quad in minus} if not asserted(triple)]
        change = maintain(gone, new, self.rules, _Known(self.store), _Asserted(asserted))
        minus |= {_quad(triple, _INFERRED) for triple in change.gone}
        plus |= {_quad(triple, _INFERRED) for triple in change.new}
        inferred = change.new
        lost = {t for t in (*gone, *change.gone) if t not in inferred and not asserted(t)}
        come = {t for t in (*new, *change.new) if _quad(t, _DEFAULT) not in self.store}
        minus |= {_quad(triple, _DEFAULT) for triple in lost}
        plus |= {_quad(triple, _DEFAULT) for triple in come}
        return Edit(frozenset(minus), frozenset(plus))

    def _was_asserted(self, triple: Triple) -> bool:
        quads = self.store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        return any(quad.graph_name not in (_DEFAULT, _INFERRED) for quad in quads)


@dataclass(frozen=True, slots=True)
class _Asserted:
    """A question as a container, which is all that reasoning asks of what is asserted."""

    question: Callable[[Triple], bool]

    def __contains__(self, triple: object) -> bool:
        return isinstance(triple, Triple) and self.question(triple)


@dataclass(frozen=True, slots=True)
class _Known:
    """The default graph of a store, as reasoning asks for it."""

    store: pyoxigraph.Store

    def __contains__(self, triple: Triple) -> bool:
        return _quad(triple, _DEFAULT) in self.store

    def objects(self, subject: Term, predicate: NamedNode) -> Iterator[Term]:
        if not isinstance(subject, Literal):
            for quad in self.store.quads_for_pattern(subject, predicate, None, _DEFAULT):
                yield quad.object

    def subjects(self, predicate: NamedNode, object_: Term) -> Iterator[Term]:
        for quad in self.store.quads_for_pattern(None, predicate, object_, _DEFAULT):
            yield quad.subject


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _is_record(triple: Triple) -> bool:
    """Whether a triple is of an observation, a series or a period: its labels change with the names in them."""
    return _node(triple).startswith((OBS, SERIES, PERIOD))


def _node(triple: Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, NamedNode) else ""


def _period(code: Term) -> Period:
    """Closed period of its code."""
    assert isinstance(code, Literal)
    return parse(code.value)
