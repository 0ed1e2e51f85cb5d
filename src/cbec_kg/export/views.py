"""One ontology out of many documents, and views of it that have the texts of one language.

>>> from cbec_kg.rdf.terms import text
>>> names = [Quad(iri("id:china"), RDFS_LABEL, text(name, lang)) for name, lang in (("China", "en"), ("中国", "zh"))]
>>> [quad.object.value for quad in in_language([*names, Quad(iri("id:china"), iri("cbec:code"), text("CN"))], "zh")]
['中国', 'CN']
>>> [(quad.object.value, quad.object.language) for quad in in_language(names[:1], "zh")]
[('China', None)]
"""

from collections.abc import Iterable, Sequence

from cbec_kg.export.bundle import ROOT, Document, title
from cbec_kg.namespaces import BASE
from cbec_kg.rdf.terms import RDFS_LABEL, BlankNode, Literal, NamedNode, Quad, Subject, iri, text

__all__ = ["LANGUAGES", "in_language", "merged", "view", "view_iri"]

LANGUAGES = ("en", "zh")
_VIEWS = {"en": "English view, texts in other languages left out", "zh": "中文视图，略去其他语言的文本"}
_IMPORTS, _TITLE, _SOURCE = iri("owl:imports"), iri("dcterms:title"), iri("dcterms:source")


def merged(documents: Sequence[Document]) -> list[Quad]:
    """The root with all that it imports in it: one header, no imports."""
    (root,) = (document for document in documents if document.graph == ROOT)
    imported = {quad.object for quad in root.quads if quad.predicate == _IMPORTS}
    quads = [quad for quad in root.quads if quad.predicate != _IMPORTS]
    for document in documents:
        here = NamedNode(document.iri)
        if here in imported:
            quads += [quad for quad in document.quads if quad.subject != here]
    return quads


def view_iri(language: str) -> str:
    """IRI of the ontology that is the view of a language: what says something else is no ontology of the same name."""
    return f"{BASE}view/{language}"


def view(whole: Iterable[Quad], language: str) -> list[Quad]:
    """The merged ontology in one language, under an IRI and a title that say so."""
    root, here = NamedNode(BASE + ROOT), NamedNode(view_iri(language))
    kept = [quad for quad in in_language(whole, language) if (quad.subject, quad.predicate) != (root, _TITLE)]
    quads = [Quad(here, quad.predicate, quad.object) if quad.subject == root else quad for quad in kept]
    return [*quads, Quad(here, _TITLE, title(_VIEWS[language], language)), Quad(here, _SOURCE, root)]


def in_language(quads: Iterable[Quad], language: str) -> list[Quad]:
    """Quads without the texts that are in another language; texts in no language stay, and values within axioms.

    A thing whose labels are all in others keeps them as names in no language, so that nothing stands without a label.
    """
    kept: list[Quad] = []
    foreign: dict[Subject, list[str]] = {}
    labelled: set[Subject] = set()
    for quad in quads:
        said = quad.object.language if isinstance(quad.object, Literal) else None
        own = not said or said == language or said.startswith(f"{language}-") or isinstance(quad.subject, BlankNode)
        if own:
            kept.append(quad)
        if quad.predicate == RDFS_LABEL:
            if own or not isinstance(quad.object, Literal):
                labelled.add(quad.subject)
            else:
                foreign.setdefault(quad.subject, []).append(quad.object.value)
    for subject, labels in foreign.items():
        if subject not in labelled:
            kept += [Quad(subject, RDFS_LABEL, text(label)) for label in labels]
    return kept
