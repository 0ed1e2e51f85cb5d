"""A build stores a valid graph whole, or leaves the store as it was."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from cbec_kg import paths
from cbec_kg.errors import InvalidData, OntologyError, ParseError, RowError, StoreError, StoreLocked, StoreMissing
from cbec_kg.namespaces import GRAPH
from cbec_kg.pipeline import curated
from cbec_kg.pipeline.build import Invalid, build
from cbec_kg.rdf.canonical import nquads
from cbec_kg.store.builds import writing
from cbec_kg.store.embedded import EmbeddedStore

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def count(store: Path) -> str:
    return next(EmbeddedStore(store).select(COUNT).rows)[0].value


@pytest.fixture
def resources(tmp_path) -> Path:
    """A copy of the ontology and the data that a test may spoil."""
    target = tmp_path / "resources"
    for name in ("ontology", "data"):
        shutil.copytree(paths.resources() / name, target / name)
    return target


def spoil_row(resources: Path, article: str, **change) -> None:
    path = next((resources / "data" / "articles").glob(f"{article}*.jsonl"))
    lines = path.read_text("utf-8").splitlines()
    number, row = next(
        (i, r) for i, r in enumerate(map(json.loads, lines)) if r["type"] == "observation" and r["kind"] == "growth"
    )
    lines[number] = json.dumps({**row, **change})
    path.write_text("\n".join(lines) + "\n", "utf-8")


def test_two_builds_are_the_same_bytes(built_store, tmp_path):
    build(tmp_path / "other", paths.resources())
    first, second = (nquads(EmbeddedStore(store).quads()) for store in (built_store, tmp_path / "other"))
    assert first == second
    assert first.count(b"\n") > 10_000


def test_the_default_graph_holds_each_triple_of_the_named_graphs_once(graph):
    named = Counter((q.subject, q.predicate, q.object) for name in graph.graphs() for q in graph.quads(name))
    default = [(q.subject, q.predicate, q.object) for q in graph.quads("")]
    assert set(named) == set(default)
    assert len(default) == len(set(default))
    assert graph.graphs()[:2] == [GRAPH + "alignments", GRAPH + "article_000_7b0ff383e1855b6b"]


def test_no_blank_node_outside_the_ontology(graph):
    for name in graph.graphs():
        if not name.endswith("/ontology"):
            assert [q for q in graph.quads(name) if "_:" in (str(q.subject)[:2], str(q.object)[:2])] == []


def test_without_reasoning_nothing_is_inferred(tmp_path):
    summary, _ = build(tmp_path / "store", paths.resources(), reason=False)
    assert summary.inferred == 0
    assert summary.claims > 300


def test_a_broken_turtle_file_names_line_and_column(resources, built_copy):
    path = sorted((resources / "data" / "entities").glob("*.ttl"))[0]
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([*lines, "id:broken a"]), "utf-8")
    with pytest.raises(ParseError, match=rf"{path.name}:{len(lines) + 1}:\d+"):
        build(built_copy.folder, resources)
    built_copy.unchanged()


def test_a_bad_row_names_file_and_line(resources, built_copy):
    path = sorted((resources / "data" / "articles").glob("*.jsonl"))[0]
    path.write_text(path.read_text("utf-8") + "{}\n", "utf-8")
    with pytest.raises(RowError, match=rf"{path.name}:\d+: unknown type"):
        build(built_copy.folder, resources)
    built_copy.unchanged()


def test_an_unknown_code_names_the_nearest(resources, built_copy):
    spoil_row(resources, "003", entity="chnia")
    with pytest.raises(RowError, match="nearest: china"):
        build(built_copy.folder, resources)
    built_copy.unchanged()


def test_a_claim_that_breaks_a_shape_is_reported(resources, built_copy):
    spoil_row(resources, "003", value=-101.5, lower=-101.55, upper=-101.45)
    with pytest.raises(Invalid) as caught:
        build(built_copy.folder, resources)
    assert [
        result.shape.rsplit("#")[-1] for result in caught.value.report.results if result.severity == "Violation"
    ] == ["GrowthFloor"]
    assert caught.value.exit_code == 1
    built_copy.unchanged()


def test_a_claim_that_contradicts_the_ontology_is_refused(resources, built_copy):
    path = next((resources / "data" / "articles").glob("003*.jsonl"))
    row = next(
        r
        for r in map(json.loads, path.read_text("utf-8").splitlines())
        if r["type"] == "relation" and r["predicate"] == "launches"
    )
    path.write_text(
        path.read_text("utf-8") + json.dumps({**row, "predicate": "hosts", "object": "shein"}) + "\n", "utf-8"
    )
    with pytest.raises(InvalidData, match="id:shein would be both"):
        build(built_copy.folder, resources)
    built_copy.unchanged()


class Copy:
    """A store with a graph in it, and a way to see that nothing happened to it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before = count(folder), (folder / "CURRENT").read_text()

    def unchanged(self) -> None:
        assert (count(self.folder), (self.folder / "CURRENT").read_text()) == self.before


@pytest.fixture
def built_copy(store) -> Copy:
    return Copy(store)


@pytest.fixture
def little_copy(little, tmp_path) -> Copy:
    """A store of few facts that is built in no time."""
    build(tmp_path / "few", little)
    return Copy(tmp_path / "few")


