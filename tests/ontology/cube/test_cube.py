"""The Data Cube that the rules construct: well-formed by constraints that are seen to fail, every figure there."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
import yaml
from pyoxigraph import Quad, Store

from cbec_kg import paths
from cbec_kg.export.vocabularies import constructed, left_out
from cbec_kg.namespaces import GRAPH
from cbec_kg.store.embedded import EmbeddedStore, MemoryStore
from tests.ontology.cube.constraints import CONSTRAINTS, FOLDER, PROLOGUE, instances, normalise, violated

FAULTS = yaml.safe_load((FOLDER / "faults.yaml").read_text("utf-8"))
CUBE = "https://w3id.org/cbec-kg/cube/"
# Over all pairs of figures, which takes a second: asked of the sound cube, and where it is the constraint in question.
SLOW = frozenset({"12"})
SDMX = "http://purl.org/linked-data/sdmx/2009/"
TERMS = yaml.safe_load((FOLDER / "sdmx.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def store(built_store: Path) -> EmbeddedStore:
    return EmbeddedStore(built_store)


@pytest.fixture(scope="module")
def quads(store: EmbeddedStore) -> list[Quad]:
    return list(constructed(store, "data-cube"))


@pytest.fixture
def cube(quads: list[Quad]) -> Store:
    """The cube as exported, to change."""
    cube = Store()
    cube.extend(quads)
    return cube


def rows(store: Store | EmbeddedStore, query: str) -> Iterator[tuple]:
    found = store.query(PROLOGUE + "PREFIX cbec: <https://w3id.org/cbec-kg/ontology#>\n" + query)
    return iter(found.rows if hasattr(found, "rows") else (tuple(row) for row in found))


def number(store: Store | EmbeddedStore, pattern: str) -> int:
    [[count]] = rows(store, f"SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}")
    return int(count.value)


def test_there_are_all_twenty_one() -> None:
    assert {name.rstrip("ab") for name in CONSTRAINTS} == {f"{number:02}" for number in range(1, 22)}


def test_the_cube_violates_none(cube: Store) -> None:
    normalise(cube)
    assert violated(cube) == set()


def test_the_cube_needs_no_normalisation(cube: Store) -> None:
    before = len(cube)
    normalise(cube)
    assert len(cube) == before


def test_the_template_for_hierarchies_is_asked_of_the_sectors(cube: Store) -> None:
    assert len(instances(cube, "20")) == 1
    assert instances(cube, "21") == []  # the cube has no hierarchy against the arrows: see the planted one


@pytest.mark.parametrize("row", FAULTS, ids=lambda row: f"{row['id']}-{row['fault'].replace(' ', '-')}")
def test_a_planted_fault_violates_its_constraint_alone(cube: Store, row: dict) -> None:
    if row.get("measures"):
        cube.update(PROLOGUE + (FOLDER / "measures.ru").read_text("utf-8"))
    cube.update(PROLOGUE + row["plant"])
    normalise(cube)
    assert violated(cube, SLOW - {row["id"]}) == {row["id"]}


def test_every_constraint_has_a_fault() -> None:
    assert {row["id"] for row in FAULTS} == set(CONSTRAINTS)


def test_a_sound_data_set_with_a_measure_dimension_violates_none(cube: Store) -> None:
    cube.update(PROLOGUE + (FOLDER / "measures.ru").read_text("utf-8"))
    normalise(cube)
    assert violated(cube) == set()


def test_a_sound_hierarchy_against_the_arrows_violates_none(cube: Store) -> None:
    cube.update(
        PROLOGUE
        + """DELETE { ?above skos:narrower ?below . cube:sector-hierarchy qb:parentChildProperty skos:narrower }
        INSERT { ?below skos:broader ?above . cube:sector-hierarchy qb:parentChildProperty cube:upwards . }
        WHERE { ?above skos:narrower ?below } ;
        DELETE { cube:sector-hierarchy qb:parentChildProperty cube:upwards }
        INSERT { cube:sector-hierarchy qb:parentChildProperty [ owl:inverseOf skos:broader ] } WHERE {}"""
    )
    normalise(cube)
    assert len(instances(cube, "21")) == 1
    assert violated(cube, SLOW) == set()


# ---- what is said of SDMX


def misused(cube: Store) -> set[str]:
    """Terms that SDMX lacks, codes under another name, and properties of SDMX that get a range or a code list here."""
    found = set()
    for quad in cube:
        for term in quad.triple:
            part, _, name = str(getattr(term, "value", "")).removeprefix(SDMX).partition("#")
            if str(getattr(term, "value", "")).startswith(SDMX) and name not in TERMS[part]:
                found.add(f"{part}:{name} is no term")
    for code, name in rows(cube, "SELECT ?x ?n { ?x skos:prefLabel ?n FILTER(LANG(?n) = 'en') }"):
        local = code.value.removeprefix(SDMX + "code#")
        if local != code.value and name.value != TERMS["code"][local]:
            found.add(f"code:{local} is named otherwise")
    query = "SELECT ?x { VALUES ?p { rdfs:range qb:codeList rdfs:subPropertyOf } ?x ?p ?y }"
    found |= {f"{term.value} is changed" for (term,) in rows(cube, query) if term.value.startswith(SDMX)}
    return found


def test_sdmx_is_used_as_it_is(cube: Store) -> None:
    assert misused(cube) == set()


@pytest.mark.parametrize(
    ("plant", "fault"),
    [
        (f"cube:counterpartArea rdfs:subPropertyOf <{SDMX}dimension#visArea>", "dimension:visArea is no term"),
        (f"<{SDMX}code#freq-A> skos:prefLabel 'annual'@en", "code:freq-A is named otherwise"),
        ("sdmx-attribute:unitMeasure qb:codeList voc:units", f"{SDMX}attribute#unitMeasure is changed"),
    ],
)
def test_a_misuse_of_sdmx_is_seen(cube: Store, plant: str, fault: str) -> None:
    cube.update(PROLOGUE + f"INSERT DATA {{ {plant} }}")
    assert misused(cube) == {fault}


# ---- every figure is accounted for


def reasons(store: EmbeddedStore | MemoryStore) -> Counter:
    query = (paths.ontology() / "alignments" / "rules" / "data-cube-left-out.rq").read_text("utf-8")
    return Counter(part.value.removeprefix(CUBE) for part, _, _ in store.select(query).rows)


def test_what_is_in_and_what_is_left_out_is_all_that_there_is(store: EmbeddedStore, cube: Store) -> None:
    left_out = reasons(store)
    points = number(
        cube,
        "?f qb:dataSet cube:figures BIND(REPLACE(STR(?f), '_[a-z]+$', '') AS ?x)",
    )
    assert points + left_out["figures"] == number(store, "?x a cbec:Observation")
    stated = number(cube, "?x qb:dataSet cube:statements")
    assert stated + left_out["statements"] == number(store, "?x a cbec:StatisticalClaim")


def test_a_point_is_in_with_all_that_it_shows(store: EmbeddedStore, cube: Store) -> None:
    shown = "?o cbec:shows ?x ; cbec:period ?p . ?p cbec:startsAt ?s ; cbec:endsBefore ?e"
    assert number(cube, "?f qb:dataSet cube:figures ; cube:claim ?x") == number(store, shown)


def test_values_are_those_that_observations_show(store: EmbeddedStore, cube: Store) -> None:
    shown = {
        (f"{CUBE}figure_{observation.value.rpartition('/')[2]}_{name}", value.value)
        for name, measure in {
            "level": "level",
            "growth": "growthPercent",
            "share": "sharePercent",
            "rank": "rank",
        }.items()
        for observation, value in rows(
            store,
            f"SELECT ?o ?v {{ ?o cbec:{measure} ?v ; cbec:period/cbec:startsAt ?s ; cbec:period/cbec:endsBefore ?e }}",
        )
    }
    found = {
        (figure.value, value.value)
        for figure, value in rows(cube, "SELECT ?f ?v { ?f qb:dataSet cube:figures ; sdmx-measure:obsValue ?v }")
    }
    assert found == shown


def test_contradictions_stand_side_by_side(cube: Store) -> None:
    query = """SELECT ?v { ?s qb:dataSet cube:statements ; cube:indicator voc:cbec-trade-value ;
        cube:measure voc:measure-growth ; cube:scope voc:scope-industry-estimate ; cube:refPeriod period:2015 ;
        sdmx-measure:obsValue ?v }"""
    assert len(list(rows(cube, query))) > 1


def test_every_property_of_an_observation_is_a_component(cube: Store) -> None:
    query = """SELECT DISTINCT ?p { ?o a qb:Observation ; qb:dataSet/qb:structure ?d ; ?p ?v
        FILTER(?p NOT IN (rdf:type, rdfs:label, qb:dataSet))
        FILTER NOT EXISTS { ?d qb:component/qb:componentProperty ?p } }"""
    assert list(rows(cube, query)) == []


def test_every_component_has_texts_in_both_languages(cube: Store) -> None:
    query = """SELECT ?p { ?c qb:componentProperty ?p . ?c a qb:ComponentSpecification . VALUES ?l { "en" "zh" }
        FILTER(NOT EXISTS { ?p rdfs:label ?x FILTER(LANG(?x) = ?l) }
            || NOT EXISTS { ?p rdfs:comment ?y FILTER(LANG(?y) = ?l) }) }"""
    assert list(rows(cube, query)) == []


def test_a_partner_that_is_no_area_is_left_out_and_counted(store: EmbeddedStore) -> None:
    changed = Store()
    changed.bulk_extend(store.quads(""))
    changed.update(
        PROLOGUE
        + """PREFIX cbec: <https://w3id.org/cbec-kg/ontology#> PREFIX id: <https://w3id.org/cbec-kg/id/>
        DELETE { ?o cbec:partner id:japan } INSERT { ?o cbec:partner id:shein } WHERE { ?o cbec:partner id:japan }"""
    )
    other = MemoryStore(changed)
    assert reasons(other)["figures"] == reasons(store)["figures"] + 1
    japan = "figure_goods-trade-value_china_japan_all_total_goods-trade_2015_growth"
    assert {quad.subject.value for quad in constructed(store, "data-cube")} >= {CUBE + japan}
    assert CUBE + japan not in {quad.subject.value for quad in constructed(other, "data-cube")}


def test_a_graph_without_inferences_gives_the_same(store: EmbeddedStore, quads: list[Quad]) -> None:
    inferred = GRAPH + "inferred"
    plain = MemoryStore(Quad(*quad.triple) for name in store.graphs() if name != inferred for quad in store.quads(name))
    assert set(constructed(plain, "data-cube")) == set(quads)
    assert left_out(plain, "data-cube") == left_out(store, "data-cube")
    assert left_out(plain, "schema-org") == left_out(store, "schema-org")


def test_another_engine_constructs_the_same_structure() -> None:
    rule = (paths.ontology() / "alignments" / "rules" / "data-cube-structure.rq").read_text("utf-8")
    ours = {(triple.subject.value, triple.predicate.value, triple.object.value) for triple in Store().query(rule)}
    assert {tuple(map(str, triple)) for triple in rdflib.Graph().query(rule)} == ours
