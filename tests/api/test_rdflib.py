"""rdflib sees the graph, of a folder and of a server, and cannot change it."""

import sys

import pytest
from rdflib import RDF, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from cbec_kg.errors import MissingExtra, QueryError, UpdateRefused

SHEIN = URIRef("https://w3id.org/cbec-kg/id/shein")
PLATFORM = URIRef("https://w3id.org/cbec-kg/ontology#Platform")
ENTITIES = URIRef("https://w3id.org/cbec-kg/graph/entities")
PLATFORMS = "SELECT (COUNT(*) AS ?n) { ?p a cbec:Platform }"


# rdflib's own Dataset uses what rdflib calls deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")


def test_the_default_graph(kg):
    graph = kg.graph()
    assert len(graph) == kg.sparql("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0].n > 80_000
    assert (SHEIN, RDF.type, PLATFORM) in graph
    assert (SHEIN, RDF.type, ENTITIES) not in graph
    assert SHEIN in set(
        graph.subjects(URIRef("http://www.w3.org/2000/01/rdf-schema#label"), Literal("希音", lang="zh"))
    )
    assert graph.qname(SHEIN) == "id:shein"


def test_both_views_hold_the_same(local, remote):
    here, there = local.graph(), remote.graph()
    assert set(here.triples((SHEIN, None, None))) == set(there.triples((SHEIN, None, None)))
    assert set(here.subjects(RDF.type, PLATFORM)) == set(there.subjects(RDF.type, PLATFORM))
    quads = [set(kg.dataset().quads((SHEIN, None, None, None))) for kg in (local, remote)]
    assert quads[0] == quads[1]
    assert {graph for *_, graph in quads[0]} > {ENTITIES}


def test_named_graphs(kg):
    dataset = kg.dataset()
    names = {str(graph.identifier) for graph in dataset.graphs()}
    assert names == {*kg.graphs(), str(DATASET_DEFAULT_GRAPH_ID)}
    assert str(ENTITIES) in names
    count = f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{ENTITIES}> {{ ?s ?p ?o }} }}"
    assert len(dataset.graph(ENTITIES)) == kg.sparql(count)[0].n > 1_000
    assert len(dataset.default_graph) == len(kg.graph())
    assert int(next(iter(dataset.query(count))).n) == kg.sparql(count)[0].n


def test_queries(kg):
    graph, known = kg.graph(), kg.sparql(PLATFORMS)[0].n
    assert int(next(iter(graph.query(PLATFORMS))).n) == known > 10
    assert graph.query("ASK { id:shein a cbec:Platform }").askAnswer
    assert len(graph.query("CONSTRUCT { ?p a cbec:Platform } WHERE { ?p a cbec:Platform }").graph) == known
    bound = {row.c for row in graph.query("SELECT ?c { ?s a ?c }", initBindings={"s": SHEIN})}
    assert bound == set(graph.objects(SHEIN, RDF.type))
    graph.bind("mine", "https://w3id.org/cbec-kg/id/")
    assert graph.query("ASK { mine:shein a cbec:Platform }").askAnswer
    named = kg.dataset().graph(ENTITIES)
    assert {row.c for row in named.query("SELECT ?c { id:shein a ?c }")} == set(named.objects(SHEIN, RDF.type))
    with pytest.raises(QueryError, match="the query"):
        graph.query("SELECT {")


@pytest.mark.parametrize(
    "write",
    [
        lambda graph, dataset: graph.add((SHEIN, RDF.type, ENTITIES)),
        lambda graph, dataset: graph.remove((SHEIN, None, None)),
        lambda graph, dataset: graph.set((SHEIN, RDF.type, ENTITIES)),
        lambda graph, dataset: graph.addN([(SHEIN, RDF.type, ENTITIES, graph)]),
        lambda graph, dataset: graph.update("DELETE WHERE { ?s ?p ?o }"),
        lambda graph, dataset: graph.parse(data="<x:a> <x:b> <x:c> .", format="nt"),
        lambda graph, dataset: dataset.add((SHEIN, RDF.type, ENTITIES, ENTITIES)),
        lambda graph, dataset: dataset.remove_graph(ENTITIES),
        lambda graph, dataset: dataset.update("DROP ALL"),
        lambda graph, dataset: graph.destroy(""),
    ],
    ids=["add", "remove", "set", "addN", "update", "parse", "dataset-add", "remove-graph", "dataset-update", "destroy"],
)
def test_nothing_can_be_changed(write, kg):
    with pytest.raises(UpdateRefused, match="this view of the graph cannot be changed: copy"):
        write(kg.graph(), kg.dataset())


def test_a_graph_that_is_not_there_is_not_made(local):
    with pytest.raises(QueryError, match="no graph x:none"):
        local.dataset().graph(URIRef("x:none"))


def test_a_missing_library_is_named_with_its_extra(local, monkeypatch):
    monkeypatch.delitem(sys.modules, "cbec_kg.api.rdflib_view", raising=False)
    monkeypatch.setitem(sys.modules, "oxrdflib", None)
    with pytest.raises(MissingExtra, match=r'pip install "cbec-kg\[rdflib\]"'):
        local.graph()
