"""Resources: the ontology on a few pages, the list of queries, and the text of each."""

import pytest

from cbec_kg.query.catalogue import Catalogue
from tests.conftest import ROOT
from tests.mcp.conftest import talk

NAMES = Catalogue(ROOT / "queries").names()


@pytest.fixture(scope="session")
def shelf(built_store):
    """Every resource that is listed, and its text; the templates; completions."""
    from mcp.types import ResourceTemplateReference

    from mcp import MCPError

    async def said(client):
        listed = (await client.list_resources()).resources
        texts = {one.uri: (await client.read_resource(one.uri)).contents[0] for one in listed}
        (template,) = (await client.list_resource_templates()).resource_templates
        reference = ResourceTemplateReference(type="ref/resource", uri=template.uri_template)
        topics = await client.complete(reference, {"name": "topic", "value": "pl"})
        questions = await client.complete(
            reference, {"name": "question", "value": ""}, context_arguments={"topic": "platforms"}
        )
        with pytest.raises(MCPError, match="no resource 'cbec-kg://queris'"):
            await client.read_resource("cbec-kg://queris")
        return listed, texts, template, topics.completion.values, questions.completion.values

    return talk(built_store, said)


def test_every_query_is_one(shelf):
    _, texts, template, _, _ = shelf
    for name in NAMES:
        topic, question = name.split("/")
        uri = template.uri_template.format(topic=topic, question=question)
        assert texts[uri].text == (ROOT / "queries" / f"{name}.rq").read_text("utf-8")
        assert texts[uri].mime_type == "text/plain"


def test_the_ontology_is_small_and_whole(shelf):
    text = shelf[1]["cbec-kg://ontology"].text
    assert len(text.encode()) < 20_000
    for part in ("cbec:StatisticalClaim", "cbec:launches: Actor -> Entity", "graph:findings", "voc:flow-export"):
        assert part in text


def test_every_class_and_property_is_in_it(shelf, graph):
    text = shelf[1]["cbec-kg://ontology"].text
    terms = graph.select(
        "SELECT DISTINCT ?t { VALUES ?k { owl:Class owl:ObjectProperty owl:DatatypeProperty } ?t a ?k "
        "FILTER(STRSTARTS(STR(?t), STR(cbec:))) }"
    )
    names = [row[0].value.rpartition("#")[2] for row in terms.rows]
    assert len(names) > 200
    assert [name for name in names if f"- cbec:{name}" not in text] == []


def test_the_list_names_tools_and_defaults(shelf):
    text = shelf[1]["cbec-kg://queries"].text
    assert text.count("\n- ") == len(NAMES)
    assert "- platforms_programmes: Programmes that a platform launched. platform=id:aliexpress\n" in text


def test_topics_and_questions_are_completed(shelf):
    assert shelf[3] == ["places", "platforms"]
    assert "programmes" in shelf[4]
    assert "total" not in shelf[4]
