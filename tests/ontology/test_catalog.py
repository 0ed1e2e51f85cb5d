"""Files are found by owl:imports through the catalog, and catalog and import lists follow the files that exist."""

import shutil
import sys
from pathlib import Path

import pytest

from cbec_kg import paths
from cbec_kg.errors import OntologyError, ParseError
from cbec_kg.ontology import roots
from cbec_kg.ontology.catalog import CATALOG, catalog_text, header, imports, read

ONTOLOGY = paths.ontology()
NEW = "<https://w3id.org/cbec-kg/module/new> a <http://www.w3.org/2002/07/owl#Ontology> ."
NAMESPACE = "urn:oasis:names:tc:entity:xmlns:xml:catalog"


def plant(folder: Path, **imported: str) -> Path:
    """A catalog beside files NAME.ttl, each importing the names that its string lists."""
    for name, others in imported.items():
        lines = [f"<https://e.org/{name}> a <http://www.w3.org/2002/07/owl#Ontology> ."]
        lines += [
            f"<https://e.org/{name}> <http://www.w3.org/2002/07/owl#imports> <https://e.org/{o}> ."
            for o in others.split()
        ]
        (folder / f"{name}.ttl").write_text("\n".join(lines), "utf-8")
    catalog = folder / "catalog-v001.xml"
    entries = "".join(f'<uri name="https://e.org/{name}" uri="{name}.ttl"/>' for name in imported)
    catalog.write_text(f'<catalog xmlns="{NAMESPACE}">{entries}</catalog>', "utf-8")
    return catalog


def names(files: list[Path]) -> list[str]:
    return [path.stem for path in files]


def test_imports_come_before_importers_and_once(tmp_path: Path) -> None:
    catalog = plant(tmp_path, root="b a", a="base", b="base", base="", alone="")
    assert names(imports(tmp_path / "root.ttl", catalog)) == ["base", "a", "b", "root"]


def test_a_circle_of_imports_ends(tmp_path: Path) -> None:
    catalog = plant(tmp_path, hen="egg", egg="hen")
    assert names(imports(tmp_path / "hen.ttl", catalog)) == ["egg", "hen"]


def test_an_import_that_the_catalog_does_not_know_is_named(tmp_path: Path) -> None:
    catalog = plant(tmp_path, root="elsewhere")
    with pytest.raises(
        OntologyError, match=r"root\.ttl: import <https://e\.org/elsewhere> is not in .*catalog-v001\.xml"
    ):
        imports(tmp_path / "root.ttl", catalog)


def test_the_places_of_a_catalog_are_uris(tmp_path: Path) -> None:
    """As Protégé writes them: a space is %20, a file elsewhere file:///, and what lies on the web is no file."""
    there = tmp_path / "one two"
    there.mkdir()
    places = {
        "a": "one%20two/a.ttl", "b": (there / "b.ttl").as_uri(), "c": "../one%20two/c.ttl", "d": "https://e.org/d.ttl",
    }  # fmt: skip
    entries = "".join(f'<uri name="https://e.org/{name}" uri="{uri}"/>' for name, uri in places.items())
    (there / CATALOG).write_text(f'<catalog xmlns="{NAMESPACE}">{entries}</catalog>', "utf-8")
    assert read(there / CATALOG) == {
        "https://e.org/a": there / "one two" / "a.ttl",
        "https://e.org/b": there / "b.ttl",
        "https://e.org/c": there / "c.ttl",
    }
    (there / CATALOG).write_text(catalog_text({"https://e.org/a": "one two/c.ttl"}), "utf-8")
    assert read(there / CATALOG) == {"https://e.org/a": there / "one two" / "c.ttl"}


def test_a_chain_of_imports_may_be_long(tmp_path: Path) -> None:
    length = sys.getrecursionlimit() + 10
    catalog = plant(tmp_path, **{f"n{at}": f"n{at + 1}" for at in range(length)}, **{f"n{length}": ""})
    found = names(imports(tmp_path / "n0.ttl", catalog))
    assert (found[0], found[-1], len(found)) == (f"n{length}", "n0", length + 1)


def test_an_import_without_its_file_is_named(tmp_path: Path) -> None:
    """An entry that nothing imports may miss its file, so that a generated one can be made again."""
    catalog = plant(tmp_path, root="lost", lost="", unused="")
    (tmp_path / "unused.ttl").unlink()
    assert imports(tmp_path / "root.ttl", catalog)[-1].name == "root.ttl"
    (tmp_path / "lost.ttl").unlink()
    with pytest.raises(ParseError, match=r"lost\.ttl"):
        imports(tmp_path / "root.ttl", catalog)


@pytest.mark.parametrize(
    "text", ["", "<catalog", f'<catalog xmlns="{NAMESPACE}"><uri name="https://e.org/a"/></catalog>']
)
def test_what_is_no_catalog_is_said(text: str, tmp_path: Path) -> None:
    catalog = tmp_path / "catalog-v001.xml"
    catalog.write_text(text, "utf-8")
    with pytest.raises(OntologyError, match=r"catalog-v001\.xml"):
        read(catalog)


