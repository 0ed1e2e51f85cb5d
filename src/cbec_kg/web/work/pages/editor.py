"""The editor's part in a reader: SPARQL that somebody wrote, as rows or as a file, and the terms to complete it with.

>>> from cbec_kg.store.embedded import MemoryStore
>>> graph = OpenGraph(MemoryStore())
>>> found = written(graph, "SELECT (1 + 1 AS ?two) {}", "en", 10)
>>> [cell.text for cell in found.page.rows[0]], found.more
(['2'], False)
>>> written(graph, "ASK {}", "en", 10).truth
True
>>> written(graph, "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "en", 10)
Traceback (most recent call last):
    ...
cbec_kg.errors.QueryError: the query asks another server (SERVICE), and only this graph is read here: leave SERVICE out
>>> head, parts = as_file(graph, Limits(), "SELECT (1 + 1 AS ?two) {}", "csv", "en")
>>> head, b"".join(parts)
(File(media_type='text/csv; charset=utf-8', suffix='.csv'), b'two\\r\\n2\\r\\n')
"""

import hashlib
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass

from cbec_kg.errors import CbecError
from cbec_kg.namespaces import BASE, CBEC, PREFIXES, compact
from cbec_kg.query.formats.display import Page, display
from cbec_kg.query.formats.registry import FORMATS, write
from cbec_kg.query.formats.triples import RDF_FORMATS, as_rows
from cbec_kg.query.labels import labels_in_both
from cbec_kg.query.limit import limited
from cbec_kg.query.nearest import did_you_mean
from cbec_kg.query.results import Answer, Graph, Truth
from cbec_kg.query.run import run_text
from cbec_kg.query.saved import Bilingual, Param
from cbec_kg.query.suggest import suggest
from cbec_kg.rdf.formats import by_name
from cbec_kg.rdf.terms import NamedNode
from cbec_kg.store.base import Store
from cbec_kg.store.federation import refuse_federation
from cbec_kg.store.following import OpenGraph
from cbec_kg.store.nesting import refuse_hostile
from cbec_kg.store.pool.limits import Limits, TooBig

__all__ = ["FILES", "File", "Written", "as_file", "terms", "written"]

FILES = ("csv", "json", "jsonl", "tsv", "xlsx", "parquet", "ttl", "nt", "jsonld")
"""Formats of files; the last three are of triples."""
_MOST_ENTITIES = 3_000
_KINDS = (
    ("class", "?term a owl:Class"),
    ("property", "VALUES ?type { owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty } ?term a ?type"),
    ("code", "?term skos:inScheme ?scheme FILTER NOT EXISTS { ?term a cbec:Entity }"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What a query gave: a ``page`` of rows (triples too are rows), or the ``truth`` of an ASK.

    ``more`` says whether rows behind those of the page were left out.
    """

    page: Page | None = None
    truth: bool | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class File:
    """What a file's bytes are."""

    media_type: str
    suffix: str


def written(graph: OpenGraph, sparql: str, lang: str, most: int, services: tuple[str, ...] = ()) -> Written:
    """Answer of a query, at most ``most`` rows; ``services`` are the servers that it may ask.

    Raises `QueryError` and what the store raises.
    """
    answer = limited(_answer(graph, sparql, lang, services), most)
    if isinstance(answer, Truth):
        return Written(truth=answer.value)
    result = as_rows(answer, lang) if isinstance(answer, Graph) else answer
    return Written(display(result), None, answer.cut)


def as_file(
    graph: OpenGraph, limits: Limits, sparql: str, form: str, lang: str, services: tuple[str, ...] = ()
) -> tuple[File, Iterator[bytes]]:
    """The whole answer in a format of `FILES`; raises `TooBig` rather than leave rows out, else as `written`.

    All is made before the first byte is sent, so that what fails on the way is an error and no half file.
    """
    if form not in FILES:
        raise CbecError(f"unknown format {form[:40]!r}", fix=did_you_mean(form, FILES))
    answer = limited(_answer(graph, sparql, lang, services), limits.rows)
    if not isinstance(answer, Truth) and answer.cut:
        raise TooBig("rows", limits.rows)
    out = io.BytesIO()
    write(answer, form, out, lang=lang)
    if form in RDF_FORMATS:
        known = by_name(form)
        return File(known.media_type, f".{form}"), iter([out.getvalue()])
    if form == "json" and isinstance(answer, Graph):
        return File("application/ld+json", ".jsonld"), iter([out.getvalue()])
    return File(FORMATS[form].media_type, FORMATS[form].suffix), iter([out.getvalue()])


def _answer(graph: OpenGraph, sparql: str, lang: str, services: tuple[str, ...]) -> Answer:
    refuse_hostile(sparql)
    refuse_federation(sparql, services)
    return run_text(sparql, graph.store(), lang=lang)


def terms(graph: OpenGraph) -> tuple[str, bytes]:
    """Prefixes, and the terms that a query may name, as JSON, with a digest of it; made once a build.

    ``{"prefixes": {prefix: IRI}, "terms": [[name, kind, English, Chinese], ...]}``; kinds are class, property, code
    and entity, of which these are the most used.
    """
    return graph.made_of(_terms)


def _terms(store: Store) -> tuple[str, bytes]:
    found = [*_ontology(store), *_entities(store)]
    text = json.dumps({"prefixes": PREFIXES, "terms": found}, ensure_ascii=False, separators=(",", ":")).encode()
    return hashlib.sha256(text).hexdigest()[:20], text


def _ontology(store: Store) -> Iterator[list[str]]:
    for kind, pattern in _KINDS:
        rows = store.select(f"SELECT DISTINCT ?term {{ {pattern} }}").rows
        names = sorted(term.value for (term,) in rows if isinstance(term, NamedNode) and term.value.startswith(BASE))
        labels = labels_in_both(store, names)
        yield from ([compact(name), kind, labels[name].get("en", ""), labels[name].get("zh", "")] for name in names)


def _entities(store: Store) -> Iterator[list[str]]:
    entities = Param("value", "iri", Bilingual(""), cls=CBEC + "Entity")
    for one in suggest(entities, store, limit=_MOST_ENTITIES):
        yield [one.value, "entity", one.labels.get("en", ""), one.labels.get("zh", "")]
