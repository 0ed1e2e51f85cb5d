"""The description of the API says what is served: an operation for each saved query, with examples."""

import re

import pytest

from cbec_kg.query.catalogue import Catalogue
from tests.web.serving import Served

STATUSES = {"200", "304", "400", "404", "406", "422", "429", "503"}


@pytest.fixture(scope="module")
def described(server: Served) -> dict:
    return server.get("/openapi.json").json()


def test_every_saved_query_is_an_operation_with_its_parameters(described) -> None:
    for query in Catalogue():
        told = described["paths"][f"/api/queries/{query.name}"]["get"]
        own = [param.name for param in query.params if param.type != "lang"]
        assert [one["name"] for one in told["parameters"]] == [*own, "limit", "offset", "format", "lang"]
        example = told["responses"]["200"]["content"]["application/json"]["example"]
        assert example["query"] == query.name
        assert [column["name"] for column in example["columns"]] == [column.name for column in query.columns]


def test_operations_are_complete(described) -> None:
    names = [one["operationId"] for path in described["paths"].values() for one in path.values()]
    assert len(set(names)) == len(names)
    for path, methods in described["paths"].items():
        for told in methods.values():
            assert told["summary"]
            assert set(re.findall(r"{(\w+)}", path)) == {p["name"] for p in told["parameters"] if p["in"] == "path"}
            assert STATUSES | {"303"} >= set(told["responses"])
            for one in told["parameters"]:
                assert one["schema"]
                assert one["description"]


def test_references_lead_somewhere(described) -> None:
    found = set(re.findall(r"'\$ref': '#/([^']+)'", str(described)))
    assert "components/schemas/Problem" in found
    for reference in found:
        at = described
        for part in reference.split("/"):
            at = at[part]


def test_other_parts_are_described_where_they_are_served(described, server: Served) -> None:
    assert "/health" in described["paths"]
    for path in described["paths"]:
        if "{" not in path and not path.startswith(("/api/", "/store")):
            assert server.get(path).status_code == 200


@pytest.mark.parametrize(("lang", "says"), [("en", "The catalogue of saved queries."), ("zh", "预存查询目录。")])
def test_the_page_lists_what_can_be_asked(server: Served, lang: str, says: str) -> None:
    page = server.get(f"/api?lang={lang}&theme=dark").text
    assert says in page
    links = re.findall(r'href="(/(?:api|changes|series|openapi)[^"]*)"', page)
    for address in links if lang == "en" else ():
        if not re.fullmatch("/api/queries/[^/]+/[^/]+|/openapi.json", address):
            assert server.get(address.replace("&amp;", "&")).status_code == 200, address
    assert page.count("/api/queries/") >= 73
