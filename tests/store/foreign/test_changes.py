"""Strangers' graphs beside ours: what may be changed, what is refused, and that ours stay as they are."""

from pathlib import Path

import pytest

from cbec_kg.errors import CbecError
from cbec_kg.rdf.canonical import nquads
from cbec_kg.rdf.terms import Literal, NamedNode, Quad, iri
from cbec_kg.store.builds import new_build, writing
from cbec_kg.store.embedded import EmbeddedStore
from cbec_kg.store.engine import Dataset
from cbec_kg.store.foreign.graphs import foreign_quads, is_ours
from cbec_kg.store.foreign.updates import Update
from cbec_kg.store.foreign.writing import Document, delete, post, put, update
from tests.conftest import cases

SAID = iri("id:shein"), iri("rdfs:label"), Literal("Shein", language="en")


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a store that says one thing, in a graph of ours and in the default graph."""
    folder = tmp_path_factory.mktemp("small")
    with writing(folder):
        new_build(folder, [Quad(*SAID, iri("graph:entities")), Quad(*SAID)])
    return folder


def ours(folder):
    store = EmbeddedStore(folder)
    names = [name for name in store.graphs() if is_ours(name)]
    return names, nquads(quad for name in ("", *names) for quad in store.quads(name))


def strangers(folder):
    store = EmbeddedStore(folder)
    return {name: sum(1 for _ in store.quads(name)) for name in store.graphs() if not is_ours(name)}


def changed(folder, row):
    """HTTP's status of a change, and what is said of one that is refused."""
    base, kind = "https://example.org/", row.get("kind", "")
    try:
        if "update" in row:
            text = row["update"].replace("{{{{{{{{{{", "{" * 10 * row.get("times", 1))
            update(folder, Update(text, base, Dataset(tuple(row["using"])) if "using" in row else None))
            return 204, ""
        if "delete" in row:
            delete(folder, row["delete"])
            return 204, ""
        work, name = (put, row["put"]) if "put" in row else (post, row["post"])
        return 201 if work(folder, Document(name, row["body"].encode(), kind, base)) else 204, ""
    except CbecError as error:
        return error.http_status, str(error)


@pytest.mark.parametrize("row", cases("store/foreign/changes.yaml"))
def test_a_change_touches_no_graph_of_ours(row, small):
    before, others = ours(small), strangers(small)
    assert before[0] == ["https://w3id.org/cbec-kg/graph/entities"]
    status, said = changed(small, row)
    assert status == row["status"], said
    for part in row.get("says", ()):
        assert part.lower() in said.lower(), said
    assert len(said.splitlines()) <= 1
    assert ours(small) == before
    assert strangers(small) == row.get("graphs", others)
    assert not (small / "trial").exists()


def test_they_outlive_a_build(small):
    with writing(small):
        new_build(small, [Quad(*SAID), *foreign_quads(small)])
    assert strangers(small) == {"x:a": 1, "x:b": 2, "x:u": 1}
    assert ours(small)[0] == []


def test_a_build_that_is_damaged_is_replaced_all_the_same(tmp_path):
    with writing(tmp_path):
        build = new_build(tmp_path, [Quad(*SAID, NamedNode("https://example.org/g"))])
        assert len(list(foreign_quads(tmp_path))) == 1
        for file in build.glob("*"):
            file.write_bytes(b"nonsense")
        assert list(foreign_quads(tmp_path)) == []
