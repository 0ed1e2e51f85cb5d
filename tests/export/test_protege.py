"""The folder for Protégé: opens offline, the same axioms in each syntax, nothing of another language in a view."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from cbec_kg.cli.main import main
from cbec_kg.errors import CbecError
from cbec_kg.export import export
from cbec_kg.export.folder import SUMS
from cbec_kg.export.protege import ProtegeFolder
from cbec_kg.export.write import Staged
from cbec_kg.rdf.parse import parse_quads
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, DefaultGraph, NamedNode, Quad, iri, text
from tests.export import sample
from tests.export.dataset import small_store
from tests.export.memory import MemoryStore
from tests.ontology.java import needs_java, told_by
from tests.store.sparql_server import Endpoint

CONSTRUCTS = Path(__file__).parent / "cases" / "constructs.ttl"
CHECKS = {"rdf": sample.rdf_faults, "view": sample.view_faults, "catalog": sample.catalog_faults}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's folder, to be looked at and not changed."""
    to = tmp_path_factory.mktemp("protege")
    export(sample.sample_store(), to, ["protege"])
    return to


@pytest.fixture(scope="module")
def owlapi(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """What OWLAPI finds in the folder, in that of all constructs, and in one with every fault that it is to find."""
    copies = tmp_path_factory.mktemp("owlapi")
    folders = {"sample": folder, "constructs": copies / "constructs", "faults": copies / "faults"}
    for file in ProtegeFolder({"ontology": parse_quads(CONSTRUCTS)}).files():
        path = folders["constructs"] / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    shutil.copytree(folder, folders["faults"], ignore=shutil.ignore_patterns("queries.*"))  # no fault is in those
    for change in dict.fromkeys(change for check, _, change in sample.FAULTS.values() if check == "owlapi"):
        change(folders["faults"])
    return dict(zip(folders, told_by("tests.export.owlapi", *folders.values()).values(), strict=True))


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_every_folder_that_has_documents_has_a_catalog(folder: Path) -> None:
    assert {path.parent for path in folder.rglob("catalog-v001.xml")} == {
        path.parent for path in folder.rglob("*") if path.suffix in (".ttl", ".rdf", ".ofn")
    }
    documents = {"cbec-kg", "ontology", "entities", "inferred", "shapes", "queries", f"article-{sample.ARTICLE}"}
    assert {path.stem for path in (folder / "modular" / "turtle").glob("*.ttl")} == documents
    assert {path.stem for path in (folder / "modular" / "functional").glob("*.ofn")} == documents - {
        "shapes",
        "queries",
    }
    assert {path.name for path in (folder / "merged").iterdir()} == {"catalog-v001.xml"} | {
        f"cbec-kg{view}{suffix}" for view in ("", "-en", "-zh") for suffix in (".ttl", ".rdf", ".ofn")
    }


@needs_java
def test_owlapi_reads_the_same_axioms_from_each_syntax(owlapi: dict[str, dict]) -> None:
    assert owlapi["sample"]["bad"] == []
    counts = owlapi["sample"]["counts"]
    assert counts["merged/cbec-kg"] == sum(
        counts[f"modular/{name}"] for name in ("ontology", "entities", f"article-{sample.ARTICLE}")
    )
    assert counts["modular/inferred"] == 2
    assert min(counts["merged/cbec-kg-en"], counts["merged/cbec-kg-zh"]) > 1500


@needs_java
def test_owlapi_reads_every_construct_of_owl_2_alike(owlapi: dict[str, dict]) -> None:
    assert owlapi["constructs"] == {
        "counts": {
            "modular/ontology": 90,
            "modular/cbec-kg": 0,
            "merged/cbec-kg-en": 89,
            "merged/cbec-kg-zh": 88,
            "merged/cbec-kg": 90,
        },
        "bad": [],
    }


@pytest.mark.parametrize("check", CHECKS)
def test_nothing_is_wrong(check: str, folder: Path) -> None:
    assert list(CHECKS[check](folder)) == []


@pytest.mark.parametrize(
    "fault",
    [pytest.param(one, marks=needs_java if of[0] == "owlapi" else ()) for one, of in sample.FAULTS.items()],
)
def test_a_planted_fault_is_noticed(fault: str, folder: Path, request, tmp_path: Path) -> None:
    check, says, change = sample.FAULTS[fault]
    if check == "owlapi":
        found = request.getfixturevalue("owlapi")["faults"]["bad"]
    else:
        copy = shutil.copytree(folder, tmp_path / "copy")
        change(copy)
        for path in copy.rglob("*.*") if check == "rdf" else ():
            if path.suffix in (".ttl", ".rdf") and path.stem != says.partition(".")[0]:
                path.unlink()  # rdflib takes its time for the others
        found = list(CHECKS[check](copy))
    assert any(says in line for line in found), found


def test_the_same_graph_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """In another order, with blank nodes of other names, and over an earlier export."""
    graphs = {name: quads[::-1] for name, quads in sample.sample_graphs().items()}
    again = MemoryStore(
        Quad(quad.subject, quad.predicate, quad.object, iri(f"graph:{name}"))
        for name, quads in graphs.items()
        for quad in quads
    )
    for _ in range(2):
        files = export(again, tmp_path, ["protege"])
        assert names(tmp_path) == names(folder) == {file.path.relative_to(tmp_path).as_posix() for file in files}
        for name in names(folder):
            assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import hashlib, pathlib, sys\nfrom cbec_kg.export.protege import ProtegeFolder\n"
        "from cbec_kg.rdf.parse import parse_quads\n"
        "files = ProtegeFolder({'ontology': parse_quads(pathlib.Path(sys.argv[1]))}).files()\n"
        "print(hashlib.sha256(b''.join(file.content for file in files)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code, str(CONSTRUCTS)], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(digests) == 1


def test_the_digests_are_those_of_the_files(folder: Path) -> None:
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    assert listed.keys() == names(folder) - {SUMS}
    assert all(hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def test_progress_counts_the_files(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    files = export(small_store(), tmp_path, ["protege"], tell=lambda *step: told.append(step))
    assert [done for _, done, _ in told] == list(range(1, len(files)))
    assert {total for _, _, total in told} == {len(files) - 1}


def test_what_has_a_name_in_one_language_keeps_it_in_both_views(tmp_path: Path) -> None:
    graphs = sample.sample_graphs()
    named = iri("id:x-0")
    graphs["entities"] += [
        Quad(named, RDF_TYPE, iri("owl:NamedIndividual")),
        Quad(named, RDFS_LABEL, text("某店", "zh")),
    ]
    store = MemoryStore(
        Quad(quad.subject, quad.predicate, quad.object, iri(f"graph:{name}"))
        for name, quads in graphs.items()
        for quad in quads
    )
    export(store, tmp_path, ["protege"])
    assert list(sample.view_faults(tmp_path)) == []
    assert 'AnnotationAssertion(rdfs:label id:x-0 "某店")' in (tmp_path / "merged/cbec-kg-en.ofn").read_text("utf-8")
    assert 'AnnotationAssertion(rdfs:label id:x-0 "某店"@zh)' in (tmp_path / "merged/cbec-kg-zh.ofn").read_text("utf-8")


def test_a_view_says_which_it_is(folder: Path) -> None:
    for language, title in (("en", "English view"), ("zh", "中文视图")):
        view = list(parse_quads(folder / "merged" / f"cbec-kg-{language}.ttl"))
        here = NamedNode(f"https://w3id.org/cbec-kg/view/{language}")
        said = [quad.object.value for quad in view if (quad.subject, quad.predicate) == (here, iri("dcterms:title"))]
        assert len(said) == 1
        assert title in said[0]
        assert [quad.subject for quad in view if quad.object == iri("owl:Ontology")] == [here]


def test_a_document_that_is_no_longer_made_goes(tmp_path: Path) -> None:
    export(sample.sample_store(), tmp_path, ["protege"])
    (tmp_path / ".hidden").write_text("kept")
    article = iri(f"graph:article_{sample.ARTICLE}")
    export(
        MemoryStore(quad for quad in sample.sample_store().quads() if quad.graph_name != article), tmp_path, ["protege"]
    )
    assert not [name for name in names(tmp_path) if "article" in name]
    assert (tmp_path / ".hidden").read_text() == "kept"
    assert names(tmp_path) - {".hidden"} == {line[66:] for line in (tmp_path / SUMS).read_text().splitlines()} | {SUMS}


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ({"notes.txt": "mine"}, "holds notes.txt, which no export wrote: name an empty folder"),
        ({"merged/other.ttl": "mine"}, "holds merged/other.ttl, which no export wrote"),
        ({SUMS: "no list of digests"}, f"holds {SUMS}, which no export wrote"),
    ],
)
def test_a_folder_with_files_of_others_is_left_alone(made: dict[str, str], message: str, tmp_path: Path) -> None:
    for name, content in made.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    with pytest.raises(CbecError, match=message):
        export(small_store(), tmp_path, ["protege"])
    assert names(tmp_path) == set(made)


def test_what_was_changed_since_is_not_written_over(tmp_path: Path) -> None:
    export(small_store(), tmp_path, ["protege"])
    edited = tmp_path / "merged" / "cbec-kg.ttl"
    edited.write_text("saved from Protégé")
    with pytest.raises(CbecError, match=r"cbec-kg\.ttl was changed since it was exported: move it elsewhere"):
        export(small_store(), tmp_path, ["protege"])
    assert edited.read_text() == "saved from Protégé"
    edited.unlink()
    export(small_store(), tmp_path, ["protege"])
    assert edited.is_file()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"formats": ["protege", "ttl"]}, "a folder of its own, with every syntax: give it alone"),
        ({"formats": ["protege"], "bundle": True}, "a folder of its own"),
        ({"formats": ["protege"], "to": "out.ttl"}, "out.ttl is a file by its name, and what is to be written is many"),
        ({"bundle": True, "to": "out.rdf"}, "out.rdf is a file by its name, .*: name a folder"),
        ({"formats": ["protege"], "graph": "entities"}, "holds all named graphs: leave the graph out"),
    ],
)
def test_wrong_use_says_what_to_do(arguments: dict, message: str, tmp_path: Path) -> None:
    with pytest.raises(CbecError, match=message):
        export(small_store(), tmp_path / arguments.pop("to", "out"), **arguments)
    assert not list(tmp_path.iterdir())


