"""Rows: values, labels, sources, how they show themselves, and files."""

import copy
import io
import pickle
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import numpy
import pyarrow.parquet
import pytest

import cbec_kg
from cbec_kg.api.knowledge_graph import KnowledgeGraph
from cbec_kg.errors import CbecError
from cbec_kg.query.formats.registry import FORMATS
from cbec_kg.rdf.terms import RDFS_LABEL, NamedNode, Quad, integer, iri, text
from cbec_kg.store.embedded import MemoryStore


def many(count):
    """A graph with so many numbers."""
    return KnowledgeGraph(
        MemoryStore(Quad(NamedNode(f"x:{n:03}"), iri("cbec:rank"), integer(n)) for n in range(count))
    ).sparql("SELECT ?n { ?s cbec:rank ?n } ORDER BY ?n")


def test_values_have_their_types(kg):
    row = kg.query("figures/trade-over-time")[0]
    assert isinstance(row.level, Decimal)
    assert isinstance(row.start, int)
    assert isinstance(row.claim, cbec_kg.Iri)
    assert row["level"] == row[list(row._fields).index("level")] == row.level


def test_labels_come_from_the_row_or_from_the_graph(kg):
    row = kg.query("platforms/programmes", platform="速卖通", lang="zh")[0]
    assert (row.programme.label, row.programmeLabel, row.status.label) == (
        row.programmeLabel,
        "G100出海计划",
        "已成事实",
    )


def test_rows_travel(kg):
    rows = list(kg.query("platforms/programmes"))
    for again in (pickle.loads(pickle.dumps(rows)), copy.deepcopy(rows)):
        assert again == rows
        assert [row.status.label for row in again] == [row.status.label for row in rows] == ["actual", "actual"]


@pytest.mark.parametrize("name", ["platforms/programmes", "findings/derivations"])
def test_an_answer_travels_whole(name, kg):
    rows = kg.query(name, lang="zh", limit=2)
    for again in (pickle.loads(pickle.dumps(rows)), copy.deepcopy(rows)):
        assert again == rows
        assert again.cut == rows.cut
        assert repr(again) == repr(rows)
        assert again[1:].sources == rows.sources_of(1) != ()
        assert again.given == rows.given


def test_a_slice_is_rows(kg):
    rows = kg.query("platforms/programmes")
    assert isinstance(rows[1:], cbec_kg.Rows)
    assert list(rows[1:]) == [rows[1]]
    assert rows[1:].sources == rows.sources_of(1) != rows.sources_of(0)
    assert rows[:] == rows != rows[1:]


def test_sources_are_those_of_the_row_or_of_its_finding(kg):
    rows = kg.query("findings/derivations")
    assert "article" not in [column.name for column in rows.columns]
    assert all(source.start < source.end for source in rows.sources)
    assert all(rows.sources_of(place) for place in range(len(rows)))


def test_columns_say_what_stands_in_them(local):
    columns = local.sparql('SELECT ?a ?b ?c ?none { VALUES (?a ?b ?c) { (1 id:shein "x"@zh) (2 id:temu 3) } }').columns
    assert [column.type for column in columns] == ["integer", "iri", "term", "term"]
    assert local.query("platforms/programmes", lang="zh").columns[0] == ("programme", "iri", "计划")


def test_long_answers_are_shown_in_part():
    rows = many(51)
    assert repr(rows).endswith("50 rows (the first 50; 1 more are not shown)")
    assert rows._repr_html_().endswith("<p>(the first 50; 1 more are not shown)</p>")
    assert repr(many(50)).endswith("\n50 rows")
    assert len(rows.to_text("csv").splitlines()) == 52


