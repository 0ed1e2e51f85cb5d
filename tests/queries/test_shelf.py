"""The tests of saved queries, tested: on a small graph they pass, and each fault that they are for makes them fail."""

import shutil
from pathlib import Path

import pytest

from cbec_kg.errors import BadParameter
from cbec_kg.rdf.parse import parse_quads

from .shelf import Copy, Mutation, Shelf, answer, faults, misfits, shuffled, write_golden, written

TOY = Path(__file__).parent / "toy"
GRAPH = """
@prefix cbec: <https://w3id.org/cbec-kg/ontology#> .
@prefix id: <https://w3id.org/cbec-kg/id/> .
@prefix art: <https://w3id.org/cbec-kg/article/> .
@prefix claim: <https://w3id.org/cbec-kg/claim/> .
@prefix ev: <https://w3id.org/cbec-kg/evidence/> .
@prefix obs: <https://w3id.org/cbec-kg/obs/> .
@prefix period: <https://w3id.org/cbec-kg/period/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
id:aliexpress a cbec:Platform ; rdfs:label "AliExpress"@en , "速卖通"@zh .
id:g100 rdfs:label "G100"@en , "百强计划"@zh . id:no-date rdfs:label "Undated plan"@en , "无日期计划"@zh .
claim:c1 cbec:subject id:aliexpress ; cbec:object id:g100 ; cbec:period period:2021 ; cbec:evidence ev:e1 , ev:e2 .
claim:c2 cbec:subject id:aliexpress ; cbec:object id:no-date ; cbec:evidence ev:e3 .
ev:e1 cbec:inArticle art:a1 . ev:e2 cbec:inArticle art:a2 . ev:e3 cbec:inArticle art:a2 .
period:2021 cbec:code "2021" . period:2022 cbec:code "2022" .
obs:y2021 cbec:period period:2021 ; cbec:level "1920000000000"^^xsd:decimal .
obs:y2022 cbec:period period:2022 ; cbec:level "2110000000000"^^xsd:decimal .
obs:y2022-other cbec:period period:2022 ; cbec:level 5.5 .
"""


def shelf(folder):
    return Shelf(folder / "queries", folder / "golden", folder / "mutations.yaml")


@pytest.fixture(scope="module")
def toy_graph(tmp_path_factory):
    path = tmp_path_factory.mktemp("graph") / "graph.ttl"
    path.write_text(GRAPH, "utf-8")
    return Copy(parse_quads(path))


@pytest.fixture
def folder(tmp_path):
    """A copy of the toy shelf, to be spoilt."""
    return shutil.copytree(TOY, tmp_path / "toy")


def spoil(folder, file, old, new):
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_a_sound_shelf_passes(toy_graph):
    toy = shelf(TOY)
    assert toy.gaps() == []
    assert len(toy.cases()) == 4
    for case in toy.cases():
        query = toy.catalogue.find(case.query)
        assert faults(query) == []
        result = answer(query, case.values, toy_graph)
        assert written(result) == case.rows()
        assert misfits(query, result) == []
        for seed in range(5):
            assert written(answer(query, case.values, shuffled(list(toy_graph.quads()), seed))) == case.rows()


@pytest.mark.parametrize("place", range(3))
def test_a_change_is_noticed_and_undone(place, toy_graph):
    toy = shelf(TOY)
    mutation = toy.mutations()[place]
    query = toy.catalogue.find(mutation.query)
    values = mutation.change.get("with", {})
    before, quads = written(answer(query, values, toy_graph)), set(toy_graph.quads())
    gone = mutation.quads(toy_graph)
    assert gone
    with toy_graph.without(gone):
        assert written(answer(query, values, toy_graph)) != before
    assert set(toy_graph.quads()) == quads


def test_forgetting_takes_what_leads_to_a_thing_and_from_it(toy_graph):
    gone = Mutation("x/y", {"forget": "?it cbec:subject id:aliexpress ; cbec:period ?period"}).quads(toy_graph)
    assert len(gone) == 5
    assert Mutation("x/y", {"remove": ["id:nobody", None, None]}).quads(toy_graph) == []


