"""Every saved query: readable everywhere, with the expected rows in an order that is total, resting on facts."""

from pathlib import Path

import pytest

from cbec_kg import paths

from .revised import revised_quads
from .shelf import GRAPHS, Case, Copy, Shelf, answer, faults, misfits, shuffled, written

HERE = Path(__file__).parent
SHELF = Shelf(paths.queries(), HERE / "golden", HERE / "mutations.yaml")
GAPS = SHELF.gaps()
if GAPS:
    raise AssertionError("\n".join(GAPS))

# A graph without cases would be built for nothing, and a misspelt one never be reached.
assert {case.graph for case in SHELF.cases()} == set(GRAPHS)

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
def copies(graph):
    """The default graphs, which are all that saved queries read, in memory."""
    return {"curated": Copy(graph.quads("")), "revised": Copy(Copy(revised_quads()).quads(""))}


@pytest.fixture(scope="session")
def mixed(copies):
    """The same graphs loaded in two other orders."""
    return {name: [shuffled(list(copy.quads()), seed) for seed in (1, 2)] for name, copy in copies.items()}


@every_query
def test_it_reads_everywhere(name):
    assert faults(SHELF.catalogue.find(name)) == []


@every_query
def test_it_says_periods_in_words_too(name):
    columns = {column.name for column in SHELF.catalogue.find(name).columns}
    for code in {"period", "since"} & columns:
        assert f"{code}Label" in columns, (
            f"the codes of ?{code}, such as 2016--open, are for programs: add ?{code}Label"
        )


@every_case
def test_it_gives_the_expected_rows(case, graph, copies):
    query = SHELF.catalogue.find(case.query)
    result = answer(query, case.values, graph if case.graph == "curated" else copies[case.graph])
    assert written(result) == case.rows(), judge(case)
    assert misfits(query, result) == []


@every_case
def test_its_order_does_not_depend_on_the_store(case, mixed):
    query = SHELF.catalogue.find(case.query)
    for store in mixed[case.graph]:
        assert written(answer(query, case.values, store)) == case.rows(), judge(case)


@pytest.mark.parametrize(
    "mutation", [pytest.param(one, id=f"{one.query}-{place}") for place, one in enumerate(SHELF.mutations())]
)
def test_it_notices_a_change(mutation, copies):
    query, copy = SHELF.catalogue.find(mutation.query), copies[mutation.graph]
    values = mutation.change.get("with", {})
    before = written(answer(query, values, copy))
    gone = mutation.quads(copy)
    assert gone, f"{mutation.change} takes nothing away"
    with copy.without(gone):
        assert written(answer(query, values, copy)) != before
    assert written(answer(query, values, copy)) == before
