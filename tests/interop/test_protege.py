"""The real Protégé opens the graph with nothing to ask and nothing to fetch: ``make interop``."""

import os
import shutil

import pytest

from cbec_kg.export.files import export
from cbec_kg.ontology.catalog import header, imports
from tests.conftest import ROOT

from .fetched import NotFetched
from .protege.walk import screen, walk

pytestmark = pytest.mark.skipif(
    "CBEC_KG_INTEROP" not in os.environ, reason="Protégé and a display are fetched and started by `make interop`"
)
SHEIN = "select individual https://w3id.org/cbec-kg/id/shein"
# Registries of others that Protégé reads at every start, whatever is opened; it does without.
ITS_OWN = {"https://obofoundry.org", "https://registry.api.identifiers.org"}


@pytest.fixture(scope="module")
def environment():
    try:
        with screen() as found:
            yield found
    except NotFetched as error:
        pytest.fail(str(error), pytrace=False)


@pytest.fixture
def checkout(tmp_path):
    """The files of a fresh checkout that Protégé needs."""
    for part in ("ontology", "data"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


@pytest.fixture
def bundle(graph, tmp_path):
    """What `cbec-kg export --bundle` writes."""
    export(graph, tmp_path / "ontology", bundle=True)
    return tmp_path


@pytest.fixture
def parts(graph, tmp_path):
    """The folder for Protégé: what imports one document a named graph."""
    export(graph, tmp_path / "out", ["protege"])
    return (tmp_path / "out" / "modular" / "turtle").rename(tmp_path / "ontology").parent


@pytest.fixture
def merged(graph, tmp_path):
    """The folder for Protégé: everything in one file."""
    export(graph, tmp_path / "out", ["protege"])
    return (tmp_path / "out" / "merged").rename(tmp_path / "ontology").parent


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("place", ["checkout", "bundle", "parts", "merged"])
def test_it_opens_whole_with_nothing_to_ask(place, environment, request, tmp_path_factory):
    folder = request.getfixturevalue(place) / "ontology"
    before = files(folder.parent)
    root = folder / "cbec-kg.ttl"
    expected = {header(path)[0] for path in imports(root, folder / "catalog-v001.xml")}

    seen = walk(root, ["language en", SHEIN, "language zh", SHEIN], tmp_path_factory.mktemp(place), environment)

    assert seen.complaints() == []
    assert {line.split()[0] for line in seen.values["ontology"]} == expected
    assert len(expected) == 1 if place == "merged" else len(expected) > 10
    assert all(line.split()[1].startswith(f"file:{folder.parent}/") for line in seen.values["ontology"])
    assert "https://w3id.org/cbec-kg/" in seen.one("title")
    assert seen.one("title").endswith(f"[{root}]")
    assert seen.values["selected"] == ("Shein", "希音")
    assert set(seen.values.get("network", ())) <= ITS_OWN
    assert files(folder.parent) == before  # neither a catalog nor anything else was written


def test_hermit_finds_the_ontology_consistent(checkout, environment, tmp_path_factory):
    seen = walk(checkout / "ontology" / "ontology.ttl", ["reason"], tmp_path_factory.mktemp("reason"), environment)
    assert seen.complaints() == []
    assert seen.one("reasoner").startswith("HermiT")
    assert (seen.one("consistent"), seen.one("unsatisfiable")) == ("true", "0")
    assert seen.one("classes with other parents") == "[]"  # the tree that is written is the one that is inferred


def test_an_import_that_the_catalog_lacks_is_noticed(checkout, environment, tmp_path_factory):
    catalog = checkout / "ontology" / "catalog-v001.xml"
    lines = catalog.read_text("utf-8").splitlines(keepends=True)
    catalog.write_text("".join(line for line in lines if '/module/time"' not in line), "utf-8")

    seen = walk(checkout / "ontology" / "cbec-kg.ttl", [], tmp_path_factory.mktemp("lacking"), environment)

    assert any(line.startswith("dialog: Resolve missing import?") for line in seen.complaints())
    assert "https://w3id.org" in seen.values["network"]


def test_a_file_that_is_gone_is_noticed(checkout, environment, tmp_path_factory):
    """Protégé itself says nothing of it: the ontology is there in part."""
    (checkout / "ontology" / "modules" / "time.ttl").unlink()
    seen = walk(checkout / "ontology" / "cbec-kg.ttl", [], tmp_path_factory.mktemp("gone"), environment)
    assert seen.complaints() == ["imports not loaded: 2"]
