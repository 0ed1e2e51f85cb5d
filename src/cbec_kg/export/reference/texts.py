"""What a reference page of one language says: facts of the ontology, texts of the other language left out.

>>> from cbec_kg.rdf.terms import text
>>> city = iri("cbec:City")
>>> file = Source("cities.ttl", tuple(Triple(city, RDFS_LABEL, text(*one)) for one in [("city", "en"), ("城市", "zh")]))
>>> [fact.value for fact in facts([file], "zh")]
['城市']
>>> sorted(["专员", "安徽", "地区"], key=lambda label: order(label, "zh"))
['安徽', '地区', '专员']
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cbec_kg.export.reference.words import table
from cbec_kg.namespaces import BASE, compact
from cbec_kg.ontology.catalog import CATALOG, imports
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Literal, NamedNode, Term, Triple, iri, text

__all__ = ["LANGUAGES", "Fact", "Source", "facts", "order", "sources"]

LANGUAGES = ("en", "zh")
_FIRST, _REST = iri("rdf:first"), iri("rdf:rest")
_CHAIN, _MEMBERS, _DISJOINT = iri("owl:propertyChainAxiom"), iri("owl:members"), iri("owl:disjointWith")
_ALT_LABEL, _BROADER, _NARROWER = iri("skos:altLabel"), iri("skos:broader"), iri("skos:narrower")
_DEFINED_BY, _IS_PART_OF, _KIND = iri("rdfs:isDefinedBy"), iri("dcterms:isPartOf"), iri("dcterms:type")
_ONTOLOGY, _TITLE, _INDIVIDUAL = iri("owl:Ontology"), iri("dcterms:title"), iri("owl:NamedIndividual")
_NAMESPACE, _MIDNIGHT = iri("vann:preferredNamespaceUri"), "T00:00:00"


@dataclass(frozen=True, slots=True)
class Fact:
    """A triple without blank nodes."""

    subject: NamedNode
    predicate: NamedNode
    object: NamedNode | Literal

    @property
    def value(self) -> str:
        """Its object as text."""
        return self.object.value


@dataclass(frozen=True, slots=True)
class Source:
    """One file of the ontology and what it says."""

    file: str
    triples: tuple[Triple, ...]


def sources(ontology: Path, root: str) -> list[Source]:
    """Files that a root of the ontology reaches, imports first; raises `OntologyError` and `ParseError`."""
    paths = imports(ontology / root, ontology / CATALOG)
    return [Source(path.relative_to(ontology.resolve()).as_posix(), tuple(parse_file(path))) for path in paths]


def order(label: str, language: str) -> tuple[int, str, bytes]:
    """Key to sort labels by: English ones by letters, Chinese ones by their sound.

    The common characters stand in the order of pinyin in GB 2312, and so in GB 18030; a label that begins with a
    Latin letter or a figure comes first. A character of two sounds has one place there: that of 行 is xing.

    >>> sorted(["行为主体", "合作", "行业"], key=lambda label: order(label, "zh"))
    ['行业', '合作', '行为主体']
    """
    if language == "zh":
        sounded = label.replace("行业", "航业")
        return (0 if label[:1].isascii() else 1, "", sounded.casefold().encode("gb18030"))
    return (0, label.casefold(), b"")


def facts(files: Sequence[Source], language: str) -> list[Fact]:
    """What a page shows, with one header, that of the last file.

    Other names are one text, chains of properties too; disjoint classes stand pair by pair. Facts come in the order
    of their subjects' labels, the project's own terms first, so that a page lists them so.
    """
    triples = [triple for file in files for triple in file.triples]
    plain = [fact for fact in _in_language(triples, language) if not _needless(fact)]
    labels = {fact.subject: fact.value for fact in plain if fact.predicate == RDFS_LABEL}
    names = [fact for fact in plain if fact.predicate == _ALT_LABEL]
    plain = _one_header([fact for fact in plain if fact.predicate != _ALT_LABEL])
    plain += [*_other_names(names, language), *_narrower(plain), *_characteristics(plain, language)]
    plain += [*_axioms(triples, labels), *_declared(files)]

    def place(fact: Fact) -> tuple[object, ...]:
        subject, label = fact.subject.value, labels.get(fact.subject, fact.subject.value)
        target = labels.get(fact.object, fact.value) if isinstance(fact.object, NamedNode) else fact.value
        mine = subject.startswith(BASE)
        return (not mine, order(label, language), subject, fact.predicate.value, order(target, language), fact.value)

    return sorted(dict.fromkeys(plain), key=place)


def _in_language(triples: Iterable[Triple], language: str) -> Iterator[Fact]:
    for triple in triples:
        s, o = triple.subject, triple.object
        if isinstance(s, NamedNode) and isinstance(o, NamedNode | Literal):
            if isinstance(o, NamedNode) or o.language in (None, language):
                yield Fact(s, triple.predicate, o)


def _needless(fact: Fact) -> bool:
    """What would stand in every table alike, or stands in the list of namespaces."""
    if fact.predicate == _DEFINED_BY:
        return fact.value.startswith(BASE)
    return fact.object == _INDIVIDUAL or fact.predicate == _NAMESPACE


def _one_header(facts: list[Fact]) -> list[Fact]:
    """Modules keep their titles, as names of what is imported; of midnights the day is left."""
    headers = [fact.subject for fact in facts if fact.predicate == RDF_TYPE and fact.object == _ONTOLOGY]
    others = set(headers[:-1])
    return [_day(fact) for fact in facts if fact.subject not in others or fact.predicate == _TITLE]


def _day(fact: Fact) -> Fact:
    if isinstance(fact.object, Literal) and fact.value.endswith(_MIDNIGHT):
        return Fact(fact.subject, fact.predicate, text(fact.value.removesuffix(_MIDNIGHT)))
    return fact


def _other_names(facts: Iterable[Fact], language: str) -> Iterator[Fact]:
    names = defaultdict(list)
    for fact in facts:
        names[fact.subject].append(fact.value)
    for subject, found in names.items():
        yield Fact(subject, _ALT_LABEL, text(("；" if language == "zh" else "; ").join(found), language))


def _narrower(facts: Iterable[Fact]) -> Iterator[Fact]:
    for fact in facts:
        if fact.predicate == _BROADER and isinstance(fact.object, NamedNode):
            yield Fact(fact.object, _NARROWER, fact.subject)


def _characteristics(facts: Iterable[Fact], language: str) -> Iterator[Fact]:
    named = {iri(name): words[language] for name, words in table().characteristics.items()}
    for fact in facts:
        if fact.predicate == RDF_TYPE and isinstance(fact.object, NamedNode) and fact.object in named:
            yield Fact(fact.subject, _KIND, text(named[fact.object], language))


def _axioms(triples: Iterable[Triple], labels: dict[NamedNode, str]) -> Iterator[Fact]:
    """Chains as texts, and the classes of a set of disjoint ones pair by pair."""
    first: dict[Term, NamedNode] = {
        t.subject: t.object for t in triples if t.predicate == _FIRST and isinstance(t.object, NamedNode)
    }
    rest: dict[Term, Term] = {t.subject: t.object for t in triples if t.predicate == _REST}

    def members(node: Term) -> Iterator[NamedNode]:
        while node in first:
            yield first[node]
            node = rest[node]

    for triple in triples:
        s, o = triple.subject, triple.object
        if triple.predicate == _CHAIN and isinstance(s, NamedNode):
            yield Fact(s, _CHAIN, text(" ∘ ".join(labels.get(step, compact(step.value)) for step in members(o))))
        elif triple.predicate == _MEMBERS:
            several = list(members(o))
            yield from (Fact(one, _DISJOINT, other) for one in several for other in several if one != other)
        elif triple.predicate == _DISJOINT and isinstance(s, NamedNode) and isinstance(o, NamedNode):
            yield Fact(o, _DISJOINT, s)


def _declared(files: Iterable[Source]) -> Iterator[Fact]:
    """In which file a term is declared."""
    for file in files:
        for triple in file.triples:
            if triple.predicate == RDF_TYPE and isinstance(triple.subject, NamedNode) and triple.object != _ONTOLOGY:
                yield Fact(triple.subject, _IS_PART_OF, text(f"ontology/{file.file}"))
