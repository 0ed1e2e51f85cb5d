"""Headers say what they must and agree on one version; a release numbers them all; data moves on by SPARQL Updates."""

import re
import shutil
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store

import cbec_kg
from cbec_kg import paths
from cbec_kg.errors import Negative, OntologyError
from cbec_kg.namespaces import BASE, PREFIXES, expand
from cbec_kg.ontology import release as releases
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import Literal, NamedNode, Triple
from tests.conftest import ROOT, cases

ONTOLOGY = paths.ontology()
NUMBER = cbec_kg.__version__
NEXT = "{}.{}.0".format(*(int(part) + step for part, step in zip(NUMBER.split(".")[:2], (0, 1), strict=True)))


def header(path: Path) -> list[Triple]:
    """What a file says of its ontology."""
    triples = list(parse_file(path))
    (node,) = (t.subject for t in triples if t.object == NamedNode(expand("owl:Ontology")))
    return [triple for triple in triples if triple.subject == node]


def missing(about: list[Triple], needs: list[str]) -> list[str]:
    """Properties that a header lacks, or lacks in a language."""
    found = []
    for need in needs:
        name, *languages = need.split()
        values = [triple.object for triple in about if triple.predicate.value == expand(name)]
        held = {f"@{value.language}" for value in values if isinstance(value, Literal)}
        if not values or not held.issuperset(languages):
            found.append(need)
    return found


def one(about: list[Triple], name: str) -> str:
    (value,) = (triple.object.value for triple in about if triple.predicate.value == expand(name))
    return value


@pytest.mark.parametrize("row", cases("ontology/headers.yaml"))
def test_a_header_says_what_it_must(row):
    assert missing(header(ONTOLOGY / row["id"]), row["needs"]) == []


@pytest.mark.parametrize("row", cases("ontology/headers.yaml"))
def test_what_a_header_lacks_is_noticed(row):
    about = header(ONTOLOGY / row["id"])
    for need in row["needs"]:
        name, *languages = need.split()
        without = [triple for triple in about if triple.predicate.value != expand(name)]
        assert missing(without, row["needs"]) == [need]
        for language in languages:
            one_less = [
                t for t in about if not (t.predicate.value == expand(name) and f"@{t.object.language}" == language)
            ]
            assert missing(one_less, row["needs"]) == [need]


def test_every_root_with_a_version_has_its_row():
    rows = {f"ontology/{row.values[0]['id']}" for row in cases("ontology/headers.yaml")}
    versioned = {name for name in releases.versions(ROOT) if name.endswith(".ttl")}
    assert rows <= versioned
    assert {name for name in versioned if name.count("/") == 1} <= rows


def test_all_agree_on_the_version():
    found = releases.versions(ROOT)
    assert set(found.values()) == {NUMBER}, found
    assert {"pyproject.toml", "src/cbec_kg/__init__.py", "ontology/ontology.ttl", "ontology/vocab.ttl"} <= set(found)


@pytest.mark.parametrize("name", [name for name in releases.versions(ROOT) if name.endswith(".ttl")])
def test_a_header_is_of_one_piece(name):
    about = header(ROOT / name)
    iri = about[0].subject.value
    assert one(about, "owl:versionIRI") == f"{BASE}{NUMBER}/{iri.removeprefix(BASE)}"
    assert one(about, "owl:versionInfo") == NUMBER
    cited = [t.object.value for t in about if t.predicate.value == expand("dcterms:bibliographicCitation")]
    assert all(f", version {NUMBER}, " in text for text in cited)
    prior = [t.object.value for t in about if t.predicate.value == expand("owl:priorVersion")]
    assert len(prior) <= 1
    assert (f"{BASE}{NUMBER}/" not in prior[0]) if prior else True


def test_a_preferred_prefix_is_the_projects():
    for name in ("ontology.ttl", "vocab.ttl", "shapes/header.ttl"):
        about = header(ONTOLOGY / name)
        assert PREFIXES[one(about, "vann:preferredNamespacePrefix")] == one(about, "vann:preferredNamespaceUri")


