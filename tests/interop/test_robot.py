"""ROBOT, run by the pinned Java, on the project's ontology: its report, its DL profile, its diff.

Each is first seen to notice what is planted.
"""

import os
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import yaml

from cbec_kg import paths
from tests.interop.fetched import NotFetched, jars, robot

pytestmark = pytest.mark.skipif("CBEC_KG_INTEROP" not in os.environ, reason="fetches ROBOT: make interop")

HERE = Path(__file__).parent
WAIVERS = yaml.safe_load((HERE / "robot-waivers.yaml").read_text("utf-8"))
INSTEAD = {(HERE / "robot" / row["instead"]).resolve().as_uri(): row["rule"] for row in WAIVERS}
ONTOLOGY = paths.ontology()


@pytest.fixture(scope="module")
def command() -> list[str]:
    try:
        return robot()
    except NotFetched as error:
        pytest.fail(str(error), pytrace=False)


Run = Callable[..., subprocess.CompletedProcess]


@pytest.fixture(scope="module")
def run(command: list[str]) -> Run:
    """Runs ROBOT; what it and Java say comes back."""

    def run_robot(*arguments: str | Path) -> subprocess.CompletedProcess:
        line = [*command, *map(str, arguments)]
        return subprocess.run(line, capture_output=True, text=True, errors="replace", check=False, timeout=600)

    return run_robot


def merge(run: Run, root: str, merged: Path) -> Path:
    """A root file of the ontology and all that it imports, as one file."""
    catalog = ONTOLOGY / "catalog-v001.xml"
    done = run("merge", "--catalog", catalog, "--input", ONTOLOGY / root, "--output", merged)
    assert done.returncode == 0, done.stdout + done.stderr
    return merged


