"""Follow owl:imports offline, through an OASIS XML catalog.

>>> from cbec_kg import paths
>>> folder = paths.ontology()
>>> order = imports(folder / "ontology.ttl", folder / "catalog-v001.xml")
>>> order[0].name, order[-1].name
('reused.ttl', 'ontology.ttl')
"""

from pathlib import Path
from xml.etree import ElementTree

from cbec_kg.errors import OntologyError
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import NamedNode, iri

__all__ = ["header", "imports", "read"]

_ELEMENT = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"
_TYPE, _ONTOLOGY, _IMPORTS = iri("rdf:type"), iri("owl:Ontology"), iri("owl:imports")


def read(catalog: Path) -> dict[str, Path]:
    """Files by the IRI that a catalog gives them; raises `OntologyError` for what is no catalog or leads nowhere."""
    try:
        entries = list(ElementTree.parse(catalog).getroot().iter(_ELEMENT))
    except FileNotFoundError:
        raise OntologyError(f"{catalog}: no such catalog") from None
    except ElementTree.ParseError as error:
        raise OntologyError(f"{catalog}: not XML ({error})") from None
    files: dict[str, Path] = {}
    for entry in entries:
        name, uri = entry.get("name"), entry.get("uri")
        if not name or not uri:
            raise OntologyError(f"{catalog}: an entry without name or uri")
        files[name] = (catalog.parent / uri).resolve()
    return files


def header(path: Path) -> tuple[str, list[str]]:
    """IRI of the ontology that a file holds, and those that it imports, sorted; raises `OntologyError` without one."""
    names, imported = set(), set()
    for quad in parse_file(path):
        if quad.predicate == _TYPE and quad.object == _ONTOLOGY and isinstance(quad.subject, NamedNode):
            names.add(quad.subject.value)
        elif quad.predicate == _IMPORTS and isinstance(quad.object, NamedNode):
            imported.add(quad.object.value)
    if len(names) != 1:
        raise OntologyError(f"{path}: {len(names)} ontology headers", fix="give the file exactly one owl:Ontology")
    return names.pop(), sorted(imported)


def imports(root: Path, catalog: Path) -> list[Path]:
    """Files that ``root`` reaches by owl:imports, each once, imports before importers, ``root`` last.

    Siblings come in the order of their IRIs, so the list is the same on every machine. Files that import one another
    in a circle are each listed once. Raises `OntologyError` for an import that the catalog does not know, and
    `ParseError` for a file that is not Turtle.
    """
    files = read(catalog)
    order: list[Path] = []
    seen: set[Path] = set()

    def visit(path: Path) -> None:
        seen.add(path)
        for name in header(path)[1]:
            if name not in files:
                raise OntologyError(
                    f"{path}: import <{name}> is not in {catalog}", fix="add it to the catalog or drop the import"
                )
            if files[name] not in seen:
                visit(files[name])
        order.append(path)

    visit(root.resolve())
    return order