# ---- a release, on a copy


@pytest.fixture
def copy(tmp_path) -> Path:
    """What of a checkout a release changes, with a change note of the next version."""
    folder = tmp_path / "checkout"
    shutil.copytree(ONTOLOGY, folder / "ontology")
    (folder / "src" / "cbec_kg").mkdir(parents=True)
    for name in ("pyproject.toml", "src/cbec_kg/__init__.py"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "CHANGELOG.md").write_text(f"# Changelog\n\n## {NEXT} (unreleased)\n\n## {NUMBER}\n", "utf-8")
    return folder


def violations(ontology: Path, rule: str) -> list[str]:
    """Terms at fault by a rule of hygiene, in schema and vocabulary."""
    store = Store()
    for path in (*ontology.glob("*.ttl"), *ontology.glob("modules/*.ttl"), *ontology.glob("vocab/*.ttl")):
        store.load(path=str(path), format=RdfFormat.TURTLE)
    return [row[0].value for row in store.query((ONTOLOGY / "hygiene" / f"{rule}.rq").read_text("utf-8"))]


def migration(checkout: Path) -> None:
    """Why a breaking change needs no update, in the place where that is said."""
    folder = checkout / "ontology" / "migrations" / f"{NUMBER}-{NEXT}"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("Data stays as it is: fewer triples follow from it.\n", "utf-8")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")


def test_the_next_release_names_the_one_before_and_all_gates_hold(copy):
    edit(copy / "ontology/modules/time.ttl", "owl:ObjectProperty , owl:TransitiveProperty", "owl:ObjectProperty")
    migration(copy)
    changed = releases.release(copy, NEXT, day="2027-01-31", old=ROOT)
    assert set(releases.versions(copy).values()) == {NEXT}
    assert {path.relative_to(copy).as_posix() for path in changed} == {"CHANGELOG.md", *releases.versions(copy)}
    for name in releases.versions(copy):
        if name.endswith(".ttl"):
            about = header(copy / name)
            former = one(header(ROOT / name), "owl:versionIRI")
            assert one(about, "owl:priorVersion") == former
            assert one(about, "owl:incompatibleWith") == former  # `within` is transitive no more
            if name.startswith("ontology/alignments/"):
                continue  # their header has no dates: it is made from a table
            assert one(about, "dcterms:issued") == one(about, "dcterms:modified") == "2027-01-31T00:00:00"
            assert f"version {NEXT}, 2027." in one(about, "dcterms:bibliographicCitation")
    assert f"## {NEXT} (2027-01-31)\n" in (copy / "CHANGELOG.md").read_text("utf-8")
    for rule in ("header", "language-tag", "spaces", "undeclared-reused-term"):
        assert violations(copy / "ontology", rule) == []


def test_a_release_after_it_replaces_what_stands_there(copy):
    releases.release(copy, NEXT, day="2027-01-31", old=ROOT)
    before = shutil.copytree(copy, copy.with_name("before"))
    after = NEXT[:-1] + "1"
    edit(copy / "CHANGELOG.md", "# Changelog\n", f"# Changelog\n\n## {after} (unreleased)\n")
    edit(copy / "ontology/modules/time.ttl", 'rdfs:label "granularity"@en', 'rdfs:label "grain"@en')
    releases.release(copy, after, day="2027-03-01", old=before)
    about = header(copy / "ontology/ontology.ttl")
    assert one(about, "owl:priorVersion") == f"{BASE}{NEXT}/ontology"
    assert one(about, "owl:backwardCompatibleWith") == f"{BASE}{NEXT}/ontology"
    assert not [t for t in about if t.predicate.value == expand("owl:incompatibleWith")]


def test_the_first_release_has_none_before_it(copy):
    (copy / "CHANGELOG.md").write_text(f"## {NUMBER} (unreleased)\n", "utf-8")
    releases.release(copy, NUMBER, day="2027-01-31")
    about = header(copy / "ontology/ontology.ttl")
    assert missing(about, ["owl:priorVersion"])
    assert one(about, "dcterms:issued") == "2027-01-31T00:00:00"


