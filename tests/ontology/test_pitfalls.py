"""Each pitfall of the OOPS! catalogue is checked by what can be seen to fail, or says why no machine decides it."""

import pytest
import yaml

from cbec_kg import paths
from tests.conftest import ROOT
from tests.docs import pitfalls
from tests.ontology import test_check

ROWS = pitfalls.pitfalls()
FAULTS = {row["id"]: row for row in yaml.safe_load((ROOT / "tests/ontology/faults.yaml").read_text("utf-8"))}


def test_the_catalogue_is_whole() -> None:
    assert [row["id"] for row in ROWS] == [f"P{number:02}" for number in range(1, 42)]
    assert len({row["name"] for row in ROWS}) == 41
    assert sum(row["oops"] for row in ROWS) == 33


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_it_is_checked_or_says_why_not(row) -> None:
    checks = [key for key in ("rules", "faults", "gate") if row.get(key)]
    assert bool(checks) != bool(row.get("people")), "either a check or the reason why there is none"
    assert set(row) <= {"id", "name", "oops", "people", "note", *checks}
    for rule in row.get("rules", ()):
        assert (paths.ontology() / "hygiene" / f"{rule}.rq").is_file(), rule
        assert (ROOT / "tests/ontology/cases" / f"{rule}.ttl").is_file(), rule
    for fault in row.get("faults", ()):
        assert FAULTS[fault]["found"], fault
    for gate, test in row.get("gate", {}).items():
        assert gate in test_check.GATES
        assert callable(getattr(test_check, test))