@pytest.mark.parametrize(
    ("file", "gap"),
    [
        ("golden/trade/levels.csv", "trade/levels: no golden rows of default"),
        ("golden/trade/levels.large.csv", "trade/levels: no golden rows of large"),
        ("queries/trade/levels.rq", "levels.csv: golden rows of no query"),
        ("queries/trade/levels.rq", "mutations.yaml: trade/levels is no query"),
    ],
)
def test_what_is_missing_is_a_gap(folder, file, gap):
    (folder / file).unlink()
    assert any(gap in found for found in shelf(folder).gaps())


def test_a_query_without_a_mutation_is_a_gap(folder):
    (folder / "mutations.yaml").write_text("platforms/programmes:\n  - {rmove: [null, null, null]}\n")
    gaps = shelf(folder).gaps()
    assert gaps == [
        "trade/levels: no mutation; add one to mutations.yaml",
        "mutations.yaml: platforms/programmes has a change that is neither remove nor forget",
    ]


def test_a_graph_that_there_is_not_is_a_gap(folder):
    spoil(folder, "mutations.yaml", "{forget:", "{graph: revisde, forget:")
    assert shelf(folder).gaps() == ["platforms/programmes: revisde is no graph; use one of curated, revised"]


def test_a_query_out_of_reach_is_a_gap(folder):
    (folder / "queries" / "Top.rq").write_text("SELECT * {}")
    assert "no name reaches it" in shelf(folder).gaps()[0]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("#+ zh: {summary: 某年的数值, description: 某年有哪些数值？}\n", "", "no Chinese summary"),
        (", description: 某年有哪些数值？", "", "no description in both languages"),
        ("ORDER BY ?year ?observation", "# ORDER BY ?year", "no ORDER BY"),
        (
            "SELECT ?observation ?year",
            "SELECT ?year ?observation",
            "the SELECT has year observation level, the header has",
        ),
        (
            "PREFIX cbec: <https://w3id.org/cbec-kg/ontology#>\n",
            "",
            "Oxigraph without the project's prefixes cannot read it",
        ),
        ("?level > ?above", "?level > ", "rdflib cannot read it"),
        ("default: 0,", "default: 1,", 'the header\'s default of above is "1"^^'),
        ("default: null", 'default: "2022"', "the header's default of year is <https://w3id.org/cbec-kg/period/2022>"),
        ("?observation cbec:period ?period", "GRAPH ?g { ?observation cbec:period ?period }", "GRAPH: saved queries"),
    ],
)
def test_a_query_that_does_not_read_everywhere_is_at_fault(folder, old, new, fault):
    if new.startswith("GRAPH"):
        spoil(
            folder, "queries/trade/levels.rq", "?period ; cbec:level ?level", "?period . ?observation cbec:level ?level"
        )
    spoil(folder, "queries/trade/levels.rq", old, new)
    found = faults(shelf(folder).catalogue.find("trade/levels"))
    assert any(fault in one for one in found), found


def test_an_order_with_ties_is_found_out(folder, toy_graph):
    spoil(folder, "queries/trade/levels.rq", "ORDER BY ?year ?observation", "ORDER BY ?year")
    query = shelf(folder).catalogue.find("trade/levels")
    quads = list(toy_graph.quads())
    assert len({str(written(answer(query, {}, shuffled(quads, seed)))) for seed in range(9)}) > 1


def test_a_cell_of_another_type_is_found_out(folder, toy_graph):
    spoil(folder, "queries/trade/levels.rq", "level: decimal", "level: iri")
    query = shelf(folder).catalogue.find("trade/levels")
    assert misfits(query, answer(query, {}, toy_graph))[0].endswith("is no iri")


def test_golden_rows_are_written_as_they_are_read(folder, toy_graph):
    for case in shelf(folder).cases():
        query = shelf(folder).catalogue.find(case.query)
        expected = case.file.read_bytes()
        case.file.unlink()
        write_golden(case, answer(query, case.values, toy_graph))
        assert case.file.read_bytes() == expected


def test_values_of_a_set_are_checked(toy_graph):
    query = shelf(TOY).catalogue.find("trade/levels")
    with pytest.raises(BadParameter):
        answer(query, {"yaer": "2022"}, toy_graph)