def test_a_locked_store_says_who_holds_it(built_copy):
    with (
        writing(built_copy.folder),
        pytest.raises(StoreLocked, match=f"process {os.getpid()}"),
        writing(built_copy.folder),
    ):
        pass
    built_copy.unchanged()


def test_a_missing_store_says_what_to_run(tmp_path):
    with pytest.raises(StoreMissing, match="cbec-kg build"):
        EmbeddedStore(tmp_path).query(COUNT)


def test_a_folder_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "builds" / "2024").mkdir(parents=True)
    with pytest.raises(StoreError, match="other things"):
        build(tmp_path, paths.resources())
    assert (tmp_path / "builds" / "2024").is_dir()


@pytest.mark.parametrize("content", [b"", b"garbage", b"\xff\xfe", b"0099"])
def test_a_store_that_names_no_build_says_so_and_is_mended_by_the_next(little, little_copy, content):
    (little_copy.folder / "CURRENT").write_bytes(content)
    with pytest.raises(StoreError, match="names no build"):
        count(little_copy.folder)
    build(little_copy.folder, little)
    assert count(little_copy.folder) == little_copy.before[0]


def test_generated_files_can_be_made_again(resources, built_copy):
    for path in [resources / "data" / "observations.ttl", *(resources / "data" / "articles").glob("*.ttl")]:
        path.unlink()
    build(built_copy.folder, resources)
    assert len(curated.fix(resources)) >= 6
    assert curated.stale(resources) == []


def test_an_article_that_goes_takes_its_generated_file_along(resources):
    for suffix in (".json", ".jsonl"):
        next((resources / "data" / "articles").glob(f"004*{suffix}")).unlink()
    orphan = next((resources / "data" / "articles").glob("004*.ttl"))
    assert orphan in curated.stale(resources)
    curated.fix(resources)
    assert not orphan.exists()
    assert curated.stale(resources) == []


def test_rows_without_metadata_are_refused(resources, built_copy):
    next((resources / "data" / "articles").glob("004*.json")).unlink()
    with pytest.raises(RowError, match="rows without metadata"):
        build(built_copy.folder, resources)


def test_an_axiom_among_the_entities_is_refused(resources, built_copy):
    path = resources / "data" / "entities" / "people.ttl"
    path.write_text(path.read_text("utf-8") + "\nid:li-kuiwen <http://www.w3.org/2002/07/owl#sameAs> id:xi-jinping .\n")
    with pytest.raises(OntologyError, match="owl:sameAs"):
        build(built_copy.folder, resources)
    built_copy.unchanged()


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="cannot be written"):
        build(tmp_path / "file", paths.resources())


def test_old_builds_go_and_leftovers_too(little, little_copy):
    (little_copy.folder / "builds" / "9999").mkdir()
    for _ in range(3):
        build(little_copy.folder, little)
    assert len(list((little_copy.folder / "builds").iterdir())) == 2
    assert (little_copy.folder / "CURRENT").read_text().strip() in {
        p.name for p in (little_copy.folder / "builds").iterdir()
    }
    assert len((little_copy.folder / "log.jsonl").read_text().splitlines()) == 4


ELSEWHERE = """
import sys
from pathlib import Path
from cbec_kg import paths
folder = Path(sys.argv.pop(1))
paths.resources = lambda: folder
from cbec_kg.cli import main
sys.exit(main(sys.argv[1:]))
"""


def start_build(store: Path, *, resources: Path | None = None, **options) -> subprocess.Popen:
    command = ["-c", ELSEWHERE, str(resources), "build", "--no-reason"] if resources else ["-m", "cbec_kg", "build"]
    return subprocess.Popen(
        [sys.executable, *command, "--store", str(store)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **options,
    )  # fmt: skip


def test_a_full_disk_leaves_the_old_graph(built_copy):
    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    with start_build(built_copy.folder, preexec_fn=small) as process:
        _, said = process.communicate(timeout=120)
    assert process.returncode == 2, said
    assert "cannot be written" in said
    built_copy.unchanged()


@pytest.fixture
def mostly_stored(resources, tmp_path) -> Copy:
    """All the data, in a build that reasons about nothing and has one shape: most of its time goes to the store."""
    for path in (resources / "ontology" / "shapes").glob("*.ttl"):
        if path.name != "articles.ttl":
            path.unlink()
    build(tmp_path / "store", resources, reason=False)
    return Copy(tmp_path / "store")


def test_killed_at_four_points_the_old_graph_answers(mostly_stored, resources):
    """At twenty it is in tests/interop/test_killed_builds.py."""
    kill(mostly_stored, resources, points=4)


def kill(stored: Copy, resources: Path, points: int) -> None:
    """Kill builds at so many points of the time that one takes: the graph before answers, and the next run builds."""
    store, before = stored.folder, stored.before[0]
    began = time.monotonic()
    with start_build(store, resources=resources) as process:
        process.wait(timeout=120)
    whole = time.monotonic() - began
    assert process.returncode == 0
    assert count(store) == before
    for point in range(points):
        with start_build(store, resources=resources) as process:
            time.sleep(whole * (point + 1) / (points + 0.5))
            process.kill()
        assert count(store) == before
    build(store, resources, reason=False)
    assert count(store) == before
    assert len(list((store / "builds").iterdir())) == 2
