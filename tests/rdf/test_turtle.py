"""Canonical Turtle: what is read back is what was written, and the layout is the one that people diff."""

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple

from cbec_kg.errors import CbecError
from cbec_kg.rdf.canonical import turtle
from cbec_kg.rdf.terms import XSD, decimal, integer, iri, text
from tests.rdf.strategies import ground_triples


def read(written: str) -> set[Triple]:
    return {quad.triple for quad in pyoxigraph.parse(written, format=RdfFormat.TURTLE)}


@given(ground_triples)
def test_pyoxigraph_reads_back_the_same_triples(triples):
    assert read(turtle(triples)) == set(triples)


@given(ground_triples)
def test_rdflib_reads_back_the_same_triples(triples):
    ours, theirs = rdflib.Graph(), rdflib.Graph()
    theirs.parse(data=turtle(triples), format="turtle")
    ours.parse(data=pyoxigraph.serialize(set(triples), format=RdfFormat.N_TRIPLES), format="nt")
    assert set(theirs) == set(ours)


@given(ground_triples)
def test_order_and_repetition_of_the_input_do_not_matter(triples):
    assert turtle(triples) == turtle([*reversed(triples), *triples])


@given(ground_triples)
def test_only_the_prefixes_that_are_used_are_declared(triples):
    head, _, body = turtle(triples).rpartition("@prefix")
    body = body.partition("\n")[2] if head else body
    declared = [line.split()[1] for line in turtle(triples).splitlines() if line.startswith("@prefix")]
    assert all(prefix in body for prefix in declared)


def test_layout():
    claim, first, second = iri("claim:0a"), iri("ev:a_99-101_0a"), iri("ev:a_100-101_0b")
    triples = [
        Triple(iri("id:aliexpress"), iri("cbec:launches"), iri("id:g100")),
        Triple(second, iri("rdf:type"), iri("cbec:Evidence")),
        Triple(first, iri("rdf:type"), iri("cbec:Evidence")),
        Triple(first, iri("cbec:charStart"), integer(99)),
        Triple(iri("claim:00"), iri("rdf:type"), iri("cbec:TrendClaim")),
        Triple(iri("claim:00"), iri("cbec:evidence"), second),
        Triple(claim, iri("cbec:value"), decimal(5)),
        Triple(claim, iri("cbec:lowerBound"), decimal("4.5")),
        Triple(claim, iri("cbec:evidence"), first),
        Triple(claim, iri("rdfs:label"), text("数", "zh")),
        Triple(claim, iri("rdfs:label"), text("figure", "en")),
        Triple(claim, iri("rdf:type"), iri("cbec:StatisticalClaim")),
        Triple(claim, iri("rdf:type"), iri("owl:NamedIndividual")),
        Triple(NamedNode("https://w3id.org/cbec-kg/module/x"), iri("rdf:type"), iri("owl:Ontology")),
    ]
    body = turtle(triples).partition("\n\n")[2]
    assert body == (
        "# owl:Ontology\n\nmodule:x a owl:Ontology .\n\n"
        "# claims\n\n"
        "claim:0a a owl:NamedIndividual , cbec:StatisticalClaim ;\n"
        '    rdfs:label "figure"@en , "数"@zh ;\n'
        "    cbec:evidence ev:a_99-101_0a ;\n"
        "    cbec:lowerBound 4.5 ;\n"
        '    cbec:value "5"^^xsd:decimal .\n\n'
        "claim:00 a cbec:TrendClaim ;\n    cbec:evidence ev:a_100-101_0b .\n\n"
        "# cbec:Evidence\n\n"
        "ev:a_99-101_0a a cbec:Evidence ;\n    cbec:charStart 99 .\n\n"
        "ev:a_100-101_0b a cbec:Evidence .\n\n"
        "# statements\n\n"
        "id:aliexpress cbec:launches id:g100 .\n"
    )


@pytest.mark.parametrize(
    ("literal", "written"),
    [
        (decimal("9.8"), "9.8"),
        (decimal("-0.5"), "-0.5"),
        (decimal(5), '"5"^^xsd:decimal'),
        (integer(-5), "-5"),
        (Literal("05", datatype=NamedNode(XSD + "integer")), '"05"^^xsd:integer'),
        (Literal("1.50", datatype=NamedNode(XSD + "decimal")), '"1.50"^^xsd:decimal'),
        (Literal("true", datatype=NamedNode(XSD + "boolean")), '"true"^^xsd:boolean'),
        (text('a "b"\n\\'), '"a \\"b\\"\\n\\\\"'),
    ],
)
def test_literals(literal, written):
    assert f" rdfs:label {written} .\n" in turtle([Triple(iri("id:x"), iri("rdfs:label"), literal)])


@pytest.mark.parametrize(
    "triple", [Triple(BlankNode(), iri("rdfs:label"), text("x")), Triple(iri("id:x"), iri("rdfs:label"), BlankNode())]
)
def test_a_blank_node_is_refused(triple):
    with pytest.raises(CbecError, match="give the thing an IRI"):
        turtle([triple])


def test_header_comment_stands_first_and_empty_lines_stay_comments():
    written = turtle([Triple(iri("id:x"), iri("rdfs:label"), text("x"))], header_comment="One.\n\nTwo.")
    assert written.startswith("# One.\n#\n# Two.\n\n@prefix id:")


def test_nothing_gives_nothing():
    assert turtle([]) == ""
