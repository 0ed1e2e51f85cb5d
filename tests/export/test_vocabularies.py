"""The graph in other vocabularies: files as those of any export, and what is left out is counted."""

import re
from pathlib import Path

import pytest

from cbec_kg.cli.main import group
from cbec_kg.errors import CbecError
from cbec_kg.export import VOCABULARIES, export_as, left_out
from cbec_kg.export.vocabularies import rules
from cbec_kg.rdf.formats import FORMATS
from cbec_kg.store.embedded import EmbeddedStore, MemoryStore


@pytest.fixture(scope="module")
def other_store(built_store: Path) -> MemoryStore:
    """The same graph, written in another order into a store of another kind."""
    return MemoryStore(reversed(list(EmbeddedStore(built_store).quads(""))))


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_two_exports_are_the_same_bytes(tmp_path, built_store, other_store, vocabulary) -> None:
    one = export_as(EmbeddedStore(built_store), vocabulary, tmp_path / "one", list(FORMATS))
    two = export_as(other_store, vocabulary, tmp_path / "two", list(FORMATS))
    assert [file.sha256 for file in one] == [file.sha256 for file in two]
    assert [file.path.name for file in one] == [f"{vocabulary}{known.suffix}" for known in FORMATS.values()]
    assert all(file.count > 1_000 for file in one)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_a_vocabulary_has_rules_that_say_what_they_make(vocabulary: str) -> None:
    assert len(rules(vocabulary)) > 1
    for rule in rules(vocabulary):
        assert "#+ summary: " in rule.read_text("utf-8")


def test_an_empty_store_gives_the_structure_alone(tmp_path: Path) -> None:
    [file] = export_as(MemoryStore(), "data-cube", tmp_path / "cube.ttl")
    assert file.path.name == "cube.ttl"
    text = file.path.read_text("utf-8")
    assert "qb:DataStructureDefinition" in text
    assert "qb:Observation" not in text


def test_a_name_without_rules_is_refused() -> None:
    with pytest.raises(CbecError, match="no rules for 'cube': use one of data-cube, schema-org"):
        rules("cube")


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_what_is_left_out_has_a_reason_and_a_count(built_store: Path, vocabulary: str) -> None:
    entries = left_out(EmbeddedStore(built_store), vocabulary)
    assert {entry.reason for entry in entries} >= {"its period is left open"}
    assert sum(entry.count for entry in entries if entry.data_set.endswith("/figures")) == 14


def test_the_command_writes_it_and_says_what_is_left_out(tmp_path, built_store, capsys) -> None:
    arguments = ["export", "--to", str(tmp_path), "--as", "data-cube", "--format", "nt", "--store", str(built_store)]
    group.main(arguments, standalone_mode=False)
    out, err = capsys.readouterr()
    assert out.startswith(f"{tmp_path / 'data-cube.nt'}  ")
    assert "left out of figures: 10, its period is left open\n" in out
    assert err == ""


@pytest.mark.parametrize("more", [["--bundle"], ["--graph", "entities"]])
def test_a_vocabulary_is_of_the_whole_graph(tmp_path, built_store, more) -> None:
    arguments = ["export", "--to", str(tmp_path / "x"), "--as", "schema-org", "--store", str(built_store), *more]
    with pytest.raises(CbecError, match="leave --graph and --bundle out"):
        group.main(arguments, standalone_mode=False)
    assert not (tmp_path / "x").exists()


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
def test_the_table_in_the_docs_is_what_comes_of_it(tmp_path, built_store, monkeypatch, capsys) -> None:
    page = (Path(__file__).parents[2] / "docs" / "sharing.md").read_text("utf-8")
    section = page[page.index("## The figures as a Data Cube") : page.index("## The figures for schema.org")]
    [code], [said, printed] = (re.findall(rf"```{kind}\n(.*?)```", section, re.S) for kind in ("python", "text"))
    monkeypatch.chdir(tmp_path)
    arguments = ["export", "--to", "out", "--as", "data-cube", "--store", str(built_store)]
    group.main(arguments, standalone_mode=False)
    assert capsys.readouterr().out.partition("\n")[2] == said.partition("\n")[2]
    exec(compile(code, "docs/sharing.md", "exec"), {})
    assert capsys.readouterr().out == printed
