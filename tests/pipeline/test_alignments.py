"""What a build takes of the alignments: the ids of named things, and nothing that implies something."""

import shutil

import pytest

from cbec_kg import paths
from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import GRAPH
from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.pipeline.sources import fingerprint, read_links
from cbec_kg.rdf.terms import NamedNode, iri


def test_the_graph_has_the_ids_of_things_and_no_more(graph):
    held = [quad.triple for quad in graph.quads(GRAPH + "alignments")]
    assert {triple.predicate for triple in held} == {iri("schema:sameAs")}
    ids = {triple.object.value for triple in held if triple.subject == iri("id:shenzhen")}
    assert ids == {"https://w3id.org/cbec-kg/alignment/gbt-2260#440300"}
    country = NamedNode("http://publications.europa.eu/resource/authority/country/CHN")
    assert [triple.subject for triple in held if triple.object == country] == [iri("id:china")]


def test_no_class_of_another_vocabulary_comes_in(graph):
    foreign = 'SELECT ?x { ?x a ?class FILTER(STRSTARTS(STR(?class), "https://schema.org/")) }'
    assert not list(graph.select(foreign).rows)


def test_a_link_of_a_thing_that_nothing_defines_ends_the_build():
    with pytest.raises(OntologyError, match=r"alignments: a link of id:\S+, which nothing defines") as caught:
        read_links(paths.resources(), Vocabulary.of([]))
    assert "\n" not in str(caught.value)


def test_a_changed_table_is_another_source(tmp_path):
    tables = tmp_path / "data" / "alignments"
    shutil.copytree(paths.data() / "alignments", tables)
    before = fingerprint(tmp_path)
    table = tables / "skos.sssom.tsv"
    table.write_text(table.read_text("utf-8").replace("Both are", "Both were"), "utf-8")
    assert fingerprint(tmp_path) != before


def test_without_tables_there_are_no_links(tmp_path):
    assert read_links(tmp_path, Vocabulary.of([])) == ()
