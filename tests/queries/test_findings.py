"""Saved queries about findings, on a small graph made by hand: their rows, and that each rests on the finding."""

from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from cbec_kg import paths
from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import FINDING
from cbec_kg.pipeline.sources import read_sources
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import NamedNode, Quad
from cbec_kg.reconcile.figure import Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.triples.findings import finding_triples
from cbec_kg.triples.names import Namer

from .shelf import Copy, answer, misfits, shuffled, written

HERE = Path(__file__).parent / "findings"
ROWS = yaml.safe_load((HERE / "findings.yaml").read_text("utf-8"))
CATALOGUE = Catalogue(paths.queries())
CASES = [
    pytest.param(name, values, rows, id=f"{name}-{number}")
    for name, several in ROWS["queries"].items()
    for number, (values, rows) in enumerate(several)
]


def made(keys):
    point = Point(Slots("cbec-trade-value", "china", "all", "all", "total", "gac-total"), keys.get("period", "2022"))
    numbers = {name: Decimal(str(keys[name])) for name in ("value", "lower", "upper", "gap") if name in keys}
    several = {name: tuple(keys.get(name, ())) for name in ("claims", "explanations")}
    told = {name: keys[name] for name in ("kind", "check", "unit", "tested", "calculation") if name in keys}
    return Finding(point=point, measure="level", formula="a = b", **told, **numbers, **several)


FOUND = {name: made(keys) for name, keys in ROWS["findings"].items()}
DIGESTS = {f"finding:{finding.digest}": name for name, finding in FOUND.items()}


@pytest.fixture(scope="module")
def graph():
    sources = read_sources(paths.resources())
    namer = Namer(sources.vocabulary)
    triples = {*sources.ontology, *sources.entities, *parse_file(HERE / "claims.ttl")}
    for finding in FOUND.values():
        triples |= finding_triples(finding, namer, stated=False)
    return Copy(Quad(*triple) for triple in triples)


def cells(result, rows):
    """Rows as they are, of each the cells that the expected row at its place names."""
    head, *found = written(result)
    found = [dict(zip(head, (DIGESTS.get(cell, cell) for cell in row), strict=True)) for row in found]
    if len(found) != len(rows):
        return found
    return [{name: row[name] for name in want} for row, want in zip(found, rows, strict=True)]


@pytest.mark.parametrize(("name", "values", "rows"), CASES)
def test_rows(name, values, rows, graph):
    query = CATALOGUE.find(name)
    result = answer(query, values, graph)
    assert cells(result, rows) == rows
    assert misfits(query, result) == []


@pytest.mark.parametrize(("name", "values", "rows"), CASES)
def test_order_does_not_depend_on_the_store(name, values, rows, graph):
    query = CATALOGUE.find(name)
    expected = written(answer(query, values, graph))
    for seed in (1, 2):
        assert written(answer(query, values, shuffled(list(graph.quads()), seed))) == expected


@pytest.mark.parametrize(
    ("name", "finding"),
    [(name, row["finding"]) for name, several in ROWS["queries"].items() for _, rows in several[:1] for row in rows
     if "finding" in row],
)  # fmt: skip
def test_a_finding_that_goes_takes_its_row_along(name, finding, graph):
    query, values = CATALOGUE.find(name), ROWS["queries"][name][0][0]
    before = len(written(answer(query, values, graph)))
    with graph.without(list(graph.having(subject=NamedNode(FINDING + FOUND[finding].digest)))):
        assert len(written(answer(query, values, graph))) == before - 1
