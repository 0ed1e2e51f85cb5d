"""Every tool, as a client sees it: legal names, valid schemas, and the rows that the saved query gives."""

import re

import jsonschema
import pytest

from cbec_kg.mcp.cells import json_value
from cbec_kg.mcp.tool import LONGEST_NAME, MOST_BYTES, legal_name
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.run import run
from tests.conftest import ROOT
from tests.mcp.conftest import talk

QUERIES = {legal_name(name): name for name in Catalogue(ROOT / "queries").names()}
OTHERS = {"answer", "ask", "search_entities", "describe_entity", "suggest_values", "sparql"}


@pytest.fixture(scope="session")
def session(built_store):
    """Tools of one server, and what each saved query's tool gives when it is called without arguments."""

    async def said(client):
        tools = (await client.list_tools()).tools
        return tools, {tool.name: await client.call_tool(tool.name, {}) for tool in tools if tool.name in QUERIES}

    return talk(built_store, said)


@pytest.fixture(scope="session")
def tools(session):
    return {tool.name: tool for tool in session[0]}


@pytest.fixture(scope="session")
def results(session):
    return session[1]


def test_there_is_a_tool_for_every_saved_query_and_for_the_rest(tools):
    assert set(tools) == set(QUERIES) | OTHERS


def test_names_are_legal_everywhere(tools):
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) and len(name) <= LONGEST_NAME for name in tools)


def test_schemas_are_valid_and_closed(tools):
    for tool in tools.values():
        for schema in (tool.input_schema, tool.output_schema):
            jsonschema.Draft202012Validator.check_schema(schema)
            assert schema["type"] == "object"
        assert tool.input_schema["additionalProperties"] is False
        assert all(one["description"] for one in tool.input_schema["properties"].values()), tool.name


def test_defaults_fit_their_own_schemas(tools):
    for tool in tools.values():
        for name, schema in tool.input_schema["properties"].items():
            if "default" in schema:
                jsonschema.validate(schema["default"], schema, cls=jsonschema.Draft202012Validator), (tool.name, name)


def test_every_tool_says_that_it_only_reads(tools):
    for tool in tools.values():
        hints = tool.annotations
        assert (hints.read_only_hint, hints.destructive_hint, hints.open_world_hint) == (True, False, False)
        assert tool.title
        assert tool.description


def test_parameters_are_those_of_the_header(tools):
    catalogue = Catalogue(ROOT / "queries")
    for name, query in QUERIES.items():
        own = [param.name for param in catalogue.find(query).params if param.type != "lang"]
        assert list(tools[name].input_schema["properties"]) == [*own, "limit", "offset", "lang"]


@pytest.mark.parametrize("name", QUERIES)
def test_a_tool_gives_the_rows_of_its_query(name, results, graph):
    result = results[name]
    assert not result.is_error, result.content
    query = Catalogue(ROOT / "queries").find(QUERIES[name])
    expected = [
        {column.name: json_value(term, column) for column, term in zip(query.columns, row, strict=True)}
        for row in run(query, {}, graph).rows
    ]
    data = result.structured_content
    assert data["total"] == len(expected)
    assert data["rows"] == expected[: len(data["rows"])]
    assert data["truncated"] == (len(data["rows"]) < len(expected))
    assert [column["name"] for column in data["columns"]] == [column.name for column in query.columns]


@pytest.mark.parametrize("name", QUERIES)
def test_rows_that_state_something_carry_sources(name, results, graph):
    data = results[name].structured_content
    held = {value for row in data["rows"] for value in row.values() if isinstance(value, str)}
    if any(value.startswith(("art:", "claim:", "finding:", "obs:")) for value in held):
        assert data["sources"]
    for source in data["sources"]:
        assert source["article"] in data["articles"]
        assert source["article"] in results[name].content[0].text


@pytest.mark.parametrize("name", QUERIES)
def test_results_are_bounded(name, results):
    assert len(results[name].content[0].text.encode()) <= MOST_BYTES


def test_most_tools_give_rows(results):
    """So that the comparisons above compare something."""
    assert sum(bool(result.structured_content["rows"]) for result in results.values()) >= 0.8 * len(results)


def test_chinese(built_store):
    async def said(client):
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        return tools, await client.call_tool("platforms_programmes", {"platform": "速卖通"})

    tools, result = talk(built_store, said, "--lang", "zh", "--topic", "platforms")
    assert tools["platforms_programmes"].title == Catalogue().find("platforms/programmes").summary.zh
    assert tools["platforms_programmes"].input_schema["properties"]["platform"]["description"].startswith("平台")
    assert set(tools) == {name for name in QUERIES if name.startswith("platforms_")} | OTHERS
    assert any("计划" in row["programmeLabel"] for row in result.structured_content["rows"])
