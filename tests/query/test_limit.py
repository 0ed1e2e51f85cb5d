"""An answer that is longer than asked for is cut, and that is said."""

import pytest

from cbec_kg.cli.main import main
from tests.store.sparql_server import Endpoint

SAID = "cut after {n} {what} (--limit {n}): there are more; raise it or leave it out\n"
PLATFORMS = "SELECT ?p { ?p a cbec:Platform } ORDER BY ?p"


@pytest.fixture(scope="module", params=["folder", "server"])
def place(request, built_store, graph):
    """A folder, then a server."""
    if request.param == "folder":
        yield str(built_store)
        return
    with Endpoint(graph.quads()) as served:
        yield served.url


@pytest.mark.parametrize(
    ("run", "most", "lines", "what"),
    [
        (["query", "platforms/list", "--format", "jsonl"], 3, 3, "rows"),
        (["query", "platforms/list", "--format", "jsonl"], 0, 0, "rows"),
        (["query", "platforms/list", "--format", "jsonl"], 10_000, None, None),
        (["query", "platforms/list", "--format", "jsonl"], 10**30, None, None),
        (["query", "--format", "jsonl"], 3, 3, "rows"),
        (["query", "platforms/list", "--suggest", "least", "--format", "jsonl"], 3, 0, None),
        (["query", "entities/everything", "--suggest", "entity", "--format", "jsonl"], 30, 30, "rows"),
        (["sparql", PLATFORMS, "--format", "csv"], 2, 3, "rows"),
        (["sparql", "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }", "--format", "nt"], 5, 5, "triples"),
        (["sparql", "ASK { }", "--format", "csv"], 0, 1, None),
    ],
)
def test_rows_over_the_limit(run, most, lines, what, place, capfd):
    assert main([*run, "--store", place]) == 0
    whole = capfd.readouterr()
    assert main([*run, "--store", place, "--limit", str(most)]) == 0
    cut = capfd.readouterr()
    assert whole.err == ""
    assert cut.err == (SAID.format(n=most, what=what) if what else "")
    assert len(cut.out.splitlines()) == (len(whole.out.splitlines()) if lines is None else lines)
    if what == "rows" and most:
        assert whole.out.startswith(cut.out)


def test_exactly_as_many_are_not_cut(place, capfd):
    assert main(["sparql", f"{PLATFORMS} LIMIT 2", "--limit", "2", "--store", place]) == 0
    assert capfd.readouterr().err == ""


def test_a_limit_below_nothing(place, capfd):
    assert main(["sparql", PLATFORMS, "--limit", "-1", "--store", place]) == 2
    assert "'--limit': -1" in capfd.readouterr().err
