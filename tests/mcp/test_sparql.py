"""The tool ``sparql``: every form of query, on this graph alone, within limits."""

import pytest

from cbec_kg.store.federation import is_federated
from tests.mcp.conftest import calls


def test_every_form(built_store):
    select, ask, construct, describe = calls(
        built_store,
        ("sparql", {"query": "SELECT ?name { id:shein rdfs:label ?name } ORDER BY ?name"}),
        ("sparql", {"query": "ASK { id:shein a cbec:Platform }"}),
        ("sparql", {"query": "CONSTRUCT { ?p a cbec:Platform } WHERE { ?p a cbec:Platform }", "limit": 3}),
        ("sparql", {"query": "DESCRIBE id:shein", "lang": "zh"}),
    )
    assert {"name": "Shein"} in select.structured_content["rows"]
    assert (ask.content[0].text, ask.structured_content["boolean"]) == ("true", True)
    assert len(construct.structured_content["rows"]) == 3
    assert construct.structured_content["truncated"]
    assert construct.structured_content["rows"][0]["object"] == "cbec:Platform"
    assert {row["subject"] for row in describe.structured_content["rows"]} >= {"id:shein"}


def test_claims_lead_to_their_sources(call):
    result = call(
        "sparql", {"query": "SELECT ?claim { ?claim cbec:predicate cbec:launches } ORDER BY ?claim", "limit": 5}
    )
    sources = result.structured_content["sources"]
    assert sources
    assert all(source["start"] < source["end"] for source in sources)


def test_a_text_that_speaks_of_service_is_no_federation(call):
    query = 'SELECT ?s { ?s rdfs:label ?l FILTER(CONTAINS(LCASE(?l), "service")) } ORDER BY ?s'
    assert call("sparql", {"query": query}).structured_content["rows"]


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <http://127.0.0.1:9/\u00a0x> {",  # a space that IRIs may hold
        "SERVICE <http://127.0.0.1:9/\u3000> # { \n {",
        "SERVICE a\u1680b:c {",  # and one that names may
        "SERVICE \u1680:c {",
        "SERVICE silent:x {",
        "SERVICE a:b\\#c#d e\n{",
        "SERVICE a:b#d e\n{",
        "service<http://127.0.0.1:9/>{",
        "}SERVICE SILENT#\r$x#\n{",
        "\\U00000053ERVICE <http://127.0.0.1:9/\\u00a0> {",
    ],
)
def test_another_server_is_not_asked_however_it_is_written(clause):
    assert is_federated(f"SELECT * {{ {clause} ?s ?p ?o }} }}")


def test_a_text_that_repeats_the_word_keeps_nobody_waiting():
    assert not is_federated("service#" * 2_000)
    assert not is_federated("service" + "#\n" * 20_000)


def test_a_row_that_is_too_long_alone_is_refused(built_store):
    columns = " ".join(f"?v{number}" for number in range(6_000))
    wide, exponent = calls(
        built_store,
        ("sparql", {"query": f"SELECT {columns} {{}}"}),
        ("sparql", {"query": 'SELECT ("1E999999999"^^xsd:decimal AS ?n) {}'}),  # a number that no memory holds
    )
    assert wide.is_error
    assert wide.content[0].text == "one row of the answer is longer than 50 kB: ask for fewer columns"
    assert exponent.structured_content["rows"] == [{"n": "1E999999999"}]
