"""The built graph on two servers of our own."""

import pytest

from cbec_kg.rdf.terms import DefaultGraph, Literal, NamedNode, Quad, iri
from cbec_kg.store.remote.store import ALL
from tests.store.sparql_server import Endpoint


@pytest.fixture(scope="session")
def served(graph):
    """The built graph on a server with a default graph of its own, then on one whose default is the union of all."""
    quads = list(graph.quads())
    united = [
        Quad(q.subject, q.predicate, q.object, NamedNode(ALL)) if isinstance(q.graph_name, DefaultGraph) else q
        for q in quads
    ]
    others = [Quad(NamedNode("a:a"), iri("cbec:value"), Literal("of somebody else's"), NamedNode("a:theirs"))]
    with Endpoint(quads) as own, Endpoint([*united, *others], union=True) as union:
        yield {"own": own, "union": union}


@pytest.fixture(params=["own", "union"])
def endpoint(request, served):
    served[request.param].asked.clear()
    return served[request.param]
