"""The observations of schema.org: terms that exist, used as schema.org has them, one observation for each figure."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from pyoxigraph import Literal, NamedNode, Quad

from cbec_kg import paths
from cbec_kg.export.vocabularies import constructed
from cbec_kg.rdf.terms import RDF_TYPE
from cbec_kg.store.embedded import EmbeddedStore

SCHEMA = "https://schema.org/"
TABLE = yaml.safe_load((Path(__file__).parent / "schema-org.yaml").read_text("utf-8"))
FIGURE = NamedNode("https://w3id.org/cbec-kg/cube/figure_cbec-trade-value_china_all_all_total_gac-total_2022_level")
LITERALS = {
    "http://www.w3.org/2001/XMLSchema#string": "Text",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString": "Text",
    "http://www.w3.org/2001/XMLSchema#decimal": "Number",
    "http://www.w3.org/2001/XMLSchema#anyURI": "URL",
    SCHEMA + "Date": "Date",
}


@pytest.fixture(scope="module")
def quads(built_store: Path) -> list[Quad]:
    return list(dict.fromkeys(constructed(EmbeddedStore(built_store), "schema-org")))


def ancestors(name: str) -> set[str]:
    """A class and all above it."""
    return {name}.union(*(ancestors(parent) for parent in TABLE["classes"].get(name, [])))


def wrong(quads: Iterable[Quad]) -> set[tuple[str, str]]:
    """What is used otherwise than schema.org says: the term, and how."""
    listed = list(quads)
    types: dict[object, set[str]] = defaultdict(set)
    found = set()
    for quad in listed:
        if quad.predicate == RDF_TYPE:
            name = quad.object.value.removeprefix(SCHEMA)
            if not quad.object.value.startswith(SCHEMA) or name not in TABLE["classes"]:
                found.add((name, "no class"))
            else:
                types[quad.subject] |= ancestors(name)
    for quad in listed:
        if quad.predicate == RDF_TYPE:
            continue
        name = quad.predicate.value.removeprefix(SCHEMA)
        use = TABLE["properties"].get(name)
        if use is None or not quad.predicate.value.startswith(SCHEMA):
            found.add((name, "no property"))
            continue
        if not types[quad.subject] & set(use["domain"]):
            found.add((name, "domain"))
        if isinstance(quad.object, Literal):
            kinds = {LITERALS[quad.object.datatype.value]}
        else:  # an IRI that the graph does not describe is a URL
            kinds = types[quad.object] | {"URL"}
        if not kinds & set(use["range"]):
            found.add((name, "range"))
    return found


def test_terms_are_used_as_schema_org_has_them(quads: list[Quad]) -> None:
    assert wrong(quads) == set()


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "fault"),
    [
        (FIGURE, "measuredValue", Literal("2"), ("measuredValue", "no property")),
        (
            FIGURE,
            "citation",
            NamedNode("https://w3id.org/cbec-kg/article/003_df624e09d33e8050"),
            ("citation", "domain"),
        ),
        (FIGURE, "observationDate", Literal("2022"), ("observationDate", "range")),
        (FIGURE, "marginOfError", Literal("5"), ("marginOfError", "no property")),
        (FIGURE, "variableMeasured", FIGURE, ("variableMeasured", "range")),
    ],
)
def test_a_wrong_use_is_found(quads: list[Quad], subject, predicate, value, fault) -> None:
    assert wrong([*quads, Quad(subject, NamedNode(SCHEMA + predicate), value)]) == {fault}


def test_a_wrong_class_is_found(quads: list[Quad]) -> None:
    assert wrong([*quads, Quad(FIGURE, RDF_TYPE, NamedNode(SCHEMA + "Datum"))]) == {("Datum", "no class")}


def test_the_table_holds_what_is_used_and_no_more(quads: list[Quad]) -> None:
    used = {quad.predicate.value.removeprefix(SCHEMA) for quad in quads if quad.predicate != RDF_TYPE}
    assert set(TABLE["properties"]) == used


def test_each_figure_of_the_cube_is_one_observation(built_store: Path, quads: list[Quad]) -> None:
    cube = constructed(EmbeddedStore(built_store), "data-cube")
    figures = {quad.subject for quad in cube if quad.object == NamedNode("https://w3id.org/cbec-kg/cube/figures")}
    assert {
        quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object.value == SCHEMA + "Observation"
    } == figures


def test_each_observation_is_complete(quads: list[Quad]) -> None:
    said: dict = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        said[quad.subject][quad.predicate.value.removeprefix(SCHEMA)].append(quad.object)
    observations = [one for one in said.values() if NamedNode(SCHEMA + "Observation") in one[RDF_TYPE.value]]
    for one in observations:
        for name in (
            "observationAbout",
            "observationDate",
            "observationPeriod",
            "variableMeasured",
            "value",
            "subjectOf",
        ):
            assert len(one[name]) == 1, name
        [claim] = one["subjectOf"]
        assert said[claim]["appearance"], "no article is cited"
        assert {text.language for text in said[one["variableMeasured"][0]]["name"]} == {"en", "zh"}


@pytest.mark.parametrize(
    ("start", "end", "date", "length"),
    [
        ("2022-01-01", "2023-01-01", "2022", "P1Y"),
        ("2010-01-01", "2016-01-01", "2010", "P6Y"),
        ("2020-07-01", "2021-01-01", "2020-07", "P6M"),
        ("2020-12-01", "2021-03-01", "2020-12", "P3M"),
        ("2020-07-01", "2021-07-01", "2020-07", "P12M"),
        ("2022-11-01", "2022-11-04", "2022-11-01", "P3D"),
        ("2020-02-28", "2020-03-01", "2020-02-28", "P2D"),
        ("2019-12-30", "2020-03-05", "2019-12-30", "P66D"),
        ("1900-02-27", "1900-03-02", "1900-02-27", "P3D"),
    ],
)
def test_length_and_date_of_a_period(built_store: Path, start, end, date, length) -> None:
    rule = paths.ontology() / "alignments" / "rules" / "schema-org-observations.rq"
    text = rule.read_text("utf-8")
    binds = text[text.index("  BIND((YEAR(?end)") : text.index("  OPTIONAL { ?observation cbec:market")]
    prefixes = text[text.index("PREFIX") : text.index("CONSTRUCT")]
    times = f'VALUES (?start ?end) {{ ("{start}T00:00:00"^^xsd:dateTime "{end}T00:00:00"^^xsd:dateTime) }}'
    [row] = EmbeddedStore(built_store).select(f"{prefixes}SELECT ?date ?length WHERE {{ {times} {binds} }}").rows
    assert [term.value for term in row] == [date, length]
