"""One rule of hygiene, one query: rows are violations. Each rule must fire on its own planted fault."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, RdfFormat, Store

from cbec_kg import paths
from cbec_kg.namespaces import compact
from cbec_kg.ontology.catalog import imports

ONTOLOGY = paths.ontology()
CASES = Path(__file__).parent / "cases"
RULES = sorted(ONTOLOGY.glob("hygiene/*.rq"))


def header(path: Path) -> dict[str, str]:
    """What the ``#+ key: value`` lines of a file say."""
    return dict(re.findall(r"^#\+ (\w+): (.+)$", path.read_text("utf-8"), re.M))


def violations(store: Store, rule: Path) -> Iterator[tuple[str, ...]]:
    """Rows of a rule, each term as short as it can be written; the first column is the term at fault."""
    for row in store.query(rule.read_text("utf-8")):
        yield tuple(compact(term.value) if isinstance(term, NamedNode) else str(term) for term in row)


def load(*files: Path) -> Store:
    store = Store()
    for path in files:
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def ontology() -> Store:
    """Schema, vocabulary and entities: all that is written by hand."""
    catalog = ONTOLOGY / "catalog-v001.xml"
    files = [*imports(ONTOLOGY / "vocab.ttl", catalog), *sorted(paths.data().glob("entities/*.ttl"))]
    return load(*files)


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_nothing_is_wrong(ontology: Store, rule: Path) -> None:
    found = list(violations(ontology, rule))
    assert not found, "\n".join([header(rule)["summary"], f"fix: {header(rule)['fix']}", *map(" | ".join, found)])


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_the_rule_fires_on_its_case_and_on_nothing_else_there(rule: Path) -> None:
    case = CASES / f"{rule.stem}.ttl"
    assert case.is_file(), f"{rule.name} has no case: add {case.name}"
    assert {row[0] for row in violations(load(case), rule)} == set(header(case)["fires"].split())


@pytest.mark.parametrize("rule", RULES, ids=lambda path: path.stem)
def test_the_rule_says_what_is_wrong_and_what_to_do(rule: Path) -> None:
    assert {"summary", "fix"} <= set(header(rule))
    assert re.search(r"SELECT (DISTINCT )?\?term\b", rule.read_text("utf-8"))


def test_every_case_has_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.ttl")} == {path.stem for path in RULES}
