"""OWLAPI and HermiT find what is planted: profiles, consistency, counts. What they say of the project: test_check.

One JVM reads all faults, in a process of its own: a JVM that once started in the test process never leaves it.
"""

import pytest

from cbec_kg.ontology import logic
from cbec_kg.ontology.check import find_logic
from cbec_kg.ontology.closure import read_closure
from tests.conftest import cases

from .java import needs_java

pytestmark = needs_java

PREFIXES = """
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://example.org/case> a owl:Ontology .
ex:A a owl:Class . ex:B a owl:Class . ex:p a owl:ObjectProperty . ex:d a owl:DatatypeProperty .
ex:a a owl:NamedIndividual , ex:A .
"""
FAULTS = cases("ontology/faults.yaml")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory):
    """Problems of every planted fault, by its name and gate."""
    folder, reads = tmp_path_factory.mktemp("faults"), {}
    for number, parameter in enumerate(FAULTS):
        (fault,) = parameter.values
        path = folder / f"{number}{'.owl' if 'rdfxml' in fault else '.ttl'}"
        path.write_text(fault.get("rdfxml") or PREFIXES + fault["turtle"], "utf-8")
        reads[fault["id"]] = read_closure(path)
    closures = [logic.Closure(tuple(read.files), read.known) for read in reads.values()]
    with logic.reading(closures) as reading:
        said = reading.answers()
    return {
        name: {gate.name: [problem.line() for problem in gate.problems] for gate in find_logic(read, answer)}
        for (name, read), answer in zip(reads.items(), said, strict=True)
    }


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault, found) -> None:
    gates = found[fault["id"]]
    for gate, wanted in fault["found"].items():
        assert any(wanted in line for line in gates[gate]), gates
    assert {gate for gate, lines in gates.items() if lines} == set(fault["found"])


def test_java_that_fails_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logic.sys, "executable", "/bin/false")
    with logic.reading([]) as reading, pytest.raises(logic.CbecError, match="OWLAPI could not be run"):
        reading.answers()
