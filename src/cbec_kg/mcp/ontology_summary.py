"""The ontology on a few pages, for whoever writes SPARQL: generated from its files.

>>> text = summary("en")
>>> "cbec:Fair < Event: that shows goods" in text, len(text.encode()) < 20_000
(True, True)
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from cbec_kg import paths
from cbec_kg.namespaces import BASE, CBEC, PREFIXES, VOCAB, compact, local_name
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import RDF_TYPE, RDFS_LABEL, Literal, NamedNode, iri

__all__ = ["summary"]

_OWL_CLASS, _OWL_ONTOLOGY = iri("owl:Class"), iri("owl:Ontology")
_PROPERTIES = (iri("owl:ObjectProperty"), iri("owl:DatatypeProperty"))
_PARENTS, _DEFINITION = (iri("rdfs:subClassOf"), iri("rdfs:subPropertyOf")), iri("skos:definition")
_DOMAIN, _RANGE, _TITLE = iri("rdfs:domain"), iri("rdfs:range"), iri("dcterms:title")
# What stands before "that" is the parent where it is as short as a name.
_PARENT_WORDS = 3
# Code lists that queries name values of; the long ones (sectors, phenomena) are for the search of entities.
_CODES = ("flows", "measures", "scopes", "statuses", "periods", "findings")
_HEAD = """# Ontology of cbec-kg

Prefixes that every query here has already, besides {others}:
{prefixes}

## Where triples are

- The default graph holds every triple once, asserted and inferred: query that.
- graph:article_ID holds what one article states; graph:entities, graph:observations, graph:findings, graph:ontology \
and graph:inferred hold the rest: `GRAPH graph:findings {{ ... }}`.

## How a figure hangs together

- ?claim a cbec:StatisticalClaim ; cbec:observation ?o ; cbec:measure voc:measure-level ; cbec:value ?v ; cbec:unit ?u \
; cbec:status ?s ; cbec:evidence ?e .
- ?e cbec:inArticle ?article ; cbec:charStart ?start ; cbec:charEnd ?end ; cbec:writtenFigure ?text .
- ?o cbec:indicator voc:cbec-trade-value ; cbec:measuredEntity id:china ; cbec:flow voc:flow-total ; \
cbec:period/cbec:code "2022" .
- Relations stated as facts are direct triples too: id:aliexpress cbec:launches ?programme .
- Every thing has rdfs:label in English and in Chinese; a code is skos:notation.

A class is followed by its parents, a property by domain -> range.
"""


@cache
def summary(lang: str = "en") -> str:
    """Markdown under 20 kB; definitions in ``lang``. Raises `ParseError` for a broken file of the ontology."""
    folder = paths.ontology()
    prefixes = "\n".join(f"- {prefix}: <{base}>" for prefix, base in PREFIXES.items() if base.startswith(BASE))
    others = ", ".join(prefix for prefix, base in PREFIXES.items() if not base.startswith(BASE))
    parts = [_HEAD.format(prefixes=prefixes, others=others)]
    parts += ["\n".join(_module(path, lang)) for path in sorted((folder / "modules").glob("*.ttl"))]
    parts += ["\n".join(["## Values of code lists", "", *(_codes(folder / "vocab", name, lang) for name in _CODES)])]
    return "\n\n".join(part.rstrip() for part in parts if part) + "\n"


def _module(path: Path, lang: str) -> Iterator[str]:
    facts: dict[NamedNode, dict[NamedNode, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in parse_file(path):
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
            facts[triple.subject][triple.predicate].append(triple.object)
    own = {term: known for term, known in facts.items() if term.value.startswith(CBEC)}
    if not own:
        return
    title = next((_spoken(known[_TITLE], lang) for known in facts.values() if _OWL_ONTOLOGY in known[RDF_TYPE]), "")
    yield from (f"## {title}", "")
    for term, known in own.items():
        if _OWL_CLASS in known[RDF_TYPE]:
            yield f"- {compact(term.value)}{_parents(known)}: {_definition(known, lang)}"
    yield ""
    for term, known in own.items():
        if any(kind in known[RDF_TYPE] for kind in _PROPERTIES):
            domain, target = (" or ".join(_names(known[end])) or "any" for end in (_DOMAIN, _RANGE))
            yield f"- {compact(term.value)}: {domain} -> {target}"


def _parents(known: dict[NamedNode, list[NamedNode | Literal]]) -> str:
    names = [name for end in _PARENTS for name in _names(known[end])]
    return f" < {', '.join(names)}" if names else ""


def _definition(known: dict[NamedNode, list[NamedNode | Literal]], lang: str) -> str:
    """The definition, without the parent that it opens with and that is named already."""
    said = _spoken(known[_DEFINITION], lang).rstrip(".。")
    parent, that, rest = said.partition(" that ")
    return f"that {rest}" if that and lang == "en" and len(parent.split()) <= _PARENT_WORDS else said


def _names(terms: list[NamedNode | Literal]) -> list[str]:
    """Names without the project's own prefix, as far as they are things."""
    return [
        local_name(term.value) if term.value.startswith(CBEC) else compact(term.value)
        for term in terms if isinstance(term, NamedNode)
    ]  # fmt: skip


def _spoken(terms: list[NamedNode | Literal], lang: str) -> str:
    texts = {term.language or "": term.value for term in terms if isinstance(term, Literal)}
    return texts.get(lang) or next(iter(texts.values()), "")


def _codes(folder: Path, name: str, lang: str) -> str:
    found = [
        f"{compact(triple.subject.value)} ({triple.object.value})"
        for triple in parse_file(folder / f"codes-{name}.ttl")
        if triple.predicate == RDFS_LABEL and isinstance(triple.object, Literal) and triple.object.language == lang
        and isinstance(triple.subject, NamedNode) and triple.subject.value.startswith(VOCAB)
    ]  # fmt: skip
    return f"- {name}: {', '.join(found)}"
