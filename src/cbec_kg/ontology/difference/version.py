"""Read one version of the ontology: a file in any RDF syntax with what it imports, or a folder with a catalog.

>>> import cbec_kg
>>> from cbec_kg import paths
>>> version = read_version(paths.ontology())
>>> version.number == cbec_kg.__version__, len(version.files) > 20
(True, True)
>>> try:
...     read_version(paths.ontology() / "catalog-v001.xml")
... except ParseError as error:
...     print(error.problem.partition(";")[0])
unknown RDF suffix
"""

from dataclasses import dataclass
from pathlib import Path

from cbec_kg.errors import OntologyError, ParseError
from cbec_kg.namespaces import BASE
from cbec_kg.ontology import catalog
from cbec_kg.ontology.catalog import CATALOG
from cbec_kg.rdf.formats import FORMATS
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import BlankNode, NamedNode, Subject, Term, Triple, iri

__all__ = ["Version", "read_version"]

_ROOTS = (BASE + "vocab", BASE + "ontology")  # the vocabulary imports the ontology: both, and none of the data
_TYPE, _INFO = iri("rdf:type"), iri("owl:versionInfo")


@dataclass(frozen=True, slots=True)
class Version:
    """One version: where it was read, its number (``owl:versionInfo``; None where no header has one), its triples.

    Blank nodes of each file are kept apart from those of the others.
    """

    source: str
    number: str | None
    files: tuple[Path, ...]
    triples: tuple[Triple, ...]


def read_version(path: Path) -> Version:
    """The version that a path holds.

    A file is read with what it imports, found through the catalog beside it. A folder is a checkout, or one with a
    catalog, whose vocabulary and ontology are read and not its data; of a catalog without these, all files that lie in
    the folder. Raises `ParseError` for what is no RDF and `OntologyError` for an import that is not there.
    """
    if path.is_dir():
        files = _of_folder(path)
    elif not path.exists():
        raise OntologyError(f"{path}: no such file or folder", fix="name a version of the ontology")
    else:
        files = _of_file(path)
    triples: list[Triple] = []
    for index, file in enumerate(files):
        triples += (_apart(triple, index) for triple in parse_file(file))
    if not any(triple.predicate == _TYPE for triple in triples):
        raise OntologyError(f"{path}: holds no terms", fix="name a version of the ontology")
    return Version(str(path), _number(triples), tuple(files), tuple(triples))


def _of_folder(folder: Path) -> list[Path]:
    home = next((home for home in (folder, folder / "ontology") if (home / CATALOG).is_file()), None)
    if home is None:
        raise OntologyError(
            f"{folder}: no {CATALOG} there, nor in its folder ontology", fix="name a root file, or a folder with one"
        )
    book = home / CATALOG
    known = catalog.read(book)
    roots = [known[name] for name in _ROOTS if name in known]
    if not roots:
        roots = sorted(file for file in known.values() if file.parent == home.resolve())
    files: dict[Path, None] = {}
    for root in roots:
        files |= dict.fromkeys(catalog.imports(root, book))
    if not files:
        raise OntologyError(f"{book}: leads to no ontology", fix="name a root file")
    return list(files)


def _of_file(path: Path) -> list[Path]:
    suffixes = {suffix for known in FORMATS.values() for suffix in known.suffixes}
    if path.suffix not in suffixes:
        raise ParseError(str(path), None, None, f"unknown RDF suffix; known: {', '.join(sorted(suffixes))}")
    own, imported = catalog.headers(parse_file(path))
    missing = sorted(set(imported) - set(own))
    if not missing:
        return [path]
    if not (path.parent / CATALOG).is_file():
        raise OntologyError(
            f"{path}: imports <{missing[0]}>, and no {CATALOG} beside it says where that is",
            fix="add a catalog, or name a merged file without imports",
        )
    return catalog.imports(path, path.parent / CATALOG)


def _apart(triple: Triple, index: int) -> Triple:
    """The triple with its blank nodes named by their file."""

    def named(term: Subject | Term) -> Subject | Term:
        return BlankNode(f"f{index}x{term.value}") if isinstance(term, BlankNode) else term

    subject, target = named(triple.subject), named(triple.object)
    assert isinstance(subject, NamedNode | BlankNode)
    return Triple(subject, triple.predicate, target)


def _number(triples: list[Triple]) -> str | None:
    """The number that most of the first headers give: the ontology's own, else the first by IRI."""
    found = {
        triple.subject.value: triple.object.value
        for triple in triples
        if triple.predicate == _INFO and isinstance(triple.subject, NamedNode) and hasattr(triple.object, "value")
    }
    for name in (BASE + "ontology", *sorted(found)):
        if name in found:
            return found[name]
    return None