@pytest.fixture(scope="module")
def whole(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The root with all that it imports, as one file."""
    return merge(run, "cbec-kg.ttl", tmp_path_factory.mktemp("robot") / "whole.ttl")


@pytest.fixture(scope="module")
def schema(run: Run, whole: Path) -> Path:
    """The schema and the vocabulary alone."""
    return merge(run, "vocab.ttl", whole.with_name("schema.ttl"))


@pytest.fixture(scope="module")
def rules(command: list[str]) -> dict[str, str]:
    """Rules of ROBOT's own report, each with its level, as its release has them."""
    with zipfile.ZipFile(jars("robot", "ROBOT")["robot-core"]) as archive:
        lines = archive.read("report_profile.txt").decode().split("\n")
    return {name: level for level, name in (line.split() for line in lines if line.strip())}


@pytest.fixture(scope="module")
def profile(rules: dict[str, str], whole: Path) -> Path:
    """ROBOT's own rules but for the waived ones, and what is asked instead of those."""
    lines = [f"{level}\t{name}" for name, level in rules.items() if name not in INSTEAD.values()]
    lines += [f"{rules[name]}\t{query}" for query, name in INSTEAD.items()]
    path = whole.with_name("profile.txt")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def report(run: Run, source: Path, *options: str | Path) -> tuple[Counter, list[list[str]]]:
    """How many problems of each level and rule ROBOT reports, and the rows."""
    out = source.with_name(f"{source.stem}-report.tsv")
    done = run("report", "--input", source, "--fail-on", "none", "--output", out, *options)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = [line.split("\t") for line in out.read_text("utf-8").splitlines()[1:]]
    return Counter((level, name) for level, name, *_ in rows), rows


def planted(source: Path, name: str, changes: Sequence[tuple[str, str]] = (), more: str = "") -> Path:
    """A copy with changes in its text, each of which must apply, and triples added."""
    text = source.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    copy = source.with_name(f"{name}.ttl")
    copy.write_text(f"{text}\n{more}\n", "utf-8")
    return copy


def test_the_report_has_no_error_and_no_warning(run: Run, whole: Path, profile: Path) -> None:
    found, rows = report(run, whole, "--profile", profile)
    print(f"robot report: {dict(found)}")
    assert [row for row in rows if row[0] in ("ERROR", "WARN")] == []


def test_each_waiver_is_needed_and_no_other_rule_reports(run: Run, whole: Path, rules: dict[str, str]) -> None:
    found, _ = report(run, whole)
    print(f"robot report without waivers: {dict(found)}")
    assert set(INSTEAD.values()) <= set(rules)
    assert {name for level, name in found if level != "INFO"} == set(INSTEAD.values())


CBEC = "https://w3id.org/cbec-kg/ontology#"
PREFIXES = f"""@prefix cbec: <{CBEC}> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> ."""
FAULTS = {
    "multiple_labels": ("Platform", 'cbec:Platform rdfs:label "shop"@en .'),
    "missing_definition": ("Undefined", 'cbec:Undefined a owl:Class ; rdfs:label "undefined"@en .'),
    "duplicate_label": ("Twin", 'cbec:Twin a owl:Class ; rdfs:label "platform"@en ; skos:definition "Actor."@en .'),
    "missing_label": ("Nameless", 'cbec:Nameless a owl:Class ; skos:definition "Actor that is."@en .'),
    "label_whitespace": ("Spaced", 'cbec:Spaced a owl:Class ; rdfs:label " spaced"@en ; skos:definition "A."@en .'),
    "deprecated_class_reference": ("Platform", "cbec:Platform owl:deprecated true ."),
    "deprecated_boolean_datatype": ("City", 'cbec:City owl:deprecated "yes" .'),
}


def test_planted_faults_are_reported(run: Run, whole: Path, profile: Path) -> None:
    """All in one copy; what is asked instead of a waived rule reports in its place."""
    instead = {row["rule"]: row["instead"].removesuffix(".rq") for row in WAIVERS}
    more = "\n".join([PREFIXES, *(text for _, text in FAULTS.values())])
    _, rows = report(run, planted(whole, "faults", more=more), "--profile", profile)
    told = {(name, subject) for level, name, subject, *_ in rows if level in ("ERROR", "WARN")}
    assert {(instead.get(rule, rule), CBEC + name) for rule, (name, _) in FAULTS.items()} <= told, told


def test_the_dl_profile_holds_and_a_planted_fault_breaks_it(run: Run, whole: Path, schema: Path) -> None:
    out = whole.with_name("profile-dl.txt")
    done = run("validate-profile", "--profile", "DL", "--input", whole, "--output", out)
    assert done.returncode == 0, done.stdout + done.stderr
    fault = f"<{CBEC}year> <http://www.w3.org/2000/01/rdf-schema#range> <http://www.w3.org/2001/XMLSchema#date> ."
    broken, out = planted(schema, "not-dl", more=fault), schema.with_name("not-dl.txt")
    done = run("validate-profile", "--profile", "DL", "--input", broken, "--output", out)
    assert done.returncode == 1
    assert "xsd:date" in out.read_text("utf-8")


def test_the_diff_of_two_versions_names_what_changed(run: Run, schema: Path) -> None:
    more = "cbec:PilotZone a owl:Class ; rdfs:subClassOf cbec:Region ."
    new = planted(schema, "new", [('"programme"@en', '"scheme of a company"@en')], PREFIXES + more)
    out = schema.with_name("diff.md")
    done = run("diff", "--left", schema, "--right", new, "--labels", "true", "--format", "markdown", "--output", out)
    assert done.returncode == 0, done.stdout + done.stderr
    told = out.read_text("utf-8").partition("## Right")[2]
    changed = [line for line in told.splitlines() if line.startswith("- [")]
    assert len(changed) == 3, told
    assert any('"programme"@en' in line for line in changed)
    assert any('"scheme of a company"@en' in line for line in changed)
    assert any(f"{CBEC}PilotZone" in line and f"{CBEC}Region" in line for line in changed)
    same = schema.with_name("same.txt")
    assert run("diff", "--left", schema, "--right", schema, "--output", same).returncode == 0
    assert "identical" in same.read_text("utf-8")
