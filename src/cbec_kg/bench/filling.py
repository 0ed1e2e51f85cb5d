"""A store that is filled with many made-up articles at once: what a build of them would make, a piece at a time.

First the index of what they state, from which what observations show and what comparing finds is told; then all quads.
Kept in memory are names of nodes and points, and what reasoning needs to know of each claim.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from cbec_kg.bench.made import Made
from cbec_kg.model.period import Period
from cbec_kg.namespaces import CBEC, CLAIM, OBS, PERIOD, SERIES
from cbec_kg.pipeline.build import reasoned_graphs
from cbec_kg.pipeline.graphs import graph_name, quads_of
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.pipeline.shelf import Shelf, content_json
from cbec_kg.pipeline.sources import Curated, Sources
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Quad, Term, Triple, decimal
from cbec_kg.reason.materialise import Index, materialise
from cbec_kg.reason.rules import Rules, compile_rules
from cbec_kg.reconcile.book import Figures, Remembering
from cbec_kg.reconcile.figure import Figure, Point
from cbec_kg.reconcile.findings import findings_at, reach
from cbec_kg.store.builds import new_build, writing
from cbec_kg.triples.claims import article_triples
from cbec_kg.triples.findings import findings_triples
from cbec_kg.triples.names import Namer
from cbec_kg.triples.observations import closed_periods, is_shown, shown_claims, shown_triples, unlinked_triples
from cbec_kg.triples.periods import period_links
from cbec_kg.triples.terms import terms_of

__all__ = ["fill"]

_FIRST = "0001"
_ABOUT = NamedNode(CBEC + "about")


def fill(store: Path, sources: Sources, made: Made, count: int) -> None:
    """Make a new store of so many made-up articles; ``sources`` are without articles."""
    namer = Namer(sources.vocabulary)
    shelf = Shelf(store)
    with writing(store):
        shelf.folder.mkdir()
        points: set[Point] = set()
        grounds = Grounds.of_build(store, _FIRST, _footings(namer, shelf, made, count, points))
        build = new_build(store, _quads(sources, namer, made, count, grounds, points))
        grounds.close()
        assert build.name == _FIRST


def _footings(namer: Namer, shelf: Shelf, made: Made, count: int, points: set[Point]) -> Iterator[tuple[str, Footing]]:
    """What rests on each article, which is put on the shelf; its points are added to ``points``."""
    for number in range(count):
        content = made.content(number)
        _keep(shelf, content)
        footing = Footing.of(content, namer)
        points |= {one.point for one in footing.figures} | {one.point for one in footing.moves}
        yield content.article.id, footing


def _quads(
    sources: Sources, namer: Namer, made: Made, count: int, grounds: Grounds, points: Iterable[Point]
) -> Iterator[Quad]:
    base = reasoned_graphs(sources)
    yield from quads_of(base)
    rules, known = compile_rules([*sources.ontology, *sources.entities]), Index()
    for triples in base.values():
        for triple in triples:
            known.add(triple)
    del base
    seen: set[str] = set()
    about: dict[str, set[Triple]] = defaultdict(set)
    periods: set[Period] = set()
    for number in range(count):
        content = made.content(number)
        own = article_triples(content.article, content.rows, namer)
        generated = {
            triple
            for triple in unlinked_triples(content.rows, {content.article.id: content.article}, namer)
            if not (_node(triple).startswith(OBS) and is_shown(triple.predicate))
        }
        inferred = materialise(own | generated, rules, known)
        for triple in inferred:
            if triple.predicate == _ABOUT:
                about[_node(triple)].add(triple)
        fresh = {triple for triple in generated if _thing(triple) not in seen}
        yield from _both(f"article_{content.article.id}", own)
        yield from _both("observations", fresh)
        yield from _both("inferred", inferred)
        seen |= {_thing(triple) for triple in fresh}
        periods |= closed_periods(content.rows)
    links = set(period_links(periods))
    yield from _both("observations", links)
    yield from _both("inferred", _following(links, set(), rules, known))
    for of_series, figures in _by_series(points, grounds):
        shown = {triple for point in of_series for triple in _shown(point, figures, namer)}
        told = _found(of_series, figures, namer)
        claims = {triple.object.value for triple in told if isinstance(triple.object, NamedNode)}
        beside = {triple for name in claims | {_node(triple) for triple in shown} for triple in about.get(name, ())}
        yield from _both("observations", shown)
        yield from _both("findings", told)
        yield from _both("inferred", _following(shown | told, beside, rules, known))


def _following(triples: set[Triple], beside: set[Triple], rules: Rules, known: Index) -> set[Triple]:
    """What follows from triples with others; of what they only name, its own article has told the classes."""
    typed = {triple.subject for triple in triples if triple.predicate == RDF_TYPE}
    inferred = materialise(triples | beside, rules, known) - beside
    return {triple for triple in inferred if triple.predicate != RDF_TYPE or triple.subject in typed}


def _by_series(points: Iterable[Point], grounds: Grounds) -> Iterator[tuple[list[Point], Figures]]:
    """Points by what trades with whom, each time with figures that remember no more than was asked for these."""
    groups: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for point in points:
        groups[point.slots.entity, point.slots.partner].append(point)
    for group in groups.values():
        yield group, Remembering(grounds.figures)


def _shown(point: Point, figures: Figures, namer: Namer) -> Iterator[Triple]:
    """What the observation of a point shows."""
    by_digest = {one.digest: one for one in figures.at(point)}
    for kind, digest in shown_claims(by_digest.values()).items():
        values = _values(by_digest[digest], namer)
        yield from shown_triples(NamedNode(OBS + point.name), kind, NamedNode(CLAIM + digest), values.get)


def _values(one: Figure, namer: Namer) -> dict[str, Term]:
    """What an observation may show of a claim, by the local names of its properties."""
    codes = {"status": ("statuses", one.status), "qualifier": ("qualifiers", one.qualifier)}
    if one.stating.unit:
        codes["unit"] = ("units", one.stating.unit)
    nodes = {name: NamedNode(namer.vocabulary.code(*code).iri) for name, code in codes.items()}
    return {"value": decimal(one.value), **nodes}


def _found(points: Iterable[Point], figures: Figures, namer: Namer) -> set[Triple]:
    """Findings at all points in reach of what is stated at some."""
    terms = terms_of(namer.vocabulary)
    reached: set[Point] = set()
    for point in points:
        reached |= reach(figures.at(point), figures, terms)
        reached |= reach([one for one in figures.moves(point.slots) if one.point == point], figures, terms)
    found = {one.digest: one for point in reached for one in findings_at(point, figures, terms)}
    return findings_triples(found.values(), figures, namer)


def _both(graph: str, triples: set[Triple]) -> Iterator[Quad]:
    """Triples in their graph and in the default graph; that one of them comes again does not matter."""
    node = NamedNode(graph_name(graph))
    for triple in triples:
        yield Quad(triple.subject, triple.predicate, triple.object, node)
        yield Quad(triple.subject, triple.predicate, triple.object)


def _node(triple: Triple) -> str:
    return triple.subject.value if isinstance(triple.subject, NamedNode) else ""


def _thing(triple: Triple) -> str:
    """What a generated triple comes with: its node, or itself where it is a direct one."""
    return _node(triple) if _node(triple).startswith((OBS, SERIES, PERIOD)) else str(triple)


def _keep(shelf: Shelf, content: Curated) -> None:
    """Put a content on a shelf as `Shelf.put` does, without waiting for the disk."""
    text = json.dumps(content_json(content), ensure_ascii=False, indent=1) + "\n"
    (shelf.folder / f"{content.article.id}.json").write_text(text, "utf-8")
