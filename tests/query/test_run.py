from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from cbec_kg.errors import BadParameter, QueryError, UpdateRefused
from cbec_kg.query.header import parse_saved
from cbec_kg.query.results import Graph, Result, Truth, fits, to_python
from cbec_kg.query.run import run, run_text
from cbec_kg.rdf.terms import RDFS_LABEL, XSD, BlankNode, Literal, NamedNode, Quad, integer, iri, text
from cbec_kg.store.embedded import MemoryStore

QUERY = parse_saved(
    """\
#+ summary: Labels of a thing
#+ zh: {summary: 名称}
#+ params:
#+   thing: {type: iri, default: "id:shein", label: {en: Thing, zh: 物}}
#+   lang: {type: lang, default: en, label: {en: Language, zh: 语言}}
#+ columns: {thing: iri, label: string}
SELECT ?thing ?label WHERE {
  VALUES ?thing { <https://w3id.org/cbec-kg/id/shein> } #= thing
  VALUES ?lang { "en" } #= lang
  ?thing <http://www.w3.org/2000/01/rdf-schema#label> ?label FILTER(LANG(?label) = ?lang)
} ORDER BY ?thing
""",
    "a/labels",
    Path("labels.rq"),
)
STORE = MemoryStore(
    Quad(iri(thing), RDFS_LABEL, text(label, lang))
    for thing, label, lang in [
        ("id:shein", "Shein", "en"),
        ("id:shein", "希音", "zh"),
        ("id:aliexpress", "AliExpress", "en"),
        ("id:aliexpress", "速卖通", "zh"),
    ]
)


@pytest.mark.parametrize(
    ("values", "lang", "label"),
    [
        ({}, "en", "Shein"),
        ({}, "zh", "希音"),
        ({"thing": "速卖通"}, "en", "AliExpress"),
        ({"thing": ("AliExpress",)}, "zh", "速卖通"),
        ({"lang": "en"}, "zh", "Shein"),
    ],
)
def test_rows_in_the_language(values, lang, label):
    result = run(QUERY, values, STORE, lang=lang)
    assert [record["label"] for record in result.records()] == [label]
    assert result.title == ("名称" if lang == "zh" else "Labels of a thing")


def test_labels_come_from_the_store():
    result = run(QUERY, {}, STORE, lang="zh")
    assert result.labels([iri("id:aliexpress").value], result.lang) == {iri("id:aliexpress").value: "速卖通"}


def test_other_columns_than_the_header_says_are_an_error():
    text = QUERY.text.replace("SELECT ?thing ?label", "SELECT ?label ?thing")
    with pytest.raises(QueryError, match=r"labels\.rq: the answer has the columns label thing, the header thing label"):
        run(parse_saved(text, "a/labels", QUERY.path), {}, STORE)


def test_a_bad_value_reaches_no_store():
    class Closed:
        def select(self, *_, **__):
            raise AssertionError("asked")

    with pytest.raises(BadParameter):
        run(QUERY, {"lang": "fr"}, Closed())


def test_rows_are_read_when_they_are_asked_for():
    result = run_text("SELECT ?x { VALUES ?x { 1 2 } }", STORE)
    assert isinstance(result, Result)
    kept = result.kept()
    assert kept.kept() is kept
    assert [record["x"] for record in kept.records()] == [record["x"] for record in kept.records()] == [1, 2]


def test_other_forms_of_query():
    assert run_text("ASK { ?s ?p ?o }", STORE) == Truth(True)
    graph = run_text("CONSTRUCT WHERE { ?s ?p ?o }", STORE)
    assert isinstance(graph, Graph)
    assert len(list(graph.triples)) == 4


def test_an_update_is_refused():
    with pytest.raises(UpdateRefused):
        run_text("DELETE WHERE { ?s ?p ?o }", STORE)


def typed(written, kind):
    return Literal(written, datatype=NamedNode(XSD + kind))


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (iri("id:shein"), "https://w3id.org/cbec-kg/id/shein"),
        (BlankNode("b"), "_:b"),
        (text("希音", "zh"), "希音"),
        (integer(42), 42),
        (typed("9.80", "decimal"), Decimal("9.8")),
        (typed("NaNa", "decimal"), "NaNa"),
        (typed("1.5E0", "double"), 1.5),
        (typed("-INF", "double"), float("-inf")),
        (typed("1", "boolean"), True),
        (typed("yes", "boolean"), "yes"),
        (typed("2021-01-14T00:00:00", "dateTime"), datetime(2021, 1, 14)),
        (typed("2021-13-14T00:00:00", "dateTime"), "2021-13-14T00:00:00"),
        (typed("P1D", "duration"), "P1D"),
    ],
)
def test_python_values_of_terms(term, value):
    assert to_python(term) == value
    assert type(to_python(term)) is type(value)


@pytest.mark.parametrize(
    ("term", "kinds"),
    [
        (iri("id:shein"), {"iri", "term"}),
        (BlankNode("b"), {"iri", "term"}),
        (text("希音", "zh"), {"string", "term"}),
        (Literal("x"), {"string", "term"}),
        (integer(42), {"integer", "decimal", "term"}),
        (typed("9.8", "decimal"), {"decimal", "term"}),
        (typed("true", "boolean"), {"boolean", "term"}),
        (typed("2021-01-14T00:00:00", "dateTime"), {"date", "term"}),
    ],
)
def test_where_a_term_fits(term, kinds):
    from cbec_kg.query.saved import COLUMN_TYPES

    assert {kind for kind in COLUMN_TYPES if fits(term, kind)} == kinds
