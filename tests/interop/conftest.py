"""What the contract needs: the graph as N-Quads, a store of each kind with it, and the table of rows at the end."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from cbec_kg.rdf.canonical import nquads
from tests.interop.fetched import NotFetched
from tests.interop.report import Report
from tests.interop.stores import KINDS, STORES, Opened
from tests.queries.revised import revised_quads

__all__ = ["dumps", "kind", "opened", "report"]

# Imported by schemathesis in its own environment only.
collect_ignore = ["schemathesis_names.py"]
_REPORT = pytest.StashKey[Report]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_REPORT] = Report()


@pytest.fixture(scope="session")
def report(request: pytest.FixtureRequest) -> Report:
    """Rows of saved queries, by store."""
    return request.config.stash[_REPORT]


@pytest.fixture(scope="session", params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Name of a store; tests come grouped by it, so that one server runs at a time."""
    return str(request.param)


@pytest.fixture(scope="session")
def dumps(graph, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """File with all quads of a graph that saved queries are tested on, each in a folder of its own."""
    made: dict[str, Path] = {}

    def dump(name: str) -> Path:
        if name not in made:
            made[name] = tmp_path_factory.mktemp(f"dump-{name}") / "graph.nq"
            made[name].write_bytes(nquads(graph.quads() if name == "curated" else revised_quads()))
        return made[name]

    return dump


@pytest.fixture(scope="session")
def opened(kind, dumps, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Opened]]:
    """A store of the kind that holds a graph, loaded at the first use; what cannot be fetched is said in one line."""
    stores: dict[str, Opened] = {}
    failed: dict[str, str] = {}
    with ExitStack() as stack:

        def open_store(name: str) -> Opened:
            if name not in stores and name not in failed:
                folder = tmp_path_factory.mktemp(f"{kind}-{name}")
                try:
                    stores[name] = stack.enter_context(STORES[kind](dumps(name), folder))
                except (NotFetched, RuntimeError) as error:
                    failed[name] = str(error)
            if name in failed:
                pytest.fail(failed[name], pytrace=False)
            return stores[name]

        yield open_store


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    lines = terminalreporter.config.stash[_REPORT].lines()
    if lines and KINDS != ["embedded"]:
        terminalreporter.section("rows of saved queries on every store")
        for line in lines:
            terminalreporter.write_line(line)
