"""What is inferred after a change is what a build of the changed facts infers, whatever changed."""

from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from cbec_kg.rdf.terms import Triple, iri
from cbec_kg.reason.maintain import Backward, maintain
from cbec_kg.reason.materialise import Index, materialise
from cbec_kg.reason.rules import compile_rules

ONTOLOGY = """
PREFIX cbec: <https://w3id.org/cbec-kg/ontology#> PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
cbec:A rdfs:subClassOf cbec:B . cbec:B rdfs:subClassOf cbec:C . cbec:D rdfs:subClassOf cbec:C .
cbec:p rdfs:domain cbec:A ; rdfs:range cbec:D ; rdfs:subPropertyOf cbec:q .
cbec:q a owl:ObjectProperty ; owl:inverseOf cbec:r .
cbec:s a owl:SymmetricProperty . cbec:t a owl:TransitiveProperty .
cbec:u owl:propertyChainAxiom ( cbec:p cbec:q ) .
cbec:u rdfs:subPropertyOf cbec:t .
"""
RULES = compile_rules(quad.triple for quad in parse(ONTOLOGY, RdfFormat.TURTLE))
NODES = [iri(f"id:{name}") for name in "abcd"]
CLASSES = [iri(f"cbec:{name}") for name in "ABCD"]
PROPERTIES = [iri(f"cbec:{name}") for name in "pqrstu"]
FACTS = st.one_of(
    st.builds(Triple, st.sampled_from(NODES), st.just(iri("rdf:type")), st.sampled_from(CLASSES)),
    st.builds(Triple, st.sampled_from(NODES), st.sampled_from(PROPERTIES), st.sampled_from(NODES)),
)
SETS = st.sets(FACTS, max_size=9)


def inferred(facts):
    return materialise(facts, RULES, Index()) - facts


@settings(deadline=None, derandomize=True, max_examples=1500)
@given(SETS, SETS, SETS)
def test_a_change_is_what_a_build_would_infer(stays, gone, new):
    before, after = stays | gone, stays | new
    held = inferred(before)
    change = maintain(
        gone=before - after, new=after - before, rules=Backward.of(RULES), graph=Index(before | held), asserted=after
    )
    assert not change.gone - held
    assert not change.new & held
    assert (held - change.gone) | change.new == inferred(after)
