"""From tables of mappings to the Turtle in ``ontology/alignments``: one vocabulary, one ontology, apart from the root.

Nothing of another vocabulary is imported: a file declares the few terms that it points at. Annotations say what is the
same or close, and imply nothing; only ``rdfs:subClassOf`` and ``rdfs:subPropertyOf`` are axioms.

>>> from cbec_kg.ontology.sssom import folder, read_set
>>> text = turtle_of(read_set(folder() / "owl-time.sssom.tsv"))
>>> "cbec:Period rdfs:subClassOf <http://www.w3.org/2006/time#ProperInterval>" in text
True
>>> len(links([read_set(folder() / "iso-3166-1.sssom.tsv")])) > 200
True
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from cbec_kg.namespaces import BASE, CBEC, ID, VOCAB, expand
from cbec_kg.ontology.sssom import Mapping, MappingSet, folder, read_all
from cbec_kg.rdf.canonical import turtle
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Literal, NamedNode, Triple, iri, text

__all__ = ["files", "links", "triples_of", "turtle_of"]

_DECLARED = {
    "owl class": ("owl:Class",),
    "owl object property": ("owl:ObjectProperty",),
    "owl data property": ("owl:DatatypeProperty",),
    "skos concept": ("owl:NamedIndividual", "skos:Concept"),
    "owl named individual": ("owl:NamedIndividual",),
}
_PREDICATES = {
    "skos:exactMatch": ("exact match", "完全匹配"),
    "skos:closeMatch": ("close match", "近似匹配"),
    "skos:broadMatch": ("broad match", "上位匹配"),
    "skos:narrowMatch": ("narrow match", "下位匹配"),
    "skos:relatedMatch": ("related match", "相关匹配"),
}
_LOCAL = "#codes"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_INFO = iri("owl:versionInfo")
_VERSIONS = (
    iri("owl:versionIRI"), _INFO, iri("owl:priorVersion"), iri("owl:backwardCompatibleWith"),
    iri("owl:incompatibleWith"),
)  # fmt: skip
_CHECKED = "How each link was checked stands in data/alignments/{name}.sssom.tsv."
_NOTE = "Written by `cbec-kg data format --fix` from data/alignments/{name}.sssom.tsv: change that, not this file."


def files(resources: Path) -> dict[Path, str]:
    """Text that each file of ``ontology/alignments`` should have."""
    out: dict[Path, str] = {}
    for table in read_all(folder(resources)):
        path = resources / "ontology" / "alignments" / f"{table.name}.ttl"
        out[path] = turtle_of(table, _version(table, path, resources / "ontology" / "ontology.ttl"))
    return out


def links(tables: Iterable[MappingSet]) -> list[Triple]:
    """What the graph itself takes up: of each named thing, what identifies it elsewhere (``schema:sameAs``)."""
    same = expand("schema:sameAs")
    return [_link(row) for table in tables for row in table.mappings if row.predicate == same]


def turtle_of(table: MappingSet, version: Iterable[Triple] = ()) -> str:
    """Canonical Turtle of one alignment; ``version`` are the triples of its header that say which version it is."""
    return turtle([*version, *triples_of(table)], header_comment=_NOTE.format(name=table.name))


def triples_of(table: MappingSet) -> list[Triple]:
    """Header, declarations of what is pointed at, and the links."""
    return [*_header(table), *_predicates(table), *_targets(table), *map(_link, table.mappings)]


def _version(table: MappingSet, path: Path, schema: Path) -> list[Triple]:
    """Which version a file says it is, as a release wrote it; a new file is of the schema's version."""
    node = NamedNode(table.iri)
    if path.is_file():
        return [triple for triple in parse_file(path) if triple.subject == node and triple.predicate in _VERSIONS]
    numbers = [t.object.value for t in parse_file(schema) if t.predicate == _INFO and isinstance(t.object, Literal)]
    made: list[Triple] = []
    for number in numbers:
        made.append(Triple(node, iri("owl:versionIRI"), NamedNode(f"{BASE}{number}/alignment/{table.name}")))
        made.append(Triple(node, _INFO, text(number)))
    return made


def _link(row: Mapping) -> Triple:
    return Triple(NamedNode(row.subject), NamedNode(row.predicate), NamedNode(row.object))


def _header(table: MappingSet) -> Iterator[Triple]:
    node = NamedNode(table.iri)
    yield Triple(node, RDF_TYPE, iri("owl:Ontology"))
    yield Triple(node, iri("owl:imports"), NamedNode(BASE + _side(table)))
    yield Triple(node, iri("rdfs:comment"), text(_CHECKED.format(name=table.name), "en"))
    for language, title in table.title.items():
        yield Triple(node, iri("dcterms:title"), text(title, language))
    yield Triple(node, iri("dcterms:description"), text(table.description, "en"))
    yield Triple(node, iri("dcterms:license"), NamedNode(table.licence))
    yield Triple(node, iri("dcterms:source"), NamedNode(table.source))
    yield Triple(node, iri("dcterms:source"), text(table.source_version))


def _side(table: MappingSet) -> str:
    """Which of this project's own ontologies holds the subjects: schema, vocabularies, or everything."""
    subjects = [row.subject for row in table.mappings]
    if any(name.startswith(ID) for name in subjects):
        return "all"
    return "vocab" if any(name.startswith(VOCAB) for name in subjects) else "ontology"


def _predicates(table: MappingSet) -> Iterator[Triple]:
    used = {row.predicate for row in table.mappings}
    for name, labels in _PREDICATES.items():
        if expand(name) in used:
            yield Triple(iri(name), RDF_TYPE, iri("owl:AnnotationProperty"))
            yield from (Triple(iri(name), RDFS_LABEL, text(*pair)) for pair in zip(labels, ("en", "zh"), strict=True))


def _targets(table: MappingSet) -> Iterator[Triple]:
    own, scheme = table.iri + "#", NamedNode(table.iri + _LOCAL)
    if any(row.object.startswith(own) for row in table.mappings):  # codes that nobody else gives an IRI
        yield Triple(scheme, RDF_TYPE, iri("owl:NamedIndividual"))
        yield Triple(scheme, RDF_TYPE, iri("skos:ConceptScheme"))
        yield from (Triple(scheme, RDFS_LABEL, text(title, language)) for language, title in table.title.items())
    for row in table.mappings:
        node = NamedNode(row.object)
        for kind in _DECLARED.get(row.object_type, ()):
            yield Triple(node, RDF_TYPE, iri(kind))
        yield Triple(node, RDFS_LABEL, text(row.object_label, "zh" if _CHINESE.search(row.object_label) else "en"))
        if row.object.startswith(own):
            yield Triple(node, iri("skos:inScheme"), scheme)
            yield Triple(node, iri("skos:notation"), text(row.object.removeprefix(own)))
        elif row.subject.startswith(CBEC):
            yield Triple(node, iri("rdfs:isDefinedBy"), NamedNode(table.source))
