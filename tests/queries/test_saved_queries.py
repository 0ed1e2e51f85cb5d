"""Every saved query: readable everywhere, with the expected rows in an order that is total, resting on facts."""

from pathlib import Path

import pytest

from cbec_kg import paths

from .shelf import Case, Copy, Shelf, answer, faults, misfits, shuffled, written

HERE = Path(__file__).parent
SHELF = Shelf(paths.queries(), HERE / "golden", HERE / "mutations.yaml")
GAPS = SHELF.gaps()
if GAPS:
    raise AssertionError("\n".join(GAPS))

every_query = pytest.mark.parametrize("name", SHELF.names)
every_case = pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.query}-{case.set}") for case in SHELF.cases()]
)


def judge(case: Case) -> str:
    """What to do about other rows than the expected ones."""
    return (
        f"other rows than {case.file.relative_to(HERE)}: judge the answer; if it is right, "
        f"`python -m tests.queries.regenerate {case.query}` writes them anew"
    )


@pytest.fixture(scope="session")
def copy(graph):
    """The default graph, which is all that saved queries read, in memory."""
    return Copy(graph.quads(""))


@pytest.fixture(scope="session")
def mixed(copy):
    """The same graph loaded in two other orders."""
    quads = list(copy.quads())
    return [shuffled(quads, seed) for seed in (1, 2)]


@every_query
def test_it_reads_everywhere(name):
    assert faults(SHELF.catalogue.find(name)) == []


@every_case
def test_it_gives_the_expected_rows(case, graph):
    query = SHELF.catalogue.find(case.query)
    result = answer(query, case.values, graph)
    assert written(result) == case.rows(), judge(case)
    assert misfits(query, result) == []


@every_case
def test_its_order_does_not_depend_on_the_store(case, mixed):
    query = SHELF.catalogue.find(case.query)
    for store in mixed:
        assert written(answer(query, case.values, store)) == case.rows(), judge(case)


@pytest.mark.parametrize(
    "mutation", [pytest.param(one, id=f"{one.query}-{place}") for place, one in enumerate(SHELF.mutations())]
)
def test_it_notices_a_change(mutation, copy):
    query = SHELF.catalogue.find(mutation.query)
    values = mutation.change.get("with", {})
    before = written(answer(query, values, copy))
    gone = mutation.quads(copy)
    assert gone, f"{mutation.change} takes nothing away"
    with copy.without(gone):
        assert written(answer(query, values, copy)) != before
    assert written(answer(query, values, copy)) == before