def test_a_store_without_the_ontology_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CbecError, match="no graph of the ontology: name one that `cbec-kg build` made"):
        export(MemoryStore([]), tmp_path, ["protege"])
    assert names(tmp_path) == set()


def test_what_has_no_axiom_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    export(small_store(), tmp_path, ["protege"])
    before = (tmp_path / SUMS).read_bytes()
    undeclared = Quad(iri("id:a"), iri("cbec:undeclared"), iri("id:b"), iri("graph:entities"))
    with pytest.raises(CbecError, match="cbec:undeclared is used as a property and declared as none"):
        export(MemoryStore([*small_store().quads(), undeclared]), tmp_path, ["protege"])
    assert (tmp_path / SUMS).read_bytes() == before
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.skipif(os.name != "posix", reason="whether a process has ended is asked on POSIX only")
def test_what_a_killed_export_left_is_put_away(tmp_path: Path) -> None:
    """Of a process that has ended, and never of one at work, nor what only looks like it."""
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        pass
    (tmp_path / "merged").mkdir()
    kept = {f".cbec-kg.ttl.{os.getppid()}.part", ".cbec-kg.ttl.mine.part", f".cbec-kg.ttl.{'9' * 99}.part"}
    for name in (f".cbec-kg.ttl.{ended.pid}.part", *kept):
        (tmp_path / "merged" / name).write_bytes(b"")
    export(small_store(), tmp_path, ["protege"])
    assert {path.name for path in (tmp_path / "merged").iterdir() if path.name.startswith(".")} == kept


