"""``cbec-kg export --format protege``: a folder that Protégé, ROBOT and other programs on OWLAPI open offline.

``modular/`` has a document a named graph and a root that imports them, in a folder a syntax; ``merged/`` has all that
the root imports in one document, whole and in one language, in each syntax. A catalog lies in every folder.
What follows by reasoning is in neither, since Protégé's reasoners show it as what it is; ``modular/*/inferred`` imports
the root and adds it.

>>> from cbec_kg.rdf.terms import iri
>>> country = Quad(iri("cbec:Country"), iri("rdf:type"), iri("owl:Class"))
>>> plan = ProtegeFolder({"ontology": [country]})
>>> [file.name for file in plan.files() if file.name.startswith("modular/turtle")]
['modular/turtle/ontology.ttl', 'modular/turtle/cbec-kg.ttl', 'modular/turtle/catalog-v001.xml']
>>> plan.total == len(list(plan.files()))
True
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from cbec_kg.export.bundle import NO_AXIOMS, ROOT, Document, bundle_documents, ordered
from cbec_kg.export.functional import Kinds, functional_syntax
from cbec_kg.export.views import LANGUAGES, merged, view, view_iri
from cbec_kg.export.write import written
from cbec_kg.namespaces import BASE
from cbec_kg.ontology.catalog import CATALOG, catalog_text
from cbec_kg.rdf.formats import Format, by_name
from cbec_kg.rdf.terms import Quad

__all__ = ["FolderFile", "PROTEGE", "ProtegeFolder"]

PROTEGE = "protege"
"""Name of the form among the formats of an export."""


@dataclass(frozen=True, slots=True)
class Syntax:
    """One syntax: its name among formats, its folder, its suffix; ``known`` is None for functional syntax."""

    name: str
    folder: str
    suffix: str
    known: Format | None


SYNTAXES = (
    Syntax("ttl", "turtle", ".ttl", by_name("ttl")),
    Syntax("rdfxml", "rdfxml", ".rdf", by_name("rdfxml")),
    Syntax("ofn", "functional", ".ofn", None),
)


@dataclass(frozen=True, slots=True)
class FolderFile:
    """One file: ``count`` is of statements, in functional syntax of axioms; what is no ontology has no format."""

    name: str
    format: str | None
    graph: str
    count: int
    content: bytes


class ProtegeFolder:
    """Files of the folder, made one after the other; the same graphs give the same bytes."""

    def __init__(self, graphs: Mapping[str, Iterable[Quad]]) -> None:
        """Take named graphs by their short names."""
        self._documents = bundle_documents(graphs, with_inferred=False)
        self._kinds = Kinds.of(quad for document in self._documents for quad in document.quads if _owl(document))
        modular = sum(1 + sum(_holds(syntax, document) for document in self._documents) for syntax in SYNTAXES)
        self.total = modular + len(SYNTAXES) * (1 + len(LANGUAGES)) + 2
        """How many files there are."""

    def files(self) -> Iterator[FolderFile]:
        """Each file in turn. Raises `OntologyError` for a triple that functional syntax has no axiom for."""
        for document in self._documents:
            quads = ordered(document.quads)
            for syntax in SYNTAXES:
                if _holds(syntax, document):
                    name = f"modular/{syntax.folder}/{document.stem}{syntax.suffix}"
                    yield self._file(name, document.graph, quads, syntax)
        for syntax in SYNTAXES:
            held = [document for document in self._documents if _holds(syntax, document)]
            listed = {document.iri: document.stem + syntax.suffix for document in held}
            yield _catalog(f"modular/{syntax.folder}", listed)
        whole = ordered(merged(self._documents))
        variants = {"": whole} | {f"-{language}": ordered(view(whole, language)) for language in LANGUAGES}
        for ending, quads in variants.items():
            for syntax in SYNTAXES:
                yield self._file(f"merged/cbec-kg{ending}{syntax.suffix}", ROOT + ending, quads, syntax)
        views = {view_iri(language): f"cbec-kg-{language}.ttl" for language in LANGUAGES}
        yield _catalog("merged", {BASE + ROOT: "cbec-kg.ttl", **views})
        yield FolderFile("README.md", None, "", 0, README.encode())

    def _file(self, name: str, graph: str, quads: list[Quad], syntax: Syntax) -> FolderFile:
        content, count = written(quads, syntax.known) if syntax.known else functional_syntax(quads, self._kinds)
        return FolderFile(name, syntax.name, graph, count, content)


def _owl(document: Document) -> bool:
    return document.graph not in NO_AXIOMS


def _holds(syntax: Syntax, document: Document) -> bool:
    """Whether a document is written in a syntax: shapes and saved queries are RDF, and no axioms."""
    return syntax.known is not None or _owl(document)


def _catalog(folder: str, files: Mapping[str, str]) -> FolderFile:
    return FolderFile(f"{folder}/{CATALOG}", None, "", 0, catalog_text(files).encode())


README = """\
# China cross-border e-commerce knowledge graph, for Protégé

| open | to see |
|---|---|
| `merged/cbec-kg.ttl` | everything in one file: ontology, vocabularies, entities, claims, observations, findings |
| `merged/cbec-kg-en.ttl` | the same with English texts alone, for programs that show one language |
| `merged/cbec-kg-zh.ttl` | the same with Chinese texts alone |
| `modular/turtle/cbec-kg.ttl` | the same as a root that imports a document for each named graph |
| `modular/turtle/ontology.ttl` | ontology and vocabularies alone |
| `modular/turtle/inferred.ttl` | the root, and what follows by reasoning, for programs without a reasoner |

Each is there in Turtle (`.ttl`), RDF/XML (`.rdf`) and OWL functional syntax (`.ofn`), with the same axioms; shapes and
saved queries are RDF without axioms, and in Turtle and RDF/XML only.
A `catalog-v001.xml` in each folder leads every import to the file beside it: no network is needed.
`SHA256SUMS` has the digest of every file (`sha256sum -c SHA256SUMS`).

用 Protégé 打开上表所列文件即可，无需联网。
只显示一种语言的软件，请打开 `merged/cbec-kg-zh.ttl`（中文）或 `merged/cbec-kg-en.ttl`（英文）。
"""
