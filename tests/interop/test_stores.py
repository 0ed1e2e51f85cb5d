"""What every store keeps: the same answers, row by row, to the same questions.

The embedded store is tested here with all others; `make interop` adds the servers (see `stores`). A row with
``but: {STORE: reason}`` is a difference that is known, and must stay one until it is taken out.
"""

from pathlib import Path

import pytest
import yaml

import cbec_kg.errors
from cbec_kg import paths
from cbec_kg.cli import main
from cbec_kg.errors import CbecError, QueryError, QueryTimeout, UpdateRefused
from cbec_kg.query.convert import written_iri
from cbec_kg.query.header import parse_saved
from cbec_kg.query.labels import labels_of
from cbec_kg.query.resolve import Resolver
from cbec_kg.query.run import bound_text
from cbec_kg.rdf.terms import BlankNode, Literal, NamedNode, Triple, iri
from cbec_kg.store.base import Solutions
from tests.queries.shelf import Case, Shelf, answer, misfits, written

HERE = Path(__file__).parent
TESTS = HERE.parent
SHELF = Shelf(paths.queries(), TESTS / "queries" / "golden", TESTS / "queries" / "mutations.yaml")
ECHO = parse_saved((HERE / "echo.rq").read_text("utf-8"), "interop/echo", HERE / "echo.rq")
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def rows(name):
    """Rows of a case file; what differs in one store is marked when that store is tested."""
    return [pytest.param(row, id=str(row["id"])) for row in yaml.safe_load((HERE / "cases" / name).read_text("utf-8"))]


@pytest.fixture
def store(opened):
    return opened("curated").store


@pytest.fixture
def known_difference(request, kind):
    """Expects the failure that the row knows of in this store."""
    row = request.node.callspec.params["row"]
    if reason := row.get("but", {}).get(kind):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))


def spelled(answer):
    """An answer as case files have it: rows of terms, a boolean, or sorted triples."""
    if isinstance(answer, Solutions):
        return [[None if term is None else str(term) for term in row] for row in answer.rows]
    return answer if isinstance(answer, bool) else sorted(map(str, answer))


# Saved queries.


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.query}-{case.set}") for case in SHELF.cases()])
def test_a_saved_query_gives_the_expected_rows(case: Case, kind, opened, report):
    expected = case.rows()
    report.add(case.query, case.set, kind, None, False)
    query = SHELF.catalogue.find(case.query)
    result = answer(query, case.values, opened(case.graph).store)
    found = written(result)
    report.add(case.query, case.set, kind, len(found) - 1, found == expected)
    assert found == expected
    assert misfits(query, result) == []


# What `Store` promises.


@pytest.mark.usefixtures("known_difference")
@pytest.mark.parametrize("row", rows("queries.yaml"))
def test_a_query_is_answered(row, store):
    assert spelled(store.query(row["query"])) == row["answer"]


@pytest.mark.usefixtures("known_difference")
@pytest.mark.parametrize("row", rows("errors.yaml"))
def test_what_cannot_be_run_is_said_in_one_line(row, store):
    with pytest.raises(getattr(cbec_kg.errors, row["raises"])) as caught:
        list(store.select(row["query"]).rows)
    said = str(caught.value)
    assert len(said.splitlines()) == 1
    assert all(part in said for part in row.get("says", ())), said


def test_a_description_tells_of_the_thing(store):
    told = list(store.query("DESCRIBE id:shein"))
    assert Triple(iri("id:shein"), iri("rdfs:label"), Literal("Shein", language="en")) in told


def test_an_update_changes_nothing(store):
    (before,) = store.select(COUNT).rows
    with pytest.raises(UpdateRefused):
        store.query("DELETE WHERE { ?s ?p ?o }")
    assert list(store.select(COUNT).rows) == [before]


def test_only_a_select_has_rows(store):
    with pytest.raises(QueryError):
        store.select("ASK { ?s ?p ?o }")


def test_the_named_graphs_are_the_same(store, graph):
    assert store.graphs() == graph.graphs()


def test_each_graph_has_the_same_quads(store, graph):
    for name in ("", *graph.graphs()):
        ours, theirs = list(graph.quads(name)), list(store.quads(name))
        assert len(theirs) == len(ours), name
        assert set(filter(named, theirs)) == set(filter(named, ours)), name


def named(quad):
    """Whether no part of a quad is a blank node, whose name a store may change."""
    return not any(isinstance(term, BlankNode) for term in (quad.subject, quad.object))


def test_a_long_answer_comes_whole(store, graph):
    text = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
    assert sum(1 for _ in store.select(text).rows) == sum(1 for _ in graph.quads(""))


def test_labels_of_many_things_are_the_same(store, graph):
    found = graph.select("SELECT DISTINCT ?thing { ?thing a cbec:Entity }").rows
    things = [thing.value for (thing,) in found]
    assert len(things) > 1000
    for lang in ("en", "zh"):
        assert labels_of(store, things, lang) == labels_of(graph, things, lang)


@pytest.mark.parametrize("row", rows("names.yaml"))
def test_a_name_means_the_same_thing(row, store, graph):
    (param,) = (one for one in SHELF.catalogue.find(row["query"]).params if one.name == row["param"])
    assert meant(store, param, row["name"]) == meant(graph, param, row["name"])
    if "means" in row:
        assert meant(store, param, row["name"]) == iri(row["means"]).value


def meant(store, param, name):
    try:
        return Resolver(store)(param, name).value
    except CbecError as error:
        return str(error)


# One figure.


@pytest.mark.parametrize("row", rows("asked.yaml"))
def test_a_question_has_the_same_answer(row, opened, built_store, capsys):
    answers = []
    for place in (opened("curated").place, str(built_store)):
        code = main([*map(str, row["command"]), "--format", "json", "--store", place])
        told = capsys.readouterr()
        answers.append((code, told.out, told.err))
    assert answers[0] == answers[1]
    assert answers[0][0] == 0
    assert f'"type": "{row["type"]}"' in answers[0][1]


# Values: what goes in as a term comes out as that term.


@pytest.mark.usefixtures("known_difference")
@pytest.mark.parametrize("row", rows("echo.yaml"))
def test_a_value_comes_back_as_it_was_given(row, store):
    value = row["value"] * row["times"] if "times" in row else row["value"]
    text = bound_text(ECHO, {row["type"]: value}, any_iri)
    found = store.select(text)
    (line,) = found.rows
    assert dict(zip(found.variables, line, strict=True))[row["type"]] == expected(row["type"], value)


def any_iri(param, written):
    node = written_iri(written)
    assert node is not None
    return node


def expected(kind, value):
    if kind == "iri":
        return NamedNode(value)
    if kind in ("string", "lang"):
        return Literal(value)
    datatype = {"date": "dateTime"}.get(kind, kind)
    text = f"{value}T00:00:00" if kind == "date" else str(value)
    return Literal(text, datatype=iri(f"xsd:{datatype}"))


# Last, for a server may go on working on a query that nobody waits for.


def test_a_query_ends_at_its_deadline(store):
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . FILTER(CONCAT(STR(?a), STR(?d)) = 'x') }"
    with pytest.raises(QueryTimeout):
        store.select(slow, timeout=1.0)
