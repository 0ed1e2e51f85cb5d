"""The files that an ontology is made of, read strictly, with everything that is wrong on the way.

>>> from cbec_kg import paths
>>> whole = read_closure(paths.ontology() / "ontology.ttl")
>>> whole.files[0].name, whole.files[-1].name, whole.wrong
('reused.ttl', 'ontology.ttl', [])
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from cbec_kg.errors import CbecError, OntologyError, ParseError
from cbec_kg.ontology import catalog
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import NamedNode, Triple

__all__ = ["Read", "find_root", "read_closure", "shown"]

_SUFFIXES = (".ttl", ".nt", ".owl", ".rdf")
_PREFIX = re.compile(r"^@?prefix\s+([\w-]*):\s*<([^>]*)>", re.M | re.I)


@dataclass(slots=True)
class Read:
    """A closure as read: files (imports before importers, the root last), triples by file, what the catalog knows.

    ``broken`` holds what is wrong with a file's syntax, ``wrong`` what is wrong with headers and imports.
    """

    files: list[Path] = field(default_factory=list)
    triples: dict[Path, list[Triple]] = field(default_factory=dict)
    known: dict[str, Path] = field(default_factory=dict)
    broken: list[ParseError] = field(default_factory=list)
    wrong: list[OntologyError] = field(default_factory=list)

    def place(self, term: str) -> str:
        """``file:line`` where a term is described, else where it is first named; the line only where it can be told."""
        node = NamedNode(term) if re.match(r"\w+:", term) else None
        named = ""
        for path, triples in self.triples.items():
            if any(triple.subject == node for triple in triples):
                return _line(path, term, begins=True)
            if not named and any(node in (triple.predicate, triple.object) for triple in triples):
                named = _line(path, term, begins=False)
        return named


def _line(path: Path, term: str, *, begins: bool) -> str:
    """``file:line`` of the first line that names a term, or begins with it."""
    text = path.read_text("utf-8", errors="replace")  # RDF/XML may say that it is in another encoding
    names = [f"<{term}>"]
    names += [f"{prefix}:{term[len(base) :]}" for prefix, base in _PREFIX.findall(text) if term.startswith(base)]
    start = r"^[ \t]*" if begins else r"(?:^|(?<=\s))"
    found = re.search(rf"{start}(?:{'|'.join(map(re.escape, names))})(?=[\s,;.)\]])", text, re.M)
    return f"{shown(path)}:{text.count(chr(10), 0, found.start()) + 1}" if found else shown(path)


def shown(path: Path) -> str:
    """A path as a person would write it here: from the current folder where it lies below.

    >>> shown(Path.cwd() / "a.ttl")
    'a.ttl'
    """
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def find_root(path: Path) -> Path:
    """File to begin with: the path itself, or of a folder the file that imports the others.

    Raises `CbecError` for a path that is not there, a folder without Turtle, and one in which several files could be
    meant.
    """
    if not path.is_dir():
        if not path.is_file():
            raise CbecError(f"{path}: no such file or folder", fix="name an ontology's file, or the folder it lies in")
        if path.suffix not in _SUFFIXES:
            raise CbecError(
                f"{path}: neither Turtle nor RDF/XML", fix=f"name a file that ends in {', '.join(_SUFFIXES)}"
            )
        return path
    files = sorted(path.glob("*.ttl"))
    if not files:
        raise CbecError(f"{path}: no *.ttl in this folder", fix="name an ontology's file, or the folder it lies in")
    held: dict[Path, tuple[list[str], list[str]]] = {}
    for file in files:
        try:
            held[file] = catalog.headers(parse_file(file))
        except ParseError:
            held[file] = ([], [])  # said when it is read as the root, or as what a root imports
    imported = {name for _, names in held.values() for name in names}
    tops = [file for file, (names, _) in held.items() if names and not imported & set(names)] or files
    if len(tops) > 1:
        raise CbecError(f"{path}: {', '.join(file.name for file in tops)} stand side by side", fix="name one of them")
    return tops[0]


def read_closure(root: Path, known_from: Path | None = None) -> Read:
    """Read a file and all that it imports through the catalog beside it, or through ``known_from``.

    Never raises for what a file says: that is in ``broken`` and ``wrong``. Raises `OntologyError` for a catalog that
    cannot be read.
    """
    book = (known_from or root.parent / catalog.CATALOG).resolve()
    out = Read(known=catalog.read(book) if book.is_file() or known_from else {})

    def imported(path: Path) -> Iterator[Path]:
        try:
            out.triples[path] = list(parse_file(path))
        except ParseError as error:
            out.broken.append(error)
            return
        names, wanted = catalog.headers(out.triples[path])
        if len(names) != 1:
            fix = "give the file exactly one owl:Ontology"
            out.wrong.append(OntologyError(f"{shown(path)}: {len(names)} ontology headers", fix=fix))
        elif out.known.get(names[0], path) != path:
            fix = "correct the catalog, or the header"
            out.wrong.append(OntologyError(f"{shown(path)}: the catalog gives <{names[0]}> to another file", fix=fix))
        for name in wanted:
            if name not in out.known:
                fix = "add it to the catalog or drop the import"
                told = f"{shown(path)}: import <{name}> is not in {shown(book)} with a file of its own"
                out.wrong.append(OntologyError(told, fix=fix))
            elif not out.known[name].is_file():
                fix = "correct the catalog, or put the file there"
                out.wrong.append(
                    OntologyError(f"{shown(path)}: import <{name}> is no file: {shown(out.known[name])}", fix=fix)
                )
            else:
                yield out.known[name]

    out.files = [path for path in catalog.leaves_first(root.resolve(), imported) if path in out.triples]
    return out
