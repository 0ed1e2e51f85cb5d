"""Read the ontology, the entities and the curated articles.

>>> from cbec_kg import paths
>>> sources = read_sources(paths.resources())
>>> sorted(sources.articles)[0]
'000_7b0ff383e1855b6b'
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cbec_kg.errors import OntologyError, RowError
from cbec_kg.model.article import Article
from cbec_kg.model.new_names import Alias, NewName
from cbec_kg.model.row_json import read_rows, read_text
from cbec_kg.model.rows import Row
from cbec_kg.namespaces import SERIES, compact
from cbec_kg.ontology import catalog, sssom
from cbec_kg.ontology.alignments import links
from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.rdf.canonical import canonical_blank_nodes
from cbec_kg.rdf.parse import parse_file
from cbec_kg.rdf.terms import BlankNode, NamedNode, Triple, iri

__all__ = ["Curated", "Sources", "fingerprint", "read_article", "read_sources"]

_TYPE, _ONTOLOGY, _MEASURED_BY = iri("rdf:type"), iri("owl:Ontology"), iri("cbec:measuredBy")


@dataclass(frozen=True, slots=True)
class Curated:
    """One article: its metadata, its rows, the names in them that the vocabulary does not have, and other names."""

    article: Article
    rows: tuple[Row, ...]
    names: tuple[NewName, ...] = ()
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that a build reads. ``entities`` is without the files' own ontology headers; ``alignments`` are the
    links of named things to what identifies them elsewhere."""

    ontology: tuple[Triple, ...]
    shapes: tuple[Triple, ...]
    entities: tuple[Triple, ...]
    articles: dict[str, Curated]
    vocabulary: Vocabulary
    alignments: tuple[Triple, ...] = ()

    def measured_by(self) -> set[str]:
        """Names of the series that the vocabulary speaks of."""
        return {
            triple.object.value.removeprefix(SERIES)
            for triple in self.ontology
            if triple.predicate == _MEASURED_BY and isinstance(triple.object, NamedNode)
        }


def fingerprint(resources: Path) -> str:
    """SHA-256 over the names and bytes of all files that a build reads."""
    digest = sha256()
    read = (
        ("ontology", "**/*.ttl"),
        ("data/entities", "*.ttl"),
        ("data/alignments", "*.tsv"),
        ("data/articles", "*.json*"),
    )
    for folder, pattern in read:
        for path in sorted((resources / folder).glob(pattern)):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(resources).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def without_header(triples: Iterable[Triple]) -> list[Triple]:
    """Triples of a data file without those about the file itself."""
    triples = list(triples)
    headers = {triple.subject for triple in triples if triple.predicate == _TYPE and triple.object == _ONTOLOGY}
    return [triple for triple in triples if triple.subject not in headers]


def read_article(metadata: Path) -> Curated:
    """An article from its ``ID.json`` and the ``ID.jsonl`` beside it; raises `RowError` with file and line."""
    try:
        article = Article.from_json(json.loads(read_text(metadata)), str(metadata))
    except json.JSONDecodeError as error:
        raise RowError(f"{metadata}:{error.lineno}:{error.colno}: {error.msg}") from None
    path = metadata.with_suffix(".jsonl")
    if metadata.stem != article.id:
        raise RowError(f"{metadata}: holds article {article.id!r}", fix="name the file after the article")
    if not path.is_file():
        raise RowError(f"{path}: no rows for article {article.id}", fix="write them, or remove the metadata")
    rows = tuple(read_rows(path))
    for number, row in enumerate(rows, 1):
        if row.end > article.length:
            raise RowError(f"{path}:{number}: ends at {row.end}, and the article has {article.length} characters")
        if row.article != article.id:
            raise RowError(
                f"{path}:{number}: a row of article {row.article!r}", fix="each file holds one article's rows"
            )
    return Curated(article, rows)


def read_ontology(folder: Path) -> tuple[Triple, ...]:
    """Schema and vocabularies, found by following imports; the roots import data as well, which is left out here."""
    book = folder / catalog.CATALOG
    files = dict.fromkeys(
        [*catalog.imports(folder / "ontology.ttl", book), *catalog.imports(folder / "vocab.ttl", book)]
    )
    return tuple(canonical_blank_nodes([triple for path in files for triple in parse_file(path)]))


def read_sources(resources: Path, tell: Callable[[str], None] = lambda step: None) -> Sources:
    """Everything below a resources folder; raises `ParseError`, `RowError` or `OntologyError`."""
    tell("ontology")
    ontology = read_ontology(resources / "ontology")
    shapes = tuple(
        canonical_blank_nodes(
            [t for path in sorted((resources / "ontology" / "shapes").glob("*.ttl")) for t in parse_file(path)]
        )
    )
    tell("entities")
    entities = tuple(
        triple
        for path in sorted((resources / "data" / "entities").glob("*.ttl"))
        for triple in without_header(parse_file(path))
    )
    if any(isinstance(term, BlankNode) for triple in entities for term in (triple.subject, triple.object)):
        raise OntologyError("an entity without a name in data/entities", fix="give every thing an IRI")
    tell("articles")
    for path in sorted((resources / "data" / "articles").glob("*.jsonl")):
        if not path.with_suffix(".json").is_file():
            raise RowError(
                f"{path}: rows without metadata", fix=f"write {path.with_suffix('.json').name}, or remove the rows"
            )
    curated = [read_article(path) for path in sorted((resources / "data" / "articles").glob("*.json"))]
    vocabulary = Vocabulary.of([*ontology, *entities])
    return Sources(
        ontology, shapes, entities, {c.article.id: c for c in curated}, vocabulary, read_links(resources, vocabulary)
    )  # fmt: skip


def read_links(resources: Path, vocabulary: Vocabulary) -> tuple[Triple, ...]:
    """What the tables of alignments say of named things; raises `OntologyError` for a thing that nothing defines."""
    tables = sssom.read_all(sssom.folder(resources))
    found = tuple(links(tables))
    for link in found:
        if isinstance(link.subject, NamedNode) and link.subject.value not in vocabulary.terms:
            raise OntologyError(
                f"{sssom.folder(resources)}: a link of {compact(link.subject.value)}, which nothing defines",
                fix="add the thing to the entities, or remove its links",
            )
    return found
