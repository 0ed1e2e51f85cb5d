"""What OWLAPI reads of an exported folder: every document strictly in its syntax, and the axioms of the syntaxes equal.

    python -m tests.export.owlapi FOLDER...

Prints a JSON object: for each folder the axioms of each document, and what is wrong. Run in a process of its own, since
a JVM that once started never leaves it.
"""

import json
import sys
from pathlib import Path
from typing import Any

from cbec_kg.errors import CbecError
from cbec_kg.export.bundle import NO_AXIOMS
from cbec_kg.ontology import catalog
from cbec_kg.ontology.owlapi import manager, read, start

__all__ = ["compare"]

SUFFIXES = (".ttl", ".rdf", ".ofn")
# Those that others import come first, so that each is read in its own syntax and not in any that fits.
LAST = ("cbec-kg", "inferred")


def read_folder(folder: Path, suffix: str, bad: list[str]) -> dict[str, Any]:
    """Ontologies of a folder in one syntax, by stem; those that fail are in ``bad``."""
    import jpype

    known = catalog.read(folder / catalog.CATALOG)
    made = manager(known)
    paths = sorted(folder.glob(f"*{suffix}"), key=lambda path: (path.stem in LAST, path.stem != "ontology", path.stem))
    found = {}
    for path in paths:
        try:
            found[path.stem] = read(made, path)
            imported = [declaration.getIRI() for declaration in found[path.stem].getImportsDeclarations()]
            bad += [f"{path.name}: <{iri}> is not in the catalog" for iri in imported if str(iri) not in known]
        except jpype.JException as error:
            bad.append(f"{path.name} does not load: {str(error).splitlines()[0]}")
    return found


def differ(name: str, one: Any, other: Any) -> list[str]:
    """How two ontologies differ: axioms, what they import, what they say of themselves, their IRIs."""
    parts = {
        "axioms": (one.getAxioms(), other.getAxioms()),
        "imports": (one.getImportsDeclarations(), other.getImportsDeclarations()),
        "annotations": (one.getAnnotations(), other.getAnnotations()),
    }
    bad = []
    for what, (own, its) in parts.items():
        if not own.equals(its):
            only = [str(axiom) for axiom in own if not its.contains(axiom)][:3]
            besides = [str(axiom) for axiom in its if not own.contains(axiom)][:3]
            bad.append(f"{name}: {what} differ ({own.size()} and {its.size()}): {only} and {besides}")
    if not one.getOntologyID().equals(other.getOntologyID()):
        bad.append(f"{name}: {one.getOntologyID()} and {other.getOntologyID()}")
    return bad


def undeclared(ontology: Any) -> list[str]:
    """Terms that an ontology or one that it imports uses and none declares; OWLAPI guesses what they are."""
    from org.semanticweb.owlapi.model import AxiomType
    from org.semanticweb.owlapi.model.parameters import Imports

    declared = {str(axiom.getEntity()) for axiom in ontology.axioms(AxiomType.DECLARATION, Imports.INCLUDED).toList()}
    used = [
        *ontology.classesInSignature(Imports.INCLUDED).toList(),
        *ontology.objectPropertiesInSignature(Imports.INCLUDED).toList(),
        *ontology.dataPropertiesInSignature(Imports.INCLUDED).toList(),
        *ontology.annotationPropertiesInSignature(Imports.INCLUDED).toList(),
    ]
    return sorted(str(term) for term in used if not term.isBuiltIn() and str(term) not in declared)


def compare(folder: Path) -> dict[str, Any]:
    """Axioms by document, and what is wrong with the folder in ``bad``."""
    from org.semanticweb.owlapi.model.parameters import Imports

    bad: list[str] = []
    counts: dict[str, int] = {}
    places = {
        "modular": {
            suffix: read_folder(folder / "modular" / name, suffix, bad)
            for name, suffix in (("turtle", ".ttl"), ("rdfxml", ".rdf"), ("functional", ".ofn"))
        },
        "merged": {suffix: read_folder(folder / "merged", suffix, bad) for suffix in SUFFIXES},
    }
    for place, read_in in places.items():
        for stem, ontology in read_in[".ttl"].items():
            name = f"{place}/{stem}"
            counts[name] = int(ontology.getAxiomCount())
            if stem not in NO_AXIOMS:
                bad += [f"{name}: {term} is not declared" for term in undeclared(ontology)]
            for suffix in (".rdf", ".ofn"):
                if stem not in NO_AXIOMS:
                    other = read_in[suffix].get(stem)
                    bad += differ(name + suffix, ontology, other) if other else [f"{name}{suffix} is missing"]
                # Shapes and saved queries have nodes without names, which no two readers name alike.
                elif suffix == ".rdf" and read_in[suffix][stem].getAxiomCount() != counts[name]:
                    bad.append(f"{name}{suffix} has another number of axioms")
    roots = [read_in[".ttl"].get("cbec-kg") for read_in in places.values()]
    if all(roots):
        reached, whole = roots[0].getAxioms(Imports.INCLUDED), roots[1].getAxioms()
        if not reached.equals(whole):
            bad.append(f"merged/cbec-kg.ttl has {whole.size()} axioms, and the root reaches {reached.size()}")
    return {"counts": counts, "bad": bad}


def main() -> int:
    start()
    out = {}
    for name in sys.argv[1:]:
        try:
            out[name] = compare(Path(name))
        except CbecError as error:
            out[name] = {"counts": {}, "bad": [str(error)]}
    sys.stdout.write(json.dumps(out, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
