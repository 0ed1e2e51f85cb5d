"""What HermiT makes of a sample of our things once the alignments are loaded beside axioms of their targets.

    python tests/ontology/alignment_check.py [FILE ...]

The schema, its vocabularies' axioms apart, the alignments of its classes and properties, ``alignments/targets.ttl`` and
``sample.ttl`` are put together, with each FILE as well, and their imports left out. Prints JSON: ``consistent``,
``unsatisfiable``, and ``types`` by name in the sample.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import rdflib
from rdflib import OWL, RDF

from cbec_kg import paths
from cbec_kg.namespaces import CBEC
from cbec_kg.ontology.sssom import read_all
from tests.ontology.owl_check import load, start_jvm

HERE = Path(__file__).parent / "alignments"
EXAMPLE = "https://example.org/"


def together(files: list[Path]) -> rdflib.Graph:
    """One ontology of all files, without their headers."""
    whole = rdflib.Graph()
    for path in files:
        whole.parse(path, format="turtle")
    for header in list(whole.subjects(RDF.type, OWL.Ontology)):
        whole.remove((header, None, None))
    whole.add((rdflib.URIRef(EXAMPLE + "all"), RDF.type, OWL.Ontology))
    return whole


def of_terms() -> list[Path]:
    """Alignments that have a class or property of ours as a subject."""
    tables = [table for table in read_all() if any(row.subject.startswith(CBEC) for row in table.mappings)]
    return [paths.ontology() / "alignments" / f"{table.name}.ttl" for table in tables]


def check(more: list[Path]) -> dict[str, Any]:
    """Consistency, unsatisfiable classes, and the classes of each individual of the sample."""
    modules = sorted(paths.ontology().glob("modules/*.ttl"))
    whole = together([*modules, *of_terms(), HERE / "targets.ttl", HERE / "sample.ttl", *more])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "all.ttl"
        whole.serialize(path, format="turtle")
        start_jvm()
        ontology = load([path], {})
    from org.semanticweb.HermiT import ReasonerFactory
    from org.semanticweb.owlapi.model.parameters import Imports

    hermit = ReasonerFactory().createReasoner(ontology)
    out: dict[str, Any] = {"consistent": bool(hermit.isConsistent())}
    if out["consistent"]:
        out["unsatisfiable"] = sorted(str(c) for c in hermit.getUnsatisfiableClasses().getEntitiesMinusBottom())
        sample = ontology.individualsInSignature(Imports.INCLUDED).toList()
        out["types"] = {
            str(one.toStringID()).removeprefix(EXAMPLE): sorted(
                str(kind.toStringID()) for kind in hermit.getTypes(one, False).getFlattened()
            )
            for one in sample
            if str(one.toStringID()).startswith(EXAMPLE)
        }
    return out


if __name__ == "__main__":
    sys.stdout.write(json.dumps(check([Path(name) for name in sys.argv[1:]])) + "\n")
