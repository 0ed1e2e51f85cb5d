"""Every shape fires where its case says and nowhere else, by both engines alike."""

import math
from collections import Counter
from collections.abc import Iterable

import pyoxigraph
import pytest

from cbec_kg.namespaces import BASE, CBEC, SHAPES
from cbec_kg.rdf.terms import BlankNode, NamedNode, Quad, Triple
from cbec_kg.validate import fast, oracle
from cbec_kg.validate.report import Report
from cbec_kg.validate.shapes import describe
from tests.shapes.case import NAMES, all_cases, background, read_case, shapes, targets

SIDE = math.isqrt(len(NAMES) - 1) + 1


@pytest.fixture(scope="module")
def found() -> Report:
    return fast.validate(all_cases(), shapes())


@pytest.fixture(scope="module")
def found_by_oracle() -> Report:
    return oracle.validate(all_cases(), shapes())


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.extend(Quad(*triple) for triple in all_cases())
    return store


@pytest.fixture(scope="module")
def reasoned() -> Report:
    return fast.validate(close(all_cases()), shapes())


def on(report: Report, nodes: frozenset[str]) -> frozenset[tuple[str, str, str]]:
    return frozenset(result.key for result in report.results if result.focus in nodes)


def test_every_shape_has_a_case_and_every_case_a_shape():
    assert {SHAPES + name for name in NAMES} == set(describe(shapes()))


def test_background_has_nothing_to_report():
    assert fast.validate(background(), shapes()).results == ()


def test_cases_do_not_touch_one_another():
    """So that all can be checked in one graph: no shared subject, no reference to another case's node."""
    subjects = Counter(subject for name in NAMES for subject in read_case(name).subjects)
    base = {triple.subject.value for triple in background()}
    assert [subject for subject, times in subjects.items() if times > 1 or subject in base] == []
    for name in NAMES:
        case = read_case(name)
        named = {triple.object.value for triple in case.triples if isinstance(triple.object, NamedNode)}
        ours = {iri for iri in named if iri.startswith(BASE) and not iri.startswith(CBEC)}
        assert ours <= base | case.subjects, name
        assert not any(isinstance(term, BlankNode) for triple in case.triples for term in triple), name


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, found: Report, store: pyoxigraph.Store):
    case = read_case(name)
    severity = describe(shapes())[case.shape].severity
    assert case.invalid
    assert case.valid
    results = on(found, case.subjects)
    expected = {(severity, case.shape, focus) for focus in case.invalid}
    assert {key for key in results if key[1] not in case.also} == expected
    assert case.also <= {shape for _, shape, _ in results}
    checked = {row["node"].value for row in store.query(targets(name))}
    assert case.invalid | case.valid <= checked, "the shape does not look at these nodes"


GROUPS = [NAMES[at::SIDE] for at in range(SIDE)] + [NAMES[at : at + SIDE] for at in range(0, len(NAMES), SIDE)]
"""Each case in two groups that share no other case: what depends on another case differs in one of them."""


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: f"{group[0]}-{group[-1]}")
def test_cases_among_few_others_give_the_same(group: list[str], found: Report):
    """Each case alone, which takes half a minute, is in tests/interop/test_shapes.py."""
    triples = [triple for name in group for triple in read_case(name).triples]
    few = fast.validate((*background(), *triples), shapes())
    assert few.keys == frozenset().union(*(on(found, read_case(name).subjects) for name in group))


def test_two_cases_never_share_both_groups():
    places = {name: [at for at, group in enumerate(GROUPS) if name in group] for name in NAMES}
    assert {len(groups) for groups in places.values()} == {2}
    assert len({tuple(groups) for groups in places.values()}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_engines_agree(name: str, found: Report, found_by_oracle: Report):
    case = read_case(name)
    assert on(found_by_oracle, case.subjects) == on(found, case.subjects)


def test_engines_agree_beyond_the_cases(found: Report, found_by_oracle: Report):
    assert found_by_oracle.keys == found.keys


def close(triples: Iterable[Triple]) -> list[Triple]:
    """What follows by the part of OWL 2 RL that the shapes meet."""
    store = pyoxigraph.Store()
    store.extend(Quad(*triple) for triple in triples)
    size = -1
    while size != len(store):
        size = len(store)
        for rule in RULES:
            store.update(PREFIXES + rule)
    return [quad.triple for quad in store]


def test_reasoned_background_has_nothing_to_report():
    assert fast.validate(close(background()), shapes()).results == ()


def test_valid_nodes_stay_valid_when_reasoned(reasoned: Report):
    valid = {(SHAPES + name, node) for name in NAMES for node in read_case(name).valid}
    assert not valid & {(result.shape, result.focus) for result in reasoned.results}


def test_no_fault_hides_behind_reasoning(reasoned: Report):
    """A range gives its class to what stands there; the thing is then of two kinds, and that is found instead."""
    fired = {(result.shape, result.focus) for result in reasoned.results}
    for name in NAMES:
        case = read_case(name)
        for focus in case.invalid:
            near = {focus} | {triple.object.value for triple in case.triples if triple.subject.value == focus}
            instead = {(SHAPES + shape, node) for shape in ("OneKind", "OneRecordKind") for node in near}
            assert fired & {(case.shape, focus), *instead}, (name, focus)


PREFIXES = """PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
RULES = (
    "INSERT { ?a rdfs:subClassOf ?c } WHERE { ?a rdfs:subClassOf+ ?c }",
    "INSERT { ?a rdfs:subClassOf ?a } WHERE { ?a a owl:Class }",
    "INSERT { ?a rdfs:subPropertyOf ?c } WHERE { ?a rdfs:subPropertyOf* ?c . ?a a owl:ObjectProperty }",
    "INSERT { ?p rdfs:domain ?c } WHERE { ?p rdfs:domain/rdfs:subClassOf ?c }",
    "INSERT { ?p rdfs:range ?c } WHERE { ?p rdfs:range/rdfs:subClassOf ?c }",
    "INSERT { ?s ?q ?o } WHERE { ?s ?p ?o . ?p rdfs:subPropertyOf ?q }",
    "INSERT { ?s a ?c } WHERE { ?s ?p ?o . ?p rdfs:domain ?c }",
    "INSERT { ?o a ?c } WHERE { ?s ?p ?o . ?p rdfs:range ?c FILTER(!isLiteral(?o)) }",
    "INSERT { ?s a ?c } WHERE { ?s a/rdfs:subClassOf ?c }",
    "INSERT { ?o ?p ?s } WHERE { ?s ?p ?o . ?p a owl:SymmetricProperty }",
    "INSERT { ?s ?p ?o } WHERE { ?p a owl:TransitiveProperty . ?s ?p ?m . ?m ?p ?o }",
    "INSERT { ?s ?p ?o } WHERE { ?p owl:propertyChainAxiom (?a ?b) . ?s ?a ?m . ?m ?b ?o }",
    "INSERT { owl:Thing a owl:Class . owl:Nothing a owl:Class } WHERE {}",
)
