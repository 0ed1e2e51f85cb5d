"""owlrl is the oracle: on a part of the graph and on one small case a rule, both infer the same about individuals."""

from dataclasses import replace

import pytest
import rdflib

from cbec_kg import paths
from cbec_kg.errors import OntologyError
from cbec_kg.pipeline.graphs import asserted_graphs, default_graph
from cbec_kg.pipeline.sources import read_sources
from cbec_kg.rdf.canonical import nquads
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import Literal, Quad, Triple
from cbec_kg.reason.materialise import Index, clashes, materialise
from cbec_kg.reason.rules import compile_rules
from tests.conftest import cases

OWL, RDF = rdflib.OWL, rdflib.RDF
W3C = tuple(
    f"http://www.w3.org/{path}"
    for path in ("2002/07/owl#", "1999/02/22-rdf-syntax-ns#", "2000/01/rdf-schema#", "2001/XMLSchema#")
)
META = {
    OWL.Class,
    OWL.ObjectProperty,
    OWL.DatatypeProperty,
    OWL.AnnotationProperty,
    OWL.Ontology,
    OWL.AllDisjointClasses,
}


def as_rdflib(triples) -> rdflib.Graph:
    return rdflib.Graph().parse(data=nquads(Quad(t.subject, t.predicate, t.object) for t in triples), format="nt")


def about_individuals(graph: rdflib.Graph) -> set:
    """Statements about individuals that say something: neither about the schema, nor owl:Thing, nor a thing being
    itself."""
    schema = {s for cls in META for s in graph.subjects(RDF.type, cls)}
    return {
        (s, p, o)
        for s, p, o in graph
        if isinstance(s, rdflib.URIRef) and s not in schema and not str(s).startswith(W3C)
        and (p == RDF.type or not str(p).startswith(W3C)) and not (p == RDF.type and str(o).startswith(W3C))
    }  # fmt: skip


def closures(schema, facts) -> tuple[set, set]:
    """What owlrl and what the compiled rules say, beyond what was stated."""
    import owlrl

    stated = as_rdflib([*schema, *facts])
    theirs = rdflib.Graph()
    for triple in stated:
        theirs.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False, datatype_axioms=False).expand(theirs)
    ours = as_rdflib(materialise([*schema, *facts], compile_rules(schema), Index()))
    known = about_individuals(stated)
    return about_individuals(theirs) - known, about_individuals(ours + stated) - known


@pytest.mark.parametrize("case", cases("reason/cases.yaml"))
def test_rule(case, tmp_path):
    path = tmp_path / "case.ttl"
    prefixes = "".join(
        f"@prefix {p}: <{iri}> .\n"
        for p, iri in {"": "http://example.org/", "owl": W3C[0], "rdf": W3C[1], "rdfs": W3C[2]}.items()
    )
    path.write_text(prefixes + case["schema"], "utf-8")
    schema = list(parse_file(path))
    path.write_text(prefixes + case["facts"], "utf-8")
    theirs, ours = closures(schema, list(parse_file(path)))
    assert ours == theirs
    path.write_text(prefixes + case["gives"], "utf-8")
    assert ours == set(as_rdflib(parse_file(path)))


@pytest.mark.parametrize(
    "axiom",
    [
        ":A owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:hasValue :x ] .",
        ":A rdfs:subClassOf [ owl:unionOf ( :B :C ) ] .",
        ":p a owl:FunctionalProperty .",
        ":p owl:propertyChainAxiom ( :a :b :c ) .",
        ":A owl:hasKey ( :p ) .",
    ],
)
def test_an_axiom_without_a_rule_is_refused(axiom, tmp_path):
    path = tmp_path / "axiom.ttl"
    path.write_text(
        f"@prefix : <http://example.org/> .\n@prefix owl: <{W3C[0]}> .\n@prefix rdfs: <{W3C[2]}> .\n{axiom}", "utf-8"
    )
    with pytest.raises(OntologyError):
        compile_rules(list(parse_file(path)))


def test_disjoint_classes_clash(tmp_path):
    path = tmp_path / "clash.ttl"
    path.write_text(
        f"@prefix : <http://example.org/> .\n@prefix owl: <{W3C[0]}> .\n"
        "[] a owl:AllDisjointClasses ; owl:members ( :A :B :C ) . :x a :A , :C . :y a :B ."
    )
    triples = list(parse_file(path))
    assert [str(c[0]) for c in clashes(triples, compile_rules(triples))] == ["<http://example.org/x>"]


def test_one_by_one_equals_all_at_once():
    """Adding facts one at a time, each at its own cost, infers what a whole build infers."""
    sources = read_sources(paths.resources())
    rules = compile_rules(sources.ontology)
    facts = sorted(default_graph({k: v for k, v in asserted_graphs(sources).items() if k != "ontology"}), key=str)
    known = Index()
    for part in (facts[0::3], facts[1::3], facts[2::3]):
        for triple in [*part, *materialise(part, rules, known)]:
            known.add(triple)
    whole = Index(facts)
    expected = set(facts) | materialise(facts, rules, Index())
    assert all(triple in known for triple in expected)
    assert {t for t in expected if t not in whole} == {t for t in known.triples() if t not in whole}


def plain(triples) -> list[Triple]:
    """Those that say more of a thing than a text or a number."""
    return [triple for triple in triples if not isinstance(triple.object, Literal)]


def test_an_article_and_what_it_names_is_what_owlrl_infers():
    """The whole graph, which takes owlrl a minute, is in tests/interop/test_owlrl.py."""
    sources = read_sources(paths.resources())
    article = min(sources.articles, key=lambda name: len(sources.articles[name].rows))
    graphs = asserted_graphs(replace(sources, articles={article: sources.articles[article]}))
    facts = plain(triple for name in (f"article_{article}", "observations", "findings") for triple in graphs[name])
    named = {term for triple in facts for term in (triple.subject, triple.object)}
    facts += [triple for triple in plain(graphs["entities"]) if triple.subject in named]
    theirs, ours = closures(plain(sources.ontology), facts)
    assert len(ours) > 1000
    assert ours == theirs
