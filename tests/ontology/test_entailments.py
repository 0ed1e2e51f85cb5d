"""What users rely on follows, and what they might wrongly expect does not: by our own reasoner and by HermiT."""

import pytest
import yaml

from cbec_kg import paths
from cbec_kg.ontology.catalog import imports
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import RDF_TYPE, Triple, iri
from cbec_kg.reason.materialise import Index, clashes, materialise
from cbec_kg.reason.rules import compile_rules
from tests.conftest import ROOT, cases

from .asked import hermit, triples_of
from .java import needs_java

NAME = "ontology/entailments.yaml"
ROWS = cases(NAME)


@pytest.fixture(scope="module")
def rules():
    folder = paths.ontology()
    files = imports(folder / "ontology.ttl", folder / "catalog-v001.xml")
    return compile_rules([triple for path in files for triple in parse_file(path)])


def holds(triple, known, rules):
    """Whether our reasoner has a triple; classes above classes are in its tables, not in its graph."""
    if triple.predicate == iri("rdfs:subClassOf"):
        return triple.object in rules.classes_above(triple.subject)
    return triple in known


@pytest.mark.parametrize("row", ROWS)
def test_our_reasoner(row, rules):
    given = triples_of(row["given"])
    known = {*given, *materialise(given, rules, Index())}
    assert bool(clashes(known, rules)) == row.get("clash", False)
    assert [str(triple) for triple in triples_of(row.get("gives", "")) if not holds(triple, known, rules)] == []
    assert [str(triple) for triple in triples_of(row.get("not", "")) if holds(triple, known, rules)] == []


def asked(row):
    """Triples of a row with whether they are to follow."""
    return [
        *((t, True) for t in triples_of(row.get("gives", ""))),
        *((t, False) for t in triples_of(row.get("not", ""))),
    ]


@pytest.fixture(scope="module")
def answers():
    rows = yaml.safe_load((ROOT / "tests" / NAME).read_text("utf-8"))
    # One more row that must come out otherwise, for an answer that is always the same to be seen.
    planted = {"id": "planted", "given": "id:a cbec:locatedIn id:b .", "not": "id:b a cbec:Place ."}
    said = hermit((row["given"], True, [triple for triple, _ in asked(row)]) for row in [*rows, planted])
    return {row["id"]: answer for row, answer in zip([*rows, planted], said, strict=True)}


@needs_java
@pytest.mark.parametrize("row", ROWS)
def test_hermit(row, answers):
    answer = answers[row["id"]]
    assert answer["consistent"] != row.get("clash", False)
    wanted = asked(row)
    wrong = [str(t) for (t, follows), said in zip(wanted, answer["entailed"], strict=True) if said != follows]
    assert wrong == []


@needs_java
def test_a_wrong_row_is_seen(answers, rules):
    assert answers["planted"] == {"consistent": True, "entailed": [True]}
    given = triples_of("id:a cbec:locatedIn id:b .")
    wrong = Triple(iri("id:b"), RDF_TYPE, iri("cbec:Place"))
    assert wrong in materialise(given, rules, Index())


def test_every_row_says_something():
    rows = yaml.safe_load((ROOT / "tests" / NAME).read_text("utf-8"))
    assert all(row.get("clash") or row.get("gives") or row.get("not") for row in rows)
    assert not any(row.get("clash") and (row.get("gives") or row.get("not")) for row in rows)
    counts = [sum(len(triples_of(row.get(key, ""))) for row in rows) for key in ("gives", "not")]
    assert min(counts) > 80
