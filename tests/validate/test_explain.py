"""Results lead a person to the claim, the article and the characters."""

import json

import pyoxigraph
import pytest
import rdflib

from cbec_kg.namespaces import SHAPES, expand
from cbec_kg.rdf.terms import Quad
from cbec_kg.store.embedded import MemoryStore
from cbec_kg.validate import fast
from cbec_kg.validate.explain import LocatedReport, locate, to_json, to_text, to_turtle
from cbec_kg.validate.report import Report, Result
from tests.shapes.case import all_cases, background, read_case, shapes

TEXT = """\
1 violation, 0 warnings, 0 notes

Violation SpanOrder: Let the span start before it ends: recompute charStart and charEnd.
  ev:span-order-bad
    article base, characters 16-16: bad"""
TEXT_ZH = """\
违规 1 项、警告 0 项、提示 0 项

违规 SpanOrder：区间的起点须在终点之前：请重新计算 charStart 与 charEnd。
  ev:span-order-bad
    文章 base，字符 16-16：示例"""


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    return MemoryStore(Quad(*triple) for triple in all_cases())


def located(name: str) -> LocatedReport:
    graph = (*background(), *read_case(name).triples)
    return locate(fast.validate(graph, shapes()), MemoryStore(Quad(*triple) for triple in graph))


def places(store: MemoryStore, node: str) -> list[tuple[str | None, int | None, int | None, str | None]]:
    result = Result("Info", SHAPES + "LabelEn", expand(node), None, None, {"en": "x", "zh": "y"})
    (found,) = locate(Report([result]), store).results
    return [(place.article, place.start, place.end, place.claim) for place in found.places]


@pytest.mark.parametrize(("lang", "text"), [("en", TEXT), ("zh", TEXT_ZH)])
def test_text(lang: str, text: str):
    assert to_text(located("SpanOrder"), lang) == text


def test_nothing_to_say():
    report = locate(Report(()), MemoryStore())
    assert to_text(report) == "Nothing to report."
    assert to_text(report, "zh") == "没有需要处理的问题。"
    assert json.loads(to_json(report)) == {
        "conforms": True,
        "counts": {"Violation": 0, "Warning": 0, "Info": 0},
        "results": [],
    }


def test_values_stand_below_their_node():
    text = to_text(located("BackgroundRelation"))
    assert "  id:background-relation-bad  entity\n    value: cbec:operates id:base-platform" in text
    assert "value: rdfs:label plateforme" in to_text(located("LabelLanguage"))


@pytest.mark.parametrize(
    ("node", "claim"),
    [
        ("ev:span-order-good", "claim:span-order-good"),
        ("claim:span-start-bad", None),
        ("claim:span-article-good", "claim:span-article-good"),
        ("obs:shown-value-good", "claim:shown-value-good"),
        ("series:scope-stated-bad", None),
        ("id:relation-has-triple-good", "claim:relation-has-triple-good"),
        ("id:attributed-to-actor-unreviewed", "claim:attributed-to-actor-good"),
        ("period:2018--2021", "claim:growth-base-period-multi"),
        ("finding:finding-basis-good", "claim:base"),
    ],
)
def test_places_of_each_kind_of_node(store: MemoryStore, node: str, claim: str | None):
    expected = [("base", 10, 16, expand(claim))] if claim else []
    if node == "ev:span-order-good":
        expected = [("base", 15, 16, expand("claim:span-order-good"))]
    elif node == "claim:span-start-bad":  # a wrong offset is shown as it stands
        expected = [("base", -1, 16, expand(node))]
    assert places(store, node) == expected


def test_restatement_has_its_own_characters(store: MemoryStore):
    claim = expand("claim:restatement-value-good")
    assert places(store, "ev:restatement-value-good_restated") == [("base", 18, 22, claim)]


def test_article_is_its_own_place(store: MemoryStore):
    assert places(store, "art:base") == [("base", None, None, None)]


def test_many_places_are_counted(store: MemoryStore):
    result = Result("Info", SHAPES + "LabelEn", expand("obs:base-amount"), None, None, {"en": "x", "zh": "y"})
    report = locate(Report([result]), store)
    assert len(report.results[0].places) == 3
    assert to_text(report).endswith(f"and {report.results[0].more} more")


def test_blank_node_has_no_place():
    result = Result("Info", SHAPES + "LocalName", "[]", None, None, {"en": "x", "zh": "y"})
    assert locate(Report([result]), MemoryStore()).results[0].places == ()


def test_json():
    found = json.loads(to_json(located("SpanOrder")))
    assert found["conforms"] is False
    assert found["results"] == [
        {
            "severity": "Violation",
            "shape": "SpanOrder",
            "focus": expand("ev:span-order-bad"),
            "label": {},
            "path": expand("cbec:charStart"),
            "value": None,
            "message": {
                "en": "Let the span start before it ends: recompute charStart and charEnd.",
                "zh": "区间的起点须在终点之前：请重新计算 charStart 与 charEnd。",
            },
            "places": [
                {
                    "claim": expand("claim:span-order-bad"),
                    "claim_label": {"en": "bad", "zh": "示例"},
                    "article": "base",
                    "start": 16,
                    "end": 16,
                }
            ],
            "more": 0,
        }
    ]


def test_turtle_is_a_validation_report():
    report = fast.validate(all_cases(), shapes())
    text = to_turtle(report)
    assert text == to_turtle(report)
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert len(list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))) == len(graph)
    found = set()
    for node in graph.objects(None, rdflib.SH.result):
        severity = str(graph.value(node, rdflib.SH.resultSeverity)).removeprefix(str(rdflib.SH))
        found.add(
            (severity, str(graph.value(node, rdflib.SH.sourceShape)), str(graph.value(node, rdflib.SH.focusNode)))
        )
        assert {message.language for message in graph.objects(node, rdflib.SH.resultMessage)} == {"en", "zh"}
    assert found == report.keys
    paths = {str(path) for path in graph.objects(None, rdflib.SH.resultPath) if isinstance(path, rdflib.URIRef)}
    assert expand("cbec:charStart") in paths
    assert (None, rdflib.SH.inversePath, rdflib.URIRef(expand("cbec:evidence"))) in graph
    assert (None, rdflib.SH.alternativePath, None) in graph
    assert (None, rdflib.SH.conforms, rdflib.Literal(False)) in graph
