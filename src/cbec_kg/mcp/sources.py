"""Where the rows of an answer come from: articles and characters.

Most queries say so in their columns (``article``, ``start``, ``end``); of rows that hold claims, data points or
findings only, the evidence is looked up.

>>> from cbec_kg.rdf.terms import integer, iri
>>> columns = tuple(Column(name) for name in ("article", "start", "end", "levelArticle", "levelStart", "levelEnd"))
>>> row = (iri("art:a"), integer(3), integer(9), iri("art:b"), integer(1), None)
>>> stated(columns, [row, row])
[Source(article='art:a', start=3, end=9), Source(article='art:b', start=1, end=None)]
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cbec_kg.namespaces import ARTICLE, CLAIM, FINDING, OBS, compact
from cbec_kg.query.results import Row, to_python
from cbec_kg.query.saved import Column
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import NamedNode, Term, iri
from cbec_kg.store.base import Store

__all__ = ["Source", "articles_of", "looked_up", "sources_of", "stated"]

_AT_ONCE = 300
_PREFIXES = "PREFIX cbec: <https://w3id.org/cbec-kg/ontology#> "
# How a thing of each namespace leads to the claims that it rests on.
_TO_CLAIM = {
    CLAIM: "BIND(?thing AS ?claim)",
    FINDING: "?thing cbec:basedOn|cbec:testedClaim ?claim .",
    OBS: "?claim cbec:observation ?thing .",
}


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """An article, and the characters where it says so; no characters where the whole article is meant."""

    article: str
    start: int | None = None
    end: int | None = None


def sources_of(columns: Sequence[Column], rows: Sequence[Row], store: Store) -> list[Source]:
    """Sources of rows, each once; empty where rows count or list what no single article says."""
    return stated(columns, rows) or looked_up(rows, store)


def stated(columns: Sequence[Column], rows: Sequence[Row]) -> list[Source]:
    """Sources that stand in the rows themselves."""
    places = {column.name: place for place, column in enumerate(columns)}
    triples = []
    for name, place in places.items():
        if name == "article" or name.endswith("Article"):
            stem = name.removesuffix("article").removesuffix("Article")
            names = (f"{stem}Start", f"{stem}End") if stem else ("start", "end")
            triples.append((place, places.get(names[0]), places.get(names[1])))
    found: dict[Source, None] = {}
    for row in rows:
        for article, start, end in triples:
            term = row[article]
            if isinstance(term, NamedNode) and term.value.startswith(ARTICLE):
                where = (None if place is None else _number(row[place]) for place in (start, end))
                found[Source(compact(term.value), *where)] = None
    return list(found)


def looked_up(rows: Sequence[Row], store: Store) -> list[Source]:
    """Evidence of the claims in rows, and of those that findings and data points in them rest on."""
    found: dict[Source, None] = {}
    for base, pattern in _TO_CLAIM.items():
        things = {
            term.value: None
            for row in rows for term in row if isinstance(term, NamedNode) and term.value.startswith(base)
        }  # fmt: skip
        for values in _batches(list(things)):
            solutions = store.select(
                f"{_PREFIXES}SELECT DISTINCT ?article ?start ?end {{ VALUES ?thing {{ {values} }} {pattern} "
                "?claim cbec:evidence ?e . ?e cbec:inArticle ?article ; cbec:charStart ?start ; cbec:charEnd ?end }"
            )
            for article, start, end in solutions.rows:
                if isinstance(article, NamedNode):
                    found[Source(compact(article.value), _number(start), _number(end))] = None
    return sorted(found, key=lambda one: (one.article, one.start or 0, one.end or 0))


def articles_of(names: Collection[str], store: Store) -> dict[str, dict[str, str]]:
    """What is known of each article, by its prefixed name: title, publisher, published, url, as far as known."""
    found: dict[str, dict[str, str]] = {name: {} for name in sorted(names)}
    keys = ("title", "publisher", "published", "url")
    for values in _batches([iri(name).value for name in found]):
        wanted = " ".join(f"({spell(iri(f'cbec:{key}'))})" for key in keys)
        solutions = store.select(
            f"SELECT ?article ?key ?value {{ VALUES ?article {{ {values} }} VALUES (?key) {{ {wanted} }} "
            "?article ?key ?value }"
        )
        for article, key, value in solutions.rows:
            if isinstance(article, NamedNode) and isinstance(key, NamedNode):
                name = compact(key.value).removeprefix("cbec:")
                known = found[compact(article.value)]
                known[name] = min(known.get(name, "\U0010ffff"), _text(value))
    return found


def _batches(things: list[str]) -> Iterator[str]:
    for start in range(0, len(things), _AT_ONCE):
        yield " ".join(spell(NamedNode(thing)) for thing in things[start : start + _AT_ONCE])


def _number(term: Term | None) -> int | None:
    value = to_python(term)
    return value if isinstance(value, int) else None


def _text(term: Term | None) -> str:
    return str(to_python(term)).removesuffix(" 00:00:00")
