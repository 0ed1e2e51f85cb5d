"""A page of pyLODE in one language: its tables of terms under headings of ours, with all that it needs in itself.

pyLODE writes English words between texts of any language, and keeps a pickle of other ontologies in its own folder.
Here the words come from a table, and no other ontology is read: a page needs no network, no cache, and no place
where two processes meet.

>>> from cbec_kg.rdf.terms import iri, text
>>> city, header = iri("cbec:City"), iri("module:example")
>>> graph = graph_of([
...     Fact(header, iri("rdf:type"), iri("owl:Ontology")), Fact(header, iri("dcterms:title"), text("样例", "zh")),
...     Fact(city, iri("rdf:type"), iri("owl:Class")), Fact(city, iri("rdfs:label"), text("城市", "zh")),
...     Fact(city, iri("skos:definition"), text("作为城市的地点。", "zh"))])
>>> page = LodePage(graph, header.value, "zh", [Section("classes", "类", "c", (city.value,))], []).text()
>>> "作为城市的地点" in page, 'id="City"' in page, "Definition" in page
(True, True, False)
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dominate
import rdflib
from dominate import tags
from dominate.util import raw
from rdflib import Graph, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from cbec_kg.export.reference.quiet import no_loop_of_its_own, unchanged_logging
from cbec_kg.export.reference.texts import Fact
from cbec_kg.export.reference.words import table
from cbec_kg.namespaces import BASE, PREFIXES, expand, local_name
from cbec_kg.rdf.terms import XSD, Literal, NamedNode

with unchanged_logging():
    import pylode
    from pylode.profiles.ontpub import OntPub
    from pylode.rdf_elements import ONTDOC
    from pylode.utils import make_pylode_logo, section_html

__all__ = ["LodePage", "Section", "graph_of"]

_HERE = Path(__file__).parent
_MARKS = {
    "c": OWL.Class, "op": OWL.ObjectProperty, "dp": OWL.DatatypeProperty, "ap": OWL.AnnotationProperty,
    "ni": OWL.NamedIndividual,
}  # fmt: skip
_LAST = [
    OWL.deprecated,
    SKOS.changeNote,
    SKOS.historyNote,
    SKOS.note,
    DCTERMS.source,
    DCTERMS.isPartOf,
    RDFS.isDefinedBy,
]
_FIRST = [DCTERMS.description, SKOS.scopeNote, SKOS.example, SKOS.altLabel]
_PROPERTY = [
    *_FIRST, RDFS.domain, RDFS.range, RDFS.subPropertyOf, ONTDOC.superPropertyOf, OWL.inverseOf,
    OWL.propertyChainAxiom, DCTERMS.type, *_LAST,
]  # fmt: skip
_ROWS = {
    "c": [
        *_FIRST, RDFS.subClassOf, ONTDOC.superClassOf, OWL.equivalentClass, ONTDOC.inDomainOf, ONTDOC.inRangeOf,
        OWL.disjointWith, *_LAST,
    ],
    "op": _PROPERTY, "dp": _PROPERTY, "ap": _PROPERTY,
    "ni": [*_FIRST, SKOS.notation, ONTDOC.memberOf, SKOS.broader, SKOS.narrower],
}  # fmt: skip
_TEXT_NODE = re.compile(r">(\s*)([^<>\s][^<>]*?)(\s*)<")
_TOOLTIP = re.compile(r'title="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Section:
    """Terms under one heading; ``mark`` is the letters that pyLODE writes beside them: c, op, dp, ap, ni."""

    anchor: str
    title: str
    mark: str
    members: tuple[str, ...]


def graph_of(facts: Iterable[Fact]) -> Graph:
    """The same facts for rdflib, in their order."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for fact in facts:
        graph.add((URIRef(fact.subject.value), URIRef(fact.predicate.value), _object(fact.object)))
    return graph


def _object(term: NamedNode | Literal) -> URIRef | rdflib.Literal:
    if not isinstance(term, Literal):
        return URIRef(term.value)
    plain = term.language is not None or term.datatype.value == XSD + "string"
    kind = None if plain else URIRef(term.datatype.value)
    return rdflib.Literal(term.value, lang=term.language, datatype=kind, normalize=False)


