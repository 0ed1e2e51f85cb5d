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
from xml.sax.saxutils import quoteattr

from cbec_kg.export.write import serialised
from cbec_kg.namespaces import BASE, MODULE, SHAPES
from cbec_kg.rdf.formats import Format
from cbec_kg.rdf.terms import RDF_TYPE, BlankNode, NamedNode, Quad, Term, iri, text

__all__ = ["BundleFile", "bundle_files", "module_iri"]

_ONTOLOGY, _SHAPES, _ROOT = BASE + "ontology", BASE + "shapes", BASE + "all"
# Documents whose names are not those of modules, and those that the root does not import.
_OUTSIDE = ("ontology", "shapes", "queries", "all")
_NO_AXIOMS = ("shapes", "queries")
_TITLES = {
    "ontology": ("ontology and vocabularies", "本体与词表"),
    "shapes": ("shapes", "约束"),
    "entities": ("entities", "实体"),
    "observations": ("observations", "观测值"),
    "inferred": ("what follows by reasoning", "推理所得"),
    "findings": ("findings", "比对结果"),
    "queries": ("saved queries", "已存查询"),
    "all": ("all modules", "全部模块"),
}


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
    """Documents of all graphs in the order of their names, then the root and the catalog.

    Ontology headers inside the graphs name files that the bundle does not have, so each document gets a header of its
    own; the ontology's keeps what its own says of itself. Shapes stand in a document that the root does not import.
    """
    documents = {name: list(quads) for name, quads in graphs.items()}
    if "ontology" in documents:
        documents["ontology"], shapes = _split(documents["ontology"])
        if shapes:
            documents["shapes"] = shapes
    files = [_document(name, documents[name], sorted(documents), known) for name in sorted(documents)]
    files.append(_document("all", [], sorted(documents), known))
    catalog = _catalog({module_iri(file.graph): file.name for file in files})
    return [*files, BundleFile("catalog-v001.xml", None, "", 0, catalog)]


def _module(graph: str) -> str:
    """Local name of a module: ``article_ID`` is module ``article-ID``."""
    return graph.replace("article_", "article-", 1) if graph.startswith("article_") else graph


def _document(name: str, quads: list[Quad], all_names: list[str], known: Format) -> BundleFile:
    here = NamedNode(module_iri(name))
    headers = {quad.subject for quad in quads if quad.predicate == RDF_TYPE and quad.object == iri("owl:Ontology")}
    body = [
        quad
        for quad in quads
        if quad.subject not in headers or (quad.subject == here and quad.predicate != iri("owl:imports"))
    ]
    imports = [other for other in all_names if other not in _NO_AXIOMS] if name == "all" else ["ontology"]
    header: list[tuple[NamedNode, Term]] = [(RDF_TYPE, iri("owl:Ontology"))]
    header += [
        (iri("owl:imports"), NamedNode(module_iri(other))) for other in imports if other in all_names and other != name
    ]
    if not any(quad.subject == here and quad.predicate == iri("dcterms:title") for quad in body):
        en, zh = _TITLES.get(
            name, (_module(name).replace("article-", "article "), _module(name).replace("article-", "文章"))
        )
        header += [(iri("dcterms:title"), text(f"CBEC knowledge graph: {en}", "en"))]
        header += [(iri("dcterms:title"), text(f"跨境电商知识图谱：{zh}", "zh"))]
    body += [Quad(here, predicate, target) for predicate, target in header]
    content, count = serialised(body, known)
    file = "cbec-kg" if name == "all" else _module(name)
    return BundleFile(file + known.suffix, known.name, name, count, content)


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


def _catalog(files: Mapping[str, str]) -> bytes:
    lines = [
        f"  <uri id={quoteattr(name.removeprefix(BASE))} name={quoteattr(name)} uri={quoteattr(file)}/>\n"
        for name, file in files.items()
    ]
    head = '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    catalog = '<catalog prefer="public" xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n'
    return (head + catalog + "".join(lines) + "</catalog>\n").encode()
