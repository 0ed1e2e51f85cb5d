"""What changes in a graph when one article comes, goes, or is replaced: the quads that go and the quads that come.

The graph after it is the one that a build of the changed articles would make, and the work is that of the article: of
other articles only those are looked at that state the same observations.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph

from cbec_kg.model.period import Period, parse
from cbec_kg.model.rows import Row
from cbec_kg.namespaces import CBEC, GRAPH, OBS, PERIOD, SERIES, VOCAB
from cbec_kg.pipeline.graphs import content_triples
from cbec_kg.pipeline.sources import Curated
from cbec_kg.rdf.terms import RDF_TYPE, DefaultGraph, Literal, NamedNode, Quad, Term, Triple, iri
from cbec_kg.reason.maintain import Backward, maintain
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import observations_of, unlinked_triples
from cbec_kg.triples.periods import period_links_of

__all__ = ["Delta", "Edit"]

_OBSERVATIONS, _INFERRED, _DEFAULT = NamedNode(GRAPH + "observations"), NamedNode(GRAPH + "inferred"), DefaultGraph()
_ARTICLES = GRAPH + "article_"
_LINKS = tuple(iri(f"cbec:{name}") for name in ("within", "yearBefore", "cumulativeFrom"))
_IN_TIME = tuple(iri(f"cbec:{name}") for name in ("period", "basePeriod", "recordSince"))
_ACTUAL = NamedNode(VOCAB + "status-actual")
_POLARITIES = {"drives": "positive", "curbs": "negative", "affects": "unstated"}


@dataclass(frozen=True, slots=True)
class Edit:
    """Quads to take away and quads to add; none is in both, none to add is there already."""

    minus: frozenset[Quad]
    plus: frozenset[Quad]


class Delta:
    """Makes edits of one store; ``article`` gives the content of any other article that the store holds, by id."""

    def __init__(
        self, store: pyoxigraph.Store, namer: Namer, rules: Backward, measured_by: Iterable[str],
        article: Callable[[str], Curated],
    ) -> None:  # fmt: skip
        self.store, self.namer, self.rules, self.article = store, namer, rules, article
        self.measured_by = frozenset(SERIES + name for name in measured_by)

    def edit(self, old: Curated | None, new: Curated | None) -> Edit:
        """Edit that puts ``new`` in the place of ``old``; None stands for no article."""
        one = new or old
        if one is None:
            return Edit(frozenset(), frozenset())
        graph = NamedNode(_ARTICLES + one.article.id)
        held = {quad.triple for quad in self.store.quads_for_pattern(None, None, None, graph)}
        wanted = content_triples(new, self.namer) if new else set()
        gone, come = self._generated(one.article.id, old, new)
        minus = {_quad(triple, graph) for triple in held - wanted} | {_quad(triple, _OBSERVATIONS) for triple in gone}
        plus = {_quad(triple, graph) for triple in wanted - held} | {_quad(triple, _OBSERVATIONS) for triple in come}
        return self._reasoned(minus, plus)

    # ---- graph/observations

    def _generated(self, article: str, old: Curated | None, new: Curated | None) -> tuple[set[Triple], set[Triple]]:
        """Triples that leave graph/observations, and those that come."""
        before, after = old.rows if old else (), new.rows if new else ()
        names = {name for row in (*before, *after) for name in observations_of(row)}
        others = {other: self.article(other) for other in self._stating(names) if other != article}
        shared = [row for one in others.values() for row in one.rows if names.intersection(observations_of(row))]
        known = {name: one.article for name, one in others.items()}
        namer = self.namer.knowing(name for one in (*others.values(), old, new) if one for name in one.names)

        def made(rows: tuple[Row, ...], one: Curated | None) -> set[Triple]:
            articles = known | ({article: one.article} if one else {})
            return unlinked_triples([*rows, *shared], articles, namer)

        was, will = made(before, old), made(after, new)
        gone = {triple for triple in was - will if self._holds(triple)}
        away: set[Term] = {triple.subject for triple in gone if triple.predicate == RDF_TYPE}
        away -= {triple.subject for triple in will if triple.predicate == RDF_TYPE}
        staying = {node for node in away if self._is_supported(node, article, away)}
        gone = {triple for triple in gone if triple.subject not in staying and not self._is_said(triple, article)}
        come = {triple for triple in will - was if not self._holds(triple)}
        links_gone, links_come = self._links(away - staying, come)
        return gone | links_gone, come | links_come

    def _stating(self, names: Iterable[str]) -> set[str]:
        """Articles whose claims speak of observations."""
        found = set()
        for name in names:
            for prop in ("observation", "shareOf"):
                for quad in self._article_quads(iri(f"cbec:{prop}"), NamedNode(OBS + name)):
                    found.add(str(quad.graph_name)[1:-1].removeprefix(_ARTICLES))
        return found

    def _article_quads(self, predicate: NamedNode, object_: Term) -> Iterator[Quad]:
        for quad in self.store.quads_for_pattern(None, predicate, object_, None):
            if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.startswith(_ARTICLES):
                yield quad

    def _is_supported(self, node: Term, article: str, away: set[Term]) -> bool:
        """Whether a series or a period is named by something that stays."""
        if not isinstance(node, NamedNode) or node.value.startswith(OBS):
            return False  # of an observation every article that speaks of it was looked at
        own = NamedNode(_ARTICLES + article)
        if node.value.startswith(SERIES):
            return (
                node.value in self.measured_by
                or any(quad.graph_name != own for quad in self._article_quads(iri("cbec:series"), node))
                or self._in_observations(iri("cbec:inSeries"), node, away)
            )
        return any(
            any(quad.graph_name != own for quad in self._article_quads(prop, node))
            or self._in_observations(prop, node, away)
            for prop in _IN_TIME
        )

    def _in_observations(self, predicate: NamedNode, object_: Term, away: set[Term]) -> bool:
        quads = self.store.quads_for_pattern(None, predicate, object_, _OBSERVATIONS)
        return any(quad.subject not in away for quad in quads)

    def _is_said(self, triple: Triple, article: str) -> bool:
        """Whether another article's claim gives a direct triple."""
        if not isinstance(triple.subject, NamedNode) or triple.subject.value.startswith((OBS, SERIES, PERIOD)):
            return False
        name = triple.predicate.value.removeprefix(CBEC)
        if name in _POLARITIES:
            ends, more = (
                ("factor", "outcome"),
                (iri("cbec:polarity"), NamedNode(f"{VOCAB}polarity-{_POLARITIES[name]}")),
            )
        else:
            ends, more = ("subject", "object"), (iri("cbec:predicate"), triple.predicate)
        own = NamedNode(_ARTICLES + article)
        for quad in self._article_quads(iri(f"cbec:{ends[1]}"), triple.object):
            said = ((iri(f"cbec:{ends[0]}"), triple.subject), more, (iri("cbec:status"), _ACTUAL))
            if quad.graph_name != own and all(
                Quad(quad.subject, prop, value, quad.graph_name) in self.store for prop, value in said
            ):
                return True
        return False

    def _links(self, away: set[Term], come: set[Triple]) -> tuple[set[Triple], set[Triple]]:
        """Links of periods that go, and of those that come with all others."""
        gone: set[Triple] = set()
        for node in away:
            if isinstance(node, NamedNode) and node.value.startswith(PERIOD):
                for prop in _LINKS:
                    gone |= {quad.triple for quad in self.store.quads_for_pattern(node, prop, None, _OBSERVATIONS)}
                    gone |= {quad.triple for quad in self.store.quads_for_pattern(None, prop, node, _OBSERVATIONS)}
        fresh = [_period(triple.object) for triple in come if triple.predicate == iri("cbec:code")]
        if not fresh:
            return gone, set()
        codes = self.store.quads_for_pattern(None, iri("cbec:code"), None, _OBSERVATIONS)
        rest = [_period(quad.object) for quad in codes if quad.subject not in away]
        return gone, {link for one in fresh for link in period_links_of(one, [*fresh, *rest])}

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

    def objects(self, subject: Term, predicate: NamedNode) -> list[Term]:
        if isinstance(subject, Literal):
            return []
        return [quad.object for quad in self.store.quads_for_pattern(subject, predicate, None, _DEFAULT)]

    def subjects(self, predicate: NamedNode, object_: Term) -> list[Term]:
        return [quad.subject for quad in self.store.quads_for_pattern(None, predicate, object_, _DEFAULT)]


def _quad(triple: Triple, graph: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def _period(code: Term) -> Period:
    """Closed period of its code."""
    assert isinstance(code, Literal)
    return parse(code.value)
