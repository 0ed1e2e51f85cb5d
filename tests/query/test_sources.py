"""Sources of rows: from their columns, else from the graph."""

import pytest

from cbec_kg.query.results import Result
from cbec_kg.query.saved import Column
from cbec_kg.query.sources import sources_of
from cbec_kg.rdf.terms import integer, iri
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
