"""The same server on a graph that lies on a SPARQL server."""

import socket

import pytest

from cbec_kg.mcp.tool import legal_name
from cbec_kg.query.catalogue import Catalogue
from tests.conftest import ROOT
from tests.mcp.conftest import calls, talk
from tests.store.sparql_server import Endpoint

WANTED = (
    *((legal_name(name), {}) for name in Catalogue(ROOT / "queries").names()),
    ("answer", {"indicator": "cbec-trade-value", "period": "2022", "flow": "export"}),
    ("ask", {"text": "CBEC exports in 2022?"}),
    ("search_entities", {"text": "shein"}),
    ("describe_entity", {"name": "Shein"}),
    ("suggest_values", {"tool": "platforms_programmes", "argument": "platform"}),
    ("sparql", {"query": "SELECT ?n { id:shein rdfs:label ?n } ORDER BY ?n"}),
    ("sparql", {"query": "ASK { id:shein a cbec:Platform }"}),
)


@pytest.fixture(scope="session")
def endpoint(graph):
    with Endpoint(graph.quads()) as endpoint:
        yield endpoint.url


def test_every_tool_says_the_same(built_store, endpoint):
    on_disk, on_server = calls(built_store, *WANTED), calls(endpoint, *WANTED)
    for (name, _), expected, result in zip(WANTED, on_disk, on_server, strict=True):
        assert not result.is_error, (name, result.content)
        assert result.structured_content == expected.structured_content, name
        assert result.content[0].text == expected.content[0].text, name


def test_what_only_reads_stays_so(endpoint):
    update, federation, limited = calls(
        endpoint,
        ("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"}),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"}),
        ("sparql", {"query": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "limit": 2}),
    )
    assert update.is_error
    assert "only queries" in update.content[0].text
    assert "SERVICE" in federation.content[0].text
    assert len(limited.structured_content["rows"]) == 2
    assert limited.structured_content["truncated"]


def test_a_server_that_is_down_is_said_and_the_next_call_is_answered():
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}/sparql"

    async def said(client):
        return await client.call_tool("figures_total", {}), (await client.list_tools()).tools

    result, tools = talk(url, said)
    assert result.is_error
    assert "127.0.0.1" in result.content[0].text
    assert "\n" not in result.content[0].text
    assert tools
