"""Functional syntax: what is no axiom of OWL 2 is refused in one line, and nothing is left out in silence.

That OWLAPI reads the same axioms from it as from Turtle is in `test_protege`.
"""

import re

import pyoxigraph
import pytest

from cbec_kg.errors import OntologyError
from cbec_kg.export.functional import Kinds, functional_syntax
from cbec_kg.namespaces import PREFIXES
from cbec_kg.rdf.terms import Quad

HEAD = "".join(f"@prefix {prefix}: <{base}> .\n" for prefix, base in PREFIXES.items()) + (
    "<https://w3id.org/cbec-kg/all> a owl:Ontology .\n"
    "cbec:C a owl:Class . cbec:o a owl:ObjectProperty . cbec:d a owl:DatatypeProperty .\n"
    "cbec:n a owl:AnnotationProperty ."
)


def written(turtle: str) -> str:
    quads = [Quad(*triple.triple) for triple in pyoxigraph.parse(HEAD + turtle, format=pyoxigraph.RdfFormat.TURTLE)]
    return functional_syntax(quads, Kinds.of(quads))[0].decode()


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        ("id:a cbec:unknown id:b .", "cbec:unknown is used as a property and declared as none: declare it"),
        ('id:a cbec:o "text" .', 'no axiom of OWL 2: <.*/id/a> <.*#o> "text": correct the triple, or export Turtle'),
        ("id:a cbec:d id:b .", "no axiom of OWL 2"),
        ("cbec:C a rdfs:Class .", "no axiom of OWL 2"),
        ("id:a a rdf:List .", "no axiom of OWL 2"),
        ("[] a owl:Class ; owl:unionOf ( cbec:C ) .", "no axiom of OWL 2"),
        ("cbec:C rdfs:subClassOf [ a owl:Class ] .", "a class without a name that OWL 2 has no form for"),
        ("cbec:C rdfs:subClassOf [ a owl:Restriction ; owl:onProperty cbec:o ] .", "a restriction on cbec:o that OWL"),
        ("cbec:d rdfs:range [ a rdfs:Datatype ] .", "a datatype without a name"),
        ("cbec:C rdfs:subClassOf [ owl:unionOf ( cbec:C ) ; cbec:n 1 ; owl:foo 2 ] .", "no axiom of OWL 2"),
        ("cbec:C rdfs:subClassOf [ owl:unionOf cbec:C ] .", "cbec:C stands for a list"),
        ("cbec:C rdfs:subClassOf [ owl:unionOf [ rdf:first cbec:C ] ] .", "a list that breaks off"),
        ("cbec:C rdfs:subClassOf [ owl:unionOf () , ( cbec:C ) ] .", "2 values of owl:unionOf in one axiom"),
        ("cbec:o rdfs:subPropertyOf [] .", "a property without a name in an axiom"),
        ('id:a owl:sameAs "a" .', 'no axiom|"a" stands where a thing should'),
        ("[] a owl:NegativePropertyAssertion ; owl:sourceIndividual id:a .", "a negative assertion that breaks off"),
        ("[] a owl:Axiom ; owl:annotatedSource id:a ; rdfs:comment 1 .", "an owl:Axiom that breaks off"),
        (
            "[] a owl:Axiom ; owl:annotatedSource id:a ; owl:annotatedProperty cbec:o ; owl:annotatedTarget id:b ; "
            "rdfs:comment 1 .",
            "a note on an axiom that is not there",
        ),
        ("<https://w3id.org/cbec-kg/x> a owl:Ontology .", "2 ontology headers in one document: give it exactly one"),
    ],
)  # fmt: skip
def test_what_is_no_axiom_is_refused(turtle: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message) as raised:
        written(turtle)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("turtle", "line"),
    [
        ('id:a cbec:n "a \\"b\\" \\\\c" .', 'AnnotationAssertion(cbec:n id:a "a \\"b\\" \\\\c")'),
        ('id:a cbec:n "第一\\n第二"@zh .', 'AnnotationAssertion(cbec:n id:a "第一\n第二"@zh)'),
        ("id:a cbec:n <urn:x:(y)> .", "AnnotationAssertion(cbec:n id:a <urn:x:(y)>)"),
        ("id:a cbec:d true .", 'DataPropertyAssertion(cbec:d id:a "true"^^xsd:boolean)'),
        ("cbec:old a owl:DeprecatedClass .", 'AnnotationAssertion(owl:deprecated cbec:old "true"^^xsd:boolean)'),
        ("id:a a owl:Thing .", "ClassAssertion(owl:Thing id:a)"),
    ],
)
def test_an_axiom_is_written(turtle: str, line: str) -> None:
    assert f"\n{line}\n" in written(turtle)


def test_an_individual_without_a_name() -> None:
    assert re.search(r"\nClassAssertion\(cbec:C _:\w+\)\n", written("id:a cbec:o [ a cbec:C ] ."))
    assert re.search(r"\nObjectPropertyAssertion\(cbec:o id:a _:\w+\)\n", written("id:a cbec:o [ a cbec:C ] ."))


def test_prefixes_are_those_that_are_used() -> None:
    found = re.findall(r"^Prefix\((\w+):=", written('id:a cbec:d "1"^^xsd:decimal .'), re.MULTILINE)
    assert found == ["cbec", "id", "xsd"]


def test_the_header_comes_first() -> None:
    text = written(
        "<https://w3id.org/cbec-kg/all> owl:versionIRI <https://w3id.org/cbec-kg/1/all> ; "
        'owl:imports module:b , module:a ; rdfs:comment "x" .'
    )
    assert (
        "\nOntology(<https://w3id.org/cbec-kg/all> <https://w3id.org/cbec-kg/1/all>\n"
        'Import(module:a)\nImport(module:b)\nAnnotation(rdfs:comment "x")\n\nDeclaration(' in text
    )
