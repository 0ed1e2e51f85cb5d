"""Servers that may be written to: a scratch dataset, and a small store that takes updates with a token."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from cbec_kg.rdf.terms import Literal, Quad, iri
from cbec_kg.store.builds import new_build, writing
from tests.web.serving import Served, serving

__all__ = ["ENDLESS", "TOKEN", "scratch", "small", "writable"]

_LISTS = " ".join(f"VALUES ?x{n} {{ {' '.join(map(str, range(40)))} }}" for n in range(8))
ENDLESS = f"{_LISTS} FILTER({' + '.join(f'?x{n}' for n in range(8))} = -1)"
"""A pattern that looks at 40^8 rows and gives none."""
TOKEN = "a-token-of-tests-that-is-long-enough"


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of a scratch dataset; a test leaves graphs of its own."""
    with serving(tmp_path_factory.mktemp("scratch") / "none", "--scratch") as served:
        yield served


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a store that says one thing, in a graph of ours and in the default graph."""
    folder = tmp_path_factory.mktemp("small")
    said = iri("id:shein"), iri("rdfs:label"), Literal("Shein", language="en")
    with writing(folder):
        new_build(folder, [Quad(*said, iri("graph:entities")), Quad(*said)])
    return folder


@pytest.fixture(scope="session")
def writable(small: Path) -> Iterator[Served]:
    """A server over it that takes updates."""
    with serving(small, "--writable", environment={"CBEC_KG_TOKEN": TOKEN}) as served:
        yield served
