"""Build the graph: read, make triples, reason, validate, store.

Nothing is stored before everything is valid, and the store changes by one renaming at the end.

>>> STEPS[0], STEPS[-1]
('ontology', 'store')
"""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path

from cbec_kg.errors import InvalidData
from cbec_kg.fetch.visits import forget_all_visits, forget_visit
from cbec_kg.namespaces import compact
from cbec_kg.pipeline import log
from cbec_kg.pipeline.corrected import corrected_sources
from cbec_kg.pipeline.graphs import asserted_graphs, default_graph, quads_of
from cbec_kg.pipeline.grounds import Footing, Grounds
from cbec_kg.pipeline.history import History, entities_of, now
from cbec_kg.pipeline.living import end_begun
from cbec_kg.pipeline.overlay import note_overlay, overlay_to_build
from cbec_kg.pipeline.shelf import Shelf
from cbec_kg.pipeline.sources import Sources, fingerprint, read_sources
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Quad, Triple, iri
from cbec_kg.reason.materialise import Index, clashes, materialise
from cbec_kg.reason.rules import compile_rules
from cbec_kg.store.builds import new_build, writing
from cbec_kg.store.embedded import MemoryStore
from cbec_kg.store.foreign.graphs import foreign_quads
from cbec_kg.triples.names import Namer
from cbec_kg.validate import fast, oracle
from cbec_kg.validate.report import Report

__all__ = ["STEPS", "Invalid", "Summary", "build", "reasoned_graphs", "validated"]

STEPS = ("ontology", "entities", "articles", "triples", "reasoning", "validation", "store")
Tell = Callable[[str], None]


def _silent(step: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a build holds. ``triples`` counts the default graph, ``inferred`` those of them that reasoning added."""

    articles: int
    claims: int
    evidence: int
    observations: int
    series: int
    findings: int
    entities: int
    triples: int
    inferred: int
    warnings: int
    seconds: float


class Invalid(InvalidData):
    """Data that breaks a shape: the report, and the graph in memory to look things up in."""

    def __init__(self, report: Report, graph: MemoryStore) -> None:
        count = report.counts["Violation"]
        super().__init__(
            f"{count} violation{'s' if count > 1 else ''}, nothing was stored", fix="correct what the report names"
        )
        self.report, self.graph = report, graph


def reasoned_graphs(sources: Sources, *, reason: bool = True, tell: Tell = _silent) -> dict[str, set[Triple]]:
    """Named graphs of the sources, the inferred one included.

    Raises `InvalidData` where the facts would make something a member of two disjoint classes.
    """
    tell("triples")
    graphs = asserted_graphs(sources)
    if not reason:
        return graphs
    tell("reasoning")
    rules = compile_rules([*sources.ontology, *sources.entities])
    asserted = default_graph(graphs)
    facts = asserted - set(sources.shapes)
    inferred = materialise(facts, rules, Index())
    if found := clashes(facts | inferred, rules):
        subject, a, b = found[0]
        name = compact(subject.value) if isinstance(subject, NamedNode) else str(subject)
        raise InvalidData(
            f"{name} would be both {compact(a.value)} and {compact(b.value)}, which have no member in common",
            fix="correct its type, or the claim that implies the other one",
        )
    graphs["inferred"] = inferred - asserted
    return graphs


def validated(sources: Sources, graphs: dict[str, set[Triple]], *, strict: bool = False) -> Report:
    """SHACL report of what is asserted.

    Inferred triples are left out: a range gives its class to whatever stands there, and every class check would pass.
    ``strict`` has pyshacl do it as well and raises `InvalidData` if the two differ."""
    everything = default_graph({name: triples for name, triples in graphs.items() if name != "inferred"})
    report = fast.validate(everything, sources.shapes)
    if strict and (differing := report.keys ^ oracle.validate(everything, sources.shapes).keys):
        _, shape, focus = min(differing)
        raise InvalidData(
            f"the two validators differ in {len(differing)} results, first {compact(shape)} on {compact(focus)}",
            fix="report it: one of the engines is wrong",
        )
    return report


def build(
    store: Path, resources: Path, *, reason: bool = True, strict: bool = False, fresh: bool = False,
    overlay: str | None = None, tell: Tell = _silent,
) -> tuple[Summary, Report]:  # fmt: skip
    """Build the graph of a resources folder into a store folder; raises `Invalid` and leaves the store as it was.

    Articles that were ingested stay, unless ``fresh``, strangers' graphs in any case; ``overlay`` names the file
    of corrections.
    """
    began = time.perf_counter()
    with writing(store):
        curated = read_sources(resources, tell)
        corrections = overlay_to_build(store, overlay)
        sources = corrected_sources(curated if fresh else _with_shelf(store, curated), corrections)
        graphs = reasoned_graphs(sources, reason=reason, tell=tell)
        tell("validation")
        report = validated(sources, graphs, strict=strict)
        if not report.conforms:
            raise Invalid(report, memory_of(graphs))
        tell("store")
        before = entities_of(store)
        # Strangers' graphs stay: they are read while the build that holds them is the current one.
        target = new_build(store, chain(quads_of(graphs), foreign_quads(store)))
        namer = Namer(sources.vocabulary)
        footings = ((article, Footing.of(content, namer)) for article, content in sources.articles.items())
        Grounds.of_build(store, target.name, footings).close()
        note_overlay(store, corrections)
        end_begun(store, sources.articles, curated.articles)  # a change that was begun is in the build as a whole
        shelf = Shelf(store)
        if fresh:
            forget_all_visits(store)
        for article in shelf.ids() if fresh else curated.articles:
            forget_visit(store, article)
            shelf.drop(article)  # without ``fresh``: what was ingested and is curated by now
        history = History(store).built(sources.articles, curated.articles, target.name, before, graphs["entities"])
        summary = _summary(graphs, report, time.perf_counter() - began)
        log.append(store, {"build": target.name, "at": now(), "sources": fingerprint(resources), "reasoned": reason,
                           **history, **asdict(summary)})  # fmt: skip
    return summary, report


def _with_shelf(store: Path, sources: Sources) -> Sources:
    """The sources with the articles that were ingested, but for those that are curated by now."""
    shelf = Shelf(store)
    ingested = {article: content for article in shelf.ids() if (content := shelf.get(article))}
    return replace(sources, articles={**ingested, **sources.articles})


def memory_of(graphs: dict[str, set[Triple]]) -> MemoryStore:
    """Default graph of some graphs, in memory."""
    return MemoryStore(Quad(t.subject, t.predicate, t.object) for t in default_graph(graphs))


def _summary(graphs: dict[str, set[Triple]], report: Report, seconds: float) -> Summary:
    everything = default_graph(graphs)
    counts: dict[str, int] = {}
    for triple in everything:
        if triple.predicate == RDF_TYPE and isinstance(triple.object, NamedNode):
            counts[triple.object.value] = counts.get(triple.object.value, 0) + 1
    own = {t.subject for t in graphs["entities"] if t.predicate == RDF_TYPE}

    def of(name: str) -> int:
        return counts.get(iri(name).value, 0)

    evidenced = {t.subject for t in everything if t.predicate == iri("cbec:evidence")}
    return Summary(
        articles=of("cbec:Article"),
        claims=len(evidenced),
        evidence=of("cbec:Evidence"),
        observations=of("cbec:Observation"),
        series=of("cbec:Series"),
        findings=of("cbec:Finding"),
        entities=len(own),
        triples=len(everything),
        inferred=len(graphs.get("inferred", ())),
        warnings=report.counts["Warning"],
        seconds=round(seconds, 2),
    )
