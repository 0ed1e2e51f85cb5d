"""The federated examples: their rows against a stand-in on loopback, and that what they send fits the graph."""

import re
from pathlib import Path

import pyoxigraph
import pytest
import yaml

from cbec_kg import paths
from cbec_kg.errors import QueryError
from cbec_kg.namespaces import compact
from cbec_kg.rdf.terms import NamedNode
from tests.conftest import ROOT

from .standin import JSON, standing_in_for

HERE = Path(__file__).parent
EXAMPLES = ROOT / "docs" / "examples" / "federated"
WIKIDATA = "https://query.wikidata.org/sparql"
ITEM = "http://www.wikidata.org/entity/"
ROWS = yaml.safe_load((HERE / "rows.yaml").read_text("utf-8"))
VALUES = re.compile(r"VALUES\s+(?:\?\w+|\(.*?\))\s*\{(.*?)\}", re.DOTALL)

every_example = pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.rq")))


def text(name):
    return (EXAMPLES / f"{name}.rq").read_text("utf-8")


def sent(name):
    """Terms that an example sends along to Wikidata, by column."""
    query = text(name)
    prologue = "\n".join(re.findall(r"(?m)^PREFIX .*$", query))
    values = VALUES.search(query[query.index("SERVICE") :])[0]
    rows = list(pyoxigraph.Store().query(f"{prologue} SELECT * {{ {values} }}"))
    names = re.findall(r"\?(\w+)", values.partition("{")[0])
    return {name: {row[name] for row in rows} for name in names}


def found(graph, where):
    """All that a pattern gives as `?it`."""
    prefixes = "PREFIX cbec: <https://w3id.org/cbec-kg/ontology#> PREFIX dcterms: <http://purl.org/dc/terms/> "
    prefixes += "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX schema: <https://schema.org/> "
    return {row[0] for row in graph.select(f"{prefixes} SELECT DISTINCT ?it {{ {where} }}").rows}


def plain(term):
    if term is None:
        return None
    if isinstance(term, NamedNode):
        return "wd:" + term.value[len(ITEM) :] if term.value.startswith(ITEM) else compact(term.value)
    return term.value


def test_each_example_has_rows():
    assert {path.stem for path in EXAMPLES.iterdir()} == set(ROWS)


@every_example
def test_it_gives_the_expected_rows(name, graph):
    query = text(name)
    assert re.findall(r"SERVICE\s+<(.*?)>", query) == [WIKIDATA]
    with standing_in_for(HERE / "wikidata.ttl") as (address, asked):
        rows = list(graph.select(query.replace(f"<{WIKIDATA}>", f"<{address}>")).rows)
    assert [[plain(term) for term in row] for row in rows] == ROWS[name]
    assert len(asked) == 1
    assert "VALUES" in asked[0]


@pytest.mark.parametrize(
    "spoilt",
    [
        (200, "text/html", "<html>down for maintenance</html>"),
        (500, "text/plain", "out of memory\n" * 1000),
        (200, JSON, '{"head": {"vars": ["item"]}, "results": {"bindings": [{"item": {"ty'),
    ],
    ids=["html", "error", "truncated"],
)
def test_an_endpoint_that_fails_ends_the_query_in_one_line(spoilt, graph):
    with standing_in_for(HERE / "wikidata.ttl", spoilt) as (address, asked), pytest.raises(QueryError) as caught:
        list(graph.select(text("aligned").replace(f"<{WIKIDATA}>", f"<{address}>")).rows)
    assert asked
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400


@every_example
def test_it_is_no_saved_query(name):
    # Saved queries run everywhere, without a network.
    assert not list(paths.queries().rglob(f"{name}.rq"))


def test_all_links_of_units_to_wikidata_are_sent(graph):
    links = found(graph, "?thing a cbec:Unit ; schema:sameAs ?it")
    assert sent("aligned")["item"] == {link for link in links if link.value.startswith(ITEM)} != set()


def test_all_platforms_that_articles_speak_of_are_sent(graph):
    names = found(
        graph,
        "?platform a cbec:Platform ; rdfs:label ?it . ?claim cbec:about ?platform ; cbec:evidence ?place "
        'FILTER(LANG(?it) = "en") FILTER NOT EXISTS { ?platform cbec:candidateType ?guess }',
    )
    assert sent("candidates")["name"] == names != set()


def test_all_websites_are_sent_in_both_spellings(graph):
    sites = found(graph, "?company a cbec:Company ; dcterms:source ?it FILTER(ISIRI(?it))")
    terms = sent("companies")
    assert terms["site"] == sites != set()
    assert terms["website"] == sites | {NamedNode(site.value.rstrip("/")) for site in sites}
