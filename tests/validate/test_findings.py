"""Findings beside a report: counted, each disagreement in a line that leads to the articles, the same for programs."""

import json
from functools import cache

import pytest
import rdflib
import yaml

from cbec_kg.cli.main import main
from cbec_kg.namespaces import CBEC, CLAIM, FINDING
from cbec_kg.pipeline import check
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.store.embedded import EmbeddedStore, MemoryStore
from cbec_kg.validate.findings import as_json, read_findings, to_text, to_turtle
from tests.conftest import ROOT
from tests.queries.revised import revised_quads
from tests.queries.shelf import Copy

TEXTS = yaml.safe_load((ROOT / "tests" / "validate" / "cases_findings.yaml").read_text("utf-8"))
GROWN = NamedNode(FINDING + "7e0a7467c2ca42363da0")
"""A growth of 7.1 % against one that both flows give, with reasons."""
OFF = NamedNode(FINDING + "311ce8aa3c191bce47f1")
"""A forecast of 2.3 trillion (at most 2.35) against 2.38 (at least 2.375)."""
ROWS = ROOT / "data" / "articles" / "001_d49279904a86bcb3.jsonl"


@pytest.fixture(scope="module")
def graph():
    return Copy(Copy(revised_quads()).quads(""))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_lines_for_people(lang, graph):
    assert to_text(read_findings(graph), lang) == TEXTS[lang]


def test_without_a_disagreement_its_line_and_its_count_are_gone(graph):
    with graph.without(list(graph.having(subject=OFF))):
        lines = to_text(read_findings(graph)).splitlines()
    before = TEXTS["en"].splitlines()
    assert lines[0] == before[0].replace("6 disagree", "5 disagree")
    assert lines[1:] == [line for line in before[1:] if "forecast" not in line]


def test_without_a_reason_and_a_place_they_are_not_told(graph):
    parts = (CBEC + "explanation", CBEC + "basedOn")
    gone = [quad for quad in graph.having(subject=GROWN) if quad.predicate.value in parts]
    with graph.without(gone):
        (line,) = [one for one in to_text(read_findings(graph)).splitlines() if "exports and imports against" in one]
    assert line.endswith("0.852 percentage points apart")


def test_programs_get_every_finding(graph):
    told = json.loads(json.dumps(as_json(read_findings(graph))))
    assert told["counts"] == {"agreement": 11, "disagreement": 6, "revision": 3, "derivation": 15}
    assert len(told["results"]) == sum(told["counts"].values())
    (off,) = [one for one in told["results"] if one["finding"] == OFF.value]
    assert {key: off[key] for key in ("kind", "check", "gap", "unit", "explanations")} == {
        "kind": "disagreement", "check": "forecast-outturn", "gap": 25000000000, "unit": "CNY",
        "explanations": ["undetermined"],
    }  # fmt: skip
    assert off["tested"] == CLAIM + "fa7e6727f75567edf424" == off["places"][0]["claim"]
    assert [(place["article"], place["start"], place["end"]) for place in off["places"]] == [
        ("made-up-first", 400, 417),
        ("made-up-later", 300, 318),
    ]


def test_turtle_holds_the_same_triples(graph):
    found = read_findings(graph)
    read = rdflib.Graph().parse(data=to_turtle(found))
    assert len(read) == len(found.triples) > 0
    assert {str(subject) for subject in read.subjects()} == {one.iri for one in found.told}


def test_a_graph_without_findings():
    assert as_json(read_findings(MemoryStore()))["results"] == []


@pytest.fixture(scope="module")
def checked_once():
    """What the command shows is checked once, for all the forms in which it is shown."""
    files = cache(check.check_files)
    stored = cache(lambda folder, really=check.check_store: really(EmbeddedStore(folder)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "check_store", lambda graph: stored(graph.folder))
        patch.setattr(check, "check_files", lambda paths, resources: files(tuple(paths), resources))
        yield


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "\nFindings: 9 agree, 4 disagree, 0 revised, 15 derived\n  Cross-border"),
        ([str(ROWS)], "\nFindings: 0 agree, 1 disagree, 0 revised, 5 derived\n  Goods trade value"),
        ([str(ROWS), "--lang", "zh"], "\n结论：相符 0 项、不符 1 项、修订 0 项、推算 5 项\n"),
        (["--format", "json"], '"findings": {'),
        (["--format", "ttl"], "cbec:Disagreement"),
    ],
)
def test_the_command_tells_them(arguments, says, built_store, checked_once, monkeypatch, capsys):
    monkeypatch.setenv("CBEC_KG_STORE", str(built_store))
    assert main(["validate", *arguments]) == 0
    out = capsys.readouterr().out
    assert says in out
    if "ttl" in arguments:
        assert (None, rdflib.URIRef(CBEC + "gap"), None) in rdflib.Graph().parse(data=out)


def test_rdf_without_findings_is_not_said_to_agree(tmp_path, capsys):
    (tmp_path / "some.ttl").write_text("<urn:a> <urn:b> <urn:c> .\n", "utf-8")
    main(["validate", str(tmp_path / "some.ttl")])
    assert "Findings" not in capsys.readouterr().out
