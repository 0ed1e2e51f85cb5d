"""Keep the catalog and the import lists in step with the files that exist.

>>> from cbec_kg import paths
>>> stale(paths.ontology())
[]

``python -m cbec_kg.ontology.roots`` rewrites what is stale and names it.
"""

import re
import sys
from pathlib import Path
from xml.sax.saxutils import quoteattr

from cbec_kg.errors import OntologyError
from cbec_kg.namespaces import BASE
from cbec_kg.ontology import catalog

__all__ = ["stale", "update"]

_STATEMENT = re.compile(r"owl:imports\s+<[^>]*>(?:\s*,\s*<[^>]*>)*")
_CATALOG = "catalog-v001.xml"


def _wanted(ontology: Path) -> tuple[str, dict[Path, list[str]]]:
    """Text of the catalog, and for each root file the IRIs that it must import."""
    data = ontology.parent / "data"
    modules, vocab, entities, articles = (
        sorted(folder.glob("*.ttl"))
        for folder in (ontology / "modules", ontology / "vocab", data / "entities", data / "articles")
    )
    generated = [path for path in (data / "observations.ttl", data / "findings.ttl") if path.is_file()]
    roots = [ontology / "cbec-kg.ttl", ontology / "ontology.ttl", ontology / "vocab.ttl"]
    aside = sorted((ontology / "alignments").glob("*.ttl"))  # can be opened, and no root imports them
    listed = [*roots, *modules, *vocab, *entities, *articles, *generated, *aside]
    named = {path: catalog.header(path)[0] for path in listed}
    twice = {name for name in named.values() if list(named.values()).count(name) > 1}
    if twice:
        raise OntologyError(f"two files hold the ontology <{min(twice)}>", fix="give one of them an IRI of its own")
    lines = [_entry(name, _relative(path, ontology)) for path, name in named.items()]
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
        '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
        + "\n".join(lines)
        + "\n</catalog>\n"
    )
    content = [named[roots[1]], named[roots[2]], *(named[path] for path in [*entities, *articles, *generated])]
    return text, {
        roots[0]: content,
        roots[1]: [named[path] for path in modules],
        roots[2]: [named[roots[1]], *(named[path] for path in vocab)],
    }


def _entry(name: str, uri: str) -> str:
    """One line of the catalog; an id has no slash."""
    label = name.removeprefix(BASE).replace("/", "-")
    return f"  <uri id={quoteattr(label)} name={quoteattr(name)} uri={quoteattr(uri)}/>"


def _relative(path: Path, ontology: Path) -> str:
    """Path as the catalog writes it, seen from the ontology folder."""
    inside = path.is_relative_to(ontology)
    return path.relative_to(ontology).as_posix() if inside else f"../{path.relative_to(ontology.parent).as_posix()}"


def _plan(ontology: Path) -> dict[Path, str]:
    """New text of every file that is not as it should be."""
    text, lists = _wanted(ontology)
    changed: dict[Path, str] = {}
    book = ontology / _CATALOG
    if not book.is_file() or book.read_text("utf-8") != text:
        changed[book] = text
    for path, names in lists.items():
        if catalog.header(path)[1] != sorted(names):
            statement = "owl:imports " + " ,\n        ".join(f"<{name}>" for name in names)
            new, count = _STATEMENT.subn(statement, path.read_text("utf-8"))
            if count != 1:
                raise OntologyError(f"{path}: {count} owl:imports statements", fix="write exactly one, in the header")
            changed[path] = new
    return changed


def stale(ontology: Path) -> list[str]:
    """Names of the files that `update` would rewrite."""
    return sorted(path.name for path in _plan(ontology))


def update(ontology: Path) -> list[str]:
    """Rewrite catalog and import lists from the files that exist; returns the names of those that changed."""
    changed = _plan(ontology)
    for path, text in changed.items():
        path.write_text(text, "utf-8")
    return sorted(path.name for path in changed)


if __name__ == "__main__":
    from cbec_kg import paths

    for changed_name in update(paths.ontology()):
        sys.stdout.write(changed_name + "\n")
