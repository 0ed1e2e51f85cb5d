"""The graph in which figures are revised: the curated articles, and two that are made up.

None of the curated articles gives a figure that a later release replaced. ``revised/`` holds two articles that nobody
wrote: one states totals of 2022 as first released and foresees 2023, the other states both as they were a year later.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from cbec_kg import paths
from cbec_kg.pipeline.build import reasoned_graphs, validated
from cbec_kg.pipeline.graphs import quads_of
from cbec_kg.pipeline.sources import read_article, read_sources
from cbec_kg.rdf.terms import Quad

__all__ = ["revised_quads"]

FOLDER = Path(__file__).parent / "revised"


def revised_quads() -> Iterator[Quad]:
    """The whole dataset, made as a build makes it; the made-up articles must pass the shapes as well."""
    sources = read_sources(paths.resources())
    made_up = {path.stem: read_article(path) for path in sorted(FOLDER.glob("*.json"))}
    graphs = reasoned_graphs(sources := replace(sources, articles={**sources.articles, **made_up}))
    report = validated(sources, graphs)
    assert report.conforms, report.only("Violation").results
    return quads_of(graphs)
