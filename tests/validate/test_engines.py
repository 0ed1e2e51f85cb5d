"""Both engines: what they take, what they refuse, how results are written."""

import builtins

import pytest

from cbec_kg.errors import MissingExtra, OntologyError
from cbec_kg.namespaces import expand
from cbec_kg.rdf.terms import RDF_TYPE, BlankNode, Literal, Triple, iri
from cbec_kg.validate import fast, oracle
from cbec_kg.validate.report import Report, Result
from cbec_kg.validate.shapes import describe
from tests.shapes.case import background, read_case, shapes

ENGINES = [pytest.param(fast.validate, id="fast"), pytest.param(oracle.validate, id="oracle")]


def only(*names: str) -> list[Triple]:
    """Triples of a few shapes; a small shapes graph keeps the oracle quick."""
    wanted = {expand(f"cs:{name}") for name in names}
    unwanted = {iri_ for iri_ in describe(shapes()) if iri_ not in wanted}
    return [triple for triple in shapes() if triple.subject.value not in unwanted]


def results(validate, name: str) -> list[Result]:
    return list(validate((*background(), *read_case(name).triples), only(name)).results)


@pytest.mark.parametrize("validate", ENGINES)
def test_literal_value_and_path(validate):
    found = results(validate, "LabelLanguage")
    assert [(r.value, r.path) for r in found] == [('"plateforme"@fr', expand("rdfs:label"))]


@pytest.mark.parametrize("validate", ENGINES)
def test_value_and_path_that_a_query_names(validate):
    found = results(validate, "BackgroundRelation")
    assert [(r.value, r.path) for r in found] == [(expand("id:base-platform"), expand("cbec:operates"))]
    assert found[0].severity == "Info"
    assert set(found[0].message) == {"en", "zh"}


@pytest.mark.parametrize("validate", ENGINES)
def test_no_value_where_the_node_itself_is_meant(validate):
    assert [r.value for r in results(validate, "LabelEn")] == [None]


@pytest.mark.parametrize("validate", ENGINES)
def test_inverse_path(validate):
    assert {r.path for r in results(validate, "EvidenceOneClaim")} == {"^" + expand("cbec:evidence")}


@pytest.mark.parametrize("validate", ENGINES)
def test_blank_node_is_found_and_written_alike(validate):
    claim = Triple(BlankNode("claim"), RDF_TYPE, iri("cbec:TrendClaim"))
    report = validate((*background(), claim), only("LocalName", "ClaimEvidence"))
    assert {(r.shape, r.focus) for r in report.results} == {
        (expand("cs:LocalName"), "[]"),
        (expand("cs:ClaimEvidence"), "[]"),
    }


@pytest.mark.parametrize("validate", ENGINES)
def test_empty_graph_conforms(validate):
    assert validate([], only("ClaimEvidence")) == Report(())


@pytest.mark.parametrize("validate", ENGINES)
def test_iterators_will_do(validate):
    case = read_case("ClaimEvidence")
    report = validate(iter((*background(), *case.triples)), iter(only("ClaimEvidence")))
    assert {r.focus for r in report.results} == case.invalid


def test_broken_query_is_refused():
    select = iri("sh:select")
    broken = [Triple(t.subject, select, Literal("SELECT")) if t.predicate == select else t for t in shapes()]
    with pytest.raises(OntologyError, match="cannot be evaluated"):
        fast.validate([], broken)


def test_engines_are_deterministic():
    graph = (*background(), *read_case("SpanOrder").triples, *read_case("OneKind").triples)
    assert fast.validate(graph, shapes()).results == fast.validate(reversed(graph), shapes()).results


def test_oracle_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    real = builtins.__import__

    def missing(name, *rest, **named):
        if name == "pyshacl":
            raise ImportError(name)
        return real(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingExtra, match=r'pip install "cbec-kg\[strict\]"'):
        oracle.validate([], shapes())


def test_report_sorts_and_keeps_each_result_once():
    def result(severity: str, focus: str) -> Result:
        return Result(severity, "urn:s", focus, None, None, {"en": "x", "zh": "y"})

    report = Report([result("Info", "urn:a"), result("Violation", "urn:b"), result("Info", "urn:a")])
    assert [(r.severity, r.focus) for r in report.results] == [("Violation", "urn:b"), ("Info", "urn:a")]
    assert report == Report(reversed(report.results))
    assert report.counts == {"Violation": 1, "Warning": 0, "Info": 1}
    assert not report.conforms
    assert Report([result("Warning", "urn:a")]).conforms
