"""Sources of rows: from their columns, else from the graph."""

import pytest

from cbec_kg.query.results import Result
from cbec_kg.query.saved import Column
from cbec_kg.query.sources import sources_of
from cbec_kg.rdf.terms import Quad, integer, iri
from cbec_kg.store.embedded import MemoryStore
from tests.conftest import cases


@pytest.mark.parametrize("case", cases("query/cases/sources.yaml"))
def test_sources(case, graph):
    row = tuple(
        value if value is None else integer(value) if isinstance(value, int) else iri(value)
        for value in case["row"].values()
    )
    result = Result(tuple(map(Column, case["row"])), (row, row))
    found = sources_of(result, graph if case.get("graph") else None)
    assert [[source.compact for source in some] for some in found] == [case["sources"]] * 2


def test_a_finding_rests_on_the_evidence_of_its_claims(graph):
    asked = """
        SELECT ?finding (COUNT(DISTINCT ?e) AS ?places) {
            ?finding a cbec:Finding ; cbec:basedOn|cbec:testedClaim ?claim . ?claim cbec:evidence ?e
        } GROUP BY ?finding ORDER BY ?finding
    """
    rows = tuple(graph.select(asked).rows)
    assert len(rows) > 20
    found = sources_of(Result((Column("finding"), Column("places")), rows), graph)
    assert [0 < len(some) <= int(row[1].value) for row, some in zip(rows, found, strict=True)] == [True] * len(rows)


@pytest.mark.parametrize("thing", ["claim:1", "ev:1", "obs:1", "finding:1", "finding:2", "finding:3", "finding:4"])
def test_evidence_is_found_from_all_that_rests_on_it(thing):
    """Without reasoning too: `testedClaim` and the others are then no `basedOn`."""
    claim, evidence = iri("claim:1"), iri("ev:1")
    based = ("basedOn", "testedClaim", "earlierClaim", "laterClaim")
    store = MemoryStore([
        Quad(claim, iri("cbec:observation"), iri("obs:1")), Quad(claim, iri("cbec:evidence"), evidence),
        Quad(evidence, iri("cbec:inArticle"), iri("art:a1")), Quad(evidence, iri("cbec:charStart"), integer(4)),
        Quad(evidence, iri("cbec:charEnd"), integer(9)),
        *(Quad(iri(f"finding:{n}"), iri(f"cbec:{name}"), claim) for n, name in enumerate(based, start=1)),
    ])  # fmt: skip
    found = sources_of(Result((Column("thing"),), ((iri(thing),), (iri("id:shein"),))), store)
    assert [[source.compact for source in some] for some in found] == [["art:a1 4-9"], []]
