"""One rule of hygiene, one query: each fires on its own planted fault. That nothing breaks one here: test_check."""

import re
from pathlib import Path

import pytest

from cbec_kg import paths
from cbec_kg.errors import OntologyError
from cbec_kg.ontology.hygiene import Rule, parse_rule, read_rules, store_of, violations
from cbec_kg.rdf.parse import parse_file

ONTOLOGY = paths.ontology()
CASES = Path(__file__).parent / "cases"
RULES = read_rules(ONTOLOGY / "hygiene")


def load(*files: Path):
    return store_of(triple for path in files for triple in parse_file(path))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_rule_fires_on_its_case_and_on_nothing_else_there(rule: Rule) -> None:
    case = CASES / f"{rule.name}.ttl"
    assert case.is_file(), f"{rule.name} has no case: add {case.name}"
    (fires,) = re.findall(r"^#\+ fires: (.+)$", case.read_text("utf-8"), re.M)
    assert {one.row[0] for one in violations(load(case), rule)} == set(fires.split())


def test_every_case_has_a_rule() -> None:
    assert {path.stem for path in CASES.glob("*.ttl")} == {rule.name for rule in RULES}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("#+ fix: x\nSELECT ?term {}", "the rule r has no summary: begin it with `#+ summary: ...`"),
        ("#+ summary: x\nSELECT ?term {}", "the rule r has no fix"),
        ("#+ summary: x\n#+ fix: x\nSELECT ?other ?term {}", "does not begin its columns with ?term"),
        ("#+ summary: x\n#+ fix: x\nSELECT ?term WHERE { ?term", "the rule r is no SPARQL query"),
        ("#+ summary: x\n#+ fix: x\n# SELECT ?term\nASK {}", "the rule r is no SELECT query"),
    ],
)
def test_what_is_no_rule_is_refused(text: str, wanted: str) -> None:
    with pytest.raises(OntologyError, match=re.escape(wanted)):
        violations(store_of([]), parse_rule("r", text))


def test_a_namespace_of_ones_own_is_held_to_the_same_rules() -> None:
    (rule,) = [rule for rule in RULES if rule.name == "name-class"]
    store = store_of([])
    store.update("INSERT DATA { <https://e.org/o#small> a <http://www.w3.org/2002/07/owl#Class> }")
    assert violations(store, rule) == []
    (found,) = violations(store, rule, ["https://e.org/o#"])
    assert found.term == "https://e.org/o#small"
