"""What a thing is described by: held against the graph, one question at a time."""

import json

import pytest

from cbec_kg.describe.entity import describe
from cbec_kg.errors import BadParameter, UnknownName
from cbec_kg.namespaces import expand
from cbec_kg.rdf.terms import NamedNode, Quad, iri, text
from cbec_kg.store.embedded import MemoryStore
from tests.conftest import cases

ALL = 10_000


def rows(graph, sparql):
    return [tuple(term and term.value for term in row) for row in graph.select(sparql).rows]


def by_relation(groups):
    return {group.relation.iri: [thing.iri or thing.label for thing in group.things] for group in groups}


@pytest.mark.parametrize("case", cases("describe/cases.yaml"))
def test_what_a_thing_is_described_by(case, graph):
    found = describe(graph, case["name"], lang=case.get("lang", "en"))
    told = found.as_json()
    for key in ("code", "labels", "definition", "same_as", "candidate_class"):
        if key in case:
            assert told[key] == case[key]
    if "classes" in case:
        assert [one["iri"] for one in told["classes"]] == [expand(one) for one in case["classes"]]
    for part in ("facts", "links"):
        groups = by_relation(getattr(found, part))
        for relation, things in case.get(part, {}).items():
            assert {expand(thing) for thing in things} <= set(groups[expand(relation)])
        for relation in case.get(f"no_{part}", ()):
            assert expand(relation) not in groups
    if "claims" in case:
        assert {group["kind"]["label"]: group["total"] for group in told["claims"]["kinds"]} == case["claims"]
    if "says" in case:
        assert set(case["says"]) <= {claim.label for kind in found.claims.kinds for claim in kind.claims}


@pytest.mark.parametrize("name", ["id:shein", "id:china", "voc:cbec-trade-value", "id:alibaba-group"])
def test_every_claim_about_it_is_counted_and_placed(name, graph):
    found = describe(graph, name, most=ALL).claims
    claims = {claim.iri: claim for kind in found.kinds for claim in kind.claims}
    expected = rows(graph, f"SELECT DISTINCT ?c {{ ?c a cbec:Claim ; cbec:about {name} }}")
    assert set(claims) == {claim for (claim,) in expected}
    assert found.total == len(expected) == sum(kind.total for kind in found.kinds)
    places = rows(
        graph,
        f"SELECT DISTINCT ?c ?a ?s ?e ?r {{ ?c a cbec:Claim ; cbec:about {name} ; cbec:evidence ?v . ?v cbec:inArticle "
        "?a ; cbec:charStart ?s ; cbec:charEnd ?e ; cbec:reviewState/skos:notation ?r }",
    )
    told = {
        (claim.iri, place.article.iri, str(place.start), str(place.end), place.review)
        for claim in claims.values()
        for place in claim.places
    }
    assert told == set(places)
    assert found.articles == len({article for _, article, *_ in places})
    statuses = dict(rows(graph, f"SELECT ?c ?s {{ ?c cbec:about {name} ; cbec:status/skos:notation ?s }}"))
    assert {claim.iri: claim.status for claim in claims.values()} == {claim: statuses[claim] for claim in claims}
    speakers = rows(graph, f"SELECT DISTINCT ?by {{ ?c a cbec:Claim ; cbec:about {name} ; "
                           "cbec:evidence/cbec:attributedTo ?by }")  # fmt: skip
    said = {place.said_by.iri for claim in claims.values() for place in claim.places if place.said_by}
    assert said == {speaker for (speaker,) in speakers}


def test_the_latest_figures_of_each_series_come_first(graph):
    (kind,) = [
        one for one in describe(graph, "id:china", most=ALL).claims.kinds if one.kind.iri.endswith("StatisticalClaim")
    ]
    latest = [claim.figure.latest for claim in kind.claims]
    assert latest == sorted(latest, reverse=True)
    assert len(set(latest)) == 2
    last = {}
    for series, measure, ends, claim in rows(
        graph,
        "SELECT ?series ?m ?ends ?claim { ?point cbec:about id:china ; cbec:inSeries ?series ; cbec:period ?p ; "
        "cbec:levelClaim|cbec:growthClaim|cbec:shareClaim|cbec:rankClaim ?claim . ?claim cbec:measure ?m . "
        "OPTIONAL { ?p cbec:endsBefore ?ends } }",
    ):
        last.setdefault((series, measure), []).append((ends or "", claim))
    expected = {max(found)[1] for found in last.values()}
    assert {claim.iri for claim in kind.claims if claim.figure.latest} == expected
    series = [(claim.figure.series, claim.figure.measure) for claim in kind.claims if claim.figure.latest]
    assert len(series) == len(set(series)) > 10


