"""Schemathesis finds nothing wrong with the API of a running server: ``make interop``.

Every check is on. Where a request that fits the description may still be refused, ``schemathesis.toml`` says why.
"""

import os
import re

import pytest

from cbec_kg.store.embedded import EmbeddedStore
from tests.interop.schemathesis_run import run
from tests.web.serving import serving

pytestmark = pytest.mark.skipif(
    "CBEC_KG_INTEROP" not in os.environ, reason="real servers are fetched and started by `make interop`"
)

# What a SPARQL text or an IRI may be is no matter of schemas: the endpoint, the graph store and linked data have tests
# of their own, by the protocols. All saved queries are answered by the same code, so that the many cases at the bounds
# of each parameter are tried on those topics only that have parameters of every type.
# How long an answer takes is measured elsewhere; a machine may be busy with more than this.
PATIENCE = ("--request-timeout", "60", "--max-response-time", "60")
RUNS = {
    "every operation": (r"^/(api|changes|series/.series.|health|metrics)", "examples,fuzzing", 85, 5),
    "bounds": (
        r"^/(api/(?!queries/\w)|api/queries/(figures|evidence|time|sectors)|changes|series/.series.|health|metrics)",
        "coverage", 30, 40,
    ),
}  # fmt: skip


@pytest.mark.parametrize("part", RUNS)
def test_schemathesis_finds_nothing(built_store, tmp_path, capsys, part):
    paths, phases, operations, cases = RUNS[part]
    options = ["--include-path-regex", paths, "--phases", phases, "--max-examples", "4", *PATIENCE]
    with serving(built_store, "--rate", "0", "--log-level", "error") as server:
        status, said = run(server.base, EmbeddedStore(built_store), tmp_path, *options, "--workers", "2")
        assert server.get("/health").status_code == 200
    summary = said[said.rfind("= SUMMARY =") :]
    with capsys.disabled():
        print(f"\n{part}: {summary}")
    assert status == 0, said
    assert "Failures:" not in summary
    selected = int(re.search(r"Selected: (\d+)/", summary)[1])
    assert selected >= operations
    assert int(re.search(r"(\d+) generated, \1 passed", summary)[1]) >= cases * selected
