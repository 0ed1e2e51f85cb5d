"""What is told of two versions of an ontology, who uses what changed, and which version number it asks for."""

import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from cbec_kg import paths
from cbec_kg.cli.main import group
from cbec_kg.errors import Negative, OntologyError, ParseError
from cbec_kg.namespaces import CBEC, PREFIXES, compact, expand
from cbec_kg.ontology.difference import compare, read_version, report
from cbec_kg.ontology.difference.compare import asks_for, is_enough
from cbec_kg.ontology.difference.statements import _WEIGHT
from cbec_kg.ontology.difference.uses import find_uses, names
from cbec_kg.ontology.difference.words import WORDS
from tests.conftest import ROOT, cases

TURTLE = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items())
COMMON = """
cbec:A a owl:Class ; rdfs:label "ay"@en , "甲"@zh .
cbec:B a owl:Class ; rdfs:label "bee"@en , "乙"@zh .
cbec:p a owl:ObjectProperty ; rdfs:label "pee"@en .
"""
ROWS = "ontology/difference.yaml"


def told(found: dict) -> list[str]:
    """Lines of a difference as the rows write them."""
    lines = []
    for term in found["terms"]:
        by = "".join(f" by {compact(iri)}" for iri in term["replaced_by"])
        lines.append(f"{term['state']} {term['name']} {term['weight']}{by}")
        for change in term["changes"]:
            language = (
                f" {change['language']}" if change["language"] and term["state"] not in ("added", "removed") else ""
            )
            lines.append(f"{change['kind']}{language} {change['weight']}: {change['old']} → {change['new']}")
    return lines


def difference(old: str, new: str, folder: Path):
    versions = []
    for name, text in (("old.ttl", old), ("new.ttl", new)):
        path = folder / name
        path.write_text(TURTLE + COMMON + (text or ""), "utf-8")
        versions.append(read_version(path))
    return compare(*versions)


@pytest.mark.parametrize("row", cases(ROWS))
def test_what_differs_is_told(row, tmp_path):
    found = report.as_json(difference(row.get("old", ""), row.get("new", ""), tmp_path), {}, "en")
    assert told(found) == row["told"]
    assert found["step"] == row.get("step", found["step"])


def test_the_rows_show_every_kind_of_change():
    shown = {
        line.split(":")[0] for row in yaml.safe_load((ROOT / "tests" / ROWS).read_text("utf-8")) for line in row["told"]
    }
    kinds = {kind for kind in _WEIGHT if any(line.startswith(f"{kind} ") for line in shown)}
    assert kinds == set(_WEIGHT)


def test_every_kind_has_words():
    assert set(_WEIGHT) - {"statement", "annotation", "link", "note"} <= set(WORDS["en"])


@pytest.mark.parametrize(
    ("number", "weight", "wanted"),
    [
        ("0.1.0", "breaking", "0.2.0"),
        ("0.1.0", "compatible", "0.1.1"),
        ("0.1.9", "editorial", "0.1.10"),
        ("1.2.3", "breaking", "2.0.0"),
        ("1.2.3", "compatible", "1.3.0"),
        ("1.2.3", "editorial", "1.2.4"),
        ("draft", "breaking", None),
        (None, "breaking", None),
    ],
)
def test_the_version_that_a_change_asks_for(number, weight, wanted):
    assert asks_for(number, weight) == wanted


@pytest.mark.parametrize(
    ("number", "least", "enough"),
    [
        ("0.2.0", "0.2.0", True),
        ("0.10.0", "0.2.0", True),
        ("0.1.9", "0.2.0", False),
        (None, "0.2.0", False),
        ("0.2", "0.2.0", False),
    ],
)
def test_a_version_is_high_enough(number, least, enough):
    assert is_enough(number, least) is enough


# ---- on the real ontology


@pytest.fixture(scope="module")
def changed(tmp_path_factory) -> Path:
    """A copy of the ontology with a renamed property, a removed code and a narrower range."""
    folder = shutil.copytree(paths.ontology(), tmp_path_factory.mktemp("changed") / "ontology")

    def edit(name: str, old: str, new: str) -> None:
        path = folder / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, (name, old)
        path.write_text(text.replace(old, new), "utf-8")

    edit(
        "modules/relations.ttl",
        "cbec:launches a owl:ObjectProperty",
        "cbec:starts a owl:ObjectProperty ; dcterms:replaces cbec:launches",
    )
    edit(
        "modules/statistics.ttl",
        "cbec:rank a owl:DatatypeProperty ; rdfs:domain cbec:Observation ; rdfs:range xsd:decimal",
        "cbec:rank a owl:DatatypeProperty ; rdfs:domain cbec:Observation ; rdfs:range xsd:integer",
    )
    return folder


def run(*arguments: object) -> tuple[int, str, Exception | None]:
    # By the whole group: a command that ran alone would keep another help for the rest of the process.
    done = CliRunner().invoke(group, ["ontology", "diff", *map(str, arguments)])
    return done.exit_code, done.stdout, done.exception if not isinstance(done.exception, SystemExit) else None


