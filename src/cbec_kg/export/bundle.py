"""One ontology document a named graph, a root that imports them, and a catalog: what Protégé and OWLAPI open.

>>> from cbec_kg.rdf.formats import by_name
>>> from cbec_kg.rdf.terms import iri
>>> country = Quad(iri("id:china"), iri("rdf:type"), iri("cbec:Country"))
>>> [file.name for file in bundle_files({"article_003": [country]}, by_name("ttl"))]
['article-003.ttl', 'cbec-kg.ttl', 'catalog-v001.xml']
>>> module_iri("article_003"), module_iri("ontology")
('https://w3id.org/cbec-kg/module/article-003', 'https://w3id.org/cbec-kg/ontology')
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cbec_kg.export.write import canonical, written
from cbec_kg.namespaces import BASE, MODULE, PREFIXES, SHAPES
from cbec_kg.ontology.catalog import CATALOG, catalog_text
from cbec_kg.rdf.formats import Format
from cbec_kg.rdf.terms import RDF_TYPE, BlankNode, Literal, NamedNode, Quad, Term, iri, text

__all__ = [
    "NO_AXIOMS",
    "ROOT",
    "BundleFile",
    "Document",
    "bundle_documents",
    "bundle_files",
    "module_iri",
    "ordered",
    "title",
]

ROOT = "all"
"""Short name of the root, which holds nothing and imports the others."""
_ONTOLOGY, _SHAPES = BASE + "ontology", BASE + "shapes"
_ONTOLOGY_GRAPH, _INFERRED = "ontology", "inferred"
_NOT_OF_ALL = (RDF_TYPE, iri("dcterms:title"), iri("dcterms:bibliographicCitation"))
_VERSION = iri("owl:versionInfo")
_HEAD = (RDF_TYPE, iri("owl:imports"), iri("owl:versionIRI"))
# Documents whose names are not those of modules, and those that the root does not import.
_OUTSIDE = ("ontology", "shapes", "queries", ROOT)
NO_AXIOMS = ("shapes", "queries")
_TITLE = {"en": "CBEC knowledge graph: ", "zh": "跨境电商知识图谱："}
_TITLES = {
    "ontology": ("ontology and vocabularies", "本体与词表"),
    "shapes": ("shapes", "约束"),
    "entities": ("entities", "实体"),
    "alignments": ("links to other sources", "与其他来源的链接"),
    "observations": ("observations", "观测值"),
    "inferred": ("what follows by reasoning", "推理所得"),
    "findings": ("findings", "比对结果"),
    "queries": ("saved queries", "已存查询"),
    ROOT: ("all modules", "全部模块"),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One ontology document, its header among its quads: ``graph`` is the short name of what it holds."""

    graph: str
    quads: tuple[Quad, ...]

    @property
    def iri(self) -> str:
        """IRI of the ontology."""
        return module_iri(self.graph)

    @property
    def stem(self) -> str:
        """Name of its file without a suffix."""
        return "cbec-kg" if self.graph == ROOT else _module(self.graph)


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One file of the bundle; the catalog has no format and no graph."""

    name: str
    format: str | None
    graph: str
    count: int
    content: bytes


def module_iri(graph: str) -> str:
    """Ontology IRI of the document that holds a named graph, given by its short name."""
    return BASE + graph if graph in _OUTSIDE else MODULE + _module(graph)


def bundle_files(graphs: Mapping[str, Iterable[Quad]], known: Format) -> list[BundleFile]:
    """Documents of all graphs in the order of their names, then the root and the catalog."""
    documents = bundle_documents(graphs)
    files = []
    for document in documents:
        content, count = written(ordered(document.quads), known)
        files.append(BundleFile(document.stem + known.suffix, known.name, document.graph, count, content))
    catalog = catalog_text({document.iri: file.name for document, file in zip(documents, files, strict=True)})
    return [*files, BundleFile(CATALOG, None, "", 0, catalog.encode())]


def bundle_documents(graphs: Mapping[str, Iterable[Quad]], *, with_inferred: bool = True) -> list[Document]:
    """Documents of all graphs in the order of their names, then the root.

    Ontology headers inside the graphs name files that the bundle does not have, so each document gets a header of its
    own; the ontology's keeps what its own says of itself. Shapes stand in a document that the root does not import.
    Without ``with_inferred`` the root imports no inferences either, and the document that has them imports the root.
    """
    parts = {name: list(quads) for name, quads in graphs.items()}
    if "ontology" in parts:
        parts["ontology"], shapes = _split(parts["ontology"])
        if shapes:
            parts["shapes"] = shapes
    outside = NO_AXIOMS if with_inferred else (*NO_AXIOMS, _INFERRED)
    documents = []
    for name in sorted(parts):
        imported = ROOT if name == _INFERRED and not with_inferred else _ONTOLOGY_GRAPH
        documents.append(_document(name, parts[name], [imported] if imported in (ROOT, *parts) else []))
    own = [name for name in sorted(parts) if name not in outside]
    return [*documents, _document(ROOT, [], own, _said_of_all(parts.get("ontology", ())))]


def _module(graph: str) -> str:
    """Local name of a module: ``article_ID`` is module ``article-ID``."""
    return graph.replace("article_", "article-", 1) if graph.startswith("article_") else graph


def _said_of_all(ontology: Iterable[Quad]) -> list[tuple[NamedNode, Term]]:
    """What the root says of itself as the ontology does: who made it, under which licence, which version it is."""
    said = [quad for quad in ontology if quad.subject == NamedNode(_ONTOLOGY) and quad.predicate not in _NOT_OF_ALL]
    own = [quad for quad in said if quad.predicate == _VERSION or not quad.predicate.value.startswith(PREFIXES["owl"])]
    return [(quad.predicate, quad.object) for quad in own]


def _document(
    name: str, quads: Iterable[Quad], imports: Iterable[str], said: Iterable[tuple[NamedNode, Term]] = ()
) -> Document:
    quads, here = list(quads), NamedNode(module_iri(name))
    headers = {quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object == iri("owl:Ontology")}
    # A document has no named graphs: its header, which is in none, would stand apart from the rest.
    body = [
        Quad(quad.subject, quad.predicate, quad.object)
        for quad in quads
        if quad.subject not in headers or (quad.subject == here and quad.predicate != iri("owl:imports"))
    ]
    header: list[tuple[NamedNode, Term]] = [(RDF_TYPE, iri("owl:Ontology")), *said]
    header += [(iri("owl:imports"), NamedNode(module_iri(other))) for other in imports if other != name]
    if not any(quad.subject == here and quad.predicate == iri("dcterms:title") for quad in body):
        en, zh = _TITLES.get(
            name, (_module(name).replace("article-", "article "), _module(name).replace("article-", "文章"))
        )
        header += [(iri("dcterms:title"), title(en, "en")), (iri("dcterms:title"), title(zh, "zh"))]
    body += [Quad(here, predicate, target) for predicate, target in header]
    return Document(name, tuple(body))


def ordered(quads: Iterable[Quad]) -> list[Quad]:
    """Quads of a document in the one order of their lines, its header before all else, and what it is before the rest.

    OWLAPI loses notes of an ontology that stand between its type and its imports.
    """
    lines = canonical(quads)
    headers = {quad.subject for quad in lines if quad.predicate == RDF_TYPE and quad.object == iri("owl:Ontology")}
    head = [quad for quad in lines if quad.subject in headers]
    head.sort(key=lambda quad: _HEAD.index(quad.predicate) if quad.predicate in _HEAD else len(_HEAD))
    return head + [quad for quad in lines if quad.subject not in headers]


def title(holds: str, language: str) -> Literal:
    """Title of a document, by what it holds, in a language."""
    return text(f"{_TITLE[language]}{holds}", language)


def _split(quads: list[Quad]) -> tuple[list[Quad], list[Quad]]:
    """The ontology without the shapes, and the shapes with all blank nodes that hang on them."""
    around: dict[NamedNode | BlankNode, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode | BlankNode):
            around.setdefault(quad.subject, []).append(quad)
    waiting: list[NamedNode | BlankNode] = [
        node
        for node in around
        if isinstance(node, NamedNode) and (node.value.startswith(SHAPES) or node.value == _SHAPES)
    ]
    shapes: dict[Quad, None] = {}
    while waiting:
        for quad in around.pop(waiting.pop(), []):
            shapes[quad] = None
            if isinstance(quad.object, BlankNode):
                waiting.append(quad.object)
    return [quad for quad in quads if quad not in shapes], list(shapes)