def test_a_header_that_is_new_has_none_before_it(copy):
    text = re.sub(
        r"cbec-kg/(?=ontology>|[\d.]+/ontology>)", "cbec-kg/alignment/", (ONTOLOGY / "ontology.ttl").read_text("utf-8")
    )
    new = copy / "ontology" / "new.ttl"
    new.write_text(text.replace("/ontology> a owl", "/new> a owl"), "utf-8")
    edit(copy / "ontology/modules/time.ttl", 'rdfs:label "granularity"@en', 'rdfs:label "grain"@en')
    releases.release(copy, NEXT, day="2027-01-31", old=ROOT)
    assert "owl:priorVersion" in (copy / "ontology/ontology.ttl").read_text("utf-8")
    assert "owl:priorVersion" not in new.read_text("utf-8")


def test_a_release_is_refused_before_anything_is_written(copy):
    edit(copy / "ontology/modules/time.ttl", "owl:ObjectProperty , owl:TransitiveProperty", "owl:ObjectProperty")
    (copy / "CHANGELOG.md").write_text(f"## {NEXT} (unreleased)\n## {NUMBER[:-1]}9 (unreleased)\n", "utf-8")
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    for number, error, says in (
        ("0.2", OntologyError, "is no version number"),
        ("7.0.0", OntologyError, "no change note of 7.0.0"),
        (NEXT, OntologyError, f"{NUMBER}-{NEXT}: no migration"),
        (f"{NUMBER[:-1]}9", Negative, f"too low after {NUMBER}"),
        (NUMBER, OntologyError, f"no change note of {NUMBER}"),
    ):
        with pytest.raises(error, match=says):
            releases.release(copy, number, day="2027-01-31", old=ROOT)
    for day in ("nonsense", "2027-02-31", '2027-01-31"', ""):
        with pytest.raises(OntologyError, match="is no day: write YYYY-MM-DD"):
            releases.release(copy, NEXT, day=day, old=ROOT)
    assert releases.main([f"{NUMBER[:-1]}9", "--old", str(ROOT), "--root", str(copy)]) == 1
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


def test_a_header_that_lags_behind_is_noticed(copy):
    path = copy / "ontology" / "vocab.ttl"
    edit(path, f'owl:versionInfo "{NUMBER}"', f'owl:versionInfo "{NEXT}"')
    assert releases.versions(copy)["ontology/vocab.ttl"] == f"{NUMBER} and {NEXT}"
    edit(path, f"cbec-kg/{NUMBER}/vocab", f"cbec-kg/{NEXT}/vocab")
    assert set(releases.versions(copy).values()) == {NUMBER, NEXT}


# ---- migration


def test_a_users_own_graph_moves_on_by_the_updates_of_a_version():
    sample = ROOT / "tests" / "ontology" / "migration"
    store = Store()
    store.load(path=str(sample / "before.trig"), format=RdfFormat.TRIG)
    updates = sorted(sample.glob("*.rq"))
    assert updates
    for path in updates:
        store.update(path.read_text("utf-8"))
    wanted = Store()
    wanted.load(path=str(sample / "after.trig"), format=RdfFormat.TRIG)
    assert set(store) == set(wanted)
    for path in updates:  # once more changes nothing
        store.update(path.read_text("utf-8"))
    assert set(store) == set(wanted)


MIGRATIONS = ONTOLOGY / "migrations"


def test_every_migration_says_from_where_to_where():
    folders = [path for path in MIGRATIONS.iterdir() if path.is_dir()]
    for folder in folders:
        assert re.fullmatch(r"\d+\.\d+\.\d+-\d+\.\d+\.\d+", folder.name)
        assert list(folder.glob("*.rq"))
    for path in (*MIGRATIONS.rglob("*.rq"), *(ROOT / "tests/ontology/migration").glob("*.rq")):
        lines = path.read_text("utf-8").splitlines()
        assert lines[0].startswith("#+ summary: ")
        Store().update("\n".join(lines))  # it is an update, and parses
