"""Every rule that our reasoner runs forwards is told of backwards, on the reasoner's own small cases."""

import pytest

from cbec_kg.errors import StoreError
from cbec_kg.explain.axioms import read_axioms
from cbec_kg.explain.explanation import explain
from cbec_kg.explain.facts import Facts
from cbec_kg.explain.proof import prove
from cbec_kg.explain.rules import RULES
from cbec_kg.explain.telling import as_text
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Quad, Triple, iri
from cbec_kg.reason.materialise import Index, materialise
from cbec_kg.reason.rules import compile_rules
from cbec_kg.store.embedded import MemoryStore
from tests.conftest import cases
from tests.ontology.asked import triples_of

from .proofs import axioms_as_triples, leaves, reasoned

PREFIX = "@prefix : <http://example.org/> .\n"
SHORTEST = cases("explain/shortest.yaml")


def ex(name):
    return NamedNode(f"http://example.org/{name}")


def given(case):
    return triples_of(PREFIX + case["schema"]), triples_of(PREFIX + case["facts"])


def entails(facts, axioms, goal):
    rules = compile_rules([*axioms_as_triples(axioms)])
    return goal in materialise(facts, rules, Index())


def shortest(case):
    """The proofs of a case's goal."""
    store = reasoned(*given(case))
    (goal,) = triples_of(PREFIX + case["goal"])
    return prove(goal, read_axioms(store), Facts(store), ways=case.get("ways", 1))


@pytest.mark.parametrize("case", cases("reason/cases.yaml"))
def test_all_that_follows_is_explained_by_what_entails_it(case):
    schema, facts = given(case)
    store = reasoned(schema, facts)
    known = read_axioms(store)
    for goal in triples_of(PREFIX + case["gives"]):
        (proof,) = prove(goal, known, Facts(store)).proofs or [None]
        assert proof is not None, goal
        if goal in facts:
            continue
        stated, axioms = leaves(proof)
        assert {*stated} <= {*facts}
        kinds = [axiom for axiom in known.of("a", goal.predicate) if axiom not in axioms]  # which property is of data
        assert entails(stated, [*axioms, *kinds], goal)


@pytest.mark.parametrize("case", SHORTEST)
def test_the_shortest_proof_comes_first(case):
    found = shortest(case)
    told = [[proof.step.rule if proof.step else "stated", proof.steps] for proof in found.proofs]
    assert told == case["proofs"]
    for proof in found.proofs:
        for part in proof.walk():
            assert part.triple not in [below.triple for premise in part.premises for below in premise.walk()]


def test_no_rule_is_without_a_case():
    seen = set()
    for case in SHORTEST:
        for proof in shortest(case.values[0]).proofs:
            seen.update(part.step.rule for part in proof.walk() if part.step)
    assert set(RULES) == seen


def test_a_bound_is_told_of():
    """Of more ways than are looked at, one that is longer may be found first."""
    facts = [Triple(ex("a"), ex("p"), ex(f"m{n}")) for n in range(9)]
    facts += [Triple(ex(f"m{n}"), ex("q"), ex("b")) for n in range(9)]
    schema = triples_of(PREFIX + ":q rdfs:subPropertyOf :p . :r owl:propertyChainAxiom ( :p :p ) .")
    store = reasoned(schema, facts)
    goal = Triple(ex("a"), ex("r"), ex("b"))
    whole, cut = (prove(goal, read_axioms(store), Facts(store, most=most)) for most in (9, 3))
    assert (whole.bounded, cut.bounded) == (False, True)
    assert whole.proofs[0].steps == cut.proofs[0].steps == 2


def test_a_triple_without_a_proof_is_not_said_not_to_hold():
    schema = triples_of(PREFIX + ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .")
    store = reasoned(schema, [Triple(ex("x"), RDF_TYPE, ex("A"))])
    goal = Triple(ex("x"), RDF_TYPE, ex("C"))
    found = explain(store, goal, most=0)
    assert (found.holds, found.proofs, found.bounded) == (True, (), True)
    assert as_text(found, store, "en").splitlines()[1:] == [
        "  holds, and no proof of it was found",
        "(the search was bounded: not every way was followed, so a shorter proof may exist)",
    ]
    assert explain(store, goal).steps == (2,)
    assert not explain(store, Triple(ex("y"), RDF_TYPE, ex("C")), most=0).holds


def test_a_graph_that_tells_no_origin_is_refused():
    store = MemoryStore([Quad(ex("x"), RDF_TYPE, ex("A"))])
    with pytest.raises(StoreError, match="no named graphs"):
        explain(store, Triple(ex("x"), RDF_TYPE, ex("A")))


def test_a_literal_is_kept():
    schema = triples_of(PREFIX + ":p a owl:DatatypeProperty ; rdfs:domain :A ; rdfs:subPropertyOf :q .")
    store = reasoned(schema, triples_of(PREFIX + ":x :p 9.80 ; :p 'a \"quoted\"\\n text'@en ."))
    for text in ("9.8", "'a \"quoted\"\\n text'@en"):
        (goal,) = triples_of(f"{PREFIX} :x :q {text} .")
        assert prove(goal, read_axioms(store), Facts(store)).proofs[0].step.rule == "prp-spo1"
    assert prove(Triple(ex("x"), RDF_TYPE, ex("A")), read_axioms(store), Facts(store)).proofs[0].step.rule == "prp-dom"
    assert prove(Triple(ex("x"), RDF_TYPE, iri("cbec:City")), read_axioms(store), Facts(store)).proofs == ()
