"""Blank nodes are named by what they say, and the dump is the same bytes however the quads come."""

import time
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, Triple

from cbec_kg.errors import CbecError
from cbec_kg.rdf.canonical import canonical_blank_nodes, nquads
from tests.rdf.strategies import blank_triples, quads

P, Q = NamedNode("urn:x:p"), NamedNode("urn:x:q")


def rdfc(triples) -> str:
    """RDFC-1.0 text of a graph: equal for two graphs exactly if they differ in the names of blank nodes alone."""
    dataset = Dataset(Quad(*triple) for triple in triples)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(map(str, dataset)))


def scrambled(triples, order):
    """The same graph under other names of its blank nodes and in another order."""
    names = {f"x{place}": BlankNode(f"y{new}") for place, new in enumerate(order)}

    def other(term):
        return names[term.value] if isinstance(term, BlankNode) else term

    return [Triple(other(t.subject), t.predicate, other(t.object)) for t in reversed(triples)]


def blanks(triples):
    return {term for t in triples for term in (t.subject, t.object) if isinstance(term, BlankNode)}


@given(blank_triples, st.permutations(range(6)))
def test_isomorphic_graphs_get_the_same_names(triples, order):
    assert set(canonical_blank_nodes(triples)) == set(canonical_blank_nodes(scrambled(triples, order)))


@given(blank_triples)
def test_renaming_changes_no_meaning(triples):
    renamed = canonical_blank_nodes(triples)
    if len(blanks(renamed)) == len(blanks(triples)):
        assert rdfc(renamed) == rdfc(triples)
    else:  # groups that say the same became one, and nothing else did
        assert set(renamed) == set(canonical_blank_nodes(renamed))
        assert len(blanks(renamed)) < len(blanks(triples))


@given(blank_triples)
def test_names_are_stable(triples):
    once = canonical_blank_nodes(triples)
    assert set(canonical_blank_nodes(once)) == set(once)


@given(quads, st.randoms(use_true_random=False))
def test_dump_does_not_depend_on_order_or_repetition(found, random):
    again = [*found, *found]
    random.shuffle(again)
    assert nquads(again) == nquads(found)


@given(quads)
def test_dump_is_sorted_and_read_back(found):
    dump = nquads(found)
    lines = dump.splitlines()
    assert lines == sorted(set(lines))
    assert nquads(pyoxigraph.parse(dump, format=pyoxigraph.RdfFormat.N_QUADS)) == dump


def test_a_node_keeps_its_name_beside_new_axioms_and_across_graphs():
    axiom = [Triple(P, P, BlankNode("a")), Triple(BlankNode("a"), P, Q)]
    other = [Triple(Q, P, BlankNode("b")), Triple(BlankNode("b"), P, P)]
    assert canonical_blank_nodes(axiom + other)[:2] == canonical_blank_nodes(axiom)
    default, named = canonical_blank_nodes([Quad(*axiom[0]), Quad(*axiom[0], Q), Quad(*axiom[1], Q)])[:2]
    assert default.triple == named.triple
    assert (default.graph_name, named.graph_name) == (DefaultGraph(), Q)


def test_groups_that_say_the_same_become_one():
    assert len(nquads([Quad(P, P, BlankNode("a")), Quad(P, P, BlankNode("b"))]).splitlines()) == 1


@pytest.mark.parametrize("size", [3, 4, 6])
def test_a_ring_that_nothing_tells_apart(size):
    ring = [Triple(BlankNode(f"x{n}"), P, BlankNode(f"x{(n + 1) % size}")) for n in range(size)]
    assert rdfc(canonical_blank_nodes(ring)) == rdfc(ring)


def test_twins_do_not_cost_their_factorial():
    twins = [Triple(BlankNode("x"), P, BlankNode(f"y{n}")) for n in range(40)]
    started = time.perf_counter()
    assert len(blanks(canonical_blank_nodes(twins))) == 41
    assert time.perf_counter() - started < 5


def test_two_thousand_blank_nodes_take_less_than_a_second():
    many = [
        Quad(*triple)
        for n in range(1000)
        for node, inner in [(BlankNode(f"a{n}"), BlankNode(f"b{n}"))]
        for triple in (
            Triple(NamedNode(f"urn:x:s{n}"), P, node),
            Triple(node, P, NamedNode(f"urn:x:o{n}")),
            Triple(node, Q, inner),
            Triple(inner, P, Q),
        )
    ]
    started = time.perf_counter()
    assert len(nquads(many).splitlines()) == 4000
    assert time.perf_counter() - started < 1


def test_a_triple_inside_a_triple_is_refused():
    with pytest.raises(CbecError, match="triple inside a triple"):
        nquads([Quad(P, P, Triple(P, P, P))])


def test_ontology_in_the_tree_has_stable_names():
    files = sorted((Path(__file__).parents[2] / "ontology").rglob("*.ttl"))
    if not files:
        pytest.skip("no ontology in this checkout")
    loaded = [quad for path in files for quad in pyoxigraph.parse(path=str(path), rename_blank_nodes=True)]
    again = [quad for path in files for quad in pyoxigraph.parse(path=str(path), rename_blank_nodes=True)]
    assert nquads(loaded) == nquads(again)
    assert len(set(canonical_blank_nodes(loaded))) == len(set(loaded))
