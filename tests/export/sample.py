"""A folder for Protégé of a part of the checkout, what is looked at in such a folder, and faults to plant in it.

>>> sorted(sample_graphs())
['article_000_7b0ff383e1855b6b', 'entities', 'inferred', 'ontology']
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import rdflib

from cbec_kg import paths
from cbec_kg.errors import CbecError
from cbec_kg.namespaces import expand
from cbec_kg.ontology.catalog import CATALOG, imports, read
from cbec_kg.pipeline.sources import without_header
from cbec_kg.rdf.canonical import nquads
from cbec_kg.rdf.parse import parse_file, parse_quads
from cbec_kg.rdf.terms import Quad, iri
from cbec_kg.store.base import Store
from tests.export.memory import MemoryStore

__all__ = ["FAULTS", "catalog_faults", "rdf_faults", "sample_graphs", "sample_store", "view_faults"]

NT = pyoxigraph.RdfFormat.N_TRIPLES
ARTICLE = "000_7b0ff383e1855b6b"
_FOREIGN = {"en": "zh", "zh": "en"}


def sample_graphs() -> dict[str, list[Quad]]:
    """Schema, one vocabulary, a few shapes; people; one article; two inferences."""
    ontology, data = paths.ontology(), paths.data()
    files = imports(ontology / "vocab" / "codes-flows.ttl", ontology / "vocab" / CATALOG)
    files += [ontology / "shapes" / "header.ttl", ontology / "shapes" / "names.ttl"]
    return {
        "ontology": [quad for path in files for quad in parse_quads(path)],
        "entities": [Quad(*one) for one in without_header(parse_file(data / "entities" / "people.ttl"))],
        f"article_{ARTICLE}": [Quad(*one) for one in without_header(parse_file(data / "articles" / f"{ARTICLE}.ttl"))],
        "inferred": [Quad(iri("id:someone"), iri("rdf:type"), iri(name)) for name in ("cbec:Actor", "prov:Agent")],
    }


def sample_store() -> Store:
    """A store of these graphs."""
    return MemoryStore(
        Quad(quad.subject, quad.predicate, quad.object, iri(f"graph:{name}"))
        for name, quads in sample_graphs().items()
        for quad in quads
    )


def same(one: rdflib.Graph, other: rdflib.Graph) -> bool:
    """Whether two graphs of rdflib are the same but for the names of blank nodes.

    As rdflib's own comparison says, which takes minutes for the lists of saved queries.
    """
    lines = (nquads(pyoxigraph.parse(graph.serialize(format="nt"), format=NT)) for graph in (one, other))
    return next(lines) == next(lines)


def rdf_faults(folder: Path) -> Iterator[str]:
    """Documents that rdflib does not read as the same graph from Turtle and from RDF/XML."""
    for turtle in sorted(folder.rglob("*.ttl")):
        other = Path(str(turtle.with_suffix(".rdf")).replace("/turtle/", "/rdfxml/"))
        one, two = rdflib.Graph().parse(turtle, format="turtle"), rdflib.Graph().parse(other, format="xml")
        if not len(one):
            yield f"{turtle.name} is empty"
        if len(one) != len(two):
            yield f"{turtle.name}: {len(one)} triples, and {len(two)} in RDF/XML"
        elif not same(one, two):
            yield f"{turtle.name} and RDF/XML differ"


def view_faults(folder: Path) -> Iterator[str]:
    """What a view has of the other language, and what has a label in the whole and none in a view."""
    label, title = rdflib.RDFS.label, rdflib.URIRef(expand("dcterms:title"))
    whole = rdflib.Graph().parse(folder / "merged" / "cbec-kg.ttl")
    for language, foreign in _FOREIGN.items():
        view = rdflib.Graph().parse(folder / "merged" / f"cbec-kg-{language}.ttl")
        for subject, _, text in view:
            if isinstance(text, rdflib.Literal) and text.language not in (None, language):
                yield f"{language}: {text.n3()} of {subject}"
        for subject in sorted({str(one) for one in whole.subjects(label) if view.value(one, label) is None}):
            yield f"{language}: {subject} has no label"
        kept = [one for one in whole if getattr(one[2], "language", None) != foreign and one[1] != title]
        for subject, predicate, text in kept:
            if isinstance(text, rdflib.Literal) and not list(view.subjects(predicate, text)):
                yield f"{language}: {text.n3()} of {subject} is gone"


def catalog_faults(folder: Path) -> Iterator[str]:
    """Folders whose documents import what their catalog does not have, or that the catalog does not know."""
    for book in sorted(folder.rglob(CATALOG)):
        try:
            known = read(book)
            if "Auto-Update=false" not in book.read_text("utf-8"):
                yield f"{book} updates itself"
            for path in sorted(set(known.values())):
                if path.suffix in (".ttl", ".rdf"):
                    imports(path, book)
                for name in re.findall(r"^Import\((.*)\)$", path.read_text("utf-8"), re.MULTILINE):
                    if (name[1:-1] if name.startswith("<") else expand(name)) not in known:
                        yield f"{path}: import {name} is not in {book}"
        except (CbecError, OSError) as error:
            yield str(error)


def _without(name: str, pattern: str, instead: str = "") -> Callable[[Path], None]:
    """A change of one place in one file of a folder."""

    def change(folder: Path) -> None:
        text, count = re.subn(pattern, instead, (folder / name).read_text("utf-8"), count=1, flags=re.MULTILINE)
        assert count == 1, f"no {pattern} in {name}"
        (folder / name).write_text(text, "utf-8")

    return change


_PERSON = _without("merged/cbec-kg.ttl", "^cbec:Person a owl:Class ;\n", "cbec:Person ")
_ENTITIES = "^.*module/entities.*\n"
# By name: which check must notice it, what it must say, and the change. Those for OWLAPI are planted all at once, since
# each reading of a folder takes seconds.
FAULTS: dict[str, tuple[str, str, Callable[[Path], None]]] = {
    "an axiom missing in functional syntax": (
        "owlapi", "modular/ontology.ofn: axioms differ",
        _without("modular/functional/ontology.ofn", r"^SubClassOf\(.*\n"),
    ),
    "another value in functional syntax": (
        "owlapi", "merged/cbec-kg-zh.ofn: axioms differ",
        _without("merged/cbec-kg-zh.ofn", r"cbec:charStart (\S+) ", r"cbec:charEnd \1 "),
    ),
    "functional syntax that is broken": (
        "owlapi", "cbec-kg-en.ofn does not load", _without("merged/cbec-kg-en.ofn", r"^SubClassOf\(", "SubClassOf(("),
    ),
    "RDF/XML that is broken": (
        "owlapi", "entities.rdf does not load", _without("modular/rdfxml/entities.rdf", "</rdf:RDF>"),
    ),
    "an axiom missing in the merged file": ("owlapi", "and the root reaches", _PERSON),
    "a term that nothing declares": ("owlapi", "ontology#Person> is not declared", _PERSON),
    "an import that the catalog lacks": (
        "owlapi", "module/entities> is not in the catalog", _without(f"modular/functional/{CATALOG}", _ENTITIES),
    ),
    "a catalog that lacks an import": (
        "catalog", "import module:entities is not in", _without(f"modular/functional/{CATALOG}", _ENTITIES),
    ),
    "a catalog that updates itself": ("catalog", "updates itself", _without(f"merged/{CATALOG}", "=false", "=true")),
    "another text in RDF/XML": (
        "rdf", "cbec-kg.ttl and RDF/XML differ", _without("merged/cbec-kg.rdf", 'xml:lang="en">', 'xml:lang="en">x'),
    ),
    "a triple missing in Turtle": (
        "rdf", "ontology.ttl: ", _without("modular/turtle/ontology.ttl", r' , "[^"]*"@zh'),
    ),
    "a Chinese text in the English view": (
        "view", 'en: "中"@zh', _without("merged/cbec-kg-en.ttl", 'rdfs:label "', 'rdfs:label "中"@zh , "'),
    ),
    "a label missing in the Chinese view": (
        "view", "has no label", _without("merged/cbec-kg-zh.ttl", r'\trdfs:label "[^"]*"@zh ;\n'),
    ),
    "a text without language missing in a view": (
        "view", "is gone", _without("merged/cbec-kg-zh.ttl", r"\tcbec:textLength \S+ ;\n"),
    ),
}  # fmt: skip
