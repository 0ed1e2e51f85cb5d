"""What HermiT says: rows of questions from standard input, each about an ontology of its own, all in one Java.

    python -m tests.ontology.hermit < rows.json

A row is ``{"given": Turtle, "schema": bool, "ask": [[subject, predicate, object], ...]}``, where an object is an IRI or
``{"value":, "datatype":}``; with ``schema`` the project's modules are there too. The answer is a list of
``{"consistent": bool, "entailed": [bool, ...]}``. Nothing is entailed by an inconsistent ontology, here.
"""

import json
import sys
from typing import Any

from cbec_kg import paths
from cbec_kg.namespaces import BASE, PREFIXES
from cbec_kg.ontology.catalog import CATALOG, imports, read
from cbec_kg.ontology.owlapi import load, start

__all__ = ["answer"]

_HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
_RDF, _RDFS, _OWL = (PREFIXES[prefix] for prefix in ("rdf", "rdfs", "owl"))


def answer(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers to rows, in their order."""
    start()
    folder = paths.ontology()
    catalog = folder / CATALOG
    manager = load(imports(folder / "ontology.ttl", catalog), read(catalog)).getOWLOntologyManager()
    return [_row(manager, number, row) for number, row in enumerate(rows)]


def _row(manager: Any, number: int, row: dict[str, Any]) -> dict[str, Any]:
    from org.semanticweb.HermiT import ReasonerFactory
    from org.semanticweb.owlapi.formats import TurtleDocumentFormat
    from org.semanticweb.owlapi.io import StringDocumentSource
    from org.semanticweb.owlapi.model import IRI

    name = f"urn:row:{number}"
    header = f"<{name}> a owl:Ontology{f' ; owl:imports <{BASE}ontology>' if row['schema'] else ''} .\n"
    source = StringDocumentSource(_HEAD + header + row["given"], IRI.create(name), TurtleDocumentFormat(), None)
    ontology = manager.loadOntologyFromOntologyDocument(source)
    hermit = ReasonerFactory().createReasoner(ontology)
    consistent = bool(hermit.isConsistent())
    entailed = [consistent and bool(hermit.isEntailed(_axiom(manager, ontology, *ask))) for ask in row["ask"]]
    hermit.dispose()
    manager.removeOntology(ontology)
    return {"consistent": consistent, "entailed": entailed}


def _axiom(manager: Any, ontology: Any, subject: str, predicate: str, object_: Any) -> Any:
    """The OWL axiom that a triple stands for."""
    from org.semanticweb.owlapi.model import IRI
    from org.semanticweb.owlapi.model.parameters import Imports

    make, s, p = manager.getOWLDataFactory(), IRI.create(subject), IRI.create(predicate)
    if isinstance(object_, dict):
        value = make.getOWLLiteral(object_["value"], make.getOWLDatatype(IRI.create(object_["datatype"])))
        return make.getOWLDataPropertyAssertionAxiom(make.getOWLDataProperty(p), make.getOWLNamedIndividual(s), value)
    o = IRI.create(object_)
    if predicate == _RDFS + "subClassOf":
        return make.getOWLSubClassOfAxiom(make.getOWLClass(s), make.getOWLClass(o))
    one, other = make.getOWLNamedIndividual(s), make.getOWLNamedIndividual(o)
    if predicate == _RDF + "type":
        return make.getOWLClassAssertionAxiom(make.getOWLClass(o), one)
    if predicate == _OWL + "sameAs":
        return make.getOWLSameIndividualAxiom(one, other)
    assert ontology.containsObjectPropertyInSignature(p, Imports.INCLUDED), f"{predicate} is no object property"
    return make.getOWLObjectPropertyAssertionAxiom(make.getOWLObjectProperty(p), one, other)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(answer(json.load(sys.stdin))) + "\n")
