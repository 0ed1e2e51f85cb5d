"""The folder for Protégé of the whole graph, and the catalogs as Protégé's own library reads them."""

import subprocess
import sys
from pathlib import Path

import pytest

from cbec_kg import paths
from cbec_kg.export import export
from cbec_kg.export.folder import SUMS
from cbec_kg.ontology import roots
from cbec_kg.ontology.catalog import CATALOG, read
from tests.export import sample
from tests.interop.fetched import NotFetched, jars
from tests.ontology.java import told_by


@pytest.fixture(scope="module")
def folder(graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    to = tmp_path_factory.mktemp("protege")
    export(graph, to, ["protege"])
    return to


def test_owlapi_reads_the_same_axioms_from_each_syntax(folder: Path) -> None:
    (found,) = told_by("tests.export.owlapi", folder).values()
    assert found["bad"] == []
    assert found["counts"]["merged/cbec-kg"] > 60_000
    assert min(found["counts"][f"merged/cbec-kg-{language}"] for language in ("en", "zh")) > 40_000


@pytest.mark.parametrize("check", [sample.rdf_faults, sample.view_faults, sample.catalog_faults])
def test_nothing_is_wrong(check, folder: Path) -> None:
    assert list(check(folder)) == []


def test_the_merged_file_keeps_every_gate(folder: Path) -> None:
    found = told_by("cbec_kg", "ontology", "check", "--format", "json", folder / "merged" / "cbec-kg.ttl")
    assert [gate["name"] for gate in found["gates"] if gate["result"] != "ok"] == []
    assert {"OWL 2 DL", "OWL 2 RL", "consistency", "hygiene"} <= {gate["name"] for gate in found["gates"]}


def test_another_process_gives_the_same_bytes(built_store: Path, folder: Path, tmp_path: Path) -> None:
    code = "from cbec_kg.cli.main import main; raise SystemExit(main())"
    options = ["export", "--format", "protege", "--to", str(tmp_path), "--store", str(built_store)]
    subprocess.run([sys.executable, "-c", code, *options], check=True, capture_output=True)
    assert (tmp_path / SUMS).read_bytes() == (folder / SUMS).read_bytes()


def test_proteges_own_library_finds_every_document(folder: Path) -> None:
    try:
        library = jars("protege-catalogs", "Protégé's library of catalogs")
    except NotFetched as error:
        pytest.fail(str(error), pytrace=False)
    books = [*folder.rglob(CATALOG), *(place / CATALOG for place in roots.folders(paths.ontology()))]
    assert len(books) > 10
    found = told_by("tests.interop.protege_catalogs", *library.values(), *books)
    for book in books:
        assert found[str(book)] == {name: str(path) for name, path in read(book).items()}
        assert all(path.is_file() for path in read(book).values())
