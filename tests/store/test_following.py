"""A server sees the graph as it is at each call: after a new build, and after an article was taken in or forgotten."""

import shutil

import pytest

from cbec_kg.cli import main
from cbec_kg.errors import StoreError
from cbec_kg.rdf.terms import RDFS_LABEL, Quad, iri, text
from cbec_kg.store.builds import new_build, writing
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.following import OpenGraph
from tests.mcp.conftest import ROOT, talk

NAMES = {"query": "SELECT ?name { id:made-up rdfs:label ?name }"}
FIGURE = {"entity": "Hangzhou", "period": "2023"}


def test_a_new_build_is_seen(store):
    async def said(client):
        before = await client.call_tool("sparql", NAMES)
        saved_before = await client.call_tool("platforms_programmes", {})
        with writing(store):
            new_build(store, [Quad(iri("id:made-up"), RDFS_LABEL, text("Made up", "en"))])
        saved = await client.call_tool("platforms_programmes", {})
        return before, saved_before, await client.call_tool("sparql", NAMES), saved

    before, saved_before, after, saved = talk(store, said)
    assert before.structured_content["rows"] == []
    assert saved_before.structured_content["rows"]
    assert after.structured_content["rows"] == [{"name": "Made up"}]
    assert saved.is_error
    assert "no cbec:Platform" in saved.content[0].text or "nothing" in saved.content[0].text


def test_an_article_is_seen_and_forgotten(store, capsys):
    async def said(client):
        results = [await client.call_tool("figures_exports_and_imports", FIGURE)]
        results.append(await client.call_tool("search_entities", {"text": "hangzhou"}))
        assert main(["ingest", str(ROOT / "docs/examples/hangzhou.txt"), "--store", str(store)]) == 0
        results.append(await client.call_tool("figures_exports_and_imports", FIGURE))
        results.append(await client.call_tool("search_entities", {"text": "hangzhou", "class": "cbec:Article"}))
        assert main(["forget", "hangzhou", "--store", str(store)]) == 0
        results.append(await client.call_tool("figures_exports_and_imports", FIGURE))
        return results

    before, names, after, article, forgotten = talk(store, said)
    assert before.structured_content["rows"] == []
    assert names.structured_content["hits"][0]["name"] == "id:hangzhou"
    assert {row["article"] for row in after.structured_content["rows"]} == {"art:hangzhou"}
    assert [hit["name"] for hit in article.structured_content["hits"]] == ["art:hangzhou"]
    assert forgotten.structured_content["rows"] == []


def test_a_build_whose_files_are_damaged_is_one_line(built_store, tmp_path):
    folder = tmp_path / "store"
    shutil.copytree(built_store, folder)
    for file in folder.glob("builds/*/*.sst"):
        with file.open("r+b") as opened:
            opened.truncate(100)
    with pytest.raises(StoreError, match=r"cannot be opened: [^\n]*: run `cbec-kg build` again"):
        OpenGraph(EmbeddedStore(folder)).store().graphs()
