"""Follow owl:imports offline, through an OASIS XML catalog, and write such a catalog.

>>> from cbec_kg import paths
>>> folder = paths.ontology()
>>> order = imports(folder / "ontology.ttl", folder / CATALOG)
>>> order[0].name, order[-1].name
('reused.ttl', 'ontology.ttl')
>>> print(catalog_text({"https://w3id.org/cbec-kg/module/time": "modules/time.ttl"}).splitlines()[3].strip())
<uri id="module-time" name="https://w3id.org/cbec-kg/module/time" uri="modules/time.ttl"/>
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree
from xml.sax.saxutils import quoteattr

from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import BASE
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import NamedNode, Triple, iri

__all__ = ["CATALOG", "catalog_text", "header", "headers", "imports", "leaves_first", "read"]

CATALOG = "catalog-v001.xml"
"""Name under which Protégé looks for a catalog beside the file that it opens."""
# A group as Protégé 5.6 writes it (FolderGroupManager). Protégé rewrites a group that says Auto-Update=true, and writes
# one of its own into a folder without a catalog.
_GROUP = "Folder Repository, directory=, recursive=true, Auto-Update=false, version=2"
_ELEMENT = "{urn:oasis:names:tc:entity:xmlns:xml:catalog}uri"
_TYPE, _ONTOLOGY, _IMPORTS = iri("rdf:type"), iri("owl:Ontology"), iri("owl:imports")


def catalog_text(files: Mapping[str, str]) -> str:
    """A catalog of documents, each ontology IRI with its file as seen from the catalog's folder."""
    entries = "".join(
        f"        <uri id={quoteattr(name.removeprefix(BASE).replace('/', '-'))} name={quoteattr(name)} "
        f"uri={quoteattr(quote(file))}/>\n"
        for name, file in files.items()
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
        f'    <group id="{_GROUP}" prefer="public" xml:base="">\n{entries}    </group>\n'
        "</catalog>\n"
    )


def read(catalog: Path) -> dict[str, Path]:
    """Files by the IRI that a catalog gives them; an entry that leads to the web gives none.

    Raises `OntologyError` for what is no catalog or leads nowhere.
    """
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
        target = urlsplit(uri)  # a URI, so that a space is %20; one letter before a colon is a drive
        if target.scheme == "file":
            files[name] = Path(unquote(target.path)).resolve()
        elif len(target.scheme) < 2:
            files[name] = (catalog.parent / unquote(uri)).resolve()
    return files


def headers(triples: Iterable[Triple]) -> tuple[list[str], list[str]]:
    """IRIs of the ontologies that some triples hold, and of those that they import, each sorted."""
    names, imported = set(), set()
    for triple in triples:
        if triple.predicate == _TYPE and triple.object == _ONTOLOGY and isinstance(triple.subject, NamedNode):
            names.add(triple.subject.value)
        elif triple.predicate == _IMPORTS and isinstance(triple.object, NamedNode):
            imported.add(triple.object.value)
    return sorted(names), sorted(imported)


def header(path: Path) -> tuple[str, list[str]]:
    """IRI of the ontology that a file holds, and those that it imports, sorted; raises `OntologyError` without one."""
    names, imported = headers(parse_file(path))
    if len(names) != 1:
        raise OntologyError(f"{path}: {len(names)} ontology headers", fix="give the file exactly one owl:Ontology")
    return names[0], imported


def imports(root: Path, catalog: Path) -> list[Path]:
    """Files that ``root`` reaches by owl:imports, each once, imports before importers, ``root`` last.

    Siblings come in the order of their IRIs, so the list is the same on every machine. Files that import one another
    in a circle are each listed once. Raises `OntologyError` for an import that the catalog does not know, and
    `ParseError` for a file that is not Turtle.
    """
    files = read(catalog)

    def imported(path: Path) -> Iterator[Path]:
        for name in header(path)[1]:
            if name not in files:
                raise OntologyError(
                    f"{path}: import <{name}> is not in {catalog} with a file of its own",
                    fix="add it to the catalog or drop the import",
                )
            yield files[name]

    return leaves_first(root.resolve(), imported)


def leaves_first(root: Path, ahead: Callable[[Path], Iterable[Path]]) -> list[Path]:
    """What ``root`` reaches, each once, behind what it leads to; of a chain of any length, and of circles too.

    >>> [path.name for path in leaves_first(Path("a"), lambda path: {"a": [Path("b")], "b": [Path("a")]}[path.name])]
    ['b', 'a']
    """
    order: list[Path] = []
    seen = {root}
    way = [(root, iter(ahead(root)))]
    while way:
        here, waiting = way[-1]
        following = next((path for path in waiting if path not in seen), None)
        if following is None:
            order.append(here)
            way.pop()
        else:
            seen.add(following)
            way.append((following, iter(ahead(following))))
    return order
