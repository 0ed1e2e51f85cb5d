"""The alignments of classes and properties make nothing into what it is not, and no class impossible.

HermiT reads the modules, the alignments of their terms, axioms of the targets and a sample of our things: once as they
are, and once with planted faults.
"""

from pathlib import Path

import pytest
import yaml
from pyoxigraph import NamedNode

from cbec_kg import paths
from cbec_kg.namespaces import CBEC, local_name
from cbec_kg.ontology.sssom import read_all
from cbec_kg.pipeline.sources import without_header
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import RDF_TYPE, Triple, iri

from .alignment_rules import TERMS
from .asked import hermit
from .java import needs_java

HERE = Path(__file__).parent / "alignments"
WANTED = yaml.safe_load((HERE / "entailed.yaml").read_text("utf-8"))
EXAMPLE = "https://example.org/"
pytestmark = needs_java

FAULTS = """
cbec:Platform rdfs:subClassOf schema:OnlineMarketplace .
cbec:Technology rdfs:subClassOf skos:Collection .
"""


def given() -> list[Triple]:
    """What is reasoned over, as one ontology."""
    tables = [table for table in read_all() if any(row.subject.startswith(CBEC) for row in table.mappings)]
    files = [*sorted(paths.ontology().glob("modules/*.ttl")), HERE / "targets.ttl", HERE / "sample.ttl"]
    files += [paths.ontology() / "alignments" / f"{table.name}.ttl" for table in tables]
    return [triple for path in files for triple in without_header(parse_file(path))]


def full(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(TERMS[prefix] + local)


@pytest.fixture(scope="module")
def found() -> list[dict[Triple, bool]]:
    """What follows of what is asked, as things are and with the faults."""
    triples = given()
    text = "\n".join(f"{t.subject} {t.predicate} {t.object} ." for t in triples)
    classes = [t.subject for t in triples if t.predicate == RDF_TYPE and t.object == iri("owl:Class")]
    asked = [Triple(one, iri("rdfs:subClassOf"), iri("owl:Nothing")) for one in dict.fromkeys(classes)]
    asked += [
        Triple(NamedNode(EXAMPLE + thing), RDF_TYPE, full(name))
        for thing, of in WANTED.items()
        for name in (*of["is"], *of["is-not"])
    ]
    answers = hermit((text + more, False, asked) for more in ("", FAULTS))
    assert all(answer["consistent"] for answer in answers)
    return [dict(zip(asked, answer["entailed"], strict=True)) for answer in answers]


def unsatisfiable(said: dict[Triple, bool]) -> list[str]:
    return [
        local_name(triple.subject.value)
        for triple, follows in said.items()
        if follows and triple.object == iri("owl:Nothing")
    ]


def test_every_class_can_have_members(found) -> None:
    assert unsatisfiable(found[0]) == []


@pytest.mark.parametrize("thing", WANTED)
def test_a_thing_is_what_it_is_and_nothing_else(found, thing: str) -> None:
    follows = {
        name: found[0][Triple(NamedNode(EXAMPLE + thing), RDF_TYPE, full(name))]
        for name in (*WANTED[thing]["is"], *WANTED[thing]["is-not"])
    }
    assert [name for name, said in follows.items() if said] == WANTED[thing]["is"]


def test_a_planted_fault_is_noticed(found) -> None:
    assert found[1][Triple(NamedNode(EXAMPLE + "platform"), RDF_TYPE, full("schema:Organization"))]
    assert unsatisfiable(found[1]) == ["Technology"]
