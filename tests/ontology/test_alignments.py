"""Every link to another vocabulary is checked again, and a planted fault of each kind is noticed."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib
import yaml
from rdflib import OWL, RDF

from cbec_kg import paths
from cbec_kg.errors import OntologyError
from cbec_kg.ontology.alignments import files
from cbec_kg.ontology.catalog import imports, read
from cbec_kg.ontology.sssom import MappingSet, folder, read_all, read_checks, read_set

from . import alignment_rules
from .alignment_rules import RULES, complaints

ONTOLOGY = paths.ontology()
SETS = {table.name: table for table in read_all()}
FAULTS = yaml.safe_load((Path(__file__).parent / "alignments" / "faults.yaml").read_text("utf-8"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("name", SETS)
def test_nothing_is_wrong(name, rule):
    assert complaints([SETS[name]], [rule]) == []


def spoilt(fault) -> MappingSet:
    """A table with one link changed or added, as a row of faults.yaml says."""
    table = SETS[fault["set"]]
    full = {**table.prefixes, "id": "https://w3id.org/cbec-kg/id/", "owl": "http://www.w3.org/2002/07/owl#"}

    def expand(name):
        prefix, _, local = name.partition(":")
        return full[prefix] + local

    subject = expand(fault["subject"])
    changes = {key: fault[key] for key in ("object_label", "object_type", "subject_label") if key in fault}
    changes |= {key: expand(fault[key]) for key in ("object", "predicate") if key in fault}
    old = next((row for row in table.mappings if row.subject == subject), None)
    new = replace(old or table.mappings[0], subject=subject, **changes)
    rows = [new if row is old else row for row in table.mappings] if old else [*table.mappings, new]
    return replace(table, mappings=tuple(reversed(rows) if fault.get("order") == "reversed" else rows))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault["fault"])
def test_a_planted_fault_is_noticed(fault):
    rule = getattr(alignment_rules, fault["rule"])
    found = complaints([spoilt(fault)], [rule])
    assert any(fault["says"] in complaint for complaint in found), found


def test_every_rule_has_a_planted_fault():
    assert {fault["rule"] for fault in FAULTS} == {rule.__name__ for rule in RULES}


def test_the_files_follow_from_the_tables():
    made = files(paths.resources())
    assert {path.name for path in (ONTOLOGY / "alignments").glob("*.ttl")} == {path.name for path in made}
    stale = [path.name for path, text in made.items() if path.read_text("utf-8") != text]
    assert stale == [], "run `cbec-kg data format --fix`"


@pytest.mark.parametrize("name", SETS)
def test_a_file_is_an_ontology_of_its_own_and_imports_nothing_foreign(name):
    graph = rdflib.Graph().parse(ONTOLOGY / "alignments" / f"{name}.ttl")
    (header,) = graph.subjects(RDF.type, OWL.Ontology)
    assert str(header) == f"https://w3id.org/cbec-kg/alignment/{name}"
    assert all(str(one).startswith("https://w3id.org/cbec-kg/") for one in graph.objects(header, OWL.imports))
    assert (None, OWL.sameAs, None) not in graph
    for term in ("title", "license", "source", "description"):
        assert list(graph.objects(header, rdflib.DCTERMS[term])), term
    assert list(graph.objects(header, OWL.versionIRI))


def test_the_root_imports_no_alignment():
    reached = imports(ONTOLOGY / "cbec-kg.ttl", ONTOLOGY / "catalog-v001.xml")
    assert not [path for path in reached if path.parent.name == "alignments"]
    catalog = ONTOLOGY / "alignments" / "catalog-v001.xml"
    known = {path.stem for path in read(catalog).values() if path.parent.name == "alignments"}
    assert known == set(SETS)


def test_every_link_says_how_it_was_checked():
    used = {row.checked for table in SETS.values() for row in table.mappings}
    checks = read_checks()
    assert used == set(checks)
    assert all(set(check) == {"en", "zh", "source", "version", "licence"} for check in checks.values())


def test_a_file_keeps_the_version_that_a_release_gave_it_and_a_new_one_has_the_schemas(tmp_path):
    (tmp_path / "data" / "alignments").mkdir(parents=True)
    shutil.copy(folder() / "skos.sssom.tsv", tmp_path / "data" / "alignments")
    out = tmp_path / "ontology" / "alignments" / "skos.ttl"
    out.parent.mkdir(parents=True)
    schema = (ONTOLOGY / "ontology.ttl").read_text("utf-8")
    (tmp_path / "ontology" / "ontology.ttl").write_text(re.sub(r"\b\d+\.\d+\.\d+\b", "7.8.9", schema), "utf-8")
    (new,) = files(tmp_path).values()
    assert 'owl:versionInfo "7.8.9"' in new
    prior = "owl:priorVersion <https://w3id.org/cbec-kg/7.8.9/alignment/skos>"
    out.write_text(
        new.replace('"7.8.9"', '"8.0.0"').replace("    owl:versionIRI", f"    {prior} ;\n    owl:versionIRI"), "utf-8"
    )
    assert files(tmp_path) == {out: out.read_text("utf-8")}


def test_there_are_links():
    assert len(SETS["gbt-2260"].mappings) > 500
    assert len(SETS["iso-3166-1"].mappings) > 200


GOOD = (folder() / "skos.sssom.tsv").read_text("utf-8")
BROKEN = {
    "no header": (GOOD[GOOD.index("subject_id") :], "the header lacks mapping_set_id"),
    "a header that is no YAML": (GOOD.replace("#license: ", "#license: ["), "is not YAML"),
    "the name of another set": (GOOD.replace("alignment/skos", "alignment/prov"), "mapping_set_id is not"),
    "other columns": (GOOD.replace("subject_id\t", "subject\t"), "other columns"),
    "a missing cell": (GOOD.rstrip("\n").rpartition("\t")[0] + "\n", "8 cells instead of 9"),
    "an empty cell": (GOOD.replace("\tvocabulary-w3c\n", "\t\n"), "no ext_checked"),
    "a cell that makes no IRI": (GOOD.replace("\tskos:Collection\t", "\tskos:A >B\t"), r":\d+: .* is no IRI"),
    "a prefix that is no IRI": (re.sub("#  skos: .*", "#  skos: 5", GOOD), "curie_map: '5' is no IRI"),
    "no prefixes": (GOOD.replace("#curie_map:", "#curie_map: [skos]\n#other:"), "curie_map gives no prefixes"),
    "a licence that is no IRI": (re.sub("#license: .*", "#license: CC BY", GOOD), "license: 'CC BY' is no IRI"),
    "a version that is a number": (re.sub("#mapping_set_version: .*", "#mapping_set_version: 0.1", GOOD), "is no text"),
    "a byte order mark": ("\ufeff" + GOOD, ":1: begins with a byte order mark: save it as UTF-8 without one"),
    "another encoding": (GOOD.rstrip("\n") + "\udce9\n", r":\d+: text that is no UTF-8: save it as UTF-8"),
    "an unknown prefix": (GOOD.replace("\tskos:Collection\t", "\tsksos:Collection\t"), "has no prefix of curie_map"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_table_is_refused_in_one_line(fault, tmp_path):
    text, wanted = BROKEN[fault]
    path = tmp_path / "skos.sssom.tsv"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(OntologyError, match=wanted) as caught:
        read_set(path)
    assert "skos.sssom.tsv" in str(caught.value)
    assert "\n" not in str(caught.value)