def test_a_missing_catalog_is_said(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="no such catalog"):
        read(tmp_path / "none.xml")


def test_a_file_that_is_not_turtle_is_an_error(tmp_path: Path) -> None:
    catalog = plant(tmp_path, root="")
    (tmp_path / "root.ttl").write_text("<https://e.org/root> a", "utf-8")
    with pytest.raises(ParseError, match=r"root\.ttl"):
        imports(tmp_path / "root.ttl", catalog)


def test_a_file_without_header_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "bare.ttl").write_text("<a:s> <a:p> <a:o> .", "utf-8")
    with pytest.raises(OntologyError, match="0 ontology headers"):
        header(tmp_path / "bare.ttl")


def test_every_file_that_exists_is_imported() -> None:
    assert roots.stale(ONTOLOGY) == []
    reached = set(imports(ONTOLOGY / "cbec-kg.ttl", ONTOLOGY / "catalog-v001.xml"))
    written = [*ONTOLOGY.glob("modules/*.ttl"), *ONTOLOGY.glob("vocab/*.ttl"), *paths.data().rglob("*.ttl")]
    assert {path.resolve() for path in written} <= reached


def test_update_adds_a_new_file_and_is_then_content(tmp_path: Path) -> None:
    for path in imports(ONTOLOGY / "vocab.ttl", ONTOLOGY / "catalog-v001.xml"):
        copy = tmp_path / "ontology" / path.relative_to(ONTOLOGY.resolve())
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    folder = tmp_path / "ontology"
    (folder / "cbec-kg.ttl").write_bytes((ONTOLOGY / "cbec-kg.ttl").read_bytes())
    entity = tmp_path / "data" / "entities" / "places.ttl"
    entity.parent.mkdir(parents=True)
    entity.write_text(
        "<https://w3id.org/cbec-kg/module/entities-places> a <http://www.w3.org/2002/07/owl#Ontology> .", "utf-8"
    )
    assert folder / "catalog-v001.xml" in roots.update(folder)
    assert roots.update(folder) == []
    assert entity.resolve() in imports(folder / "cbec-kg.ttl", folder / "catalog-v001.xml")


@pytest.mark.parametrize("folder", roots.folders(ONTOLOGY), ids=lambda folder: folder.name)
def test_each_file_opens_with_the_catalog_beside_it(folder: Path) -> None:
    """Protégé takes the catalog of the folder alone; one that updates itself would be rewritten by looking at it."""
    book = folder / CATALOG
    assert "Auto-Update=false" in book.read_text("utf-8")
    known = read(book)
    opened = [path for path in folder.glob("*.ttl") if path.resolve() in known.values()]
    assert opened
    for path in opened:
        assert imports(path, book)[-1] == path.resolve()
    # Of the shapes, which are one graph, one file has the header.
    assert folder.name == "shapes" or set(opened) == set(folder.glob("*.ttl"))


def test_folders_are_those_that_hold_ontologies() -> None:
    found = {path.parent for top in (ONTOLOGY, paths.data()) for path in top.rglob("*.ttl")}
    assert set(roots.folders(ONTOLOGY)) == found


@pytest.mark.parametrize(
    ("change", "stale"),
    [
        (lambda top: (top / "ontology/modules" / CATALOG).unlink(), {"ontology/modules"}),
        (lambda top: (top / "data/entities" / CATALOG).write_text("<catalog/>"), {"data/entities"}),
        (lambda top: (top / "ontology/modules/new.ttl").write_text(NEW), {"ontology", "ontology/modules"}),
        (lambda top: (top / "data/entities/new.ttl").write_text(NEW), {"ontology", "data/entities"}),
    ],
    ids=["missing", "other", "a new module", "new entities"],
)
def test_a_catalog_that_is_behind_is_named(change, stale: set[str], tmp_path: Path) -> None:
    for name in ("ontology", "data"):
        shutil.copytree(paths.resources() / name, tmp_path / name)
    assert roots.stale(tmp_path / "ontology") == []
    change(tmp_path)
    found = {path.relative_to(tmp_path).as_posix() for path in roots.stale(tmp_path / "ontology")}
    assert {f"{folder}/{CATALOG}" for folder in stale} <= found
    roots.update(tmp_path / "ontology")
    assert roots.stale(tmp_path / "ontology") == []


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "ontology"
    folder.mkdir()
    for name in ("cbec-kg", "ontology", "vocab"):
        (folder / f"{name}.ttl").write_text("<a:same> a <http://www.w3.org/2002/07/owl#Ontology> .", "utf-8")
    with pytest.raises(OntologyError, match="two files hold the ontology <a:same>"):
        roots.stale(folder)
