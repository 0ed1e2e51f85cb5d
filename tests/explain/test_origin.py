"""What a stated triple is said to come from: files, articles, or the claims that the build made it from."""

from collections import Counter

import pytest

from cbec_kg.explain.claimed import MOST, read_claims
from cbec_kg.explain.explanation import explain
from cbec_kg.explain.facts import Facts
from cbec_kg.explain.near import nearest
from cbec_kg.explain.origin import ORIGINS, origin
from cbec_kg.namespaces import CLAIM, FINDING, GRAPH, ID, OBS, PERIOD, SERIES, VOCAB, compact
from cbec_kg.rdf.terms import RDF_TYPE, BlankNode, Quad, Triple, iri
from cbec_kg.store.embedded import MemoryStore
from tests.conftest import cases
from tests.ontology.asked import triples_of


def stated(graph, name):
    """Triples of a named graph but those of lists and shapes, which have no names."""
    triples = (quad.triple for quad in graph.quads(GRAPH + name))
    return sorted((t for t in triples if not any(isinstance(end, BlankNode) for end in t)), key=str)


def came(graph, triples):
    """Triples with their origins."""
    found = Facts(graph).stated(triples)
    return [(triple, origin(graph, triple, found[triple])) for triple in triples]


@pytest.fixture(scope="module")
def articles(graph):
    return {quad.triple for name in graph.graphs() if "/article_" in name for quad in graph.quads(name)}


def test_direct_relations_come_from_actual_claims(graph, articles):
    direct = [t for t in stated(graph, "observations") if t.subject.value.startswith((ID, VOCAB))]
    found = came(graph, direct)
    rules = Counter(one.rule for _, one in found)
    assert rules["relation"] > 50
    assert rules["influence"] > 20
    assert set(rules) == {"relation", "influence"}
    for triple, one in found:
        assert set(one.premises) <= articles, compact(triple.subject.value)
        assert {claim.status for claim in read_claims(graph, one.claims, "en")} == {"actual"}


def test_points_come_from_claims(graph):
    points = [t for t in stated(graph, "observations") if t.subject.value.startswith((OBS, SERIES, PERIOD))]
    found = came(graph, points[::6])
    rules = Counter(one.rule for _, one in found)
    assert rules["shown"] > 10
    assert rules["point"] > 100
    assert rules.keys() <= {"shown", "point", "vocabulary", "finding"}
    holding = Facts(graph).holding(premise for _, one in found for premise in one.premises)
    for triple, one in found:
        assert one.rule == "vocabulary" or one.claims, triple
        assert one.premises, triple
        assert set(one.premises) <= holding


def test_a_shown_value_comes_from_the_claim_that_states_it(graph, articles):
    shown = [t for t in stated(graph, "observations") if t.predicate in (iri("cbec:level"), iri("cbec:growthStatus"))]
    for triple, one in came(graph, shown):
        (claim,) = one.claims
        assert {t.object for t in one.premises if t.subject.value == claim} == {triple.subject, triple.object}
        assert set(one.premises) <= articles


def test_findings_come_from_their_claims(graph, articles):
    findings = [t for t in stated(graph, "findings") if t.subject.value.startswith(FINDING) and t.predicate == RDF_TYPE]
    based = Counter(t.subject for t in stated(graph, "findings") if t.predicate == iri("cbec:basedOn"))
    assert len(findings) > 20
    for triple, one in came(graph, findings):
        assert (one.rule, len(one.claims)) == ("finding", based[triple.subject])
        assert one.formula
        assert set(one.premises) <= articles


def test_what_articles_say_has_its_claims_and_characters(graph):
    name = next(name for name in graph.graphs() if "/article_003" in name).removeprefix(GRAPH)
    own = stated(graph, name)[::60]
    kinds = Counter()
    for triple, one in came(graph, own):
        claims = read_claims(graph, one.claims, "en")
        assert one.rule == "article"
        kinds[bool(claims)] += 1
        assert len(claims) <= MOST
        assert all(place.end > place.start for claim in claims for place in claim.places)
        if triple.subject.value.startswith(CLAIM):
            assert [claim.iri for claim in claims] == [triple.subject.value]
    assert kinds[True] > 50


def test_evidence_shows_its_own_characters_only(graph):
    """A claim that is made in two places has two pieces of evidence; each is told of alone."""
    rows = graph.select(
        f"SELECT ?e {{ ?c <{iri('cbec:evidence').value}> ?e , ?f FILTER(?e != ?f) }} ORDER BY ?e LIMIT 1"
    ).rows
    ((evidence,),) = rows
    (proof,) = explain(graph, Triple(evidence, RDF_TYPE, iri("cbec:Evidence"))).proofs
    ((place,),) = (claim.places for claim in proof.claims)
    assert place.evidence == evidence.value


def test_every_origin_occurs(graph):
    seen = set()
    for name in ("observations", "findings", "entities", "ontology"):
        seen |= {one.rule for _, one in came(graph, stated(graph, name)[:: 8 if name == "observations" else 400])}
    series = [t for t in stated(graph, "observations") if t.object == iri("cbec:Series")]
    seen |= {one.rule for _, one in came(graph, series)}
    article = next(name for name in graph.graphs() if "/article_" in name)
    seen |= {one.rule for _, one in came(graph, stated(graph, article.removeprefix(GRAPH))[:5])}
    assert seen == set(ORIGINS)


@pytest.mark.parametrize("case", cases("explain/near.yaml"))
def test_the_nearest(case):
    facts = triples_of(case["facts"])
    (asked,) = triples_of(case["asked"])
    found = [[near.kind, near.triple] for near in nearest(MemoryStore(Quad(*t) for t in facts), asked)]
    assert found == [[kind, *triples_of(text)] for kind, text in case["nearest"]]
    assert asked not in [triple for _, triple in found]
