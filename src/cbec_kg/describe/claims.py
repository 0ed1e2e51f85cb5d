"""What articles claim of a thing: each claim with its places, its status, and whether a person has read it.

Which claims there are, the saved query ``entities/everything`` says; this module adds what they state, and chooses.

>>> Claims().as_json()
{'total': 0, 'articles': 0, 'kinds': []}
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from cbec_kg.describe.related import Ref
from cbec_kg.namespaces import CBEC
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.labels import labels_of
from cbec_kg.query.results import Value, to_python
from cbec_kg.query.run import run
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import NamedNode, iri
from cbec_kg.store.base import Store

__all__ = ["Claim", "Claims", "Figure", "Kind", "Place", "claims_of", "read_claims"]

_STATISTICAL = CBEC + "StatisticalClaim"
Row = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article makes a claim: characters from ``start`` to before ``end``; who is said to have said so.

    ``review`` is machine-read, reviewed or corrected.
    """

    article: Ref
    start: int
    end: int
    review: str
    said_by: Ref | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """What a statistical claim states: a ``measure`` (level, growth ...) of a series in a period, in ``unit``.

    A record (the highest ever) has no value. ``latest`` says that the graph shows this claim for the last period that
    it has of this series and measure.
    """

    series: str
    measure: str
    period: str
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    latest: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: what it says in words, how firm it is (``status``), where, and its figure if it is of one."""

    iri: str
    label: str
    status: str
    places: tuple[Place, ...]
    figure: Figure | None = None

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        places = [
            {**asdict(place), "article": place.article.as_json(), "said_by": place.said_by and place.said_by.as_json()}
            for place in self.places
        ]
        told: dict[str, Any] = {"iri": self.iri, "label": self.label, "status": self.status, "places": places}
        if self.figure:
            told["figure"] = {key: _plain(value) for key, value in asdict(self.figure).items()}
        return told


@dataclass(frozen=True, slots=True)
class Kind:
    """Claims of one kind in the order of articles, of statistical ones the latest first; ``total`` counts all."""

    kind: Ref
    claims: tuple[Claim, ...]
    total: int

    @property
    def more(self) -> int:
        """How many are not told."""
        return self.total - len(self.claims)

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        claims = [claim.as_json() for claim in self.claims]
        return {"kind": self.kind.as_json(), "claims": claims, "total": self.total, "more": self.more}


@dataclass(frozen=True, slots=True)
class Claims:
    """All that is claimed, by kind; ``total`` counts claims, ``articles`` those that make them."""

    kinds: tuple[Kind, ...] = ()
    total: int = 0
    articles: int = 0

    def as_json(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {"total": self.total, "articles": self.articles, "kinds": [kind.as_json() for kind in self.kinds]}


def read_claims(store: Store, node: NamedNode, lang: str, most: int) -> Claims:
    """Claims about a thing, of each kind at most ``most``."""
    result = run(Catalogue().find("entities/everything"), {"entity": node}, store, lang=lang)
    rows = [row for row in result.records() if row["article"] is not None]
    by_kind: dict[str, dict[str, list[Row]]] = {}
    for row in rows:
        by_kind.setdefault(str(row["kind"]), {}).setdefault(str(row["record"]), []).append(row)
    if _STATISTICAL in by_kind:
        latest, claims = _latest(store, node), by_kind[_STATISTICAL]
        by_kind[_STATISTICAL] = dict(sorted(claims.items(), key=lambda one: one[0] not in latest))
    else:
        latest = frozenset()
    told = {kind: list(claims)[:most] for kind, claims in by_kind.items()}
    stated = _Stated(store, [claim for claims in told.values() for claim in claims], latest, lang)
    kinds = [
        Kind(
            Ref(kind, str(next(iter(by_kind[kind].values()))[0]["kindLabel"])),
            tuple(stated.claim(claim, str(by_kind[kind][claim][0]["recordLabel"])) for claim in claims),
            len(by_kind[kind]),
        )
        for kind, claims in told.items()
    ]
    kinds.sort(key=lambda kind: (kind.kind.iri != _STATISTICAL, kind.kind.iri))
    return Claims(tuple(kinds), sum(kind.total for kind in kinds), len({row["article"] for row in rows}))


def claims_of(store: Store, iris: Collection[str], lang: str) -> list[Claim]:
    """Some claims by their IRIs, in that order, each once; what the graph does not know is left out."""
    labels = labels_of(store, iris, lang)
    stated = _Stated(store, list(labels), frozenset(), lang)
    return [stated.claim(claim, labels[claim]) for claim in dict.fromkeys(iris) if claim in labels]


def _latest(store: Store, node: NamedNode) -> frozenset[str]:
    """Claims that the graph shows for the last period of a series about the thing, one a series and measure."""
    last: dict[tuple[Value, Value], tuple[str, str]] = {}
    for row in _rows(
        store,
        f"SELECT ?series ?measure ?ends ?claim {{ ?point {_p('about')} {spell(node)} ; {_p('inSeries')} ?series ; "
        f"{_p('shows')} ?claim ; {_p('period')} ?period . ?claim {_p('measure')} ?measure . "
        f"OPTIONAL {{ ?period {_p('endsBefore')} ?ends }} }}",
    ):
        # What has no end has no date, or is still open: the first tells least of now, the second is rare.
        key, found = (row["series"], row["measure"]), (str(row["ends"] or ""), str(row["claim"]))
        last[key] = max(found, last.get(key, found))
    return frozenset(claim for _, claim in last.values())


class _Stated:
    """What some claims state, read at once."""

    def __init__(self, store: Store, claims: list[str], latest: frozenset[str], lang: str) -> None:
        self.latest = latest
        values = f"VALUES ?claim {{ {spell_all(tuple(map(NamedNode, claims)))} }}"
        code = spell(iri("skos:notation"))
        self.status = {
            row["claim"]: str(row["status"])
            for row in _rows(
                store, f"SELECT ?claim ?status {{ {values} ?claim {_p('status')} ?s . ?s {code} ?status }}"
            )
        }
        self.figures = {
            row["claim"]: row
            for row in _rows(
                store,
                f"SELECT ?claim ?series ?measure ?period ?value ?lower ?upper ?unit {{ {values} "
                f"?claim {_p('observation')} ?point ; {_p('measure')} ?m . ?m {code} ?measure . "
                f"?point {_p('inSeries')} ?series ; {_p('period')} ?p . ?p {_p('code')} ?period . "
                f"OPTIONAL {{ ?claim {_p('value')} ?value }} OPTIONAL {{ ?claim {_p('lowerBound')} ?lower }} "
                f"OPTIONAL {{ ?claim {_p('upperBound')} ?upper }} "
                f"OPTIONAL {{ ?claim {_p('unit')} ?u . ?u {code} ?unit }} }}",
            )
        }
        places = list(
            _rows(
                store,
                f"SELECT ?claim ?article ?start ?end ?review ?by {{ {values} ?claim {_p('evidence')} ?place . "
                f"?place {_p('inArticle')} ?article ; {_p('charStart')} ?start ; {_p('charEnd')} ?end ; "
                f"{_p('reviewState')} ?r . ?r {code} ?review . OPTIONAL {{ ?place {_p('attributedTo')} ?by }} }}",
            )
        )
        labels = labels_of(store, {str(row[key]) for row in places for key in ("article", "by") if row[key]}, lang)
        self.places: dict[str, list[Place]] = {}
        for row in places:
            self.places.setdefault(str(row["claim"]), []).append(_place(row, labels))

    def claim(self, claim: str, label: str) -> Claim:
        """One of the claims."""
        places = sorted(self.places.get(claim, []), key=lambda place: (place.article.iri, place.start, place.end))
        return Claim(claim, label, self.status.get(claim, ""), tuple(places), self._figure(claim))

    def _figure(self, claim: str) -> Figure | None:
        row = self.figures.get(claim)
        if row is None:
            return None
        value, lower, upper = (_decimal(row[key]) for key in ("value", "lower", "upper"))
        unit = None if row["unit"] is None else str(row["unit"])
        return Figure(
            str(row["series"]), str(row["measure"]), str(row["period"]), value, lower, upper, unit, claim in self.latest
        )


def _place(row: Row, labels: Mapping[str, str]) -> Place:
    article, by = str(row["article"]), str(row["by"] or "")
    return Place(
        Ref(article, labels.get(article, article)), int(str(row["start"])), int(str(row["end"])), str(row["review"]),
        Ref(by, labels.get(by, by)) if by else None,
    )  # fmt: skip


def _rows(store: Store, query: str) -> Iterator[Row]:
    found = store.select(query)
    return (dict(zip(found.variables, map(to_python, row), strict=True)) for row in found.rows)


def _p(name: str) -> str:
    return spell(NamedNode(CBEC + name))


def _decimal(value: Value) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _plain(value: object) -> object:
    """A number that every JSON writer takes."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
