"""One article's nodes are judged alone as they are within the whole graph, faults included."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cbec_kg import paths
from cbec_kg.model.rows import FactorRow, ObservationRow, RelationRow
from cbec_kg.pipeline.graphs import asserted_graphs, default_graph
from cbec_kg.pipeline.sources import Curated, read_sources
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.validate import fast
from cbec_kg.validate.own import RECORDS, OwnValidator

SOURCES = read_sources(paths.resources())
VALIDATOR = OwnValidator([*SOURCES.ontology, *SOURCES.entities], SOURCES.shapes)
ARTICLE = sorted(SOURCES.articles)[1]


def own(graphs, article):
    """What an article's graph says and what graph/observations says of what it leads to."""
    out = set(graphs[f"article_{article}"])
    for _ in range(2):
        led = {triple.object for triple in out}
        out |= {triple for triple in graphs["observations"] if triple.subject in led}
    return out


def faulty(change):
    """The article with a fault in one row, or None where it has no row that the fault fits."""
    one = SOURCES.articles[ARTICLE]
    rows = list(one.rows)
    at = next(at for at, row in enumerate(rows) if change(row) is not None)
    rows[at] = change(rows[at])
    return Curated(one.article, tuple(rows))


FAULTS = {
    "none": lambda row: row,
    "growth": lambda row: replace(row, value=Decimal(-150), lower=Decimal(-151), upper=Decimal(-149))
    if isinstance(row, ObservationRow) and row.kind == "growth" else None,
    "count": lambda row: replace(row, value=Decimal("2.5"))
    if isinstance(row, ObservationRow) and row.kind == "level" and row.unit == "count" else None,
    "unit": lambda row: replace(row, unit="count")
    if isinstance(row, ObservationRow) and row.kind == "level" and row.unit not in ("count", None) else None,
    "itself": lambda row: replace(row, outcome=row.factor) if isinstance(row, FactorRow) else None,
    "domain": lambda row: replace(row, predicate="locatedIn") if isinstance(row, RelationRow) else None,
    "future": lambda row: replace(row, period="2031")
    if isinstance(row, ObservationRow) and row.status == "reported" else None,
    "span": lambda row: replace(row, start=row.end) if isinstance(row, FactorRow) else None,
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_own_nodes_are_judged_as_in_the_whole_graph(fault):
    sources = replace(SOURCES, articles={**SOURCES.articles, ARTICLE: faulty(FAULTS[fault])})
    graphs = asserted_graphs(sources)
    mine = own(graphs, ARTICLE)
    nodes = {triple.subject.value for triple in mine if isinstance(triple.subject, NamedNode)}
    whole = fast.validate(default_graph(graphs), SOURCES.shapes)
    wanted = {one.key for one in whole.results if one.focus in nodes and one.focus.startswith(RECORDS)}
    found = VALIDATOR.report(mine)
    assert found.keys == wanted
    assert found.conforms == (fault == "none")