@pytest.mark.skipif(os.name != "posix", reason="a signal of POSIX")
def test_an_export_that_is_told_to_end_leaves_nothing(capsys, built_store, tmp_path: Path, monkeypatch) -> None:
    add = Staged.add

    def told_to_end(self, path: Path, content: bytes) -> str:
        digest = add(self, path, content)
        os.kill(os.getpid(), signal.SIGTERM)
        return digest

    monkeypatch.setattr(Staged, "add", told_to_end)
    for choice in (["--as", "schema-org"], ["--graph", "findings"]):
        code = main(["export", "--to", str(tmp_path), "--store", str(built_store), *choice])
        assert (code, capsys.readouterr().err.strip(), list(tmp_path.iterdir())) == (130, "cbec-kg: stopped", [])


def test_a_place_that_is_no_folder_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CbecError, match="file is a file: name a folder"):
        export(small_store(), tmp_path / "file", ["protege"])
    with pytest.raises(CbecError, match="cannot write"):
        export(small_store(), tmp_path / "file" / "folder", ["protege"])


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    code = main(["export", "--format", "protege", *arguments])
    return code, *capsys.readouterr()


@pytest.mark.parametrize("union", [False, True])
def test_a_graph_on_a_server_gives_the_same_bytes(union: bool, folder: Path, tmp_path: Path, capsys) -> None:
    quads = list(sample.sample_store().quads())
    if union:  # as `cbec-kg push` leaves it where all graphs are one
        quads = [q if q.graph_name != DefaultGraph() else Quad(*q.triple, iri("graph:all")) for q in quads]
    with Endpoint(quads, union=union) as server:
        code, out, err = run(capsys, "--to", str(tmp_path), "--store", server.url)
    assert (code, err) == (0, "")
    assert f"{tmp_path}/merged/cbec-kg.ofn  " in out
    assert (tmp_path / SUMS).read_bytes() == (folder / SUMS).read_bytes()


