"""Where each row of an answer comes from: the articles, and the characters in them.

>>> from cbec_kg.query.saved import Column
>>> from cbec_kg.rdf.terms import integer, iri
>>> columns = (Column("claim"), Column("article"), Column("start"), Column("end"))
>>> (row,) = sources_of(Result(columns, [(iri("claim:1f"), iri("art:a1"), integer(489), integer(507))]))
>>> row
(Source(article='https://w3id.org/cbec-kg/article/a1', start=489, end=507),)
>>> row[0].compact
'art:a1 489-507'
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cbec_kg.namespaces import ARTICLE, CLAIM, EVIDENCE, FINDING, OBS, compact
from cbec_kg.query.results import Result, Row, to_python
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import NamedNode, Term, iri
from cbec_kg.store.base import Store

__all__ = ["Source", "sources_of"]

# What has evidence, or is evidence, or rests on what has it.
_WITH_EVIDENCE = (CLAIM, EVIDENCE, FINDING, OBS)
_AT_ONCE = 500
_IN, _START, _END, _PLACE, _OBSERVATION = (
    spell(iri(f"cbec:{name}")) for name in ("inArticle", "charStart", "charEnd", "evidence", "observation")
)
# All of these, for a graph may have been built without reasoning.
_BASED = "|".join(spell(iri(f"cbec:{name}")) for name in ("basedOn", "testedClaim", "earlierClaim", "laterClaim"))
_WAYS = (
    "BIND (?thing AS ?e)",
    f"?thing {_PLACE} ?e .",
    f"?thing ({_BASED})/{_PLACE} ?e .",
    f"?claim {_OBSERVATION} ?thing ; {_PLACE} ?e .",
)


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """An ``article`` by its IRI, and code points of it, from 0, the end exclusive; None where a row names no place."""

    article: str
    start: int | None = None
    end: int | None = None

    @property
    def compact(self) -> str:
        """Prefixed name and characters, in a few letters."""
        name = compact(self.article)
        return name if self.start is None or self.end is None else f"{name} {self.start}-{self.end}"


def sources_of(result: Result, store: Store | None = None) -> list[tuple[Source, ...]]:
    """Sources of each row, in the order of its columns, each once; of a row that rests on none, nothing.

    A row's own columns say it: an article, with characters where columns are named as its start and end (``article``,
    ``start``, ``end``; ``levelArticle``, ``levelStart``, ``levelEnd``), or the two behind it are a start and an end.
    Of a row that names no characters but a claim, an evidence, a finding or a data point, the ``store`` is asked where
    its evidence stands.
    The result's rows must be in memory (`Result.kept`).
    """
    spans = _spans([column.name.lower() for column in result.columns])
    rows = list(result.rows)
    told = [tuple(dict.fromkeys(_told(row, spans))) for row in rows]
    if store is None:
        return told
    asked = {
        at: [term.value for term in row if isinstance(term, NamedNode) and term.value.startswith(_WITH_EVIDENCE)]
        for at, row in enumerate(rows)
        if not any(source.start is not None for source in told[at])
    }
    places = _places(store, sorted({thing for things in asked.values() for thing in things}))
    for at, things in asked.items():
        told[at] = tuple(dict.fromkeys(place for thing in things for place in places.get(thing, ()))) or told[at]
    return told


def _spans(names: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Places of the start and the end that go with the column at a place."""
    spans = {}
    for place, name in enumerate(names):
        stem = name.removesuffix("article")
        if stem != name and f"{stem}start" in names and f"{stem}end" in names:
            spans[place] = names.index(f"{stem}start"), names.index(f"{stem}end")
        elif len(behind := names[place + 1 : place + 3]) == 2 and behind[0].endswith("start"):
            if behind[1].endswith("end"):
                spans[place] = place + 1, place + 2
    return spans


def _told(row: Row, spans: Mapping[int, tuple[int, int]]) -> Iterator[Source]:
    for place, term in enumerate(row):
        if isinstance(term, NamedNode) and term.value.startswith(ARTICLE):
            start, end = (_number(row[one]) for one in spans[place]) if place in spans else (None, None)
            yield Source(term.value, start, end) if start is not None and end is not None else Source(term.value)


def _number(term: Term | None) -> int | None:
    value = to_python(term)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _places(store: Store, things: Sequence[str]) -> dict[str, list[Source]]:
    """Where the evidence of things stands, by article and characters."""
    found: dict[str, list[Source]] = {}
    for first in range(0, len(things), _AT_ONCE):
        named = " ".join(spell(NamedNode(thing)) for thing in things[first : first + _AT_ONCE])
        branches = (
            f"{{ VALUES ?thing {{ {named} }} {way} ?e {_IN} ?article ; {_START} ?start ; {_END} ?end }}"
            for way in _WAYS
        )
        answer = store.select(f"SELECT DISTINCT ?thing ?article ?start ?end {{ {' UNION '.join(branches)} }}")
        for thing, article, start, end in answer.rows:
            if isinstance(thing, NamedNode) and isinstance(article, NamedNode):
                found.setdefault(thing.value, []).append(Source(article.value, _number(start), _number(end)))
    return {thing: sorted(places) for thing, places in found.items()}
