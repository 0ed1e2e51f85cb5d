"""owlrl is the oracle on the whole graph, for which it takes a minute; tests/reason asks it of a part."""

import os

import pytest

from cbec_kg import paths
from cbec_kg.pipeline.graphs import asserted_graphs
from cbec_kg.pipeline.sources import read_sources
from tests.reason.test_against_owlrl import closures

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="takes time: `make interop`")


def test_the_whole_graph_is_what_owlrl_infers():
    sources = read_sources(paths.resources())
    facts = [t for name, triples in asserted_graphs(sources).items() if name != "ontology" for t in triples]
    theirs, ours = closures(list(sources.ontology), facts)
    assert len(ours) > 1000
    assert ours == theirs
