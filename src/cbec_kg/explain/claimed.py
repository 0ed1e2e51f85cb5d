"""The claims behind a triple: what was claimed, how firmly, in which article's characters, and who is said to say so.

>>> from cbec_kg.store.embedded import MemoryStore
>>> read_claims(MemoryStore(), [], "en")
()
"""

from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from cbec_kg.namespaces import compact
from cbec_kg.query.labels import labels_of
from cbec_kg.query.results import to_python
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import NamedNode, iri
from cbec_kg.store.base import Store

__all__ = ["Claim", "Place", "claims_of", "read_claims"]

MOST = 20
"""So many claims behind one triple are read."""


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of evidence: characters of an article from ``start`` to before ``end``.

    ``review`` is machine-read, reviewed or corrected.
    """

    evidence: str
    article: str
    start: int
    end: int
    review: str
    attributed_to: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: what it says in words, its status (actual, reported, planned ...), and where it is made."""

    iri: str
    label: str
    status: str
    places: tuple[Place, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {**asdict(self), "places": [asdict(place) for place in self.places]}


# From a node to the claims that it is, belongs to, or stands in, the closest first.
_TO_CLAIM = (
    "BIND(?node AS ?claim) ?node {evidence} ?place",
    "?claim {evidence} ?node",
    "?claim {evidence}/{restatedAs} ?node",
    "?claim {observation} ?node",
    "?claim {series} ?node",
    "?claim {observation}/{inSeries} ?node",
    "?claim {shareOf} ?node",
    "?claim {period} ?node . ?claim {evidence} ?place",
    "?claim {observation}/{period} ?node",
    "?claim {shareOf}/{inSeries} ?node",
    "?claim {shareOf}/{period} ?node",
    "?claim {basePeriod}|{recordSince} ?node",
    "?claim {about} ?node . ?claim {evidence} ?place",
)


def claims_of(store: Store, node: NamedNode, graphs: Collection[str] = ()) -> list[str]:
    """Claims because of which a node is in the graph, at most `MOST`; those of ``graphs`` alone where any are given."""
    for pattern in _TO_CLAIM:
        where = _spelled(pattern).replace("?node", spell(node))
        only = ""
        if graphs:
            named = spell_all(tuple(map(NamedNode, graphs)))
            only = f"VALUES ?g {{ {named} }} GRAPH ?g {{ ?claim {_p('evidence')} ?its }}"
        found = store.select(f"SELECT DISTINCT ?claim {{ {where} {only} }} ORDER BY ?claim LIMIT {MOST}")
        if claims := [row[0].value for row in found.rows if isinstance(row[0], NamedNode)]:
            return claims
    return []


def read_claims(store: Store, claims: Collection[str], lang: str) -> tuple[Claim, ...]:
    """Claims with their places, in the order given; labels are in ``lang``."""
    if not claims:
        return ()
    values = f"VALUES ?claim {{ {spell_all(tuple(map(NamedNode, claims)))} }}"
    status = {
        str(claim): str(code)
        for claim, code in _rows(
            store,
            f"SELECT ?claim ?code {{ {values} ?claim {_p('status')} ?s . ?s {spell(iri('skos:notation'))} ?code }}",
        )
    }
    places: dict[str, list[Place]] = {}
    for claim, place, article, start, end, review, by in _rows(
        store,
        f"SELECT ?claim ?place ?article ?start ?end ?review ?by {{ {values} ?claim {_p('evidence')} ?place . "
        f"?place {_p('inArticle')} ?article ; {_p('charStart')} ?start ; {_p('charEnd')} ?end . "
        f"OPTIONAL {{ ?place {_p('reviewState')} ?r . ?r {spell(iri('skos:notation'))} ?review }} "
        f"OPTIONAL {{ ?place {_p('attributedTo')} ?by }} }} ORDER BY ?claim ?article ?start ?end",
    ):
        told = Place(
            str(place), str(article), int(str(start)), int(str(end)), str(review or ""), str(by) if by else None
        )
        places.setdefault(str(claim), []).append(told)
    labels = labels_of(store, claims, lang)
    return tuple(
        Claim(one, labels.get(one, compact(one)), status.get(one, ""), tuple(places.get(one, ()))) for one in claims
    )


def _rows(store: Store, query: str) -> Iterator[tuple[object, ...]]:
    return (tuple(map(to_python, row)) for row in store.select(query).rows)


def _spelled(pattern: str) -> str:
    names = (
        "evidence", "restatedAs", "observation", "series", "inSeries", "shareOf", "period", "basePeriod", "recordSince",
        "about",
    )  # fmt: skip
    return pattern.format(**{name: _p(name) for name in names})


def _p(name: str) -> str:
    return spell(iri(f"cbec:{name}"))
