"""HermiT as the oracle: premises entail what they are told to, none can be spared, what it entails is what holds."""

import random
from itertools import groupby

import pytest

from cbec_kg import paths
from cbec_kg.explain.axioms import read_axioms
from cbec_kg.explain.facts import Facts
from cbec_kg.explain.proof import prove
from cbec_kg.namespaces import GRAPH, compact
from cbec_kg.ontology.catalog import imports
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Triple, iri
from tests.ontology.asked import hermit
from tests.ontology.java import needs_java

from .proofs import axioms_as_triples, declarations, leaves, reasoned, turtle_of

pytestmark = needs_java
USED = {"cax-sco", "prp-spo1", "prp-dom", "prp-rng", "prp-symp", "prp-trp", "prp-spo2"}
"""The rules that inferred triples of the built graph rest on."""
EACH = 6
NODES = tuple(map(iri, (
    "id:hangzhou", "id:zhejiang", "id:china", "voc:cbec-trade-value", "voc:flow-total",
    "obs:cbec-trade-value_china_all_all_total_gac-total_2022", "series:cbec-trade-value_china_all_all_total_gac-total",
    "art:003_df624e09d33e8050", "id:general-administration-of-customs",
)))  # fmt: skip


@pytest.fixture(scope="module")
def sample(graph):
    """Proofs of inferred triples of the built graph, some whose last step is by each rule, the same on every run."""
    known, draw = read_axioms(graph), random.Random(7)
    inferred = sorted(
        (quad.triple for quad in graph.quads(GRAPH + "inferred")), key=lambda t: (t.predicate.value, str(t))
    )
    found = {}
    for predicate, of_it in groupby(inferred, key=lambda triple: triple.predicate):
        triples = list(of_it)
        for triple in draw.sample(triples, min(len(triples), 50 if predicate == RDF_TYPE else 12)):
            (proof,) = prove(triple, known, Facts(graph)).proofs
            found.setdefault(proof.step.rule, []).append(proof)
    return known, {rule: sorted(proofs, key=lambda proof: -proof.steps)[:EACH] for rule, proofs in found.items()}


def without_each(sample, graph):
    """A row that has all premises of a proof, and one without each of them, beside the proof and what is left out."""
    known, found = sample
    for proof in (proof for proofs in found.values() for proof in proofs):
        facts, axioms = leaves(proof)
        assert Facts(graph).stated(facts).keys() == set(facts)
        declared = declarations(facts, axioms, known, proof.triple)
        parts = [[fact] for fact in facts] + [list(axioms_as_triples([axiom])) for axiom in axioms]
        for gone in (None, *range(len(parts))):
            kept = [triple for number, part in enumerate(parts) if number != gone for triple in part]
            yield (turtle_of(kept, declared), False, [proof.triple]), (proof.triple, gone)


@pytest.fixture(scope="module")
def part(graph):
    """A few things of the built graph that belong together: what is stated among them, and the ontology."""
    nodes, stated = set(NODES), set()
    for name in graph.graphs():
        if not name.endswith("inferred"):
            stated |= {quad.triple for quad in graph.quads(name)}
    point = next(node for node in NODES if compact(node.value).startswith("obs:"))
    nodes |= {min((t.subject for t in stated if t.predicate == iri("cbec:observation") and t.object == point), key=str)}
    nodes |= {t.object for t in stated if t.subject in nodes and t.predicate == iri("cbec:evidence")}
    nodes |= {t.subject for t in stated if t.object in nodes and t.predicate == iri("cbec:basedOn")}
    facts = [
        t for t in stated
        if t.subject in nodes and (t.object in nodes or t.predicate == RDF_TYPE)
        and t.object != iri("owl:NamedIndividual")
    ]  # fmt: skip
    folder = paths.ontology()
    schema = [t for path in imports(folder / "ontology.ttl", folder / "catalog-v001.xml") for t in parse_file(path)]
    return sorted(nodes, key=str), schema, sorted(facts, key=str)


@pytest.fixture(scope="module")
def questions(part):
    """Triples about these things with whether they are explained: all that are, and a part of those that are not."""
    nodes, schema, facts = part
    store = reasoned(schema, facts)
    known = read_axioms(store)
    terms = {
        kind: [t.subject for t in schema if t.predicate == RDF_TYPE and t.object == iri(kind)]
        for kind in ("owl:Class", "owl:ObjectProperty")
    }
    asked = [Triple(node, RDF_TYPE, cls) for node in nodes for cls in terms["owl:Class"]]
    asked += [Triple(one, prop, other) for prop in terms["owl:ObjectProperty"] for one in nodes for other in nodes]
    holding = Facts(store).holding(asked)
    others = random.Random(7).sample(sorted(set(asked) - holding, key=str), 600)
    told = {}
    for triple in (*sorted(holding, key=str), *others):
        found = prove(triple, known, Facts(store))
        assert not found.bounded
        told[triple] = bool(found.proofs)
    return told


@pytest.fixture(scope="module")
def answers(sample, graph, part, questions):
    """HermiT's answers: to each row without a premise, and to the questions about the part of the graph."""
    rows, meaning = zip(*without_each(sample, graph), strict=True)
    *said, last = hermit([*rows, (turtle_of(part[2], []), True, list(questions))])
    return list(zip(meaning, said, strict=True)), last


def test_every_rule_is_in_the_sample(sample):
    _, found = sample
    assert set(found) == USED
    assert min(map(len, found.values())) > 1
    assert max(proof.steps for proofs in found.values() for proof in proofs) > 2


def test_premises_entail_and_none_can_be_spared(answers):
    wrong = [
        f"{triple}: {'does not follow' if gone is None else f'follows without premise {gone}'}"
        for (triple, gone), answer in answers[0]
        if not answer["consistent"] or answer["entailed"] != [gone is None]
    ]
    assert wrong == []
    assert len(answers[0]) > 100


def test_what_is_explained_is_what_hermit_entails(answers, questions):
    answer = answers[1]
    assert answer["consistent"]
    wrong = [str(t) for (t, ours), theirs in zip(questions.items(), answer["entailed"], strict=True) if ours != theirs]
    assert wrong == []
    assert sum(questions.values()) > 60
    assert all(isinstance(triple.object, NamedNode) for triple in questions)
