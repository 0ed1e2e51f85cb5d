"""Keep the catalogs and the import lists in step with the files that exist.

Every folder with a file that one might open has a catalog of its own, since Protégé looks for one beside the file that
it opens, and writes one into a folder that has none. It lists the folder's files and what they import, however far.

>>> from cbec_kg import paths
>>> stale(paths.ontology())
[]

``python -m cbec_kg.ontology.roots`` rewrites what is stale and names it.
"""

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from cbec_kg.errors import OntologyError
from cbec_kg.ontology import catalog

__all__ = ["folders", "stale", "update"]

_STATEMENT = re.compile(r"owl:imports\s+<[^>]*>(?:\s*,\s*<[^>]*>)*")
_ROOTS = ("cbec-kg.ttl", "ontology.ttl", "vocab.ttl")
_SHAPES = "header.ttl"
"""The one file of the shapes that has a header; the others are parts of the same graph."""


def folders(ontology: Path) -> list[Path]:
    """Folders with files that one might open, the ontology's own first; only those that have such files."""
    data = ontology.parent / "data"
    listed = [ontology, *(ontology / name for name in ("modules", "vocab", "alignments", "shapes"))]
    listed += [data, data / "entities", data / "articles"]
    return [folder for folder in listed if any(folder.glob("*.ttl"))]


def _wanted(ontology: Path) -> tuple[dict[Path, str], dict[Path, list[str]]]:
    """Text of each catalog, and for each root file the IRIs that it must import."""
    data = ontology.parent / "data"
    modules, vocab, entities, articles, alignments = (
        sorted(folder.glob("*.ttl"))
        for folder in (
            ontology / "modules", ontology / "vocab", data / "entities", data / "articles", ontology / "alignments",
        )
    )  # fmt: skip
    generated = [path for path in (data / "observations.ttl", data / "findings.ttl") if path.is_file()]
    shapes = [path for path in (ontology / "shapes" / _SHAPES,) if path.is_file()]
    roots = [ontology / name for name in _ROOTS]
    files = [*roots, *modules, *vocab, *entities, *articles, *generated, *alignments, *shapes]
    headers = {path: catalog.header(path) for path in files}
    named = {path: name for path, (name, _) in headers.items()}
    twice = {name for name in named.values() if list(named.values()).count(name) > 1}
    if twice:
        raise OntologyError(f"two files hold the ontology <{min(twice)}>", fix="give one of them an IRI of its own")
    content = [named[roots[1]], named[roots[2]], *(named[path] for path in [*entities, *articles, *generated])]
    lists = {
        roots[0]: content,
        roots[1]: [named[path] for path in modules],
        roots[2]: [named[roots[1]], *(named[path] for path in vocab)],
    }
    imported = {named[path]: lists.get(path, names) for path, (_, names) in headers.items()}
    texts = {}
    for folder in folders(ontology):
        own = [path for path in files if path.parent == folder]
        reached = _reached((named[path] for path in own), imported)
        listed = [path for path in files if path in own or named[path] in reached]
        texts[folder / catalog.CATALOG] = catalog.catalog_text(
            {named[path]: Path(os.path.relpath(path, folder)).as_posix() for path in listed}
        )
    return texts, lists


def _reached(names: Iterable[str], imported: dict[str, list[str]]) -> set[str]:
    """Names of these ontologies and of all that they import, however far."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imported.get(name, [])
    return found


def _plan(ontology: Path) -> dict[Path, str]:
    """New text of every file that is not as it should be."""
    texts, lists = _wanted(ontology)
    changed = {book: text for book, text in texts.items() if not book.is_file() or book.read_text("utf-8") != text}
    for path, names in lists.items():
        if catalog.header(path)[1] != sorted(names):
            statement = "owl:imports " + " ,\n        ".join(f"<{name}>" for name in names)
            new, count = _STATEMENT.subn(statement, path.read_text("utf-8"))
            if count != 1:
                raise OntologyError(f"{path}: {count} owl:imports statements", fix="write exactly one, in the header")
            changed[path] = new
    return changed


def stale(ontology: Path) -> list[Path]:
    """Files that `update` would rewrite, sorted."""
    return sorted(_plan(ontology))


def update(ontology: Path) -> list[Path]:
    """Rewrite catalogs and import lists from the files that exist; returns those that changed, sorted."""
    changed = _plan(ontology)
    for path, text in changed.items():
        path.write_text(text, "utf-8")
    return sorted(changed)


if __name__ == "__main__":
    from cbec_kg import paths

    for changed_file in update(paths.ontology()):
        sys.stdout.write(f"{changed_file.relative_to(paths.resources())}\n")
