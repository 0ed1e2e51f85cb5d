"""``cbec-kg explain``: what it prints in both languages and as JSON, and with which code it exits."""

import json
import re

import pytest

from cbec_kg.explain.explanation import explain
from cbec_kg.explain.near import NEAR
from cbec_kg.explain.origin import ORIGINS
from cbec_kg.explain.rules import RULES
from cbec_kg.explain.telling import as_json, as_text
from cbec_kg.rdf.terms import RDF_TYPE, Quad, Triple, iri
from cbec_kg.store.embedded import MemoryStore
from tests.cli.conftest import run
from tests.conftest import ROOT, cases


@pytest.mark.parametrize("case", cases("cli/explain.yaml"))
def test_it_says(capsys, built_store, case):
    code, out, err = run(capsys, "explain", *case["run"], "--store", built_store)
    assert err == ""
    assert code == case.get("exit", 0)
    for part in case["says"]:
        assert part in out, out


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_json_says_the_same(capsys, built_store, lang):
    code, out, _ = run(
        capsys, "explain", "Hangzhou", "locatedIn", "China", "--store", built_store, "--format", "json", "--lang", lang
    )
    told = json.loads(out)
    assert (code, told["holds"], told["bounded"], told["nearest"]) == (0, True, False, [])
    assert told["written"] == "id:hangzhou cbec:locatedIn id:china"
    (proof,) = told["proofs"]
    assert (proof["kind"], proof["rule"], proof["steps"]) == ("inferred", "prp-trp", 1)
    assert proof["says"] == (RULES["prp-trp"].zh if lang == "zh" else RULES["prp-trp"].en)
    assert proof["axioms"] == ["cbec:locatedIn a owl:TransitiveProperty"]
    assert [premise["graphs"] for premise in proof["premises"]] == [["https://w3id.org/cbec-kg/graph/entities"]] * 2
    assert [premise["written"].split()[::2] for premise in proof["premises"]] == [
        ["id:hangzhou", "id:zhejiang"], ["id:zhejiang", "id:china"]
    ]  # fmt: skip


def test_json_of_a_claim_has_its_characters(capsys, built_store):
    _, out, _ = run(
        capsys, "explain", "aliexpress", "launches", "g100-overseas-plan", "--store", built_store, "--format", "json"
    )
    (proof,) = json.loads(out)["proofs"]
    (claim,) = proof["claims"]
    (place,) = claim["places"]
    assert (proof["rule"], claim["status"]) == ("relation", "actual")
    assert place["article"] == "https://w3id.org/cbec-kg/article/003_df624e09d33e8050"
    assert place["start"] < place["end"]
    assert [premise["graphs"] for premise in proof["premises"]] == [
        ["https://w3id.org/cbec-kg/graph/article_003_df624e09d33e8050"]
    ] * 4


def test_json_of_what_does_not_hold(capsys, built_store):
    code, out, _ = run(capsys, "explain", "Shein", "a", "Company", "--store", built_store, "--format", "json")
    told = json.loads(out)
    assert (code, told["holds"], told["proofs"]) == (1, False, [])
    assert {near["kind"] for near in told["nearest"]} == {"disjoint", "onward"}


def test_a_forgotten_article_explains_nothing(capsys, store):
    """What only an ingested article says holds while the article is there."""
    asked = ("art:hangzhou", "a", "cbec:Article", "--store", store)
    assert run(capsys, "ingest", "docs/examples/hangzhou.txt", "--store", store)[0] == 0
    code, out, _ = run(capsys, "explain", *asked)
    assert (code, "graph/article_hangzhou" in out) == (0, True)
    assert run(capsys, "forget", "hangzhou", "--store", store)[0] == 0
    assert run(capsys, "explain", *asked)[0] == 2


def test_a_graph_without_inferences_says_that_it_cannot_tell(capsys):
    """What would follow does not "not hold" only because the graph was built with --no-reason."""
    city = Triple(iri("id:yiwu"), RDF_TYPE, iri("cbec:City"))
    place = Triple(iri("id:yiwu"), RDF_TYPE, iri("cbec:Place"))
    stated = [Quad(*city), Quad(*city, iri("graph:entities"))]
    for more, says in (([], "would follow is not known"), ([Quad(*city, iri("graph:inferred"))], "does not hold")):
        store = MemoryStore([*stated, *more])
        found = explain(store, place)
        assert (found.holds, found.reasoned) == (False, bool(more))
        assert says in as_text(found, store, "en")
        assert as_json(found, store, "en")["reasoned"] is bool(more)


@pytest.mark.parametrize(
    ("literal", "says"),
    [
        ('"x"^^nope:foo', "'nope:foo' is no datatype"),
        ('"x"^^decimal', "'decimal' is no datatype"),
        ('"\\ud800"', "is the code of no character"),
        ('"\\U00110000"', "is the code of no character"),
        ("\udcff", "is no text in UTF-8"),
    ],
)
def test_a_literal_that_is_none_is_refused_in_one_line(capsys, built_store, literal, says):
    code, out, err = run(capsys, "explain", "Shein", "label", literal, "--store", built_store)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert says in err
    assert "unexpected" not in err


@pytest.mark.parametrize("table", [RULES, ORIGINS, NEAR], ids=["rules", "origins", "near"])
def test_every_sentence_is_in_both_languages(table):
    assert all(said.en and said.zh and said.en != said.zh for said in table.values())


def test_the_page_shows_what_is_printed(capsys, built_store):
    """Each block of output in the docs begins with the triple that was asked for."""
    page = (ROOT / "docs" / "explaining.md").read_text("utf-8")
    blocks = re.findall(r"^```text\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(blocks) == 3
    for block in blocks:
        code, out, _ = run(capsys, "explain", *block.split()[:3], "--store", built_store)
        assert out == block
        assert code == ("does not hold" in block)


def test_the_page_tells_of_every_rule():
    page = (ROOT / "docs" / "explaining.md").read_text("utf-8")
    assert [name for name in (*RULES, *ORIGINS) if f"`{name}`" not in page] == []
