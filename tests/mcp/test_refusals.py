"""What cannot be answered is told in one line, and the server goes on."""

import pytest

from tests.conftest import cases
from tests.mcp.conftest import calls, talk

ROWS = cases("mcp/cases_refused.yaml")


@pytest.fixture(scope="session")
def refusals(built_store):
    """Results of all cases, by one server, and of a call after each."""
    wanted = []
    for row in (row.values[0] for row in ROWS):
        given = {row["long"]: "a" * 1001} if "long" in row else row["give"]
        wanted += [(row["tool"], given), ("platforms_programmes", {})]
    results = calls(built_store, *wanted)
    names = [row.values[0]["id"] for row in ROWS]
    return dict(zip(names, zip(results[::2], results[1::2], strict=True), strict=True))


@pytest.mark.parametrize("row", ROWS)
def test_it_is_refused_in_one_line(row, refusals):
    result, following = refusals[row["id"]]
    assert result.is_error
    (content,) = result.content
    assert "\n" not in content.text
    assert "Traceback" not in content.text
    for part in row["says"]:
        assert part in content.text
    assert not following.is_error
    assert following.structured_content["total"] == 2


def test_an_unknown_tool_is_an_error_of_the_protocol(built_store):
    from mcp.shared.exceptions import MCPError

    async def said(client):
        with pytest.raises(MCPError, match="no tool 'platform_programmes': did you mean platforms_programmes"):
            await client.call_tool("platform_programmes", {})
        return await client.call_tool("platforms_programmes", {})

    assert not talk(built_store, said).is_error


def test_what_a_model_writes_loosely_is_taken(built_store):
    """Null for nothing, a number as text, one value for a list, a year as a number."""
    loose, plain = calls(
        built_store,
        ("figures_estimates_forecasts_targets", {"status": "voc:status-target", "limit": "5", "lang": None}),
        ("figures_total", {"period": 2022}),
    )
    assert {row["status"] for row in loose.structured_content["rows"]} == {"voc:status-target"}
    assert plain.structured_content["rows"]


def test_a_long_answer_is_cut_and_says_so(built_store):
    few, wide, next_page = calls(
        built_store,
        ("sources_who_says_what", {"limit": 2}),
        ("sparql", {"query": "SELECT * { ?s ?p ?o }", "limit": 1000}),
        ("sources_who_says_what", {"limit": 2, "offset": 2}),
    )
    data = few.structured_content
    assert (len(data["rows"]), data["truncated"]) == (2, True)
    assert data["total"] > 2
    assert data["next"].startswith("offset=2 ")
    assert f"Rows 1 to 2 of {data['total']}" in few.content[0].text
    assert not {str(row) for row in data["rows"]} & {str(row) for row in next_page.structured_content["rows"]}
    data = wide.structured_content
    assert data["truncated"]
    assert 0 < len(data["rows"]) < 1000
    assert data["total"] is None
    assert len(wide.content[0].text.encode()) <= 50_000
    assert "more than 1,000" in wide.content[0].text


def test_one_huge_cell_is_cut(call):
    result = call("sparql", {"query": 'SELECT (GROUP_CONCAT(?l; separator="|") AS ?all) { ?s rdfs:label ?l }'})
    (row,) = result.structured_content["rows"]
    assert "characters)" in row["all"]
    assert len(row["all"]) < 3_000
    assert len(result.content[0].text.encode()) <= 50_000


def test_a_service_clause_reaches_nobody(built_store):
    """The check of a query's text, against a server that would hear it."""
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        texts = [
            f"SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ ?s ?p 1SERVICE <{url}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ FILTER(1<2)service silent<{url}>{{ ?s ?p ?o }} }}",
            f"PREFIX x: <{url}> SELECT * {{ SERVICE x: {{ ?s ?p ?o }} }}",
            f"SELECT * {{ VALUES ?x {{ <{url}> }} SERVICE#\n?x#\n{{ ?s ?p ?o }} }}",
        ]
        results = calls(built_store, *(("sparql", {"query": text, "timeout": 2}) for text in texts))
        assert all(result.is_error for result in results)
        with pytest.raises(TimeoutError):
            server.accept()
