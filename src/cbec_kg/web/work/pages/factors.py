"""The factor map: what the articles say drives, curbs or affects what, counted and rolled up to its broadest terms.

>>> from cbec_kg.store.embedded import MemoryStore
>>> mapped(OpenGraph(MemoryStore()), "", "", "en")
Map(edges=(), factors=(), outcomes=(), factor=None, outcome=None, rolled_up=True)
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cbec_kg.describe.related import Ref
from cbec_kg.errors import BadParameter
from cbec_kg.namespaces import VOCAB, local_name
from cbec_kg.query.convert import written_iri
from cbec_kg.query.labels import labels_of
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import iri
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.pages.findings import Counted, records

__all__ = ["Edge", "Map", "mapped"]

_DENIED = VOCAB + "status-denied"
_MOST = 400
"""So many edges a page lists at most, those of most articles."""
_P = {name: spell(iri(f"cbec:{name}")) for name in ("factor", "outcome", "polarity", "status", "period")}
_PLACE = f"{spell(iri('cbec:evidence'))}/{spell(iri('cbec:inArticle'))}"


@dataclass(frozen=True, slots=True)
class Edge:
    """A factor, an outcome and a ``polarity`` (positive, negative, unstated), with who says so and of when.

    ``claims`` are empty where edges are rolled up; ``count`` counts them always.
    """

    factor: Ref
    outcome: Ref
    polarity: str
    articles: tuple[Ref, ...]
    count: int
    periods: tuple[Ref, ...]
    claims: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """Edges, those of most articles first; the broadest factors and outcomes with their numbers of claims.

    ``factor`` and ``outcome`` are what was chosen; where neither is, edges are ``rolled_up`` to the broadest terms.
    """

    edges: tuple[Edge, ...]
    factors: tuple[Counted, ...]
    outcomes: tuple[Counted, ...]
    factor: Ref | None
    outcome: Ref | None
    rolled_up: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """One claim."""

    claim: str
    factor: str
    outcome: str
    polarity: str
    period: str
    articles: frozenset[str]


@dataclass(frozen=True, slots=True)
class _All:
    """All claims that are not denied, and what each term lies below, itself first and its broadest last."""

    said: tuple[_Said, ...]
    above: Mapping[str, tuple[str, ...]]

    def top(self, term: str) -> str:
        return self.above.get(term, (term,))[-1]

    def within(self, term: str, chosen: str) -> bool:
        return not chosen or chosen in self.above.get(term, (term,))


def mapped(graph: OpenGraph, factor: str, outcome: str, lang: str) -> Map:
    """The map, or its part below a factor, an outcome or both: prefixed names or IRIs, empty for any.

    Raises `BadParameter` for what is no name.
    """
    store = graph.store()
    found = graph.made_of(_all)
    chosen = {"factor": _iri("factor", factor), "outcome": _iri("outcome", outcome)}
    kept = [
        one
        for one in found.said
        if found.within(one.factor, chosen["factor"]) and found.within(one.outcome, chosen["outcome"])
    ]
    rolled_up = not any(chosen.values())
    groups: dict[tuple[str, str, str], list[_Said]] = defaultdict(list)
    for one in kept:
        ends = (found.top(one.factor), found.top(one.outcome)) if rolled_up else (one.factor, one.outcome)
        groups[(*ends, one.polarity)].append(one)
    shown = sorted(groups.items(), key=lambda group: (-len(_articles(group[1])), -len(group[1]), group[0]))[:_MOST]
    factors = _counts(found.top(one.factor) for one in found.said)
    outcomes = _counts(found.top(one.outcome) for one in found.said)
    named = {end for ends, _ in shown for end in ends[:2]} | set(factors) | set(outcomes) | set(chosen.values()) - {""}
    listed = [one for _, group in shown for one in group]
    named |= {one.period for one in listed} - {""}
    named |= _articles(listed) | ({one.claim for one in listed} if not rolled_up else set())
    labels = labels_of(store, named, lang)

    def ref(name: str) -> Ref:
        return Ref(name, labels.get(name, local_name(name)))

    return Map(
        tuple(
            Edge(
                ref(ends[0]), ref(ends[1]), ends[2], tuple(map(ref, sorted(_articles(group)))), len(group),
                tuple(map(ref, sorted({one.period for one in group} - {""}))),
                () if rolled_up else tuple(ref(one.claim) for one in group),
            )
            for ends, group in shown
        ),
        tuple(Counted(ref(name), count) for name, count in factors.items()),
        tuple(Counted(ref(name), count) for name, count in outcomes.items()),
        ref(chosen["factor"]) if chosen["factor"] else None,
        ref(chosen["outcome"]) if chosen["outcome"] else None,
        rolled_up,
    )  # fmt: skip


def _iri(name: str, written: str) -> str:
    if not written:
        return ""
    node = written_iri(written)
    if node is None:
        raise BadParameter(f"{name} is {written[:60]!r}", fix="give a prefixed name or an IRI")
    return node.value


def _articles(group: Iterable[_Said]) -> frozenset[str]:
    return frozenset(article for one in group for article in one.articles)


def _counts(names: Iterable[str]) -> dict[str, int]:
    """How often each occurs, the most frequent first."""
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name] += 1
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def _all(store: Store) -> _All:
    ends: dict[str, dict[str, str]] = {}
    articles: dict[str, set[str]] = defaultdict(set)
    for row in records(
        store,
        f"SELECT ?claim ?factor ?outcome ?polarity ?status ?period ?article {{ ?claim {_P['factor']} ?factor ; "
        f"{_P['outcome']} ?outcome ; {_P['polarity']} ?polarity ; {_P['status']} ?status ; {_PLACE} ?article "
        f"OPTIONAL {{ ?claim {_P['period']} ?period }} }}",
    ):
        if row["status"] != _DENIED:
            ends[row["claim"]] = row
            articles[row["claim"]].add(row["article"])
    said = tuple(
        _Said(
            claim, row["factor"], row["outcome"], local_name(row["polarity"]).removeprefix("polarity-"),
            row["period"] or "", frozenset(articles[claim]),
        )
        for claim, row in sorted(ends.items())
    )  # fmt: skip
    broader: dict[str, str] = {}
    wider = f"?term {spell(iri('skos:broader'))} ?wider"
    for row in records(store, f"SELECT ?term ?wider {{ {wider} }} ORDER BY ?term DESC(?wider)"):
        broader[row["term"]] = row["wider"]
    terms = {end for one in said for end in (one.factor, one.outcome)}
    return _All(said, {term: _chain(term, broader) for term in terms})


def _chain(term: str, broader: Mapping[str, str]) -> tuple[str, ...]:
    chain = [term]
    while (wider := broader.get(chain[-1])) and wider not in chain:
        chain.append(wider)
    return tuple(chain)