def test_a_limit_is_told(kg):
    rows = kg.query("platforms/programmes", limit=1)
    assert (len(rows), rows.cut) == (1, True)
    assert repr(rows).endswith("1 row (there are more: cut at the limit)")
    assert not kg.query("platforms/programmes", limit=2).cut
    assert len(kg.query("platforms/programmes", limit=numpy.int64(1))) == 1
    assert [kg.suggest("platforms/programmes", "platform", limit=most).cut for most in (1, None)] == [True, False]
    triples = kg.sparql("CONSTRUCT { ?s a cbec:Platform } WHERE { ?s a cbec:Platform }", limit=3)
    assert (len(triples), triples.cut) == (3, True)
    assert repr(triples).endswith("\n# there are more: cut at the limit")
    assert "cut at" not in repr(kg.sparql("CONSTRUCT WHERE { id:shein a ?class }", limit=100))


def test_a_notebook_gets_no_markup_from_the_graph():
    shein = iri("id:shein")
    graph = KnowledgeGraph(MemoryStore([Quad(shein, RDFS_LABEL, text("<img src=x onerror=alert(1)>\x1b[31m", "en"))]))
    shown = graph.sparql("SELECT ?s ?label { ?s rdfs:label ?label }")._repr_html_()
    assert "<img" not in shown
    assert "&lt;img" in shown
    assert (
        "\x1b" not in shown + repr(graph.sparql("DESCRIBE id:shein")) + graph.sparql("DESCRIBE id:shein")._repr_html_()
    )
    assert "<img" not in graph.sparql("DESCRIBE id:shein")._repr_html_()


def test_rich_draws_the_table(local):
    from rich.console import Console

    drawing = io.StringIO()
    rows = local.query("sources/speakers")
    Console(file=drawing, width=100, color_system=None).print(rows)
    assert "Ministry of Commerce id:ministry-of-commerce" in drawing.getvalue()
    assert max(map(len, drawing.getvalue().splitlines())) <= 100


@pytest.mark.parametrize("name", FORMATS)
def test_files_are_those_of_the_commands(name, local, built_store, tmp_path):
    target = tmp_path / f"answer{FORMATS[name].suffix}"
    local.query("platforms/programmes").write(target)
    with (tmp_path / "opened").open("wb") as out:
        local.query("platforms/programmes").write(out, name)
    assert target.read_bytes() == (tmp_path / "opened").read_bytes() or name == "xlsx"  # which holds the time
    if name == "parquet":
        assert pyarrow.parquet.read_table(target).num_rows == 2
    elif name == "csv":
        command = [sys.executable, "-m", "cbec_kg", "query", "platforms/programmes", "--format", "csv"]
        done = subprocess.run([*command, "--store", str(built_store)], capture_output=True, check=True)
        assert done.stdout == target.read_bytes()
        assert local.query("platforms/programmes").to_csv().encode() == done.stdout


@pytest.mark.parametrize(
    ("target", "form", "says"),
    [
        ("answer", None, "says no format"),
        ("answer.doc", None, "says no format"),
        ("answer.csv", "cvs", "unknown format 'cvs': did you mean csv"),
        ("none/answer.csv", None, "cannot be written"),
        ("answer.ttl", None, "ttl holds triples, and the answer has none"),
    ],
)
def test_what_cannot_be_written_is_not_begun(target, form, says, local, tmp_path):
    with pytest.raises(CbecError, match=says):
        local.query("platforms/programmes").write(tmp_path / target, form)
    assert list(tmp_path.iterdir()) == []


def test_a_file_for_text_is_refused(local, tmp_path):
    with Path(tmp_path / "answer.csv").open("w") as out, pytest.raises(CbecError, match="open for text"):
        local.query("platforms/programmes").write(out)
    with pytest.raises(CbecError, match="xlsx is no text"):
        local.query("platforms/programmes").to_text("xlsx")


def test_triples(kg):
    triples = kg.sparql("CONSTRUCT WHERE { id:aliexpress cbec:launches ?o }")
    assert [triple.object.compact for triple in triples] == [
        "id:domestic-products-going-overseas",
        "id:g100-overseas-plan",
    ]
    assert len(triples.to_rdflib()) == len(triples) == len(triples.to_text("nt").splitlines()) == 2
    assert triples[:1] != triples[:] == triples
