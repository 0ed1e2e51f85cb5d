"""The catalogue as RDF: valid SHACL, nothing left out, and each `sh:select` with its prefixes gives the golden rows."""

import re
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS, SH

from cbec_kg import paths
from cbec_kg.errors import ParseError
from cbec_kg.export import export
from cbec_kg.export.queries import query_triples
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.header import parse_saved
from cbec_kg.query.results import Result
from tests.export.dataset import small_store
from tests.queries.shelf import Shelf, written

HERE = Path(__file__).parent
SHELF = Shelf(paths.queries(), HERE.parent / "queries" / "golden", HERE.parent / "queries" / "mutations.yaml")
# A query that finds nothing in the curated graph has its rows there too: none.
DEFAULTS = [case for case in SHELF.cases() if not case.values and case.graph == "curated"]
QUERY = rdflib.Namespace("https://w3id.org/cbec-kg/query/")
CSVW = rdflib.Namespace("http://www.w3.org/ns/csvw#")
CATALOGUE = rdflib.URIRef("https://w3id.org/cbec-kg/queries")
SCHEMA = rdflib.Namespace("https://schema.org/")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """The exported file, read by rdflib."""
    (file,) = export(small_store(), tmp_path_factory.mktemp("out") / "queries.ttl", graph="queries")
    return rdflib.Graph().parse(file.path)


def prologue(catalogue, node):
    declared = [one for holder in catalogue.objects(node, SH.prefixes) for one in catalogue.objects(holder, SH.declare)]
    return "".join(
        f"PREFIX {catalogue.value(one, SH.prefix)}: <{catalogue.value(one, SH.namespace)}>\n" for one in declared
    )


def test_every_query_is_there_with_all_that_its_header_says(catalogue):
    queries = list(Catalogue())
    assert {str(node) for node in catalogue.subjects(RDF.type, SH.SPARQLSelectExecutable)} == {
        QUERY[query.name].toPython() for query in queries
    }
    for query in queries:
        node = QUERY[query.name]
        for predicate, said in ((RDFS.label, query.summary), (RDFS.comment, query.description)):
            assert {(str(one), one.language) for one in catalogue.objects(node, predicate)} == {
                (said.en, "en"),
                (said.zh, "zh"),
            }
        assert {str(one) for one in catalogue.objects(node, SCHEMA.keywords)} == {query.topic, *query.tags}
        params = sorted(
            catalogue.objects(node, SH.parameter), key=lambda one: catalogue.value(one, SH.order).toPython()
        )
        assert [str(catalogue.value(one, SH.path)).rpartition("#")[2] for one in params] == [
            param.name for param in query.params
        ]
        for one, param in zip(params, query.params, strict=True):
            assert len(list(catalogue.objects(one, SH.defaultValue))) == len(param.default)
            assert catalogue.value(one, SH.optional).toPython() is not param.required
            assert (catalogue.value(one, SH["class"]) is not None) == bool(param.cls or param.type == "period")
            for limit, value in ((SH.minInclusive, param.min), (SH.maxInclusive, param.max)):
                assert (catalogue.value(one, limit) is None) == (value is None)
                assert value is None or float(catalogue.value(one, limit)) == float(value)
            choices = catalogue.value(one, SH["in"])
            assert (len(Collection(catalogue, choices)) if choices else 0) == len(param.choices)
        columns = Collection(catalogue, catalogue.value(catalogue.value(node, CSVW.tableSchema), CSVW.column))
        assert [str(catalogue.value(one, CSVW.name)) for one in columns] == [column.name for column in query.columns]


@pytest.mark.parametrize("case", [pytest.param(case, id=case.query) for case in DEFAULTS])
def test_it_gives_the_golden_rows(case, catalogue, graph):
    node = QUERY[case.query]
    (select,) = catalogue.objects(node, SH.select)
    assert "PREFIX" not in select
    columns = SHELF.catalogue.find(case.query).columns
    assert written(Result(columns, graph.select(prologue(catalogue, node) + select).rows)) == case.rows()


def test_each_parameter_has_its_mark_in_the_text(catalogue):
    (how,) = catalogue.objects(CATALOGUE, RDFS.comment)
    assert "#= and the local name of the parameter's sh:path" in how
    for node in catalogue.subjects(RDF.type, SH.SPARQLSelectExecutable):
        marked = set(re.findall(r"(?m)^\s*VALUES .*\{.*\}  #= (\w+)$", str(catalogue.value(node, SH.select))))
        named = (catalogue.value(one, SH.path) for one in catalogue.objects(node, SH.parameter))
        assert {str(path).rpartition("#")[2] for path in named} == marked


def conforms(graph):
    """Whether SHACL's shapes of shapes find no fault."""
    assets = Path(pyshacl.__file__).parent / "assets"
    # A parameter is a property shape by SHACL's own vocabulary.
    whole = graph + rdflib.Graph().add((SH.Parameter, RDFS.subClassOf, SH.PropertyShape))
    return pyshacl.validate(whole, shacl_graph=rdflib.Graph().parse(assets / "shacl-shacl.ttl"))[0]


def test_its_parameters_are_shapes_as_shacl_wants_them(catalogue):
    assert conforms(catalogue)
    for fault in ((SH.maxCount, rdflib.Literal("many")), (SH.datatype, rdflib.Literal("x"))):
        broken = rdflib.Graph()
        broken += catalogue
        broken.add((QUERY["platforms/programmes#platform"], *fault))
        assert not conforms(broken)


def test_the_same_bytes_in_every_format_that_asks(tmp_path):
    one = export(small_store(), tmp_path / "a", ["ttl", "nt", "jsonld"], graph="queries")
    two = export(small_store(), tmp_path / "b", ["ttl", "nt", "jsonld"], graph="graph:queries")
    assert [file.path.name for file in one] == ["queries.ttl", "queries.nt", "queries.jsonld"]
    assert [file.sha256 for file in one] == [file.sha256 for file in two]


def test_a_prefix_has_one_meaning():
    text = "#+ summary: Q\n#+ columns: {{x: iri}}\nPREFIX a: <https://example.org/{}>\nSELECT ?x {{}}"
    queries = [parse_saved(text.format(one), f"t/{one}", Path(f"{one}.rq")) for one in "bc"]
    with pytest.raises(ParseError, match="use one prefix"):
        query_triples(queries)
