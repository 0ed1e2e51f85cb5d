"""Findings as triples: each row says what a finding holds; whatever the finding, its node is complete."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cbec_kg import paths
from cbec_kg.errors import OntologyError
from cbec_kg.model.period import parse
from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import OBS, compact, local_name
from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.pipeline.sources import read_sources
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import Literal, NamedNode, Triple
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.figure import Figure, Point, Stating
from cbec_kg.reconcile.finding import EXPLANATIONS, KINDS, Finding
from cbec_kg.triples.findings import finding_node, finding_periods, finding_triples, findings_triples
from cbec_kg.triples.names import Namer
from cbec_kg.validate import fast

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "findings.yaml").read_text("utf-8"))[
    "rows"
]
SHAPES_BASE = Path(__file__).parents[1] / "shapes" / "base.ttl"
NUMBERS = ("value", "lower", "upper", "gap")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return read_sources(paths.resources()).vocabulary


@pytest.fixture(scope="module")
def namer(vocabulary: Vocabulary) -> Namer:
    return Namer(vocabulary)


def made(keys: dict[str, Any]) -> Finding:
    keys = dict(keys)
    point = Point(Slots(*keys.pop("slots")), keys.pop("period"))
    numbers = {name: Decimal(str(keys.pop(name))) for name in NUMBERS if name in keys}
    several = {name: tuple(keys.pop(name)) for name in ("claims", "explanations") if name in keys}
    return Finding(point=point, **keys, **numbers, **several)


def told(triple: Triple) -> str:
    match triple.object:
        case NamedNode(value=iri):
            return compact(iri)
        case Literal(value=value, language=language):
            return f"{value}@{language}" if language else str(value)
    raise TypeError(triple)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_finding_holds(row: dict[str, Any], namer: Namer) -> None:
    finding = made(row["finding"])
    triples = finding_triples(finding, namer, stated=row["stated"])
    assert {triple.subject for triple in triples} == {finding_node(finding)}
    for name, values in row["holds"].items():
        found = [told(triple) for triple in triples if local_name(triple.predicate.value) == name]
        assert sorted(found) == sorted(values), name


def test_every_kind_has_a_row() -> None:
    assert {row["finding"]["kind"] for row in ROWS} == set(KINDS)


def test_a_finding_leads_to_an_observation_where_figures_stand_at_its_point(namer: Namer) -> None:
    finding = made(ROWS[0]["finding"])
    figure = Figure(
        digest="a", point=finding.point, stating=Stating("level", "CNY"), status="reported", qualifier="exact",
        value=Decimal(1), lower=Decimal(1), upper=Decimal(1),
    )  # fmt: skip
    observation = NamedNode(OBS + finding.point.name)
    for figures, leads in (([figure], True), ([], False)):
        triples = findings_triples([finding], Book(figures), namer)
        assert (observation in {triple.object for triple in triples}) is leads


@pytest.mark.parametrize("key", ["check", "measure", "unit", "explanations"])
def test_a_code_that_no_list_has_is_refused(key: str, namer: Namer) -> None:
    keys = {**ROWS[1]["finding"], key: ["moonshine"] if key == "explanations" else "moonshine"}
    with pytest.raises(OntologyError, match="moonshine"):
        finding_triples(made(keys), namer, stated=True)


def test_periods_of_findings_are_those_that_are_closed() -> None:
    assert finding_periods(made(row["finding"]) for row in ROWS) == {parse("2021"), parse("2022")}


def test_findings_break_no_shape() -> None:
    """What is minted is what the shapes ask for, with every dimension, on claims of the base graph of their cases."""
    sources = read_sources(paths.resources())
    point = Point(Slots("cbec-trade-value", "china", "all", "all", "total", "gac-total"), "2022")
    common = {"point": point, "measure": "level", "formula": "a = b", "unit": "CNY", "value": Decimal(5)}
    found = [
        Finding(
            kind="agreement", check="flow-sum", claims=("base", "base-later"), tested="base", gap=Decimal(0), **common,
        ),
        Finding(
            kind="disagreement", check="same-key", claims=("base", "base-later"), tested="base", gap=Decimal("0.5"),
            explanations=("rounding",), **common,
        ),
        Finding(kind="revision", check="revision", claims=("base", "base-later"), tested="base", **common),
        Finding(
            kind="derivation", check="year-before", claims=("base", "base-later"), lower=Decimal(4), upper=Decimal(6),
            calculation="5 / 1 = 5", **common,
        ),
    ]  # fmt: skip
    minted = [finding_triples(finding, Namer(sources.vocabulary), stated=False) for finding in found]
    graph = [*sources.ontology, *sources.entities, *parse_file(SHAPES_BASE)]
    report = fast.validate([*graph, *(triple for triples in minted for triple in triples)], sources.shapes)
    nodes = {finding_node(finding).value for finding in found}
    assert len(nodes) == len(KINDS)
    assert [result for result in report.results if result.focus in nodes] == []


amounts = st.none() | st.decimals(-(10**13), 10**13, places=2)
findings = st.builds(
    Finding,
    kind=st.sampled_from(KINDS),
    check=st.sampled_from(["same-key", "flow-sum", "revision", "year-before"]),
    point=st.builds(
        Point,
        st.builds(
            Slots, st.just("goods-trade-value"), st.sampled_from(["china", "unnamed_a1_9", "x-0123456789abcdef"]),
            st.sampled_from(["all", "united-states", "x-0123456789abcdef"]), st.just("all"),
            st.sampled_from(["total", "export", "import"]), st.sampled_from(["goods-trade", "not-stated"]),
        ),
        st.sampled_from(["2022", "2022-Q1", "2020--2022", "2016--open", "open-H1_a1", "open_a1"]),
    ),
    measure=st.sampled_from(["level", "growth", "share"]),
    formula=st.just("a = b"),
    claims=st.lists(st.sampled_from(["c1", "c2", "c3"]), min_size=2, unique=True).map(tuple),
    unit=st.sampled_from([None, "CNY", "percent", "count"]),
    calculation=st.sampled_from(["", "1 = 2"]),
    value=amounts, gap=amounts, tested=st.sampled_from([None, "c1"]),
    explanations=st.lists(st.sampled_from(EXPLANATIONS), unique=True).map(tuple),
)  # fmt: skip


@given(findings)
def test_every_finding_is_complete_and_closed(vocabulary: Vocabulary, finding: Finding) -> None:
    """Labels in both languages, all dimensions, its claims; nothing is named that may not exist."""
    triples = finding_triples(finding, Namer(vocabulary), stated=False)
    of: dict[str, list[Triple]] = {}
    for triple in triples:
        of.setdefault(local_name(triple.predicate.value), []).append(triple)
    assert {triple.object.language for triple in of["label"]} == {"en", "zh"}
    for name in ("indicator", "measuredEntity", "partner", "sector", "flow", "scope", "period", "check", "formula"):
        assert len(of[name]) == 1, name
    assert {local_name(triple.object.value) for triple in of["basedOn"]} == set(finding.claims)
    assert "onObservation" not in of
    assert all(len(text.object.value) == len(text.object.value.strip()) for text in of["label"])
    for text in of["label"]:
        assert "unnamed" not in text.object.value
        assert "x-0" not in text.object.value