class LodePage(OntPub):  # type: ignore[misc]
    """One page: a graph in one language, the IRI of its header, its sections, and links to other pages.

    ``links`` are pairs of address and text. Each term of the project is at its local name: ``#Claim``.
    """

    def __init__(
        self,
        graph: Graph,
        header: str,
        language: str,
        sections: Sequence[Section],
        links: Sequence[tuple[str, str]],
    ) -> None:
        no_loop_of_its_own()
        self.ont, self.language, self.sections, self.links = graph, language, sections, links
        self._ontdoc_inference(graph)
        self.back_onts = Graph(bind_namespaces="none")
        self.props_labeled = self._headings()
        self.toc: dict[str, Any] = {}
        names = [iri for section in sections for iri in section.members]
        self.fids = {iri: local_name(iri) if iri.startswith(BASE) else _anchor(iri) for iri in names}
        namespace = names[0].removesuffix(local_name(names[0]))
        self.ns = (namespace, namespace)  # pyLODE asks of an IRI whether it begins with one of two
        self.doc = dominate.document(title=str(graph.value(URIRef(header), DCTERMS.title)), lang=language)
        with self.doc:
            self.content = tags.div(id="content")

    def text(self) -> str:
        """The page as HTML, the same for the same graph."""
        self._make_head(self._make_schema_org())
        self._make_body()
        return self._in_language(self.doc.render()) + "\n"

    def _headings(self) -> dict[URIRef, dict[str, str | None]]:
        """Names of properties at the head of a row, with what a pointer is told."""
        made: dict[URIRef, dict[str, str | None]] = {}
        for name, heading in table().headings.items():
            prefix, _, local = name.partition(":")
            iri = ONTDOC[local] if prefix == "ontdoc" else URIRef(expand(name))
            made[iri] = _heading(heading[self.language], heading["about"][self.language])
        for prop in sorted(URIRef(str(prop)) for prop in set(self.ont.predicates())):
            if prop not in made and (label := self.ont.value(prop, RDFS.label)):
                made[prop] = _heading(str(label), str(self.ont.value(prop, SKOS.definition)))
        return made

    def _make_head(self, schema_org: Graph, include_css: bool = True, destination: Path | None = None) -> None:
        sheets = [Path(pylode.__file__).with_name("pylode.css"), _HERE / "style.css"]
        with self.doc.head:
            tags.meta(charset="utf-8")
            tags.meta(name="viewport", content="width=device-width, initial-scale=1")
            tags.style(raw("\n" + "\n".join(sheet.read_text("utf-8") for sheet in sheets) + "\n"))
            tags.link(rel="icon", href="data:,")
            tags.script(raw("\n" + _json(schema_org) + "\n"), type="application/ld+json", id="schema.org")

    def _make_body(self) -> None:
        with self.content, tags.div(id="pages"):
            for address, text in self.links:
                tags.a(text, href=address)
        self._make_metadata()
        self._make_main_sections()
        self._make_namespaces()
        self._make_legend()
        self._make_toc()
        make_pylode_logo(self.doc, pylode.__version__, "OntPub", "https://w3id.org/profile/ontpub")

    def _make_metadata(self) -> None:
        labels = self.props_labeled
        told = _heading(table().own("description", self.language), table().own("about", self.language))
        self.props_labeled = {**labels, DCTERMS.description: told}
        super()._make_metadata()
        self.props_labeled = labels

    def _make_main_sections(self) -> None:
        for section in self.sections:
            kind, rows = _MARKS[section.mark], [DCTERMS.title, *_ROWS[section.mark]]
            if section.mark == "ni":
                rows += [prop for prop in self.props_labeled if str(prop).startswith(BASE)]
                self._mark(section, kind)
            with self.content:
                section_html(
                    section.title, self.ont, self.back_onts, self.ns, kind, rows, self.toc, section.anchor, self.fids,
                    self.props_labeled,
                )  # fmt: skip
            if section.mark == "ni":
                self.ont.remove((None, RDF.type, kind))

    def _mark(self, section: Section, kind: URIRef) -> None:
        """pyLODE shows all that is of one class, so that the terms of one section have to be of one for a while."""
        for name in section.members:
            iri = URIRef(name)
            for cls in list(self.ont.objects(iri, RDF.type)):
                self.ont.add((iri, ONTDOC.memberOf, cls))
            self.ont.add((iri, RDF.type, kind))

    def _make_namespaces(self) -> None:
        """As pyLODE does, but asking of each term once."""
        names = {str(term) for triple in self.ont for term in triple if isinstance(term, URIRef)}
        used = {prefix: start for prefix, start in PREFIXES.items() if any(name.startswith(start) for name in names)}
        with self.content, tags.div(id="namespaces"):
            tags.h2(table().own("namespaces", self.language))
            with tags.dl():
                for prefix, start in sorted(used.items()):
                    tags.dt(prefix)
                    tags.dd(tags.code(start))

    def _make_legend(self) -> None:
        with self.content, tags.div(id="legend"):
            tags.h2(table().own("legend", self.language))
            with tags.table(_class="entity"):
                for mark in dict.fromkeys(section.mark for section in self.sections):
                    with tags.tr():
                        tags.td(tags.sup(mark, _class=f"sup-{mark}"))
                        tags.td(table().own(mark, self.language))

    def _make_toc(self) -> None:
        own = {key: table().own(key, self.language) for key in ("metadata", "namespaces", "legend", "contents")}
        with self.doc, tags.div(id="toc"):
            tags.h3(own["contents"])
            with tags.ul(_class="first"):
                tags.li(tags.h4(tags.a(own["metadata"], href="#metadata")))
                for section in self.sections:
                    with tags.li():
                        tags.h4(tags.a(section.title, href=f"#{section.anchor}"))
                        with tags.ul(_class="second"):
                            for address, title in self.toc.get(section.anchor, ()):
                                tags.li(tags.a(title, href=address))
                for key in ("namespaces", "legend"):
                    tags.li(tags.h4(tags.a(own[key], href=f"#{key}")))

    def _in_language(self, page: str) -> str:
        """The page with pyLODE's own words put into its language, in texts and in what a pointer is told."""
        words = {word: known[self.language] for word, known in table().fixed.items()}
        page = _TEXT_NODE.sub(lambda m: f">{m[1]}{words.get(m[2].strip(), m[2])}{m[3]}<", page)
        return _TOOLTIP.sub(lambda m: f'title="{_told(words.get(m[1], m[1]))}"', page)


def _heading(title: str, about: str) -> dict[str, str | None]:
    return {"title": title, "description": about, "ont_title": None}


def _told(tooltip: str) -> str:
    """What pyLODE tells of a heading, without where it is defined, which it cannot know here."""
    return tooltip.removesuffix(". Defined in None")


def _anchor(iri: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", iri.partition("://")[2])


def _json(graph: Graph) -> str:
    """What search engines read of a page, in sorted keys: rdflib's own order is that of hashes."""
    read = json.loads(graph.serialize(format="json-ld"))
    for node in read:
        for values in node.values():
            if isinstance(values, list):
                values.sort(key=str)
    return json.dumps(sorted(read, key=str), ensure_ascii=False, indent=1, sort_keys=True).replace("<", "\\u003c")
