"""What tests of the command line share."""

import pyoxigraph
import pytest

from cbec_kg.cli import main
from cbec_kg.store.builds import current


def run(capsys, *arguments):
    """Exit code, output and messages of a command, in this process."""
    code = main(list(map(str, arguments)))
    told = capsys.readouterr()
    return code, told.out, told.err


def dump(store):
    """The stored graph, as text."""
    return frozenset(map(str, pyoxigraph.Store.read_only(str(current(store)))))


@pytest.fixture(scope="session")
def built_dump(built_store):
    """The graph that `store` holds before a test changes it."""
    return dump(built_store)
