"""The shapes are sound, and lint finds every fault that is planted in one."""

import pyoxigraph
import pytest

from cbec_kg import paths
from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import Literal, Triple
from cbec_kg.validate import fast
from cbec_kg.validate.lint import ignored, lint
from cbec_kg.validate.shapes import read_shapes
from tests.conftest import cases

LINES = (
    "sh:targetClass cbec:Period",
    "sh:minCount 1",
    "sh:severity sh:Violation",
    'sh:message "Add a code."@en , "请添加代码。"@zh',
)


@pytest.fixture(scope="module")
def ontology() -> list[Triple]:
    folder = paths.ontology()
    files = [*folder.glob("modules/*.ttl"), *folder.glob("vocab/*.ttl")]
    return [triple for file in files for triple in parse_file(file)]


def planted(row: dict) -> list[Triple]:
    """Triples of the header and of the row's shape."""
    lines = [row.get("shape", "cs:Example a sh:PropertyShape ; sh:path cbec:code"), *LINES]
    if "without" in row:
        lines = [line.replace(" ; sh:path cbec:code", "") if row["without"] == "sh:path" else line for line in lines]
        lines = [line for line in lines if not line.startswith(row["without"])]
    if "query" in row:
        head = "sh:sparql [ a sh:SPARQLConstraint ; sh:prefixes <https://w3id.org/cbec-kg/shapes> ; sh:select"
        lines.append(f"{head} '''{row['query']}''' ]")
    lines += [row["add"]] if "add" in row else []
    text = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items()) + " ; ".join(lines) + " ."
    quads = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
    return [*parse_file(paths.ontology() / "shapes" / "header.ttl"), *(quad.triple for quad in quads)]


def test_our_shapes_are_sound(ontology: list[Triple]):
    assert lint(read_shapes(), ontology) == ()


@pytest.mark.parametrize("row", cases("validate/cases_lint.yaml"))
def test_planted_fault(row: dict, ontology: list[Triple]):
    flaws = lint(planted(row), ontology)
    assert len(flaws) == len(row["problems"]), flaws
    for flaw, problem in zip(flaws, sorted(row["problems"]), strict=True):
        assert flaw.problem.startswith(problem)
        assert flaw.problem == problem or problem.endswith(": ")
        assert flaw.shape in ("cs:Example", "cbec:Period")


def test_no_shape_is_a_flaw():
    header = list(parse_file(paths.ontology() / "shapes" / "header.ttl"))
    assert [flaw.problem for flaw in lint(header)] == ["there is no shape at all"]


def test_prefix_of_another_meaning():
    shapes = [
        Triple(t.subject, t.predicate, Literal("urn:other", datatype=t.object.datatype))
        if isinstance(t.object, Literal) and t.object.value == PREFIXES["skos"]
        else t
        for t in read_shapes()
    ]
    assert {flaw.problem for flaw in lint(shapes)} == {
        "the header declares another namespace for skos: than the project's"
    }


@pytest.mark.parametrize("name", ["misspelt constraint", "script that only one engine runs", "count in quotes"])
def test_no_engine_is_asked_what_it_would_pass_over(name: str):
    row = next(param.values[0] for param in cases("validate/cases_lint.yaml") if param.id == name)
    assert ignored(planted(row))
    with pytest.raises(OntologyError, match="cs:Example cannot be evaluated"):
        fast.validate([], planted(row))


def test_no_shapes_in_a_folder(tmp_path):
    with pytest.raises(OntologyError, match="no shapes in"):
        read_shapes(tmp_path)
