"""The bundle: every import resolves in the catalog, one header a file, and nothing of the graph is lost."""

import pyoxigraph
import pytest
from pyoxigraph import NamedNode, Quad

from cbec_kg.export import export
from cbec_kg.namespaces import BASE, SHAPES
from cbec_kg.ontology.catalog import CATALOG, read
from cbec_kg.rdf.canonical import nquads
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import RDF_TYPE, iri
from tests.export.dataset import small_store

ONTOLOGY, IMPORTS = iri("owl:Ontology"), iri("owl:imports")


@pytest.fixture(params=["ttl", "rdfxml"])
def bundle(request, tmp_path):
    """Triples of each document, by file name, and the catalog."""
    files = export(small_store(), tmp_path, [request.param], bundle=True)
    catalog = {name: path.name for name, path in read(tmp_path / CATALOG).items()}
    form = by_name(request.param).rdf_format
    return {
        file.path.name: [q.triple for q in pyoxigraph.parse(path=str(file.path), format=form)]
        for file in files
        if file.format
    }, catalog


def headers(triples):
    return {t.subject.value for t in triples if t.predicate == RDF_TYPE and t.object == ONTOLOGY}


def test_files(bundle):
    documents, _ = bundle
    assert {name.partition(".")[0] for name in documents} == {
        "article-003_a",
        "cbec-kg",
        "entities",
        "inferred",
        "observations",
        "ontology",
        "queries",
        "shapes",
    }


def test_each_document_has_one_header_and_the_catalog_knows_it(bundle):
    documents, catalog = bundle
    assert {name: {catalog_name for catalog_name, uri in catalog.items() if uri == name} for name in documents} == {
        name: headers(triples) for name, triples in documents.items()
    }
    assert all(len(headers(triples)) == 1 for triples in documents.values())


def test_every_import_is_in_the_catalog_and_the_root_imports_all_but_shapes_and_queries(bundle):
    documents, catalog = bundle
    imported = {t.object.value for triples in documents.values() for t in triples if t.predicate == IMPORTS}
    assert imported <= catalog.keys()
    [root] = [triples for triples in documents.values() if headers(triples) == {BASE + "all"}]
    wanted = catalog.keys() - {BASE + "all", BASE + "shapes", BASE + "queries"}
    assert {t.object.value for t in root if t.predicate == IMPORTS} == wanted


def test_the_ontology_keeps_what_it_says_of_itself_but_not_its_imports(bundle):
    documents, _ = bundle
    [ontology] = [triples for triples in documents.values() if headers(triples) == {BASE + "ontology"}]
    own = [t for t in ontology if t.subject == NamedNode(BASE + "ontology")]
    assert {t.object.value for t in own if t.predicate == iri("owl:versionInfo")} == {"0.1.0"}
    assert not [t for t in own if t.predicate == IMPORTS]


def test_shapes_stand_apart_with_their_blank_nodes(bundle):
    documents, _ = bundle
    for name, triples in documents.items():
        uses = [t for t in triples if "shacl#" in t.predicate.value or str(t.subject).startswith(f"<{SHAPES}")]
        assert bool(uses) == name.startswith(("shapes", "queries"))


def test_nothing_but_headers_is_lost(bundle):
    documents, _ = bundle
    store = small_store()
    held = [quad.triple for graph in store.graphs() for quad in store.quads(graph)]
    written = [triple for name, triples in documents.items() if not name.startswith("queries") for triple in triples]

    def lines(triples):
        own = {t.subject for t in triples if t.predicate == RDF_TYPE and t.object == ONTOLOGY}
        return nquads(Quad(*t) for t in triples if t.subject not in own)

    assert lines(written) == lines(held)
