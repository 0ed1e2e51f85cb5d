"""Saved queries over HTTP give the very rows that the library and the command line give."""

import io
import json
from datetime import date, datetime, time
from decimal import Decimal
from urllib.parse import urlencode

import pytest

import cbec_kg
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.formats import registry
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.run import bound_text, run
from cbec_kg.query.sources import sources_of
from cbec_kg.query.suggest import suggest
from cbec_kg.store.embedded import EmbeddedStore
from tests.web.serving import Served

QUERIES = {query.name: query for query in Catalogue()}
PROGRAMMES = "/api/queries/platforms/programmes"


@pytest.fixture(scope="module")
def kg(built_store):
    with cbec_kg.open(built_store) as opened:
        yield opened


def written(value):
    """A value of the library as JSON has it."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return datetime.combine(value, time()).isoformat()
    return value if value is None or isinstance(value, bool | int | float | Decimal) else str(value)


def records(rows):
    names = [column.name for column in rows.columns]
    return [{name: written(getattr(row, name)) for name in names} for row in rows]


def comparable(records):
    """Numbers as decimals, whole or not; days with and without their midnight the same."""
    return [
        {
            name: Decimal(value) if isinstance(value, int) and not isinstance(value, bool)
            else str(value).removesuffix("T00:00:00") if isinstance(value, str) else value
            for name, value in record.items()
        }
        for record in records
    ]  # fmt: skip


@pytest.mark.parametrize("name", QUERIES)
def test_rows_are_those_of_the_library(server: Served, kg, graph: EmbeddedStore, name: str) -> None:
    told = json.loads(server.get(f"/api/queries/{name}").text, parse_float=Decimal)
    expected = kg.query(name)
    assert comparable(told["rows"]) == comparable(records(expected))
    assert [(one["name"], one["type"]) for one in told["columns"]] == [(one.name, one.type) for one in expected.columns]
    kept = run(QUERIES[name], {}, graph).kept()
    assert [[(one["iri"], one.get("start"), one.get("end")) for one in some] for some in told["sources"]] == [
        [(one.article, one.start, one.end) for one in some] for some in sources_of(kept, graph)
    ]
    out = io.BytesIO()
    registry.write(kept, "csv", out)
    assert server.get(f"/api/queries/{name}", accept="text/csv").content == out.getvalue()


@pytest.mark.parametrize("form", ["tsv", "jsonl", "sparql-json", "md", "html", "table"])
def test_other_forms_are_those_of_the_command_line(server: Served, graph: EmbeddedStore, form: str) -> None:
    out = io.BytesIO()
    result = run(QUERIES["platforms/programmes"], {"platform": "Shein"}, graph, lang="zh")
    registry.write(result, {"sparql-json": "json"}.get(form, form), out, lang="zh")
    found = server.get(f"{PROGRAMMES}?platform=Shein&lang=zh&format={form}")
    assert found.content == out.getvalue()
    assert found.headers["content-language"] == "zh"


def test_a_workbook_holds_the_rows_and_has_a_name(server: Served) -> None:
    import openpyxl

    found = server.get(f"{PROGRAMMES}?format=xlsx")
    assert found.headers["content-disposition"] == 'attachment; filename="platforms-programmes.xlsx"'
    sheet = openpyxl.load_workbook(io.BytesIO(found.content)).active
    assert sheet.max_row > len(server.get(PROGRAMMES).json()["rows"])


def test_pages_follow_one_another_by_their_links(server: Served) -> None:
    every = server.get("/api/queries/factors/effects").json()["rows"]
    path, got, before = "/api/queries/factors/effects?limit=5", [], None
    while path:
        found = server.get(path)
        assert found.json()["next"] == found.links.get("next", {}).get("url")
        assert (found.links.get("prev", {}).get("url", "").partition("offset=")[2] or None) == before
        before = str(len(got))
        got += found.json()["rows"]
        path = found.json()["next"]
    assert got == every
    assert len(every) > 10


def test_a_list_is_a_parameter_given_again(server: Served, graph: EmbeddedStore) -> None:
    name = "figures/estimates-forecasts-targets"
    many = next(param for param in QUERIES[name].params if param.many)
    values = [one.value for one in suggest(many, graph, limit=2)]
    pairs = [(many.name, value) for value in values]
    expected = [dict(row) for row in run(QUERIES[name], {many.name: values}, graph).records()]
    assert len(server.get(f"/api/queries/{name}?{urlencode(pairs)}").json()["rows"]) == len(expected)


def test_the_bound_text_is_the_query_that_was_run(server: Served, graph: EmbeddedStore) -> None:
    found = server.get(f"{PROGRAMMES}/sparql?platform=Shein")
    bound = bound_text(QUERIES["platforms/programmes"], {"platform": "Shein"}, Resolver(graph), "en")
    assert found.text.strip() == "\n".join(x for x in bound.split("\n") if not x.startswith("#+")).strip()
    assert "id/shein>" in found.text
    assert found.headers["content-type"].startswith("application/sparql-query")


def test_suggestions_are_those_of_the_graph(server: Served, graph: EmbeddedStore) -> None:
    found = server.get(f"{PROGRAMMES}/suggest?param=platform&q=sh&limit=1").json()
    every = suggest(QUERIES["platforms/programmes"].param("platform"), graph, "sh", limit=None)
    assert found == {"parameter": "platform", "values": [every[0].as_json()], "more": len(every) - 1}


def test_the_catalogue_tells_all_of_each_query(server: Served) -> None:
    told = {one["name"]: one for one in server.get("/api/queries").json()["queries"]}
    assert list(told) == list(QUERIES)
    one, query = told["platforms/programmes"], QUERIES["platforms/programmes"]
    assert one["summary"] == {"en": query.summary.en, "zh": query.summary.zh}
    assert [(p["name"], p["type"], p["default"], p["class"]) for p in one["parameters"]] == [
        ("platform", "iri", ["id:aliexpress"], "cbec:Platform"), ("lang", "lang", ["en"], None),
    ]  # fmt: skip
    assert [column["name"] for column in one["columns"]] == [column.name for column in query.columns]
    for address in (*one["links"].values(), one["parameters"][0]["suggest"]):
        assert server.get(address).status_code == 200
    topic = server.get("/api/queries/platforms").json()["queries"]
    assert [one["name"] for one in topic] == [name for name in QUERIES if name.startswith("platforms/")]
    assert server.get("/api/queries?format=csv").text.startswith("query,question,parameters\r\n")