def test_a_figure_is_told_with_its_bounds_and_unit(graph):
    figures = [
        claim.as_json()["figure"]
        for kind in describe(graph, "voc:cbec-trade-value", most=ALL).claims.kinds
        for claim in kind.claims
        if claim.figure
    ]
    (total,) = [one for one in figures if (one["period"], one["value"]) == ("2022", 2_110_000_000_000)]
    assert (total["lower"], total["upper"], total["unit"]) == (2_105_000_000_000, 2_115_000_000_000, "CNY")
    assert (total["measure"], total["latest"]) == ("level", True)
    assert any(isinstance(one["value"], float) for one in figures)


def test_what_is_not_told_is_counted(graph):
    short, whole = (describe(graph, "id:china", most=most) for most in (2, ALL))
    assert short.links != whole.links
    for some, every in ((short.facts, whole.facts), (short.links, whole.links)):
        assert [(group.relation, group.total) for group in some] == [(group.relation, group.total) for group in every]
        for group, full in zip(some, every, strict=True):
            assert group.things == full.things[:2]
            assert (full.more, group.more) == (0, max(0, len(full.things) - 2))
    for kind, full in zip(short.claims.kinds, whole.claims.kinds, strict=True):
        assert kind.claims == full.claims[:2]
        assert kind.more == full.total - len(kind.claims)
    assert short.claims.total == whole.claims.total
    assert whole.more_aliases == 0
    names = sum(map(len, whole.aliases.values()))
    assert short.more_aliases == names - sum(map(len, short.aliases.values())) > 0


def test_no_relation_is_told_twice(graph):
    found = describe(graph, "id:shein", most=ALL)
    assert expand("cbec:relatedTo") not in by_relation(found.facts)
    related = rows(graph, "SELECT DISTINCT ?o { id:shein cbec:relatedTo ?o }")
    assert {thing for (thing,) in related} <= {
        thing for things in by_relation(found.facts).values() for thing in things
    }


def test_it_is_plain_data(graph):
    for name in ("id:china", "voc:unit-cny", "cbec:Platform", "art:003_df624e09d33e8050"):
        told = describe(graph, name).as_json()
        assert json.loads(json.dumps(told, ensure_ascii=False)) == told


@pytest.mark.parametrize(("name", "error"), [
    ("id:nobody", UnknownName), ("Shein", UnknownName), ("", UnknownName), ("https://example.org/a", UnknownName),
    ("https://example.org/a b", BadParameter), ("<id:shein", UnknownName), ("😀", UnknownName),
])  # fmt: skip
def test_what_the_graph_does_not_have_is_said(name, error, graph):
    with pytest.raises(error) as caught:
        describe(graph, name)
    assert str(caught.value).count("\n") == 0


def test_equal_relations_are_told_once():
    one, two = iri("cbec:one"), iri("cbec:two")
    below = iri("rdfs:subPropertyOf")
    store = MemoryStore([Quad(one, below, two), Quad(two, below, one),
                         Quad(iri("id:a"), one, text("x", "en")), Quad(iri("id:a"), two, text("x", "en"))])  # fmt: skip
    (group,) = describe(store, "id:a").facts
    assert group.total == 1


def test_a_text_is_told_in_the_readers_language():
    thing, said, other = iri("id:a"), NamedNode("urn:y"), NamedNode("urn:x")
    texts = [Quad(thing, said, text("one", "en")), Quad(thing, said, text("一", "zh"))]
    store = MemoryStore([*texts, Quad(thing, other, text("eins", "de"))])
    for lang, told in (("en", "one"), ("zh", "一")):
        assert [[one.label for one in group.things] for group in describe(store, "id:a", lang=lang).facts] == [[told]]