def test_what_a_change_touches_is_named(changed):
    code, out, problem = run(paths.ontology(), changed, "--format", "json")
    assert (code, problem) == (0, None)
    found = json.loads(out)
    terms = {term["name"]: term for term in found["terms"]}
    assert {name: term["state"] for name, term in terms.items()} == {
        "cbec:launches": "renamed",
        "cbec:rank": "changed",
        "cbec:starts": "added",
    }
    assert terms["cbec:launches"]["replaced_by"] == [CBEC + "starts"]
    uses = terms["cbec:launches"]["uses"]
    assert "platforms/programmes" in uses["queries"]
    assert "data/observations.ttl" in uses["data"]
    assert terms["cbec:rank"]["changes"][0]["old"] == "xsd:decimal"
    assert terms["cbec:rank"]["uses"]["shapes"]
    assert found["asks_for"] == "0.2.0"
    assert found["enough"] is False


def test_it_says_the_same_every_time_and_in_every_form(changed):
    code, out, problem = run(paths.ontology(), changed, "--check")
    assert (code, type(problem)) == (1, Negative)  # the copy still has the old version number
    assert "0.2.0" in str(problem)
    assert out.startswith("0.1.0 → 0.1.0: 2 breaking, 1 compatible. Step: major, so 0.2.0 or higher")
    assert "renamed cbec:launches (launches, object property), replaced by" in out
    assert run(paths.ontology(), changed) == (0, out, None)
    chinese = run(paths.ontology(), changed, "--format", "md", "--lang", "zh")[1]
    assert "- 更名 `cbec:launches` (推出，对象属性)" in chinese


def test_a_version_without_changes_is_high_enough():
    code, out, problem = run(paths.ontology(), paths.ontology(), "--check")
    assert (code, out, problem) == (0, "0.1.0 → 0.1.0: nothing differs.\n", None)


def test_without_a_second_version_it_is_the_one_that_is_installed(changed):
    assert "removed cbec:starts" in run(changed)[1]


def test_ones_own_queries_and_data_are_looked_through_too(changed, tmp_path):
    (tmp_path / "mine.rq").write_text("SELECT * { ?s cbec:launches ?o }", "utf-8")
    (tmp_path / "mine.nt").write_text(f"<urn:a> <{CBEC}launches> <urn:b> .\n", "utf-8")
    found = find_uses([CBEC + "launches"], paths.resources(), [tmp_path])[CBEC + "launches"]
    assert str(tmp_path / "mine.rq") in found["queries"]
    assert str(tmp_path / "mine.nt") in found["data"]
    with pytest.raises(OntologyError, match="no such folder"):
        find_uses([], paths.resources(), [tmp_path / "nowhere"])


@pytest.mark.parametrize("suffix", ["rdf", "jsonld"])
def test_a_merged_file_in_another_syntax_is_the_same_version(suffix, tmp_path):
    from pyoxigraph import Quad, serialize

    from cbec_kg.rdf.formats import by_suffix

    version = read_version(paths.ontology())
    merged = tmp_path / f"merged.{suffix}"
    kept = [triple for triple in version.triples if triple.predicate.value != expand("owl:imports")]
    with merged.open("wb") as out:
        serialize((Quad(*triple) for triple in kept), out, by_suffix(f".{suffix}").rdf_format)
    found = compare(version, read_version(merged))
    assert {term.sort for term in found.terms} == {"ontology"}
    assert {change.predicate for term in found.terms for change in term.changes} == {"owl:imports"}


def test_what_cannot_be_read_is_said_in_one_line(tmp_path):
    broken = tmp_path / "broken.ttl"
    broken.write_text("<urn:a> <urn:b> .", "utf-8")
    empty = tmp_path / "empty.ttl"
    empty.write_text("", "utf-8")
    alone = tmp_path / "alone.ttl"
    alone.write_text(f"{TURTLE}<urn:a> a owl:Ontology ; owl:imports <urn:b> .", "utf-8")
    for path, error, says in (
        (broken, ParseError, "broken.ttl:1:"),
        (empty, OntologyError, "holds no terms"),
        (alone, OntologyError, "imports <urn:b>, and no catalog-v001.xml beside it"),
        (tmp_path, OntologyError, "no catalog-v001.xml there"),
        (tmp_path / "none.ttl", OntologyError, "no such file or folder"),
        (ROOT / "README.md", ParseError, "unknown RDF suffix"),
    ):
        with pytest.raises(error) as caught:
            read_version(path)
        assert says in str(caught.value)
        assert "\n" not in str(caught.value)


def test_without_numbers_nothing_is_high_enough(tmp_path):
    found = difference("", 'cbec:A rdfs:comment "a"@en .', tmp_path)
    assert (found.asks_for, found.is_enough) == (None, False)
    code, _, problem = run(tmp_path / "old.ttl", tmp_path / "new.ttl", "--check")
    assert (code, type(problem)) == (1, Negative)
    assert "no version number to go by" in str(problem)


def test_what_a_term_lost_is_told_whole_where_the_term_stays(tmp_path):
    found = difference('cbec:A skos:example "e"@en .', "", tmp_path)
    assert '      skos:example @en: − "e"\n' in report.as_text(found, {}, "en")


def test_texts_and_comments_name_nothing():
    text = "#+ params: {p: {class: \"cbec:Platform\"}}\nSELECT * { ?s cbec:value 'cbec:unit' } # cbec:rank\n"
    assert names(text) == {CBEC + "Platform", CBEC + "value"}