@pytest.mark.parametrize(
    ("store", "says"),
    [
        ("{tmp}/none", "cbec-kg: no graph in {tmp}/none"),
        ("http://127.0.0.1:1/sparql", "cbec-kg: nothing answers at http://127.0.0.1:1/sparql"),
        ("{server}", "cbec-kg: the store has no graph of the ontology: name one that `cbec-kg build` made"),
    ],
    ids=["no build", "no server", "a server with others' graphs"],
)
def test_a_store_without_a_graph_is_said_in_one_line(store: str, says: str, tmp_path: Path, capsys) -> None:
    theirs = [Quad(iri("id:a"), iri("cbec:value"), text("theirs"), NamedNode("https://example.org/graph"))]
    with Endpoint(theirs) as server:
        named = store.format(tmp=tmp_path, server=server.url)
        code, out, err = run(capsys, "--to", str(tmp_path / "out"), "--store", named)
    assert (code, out) == (2, "")
    assert err.startswith(says.format(tmp=tmp_path))
    assert err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_others_use_is_said_in_one_line(tmp_path: Path, capsys) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    code, out, err = run(capsys, "--to", str(tmp_path), "--store", str(tmp_path / "none"))
    fix = "name an empty folder, or one that an export filled"
    assert (code, out, err) == (2, "", f"cbec-kg: {tmp_path} holds notes.txt, which no export wrote: {fix}\n")


@pytest.mark.skipif(sys.platform != "linux", reason="root may write everywhere but where no file can be")
def test_a_folder_that_cannot_be_written_is_said_in_one_line() -> None:
    with pytest.raises(CbecError, match="cannot write /proc/none/") as raised:
        export(small_store(), Path("/proc/none"), ["protege"])
    assert "\n" not in str(raised.value)
