"""Real grlc serves each folder of saved queries, and gives the very rows that we give: ``make interop``."""

import json
import os
import shutil

import pytest

from cbec_kg import paths
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.listing import show
from cbec_kg.query.run import bound_text, run
from cbec_kg.rdf.terms import BlankNode, Literal, NamedNode
from cbec_kg.store.embedded import EmbeddedStore

from .grlc import endpoint, serving

pytestmark = pytest.mark.skipif(
    "CBEC_KG_INTEROP" not in os.environ, reason="real servers are fetched and started by `make interop`"
)
CATALOGUE = Catalogue()
TOPICS = sorted({query.topic for query in CATALOGUE})


@pytest.fixture(scope="module")
def asked(built_store):
    with endpoint(EmbeddedStore(built_store).build) as address:
        yield address


def term(binding):
    """A term of SPARQL's JSON results."""
    if binding is None:
        return None
    value = binding["value"]
    if binding["type"] == "uri":
        return NamedNode(value)
    if binding["type"] == "bnode":
        return BlankNode(value)
    if "xml:lang" in binding:
        return Literal(value, language=binding["xml:lang"])
    return Literal(value, datatype=NamedNode(binding["datatype"])) if "datatype" in binding else Literal(value)


def rows(answer):
    """Columns and rows of SPARQL's JSON results."""
    names = answer["head"]["vars"]
    return names, [tuple(term(row.get(name)) for name in names) for row in answer["results"]["bindings"]]


@pytest.mark.parametrize("topic", TOPICS)
def test_grlc_serves_a_topic_and_its_answers_are_ours(topic, asked, graph, tmp_path):
    queries = [query for query in CATALOGUE if query.topic == topic]
    with serving(paths.queries() / topic, asked, tmp_path) as grlc:
        spec = grlc.json("/api-local/swagger")
        assert sorted(spec["paths"]) == sorted(f"/{query.name.partition('/')[2]}" for query in queries)
        assert "parse" not in spec["info"]["description"].lower()
        for query in queries:
            question = query.name.partition("/")[2]
            (told,) = spec["paths"][f"/{question}"].values()
            assert told["summary"] == query.summary.en
            assert told["tags"] == list(query.tags)
            assert told["description"].startswith(query.description.en)
            # None but grlc's own: ours have their defaults in the text.
            assert [one["name"] for one in told["parameters"]] == ["endpoint"]
            result = run(query, {}, graph)
            ours = [column.name for column in result.columns], list(result.rows)
            assert rows(grlc.json(f"/api-local/{question}")) == ours, query.name


def test_a_query_with_its_values_bound_is_one_more_file_for_grlc(asked, graph, tmp_path):
    query, values = CATALOGUE.find("platforms/programmes"), {"platform": "id:alibaba-com", "lang": "zh"}
    platforms = [row[0] for row in run(CATALOGUE.find("platforms/list"), {}, graph).rows]
    values["platform"] = platforms[0]
    from cbec_kg.query.resolve import Resolver

    (tmp_path / "mine").mkdir()
    text = show(query, "en", bound_text(query, values, Resolver(graph)))
    (tmp_path / "mine" / "bound.rq").write_text(text, "utf-8")
    shutil.copy(query.path, tmp_path / "mine" / "unbound.rq")
    with serving(tmp_path / "mine", asked, tmp_path) as grlc:
        assert sorted(grlc.json("/api-local/swagger")["paths"]) == ["/bound", "/unbound"]
        assert rows(grlc.json("/api-local/bound"))[1] == list(run(query, values, graph).rows)
        assert rows(grlc.json("/api-local/unbound"))[1] == list(run(query, {}, graph).rows)


def test_a_header_that_grlc_cannot_read_is_noticed(asked, tmp_path):
    """What the first test would see if a header, or the text below it, kept grlc from loading the file."""
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "broken.rq").write_text("#+ summary: Broken\nSELECT ?x { VALUES ?x { } ")
    with serving(tmp_path / "bad", asked, tmp_path) as grlc:
        spec = grlc.json("/api-local/swagger")
        assert spec["paths"] == {}
        assert "parse" in json.dumps(spec["info"]["description"]).lower()
