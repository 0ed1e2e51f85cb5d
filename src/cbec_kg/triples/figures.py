"""From rows to figures and moves, the plain data that reconciliation works on.

>>> from cbec_kg.model.row_json import parse_row
>>> row = parse_row('{"type":"trend","article":"a1","indicator":"i","entity":"e","flow":null,"scope":"none",'
...     '"period":"2016/2018","direction":"rose","status":"reported","start":1,"end":2}')
>>> [(move.point.name, move.source) for move in moves_of([row], {"a1": None})]
[('i_e_all_all_none_none_2016--2018', 'a1')]
"""

from collections.abc import Iterable, Iterator, Mapping

from cbec_kg.model.article import Article
from cbec_kg.model.rows import ObservationRow, Row, TrendRow
from cbec_kg.model.slots import Slots, split_observation_name
from cbec_kg.namespaces import CBEC
from cbec_kg.ontology.vocabulary import Term
from cbec_kg.reconcile.choose import vintage
from cbec_kg.reconcile.figure import Amount, Figure, Move, Point, Stating, plainly
from cbec_kg.triples.mint import claim_digest, period_name
from cbec_kg.triples.names import Namer

__all__ = ["figures_of", "moves_of"]


def figures_of(rows: Iterable[Row], articles: Mapping[str, Article | None], namer: Namer) -> Iterator[Figure]:
    """A figure for each row that states one, as its article alone gives it; records state none.

    ``articles`` gives the articles' dates by id. Bounds that no number is within are left to validation.
    """
    for row in rows:
        if not isinstance(row, ObservationRow) or row.value is None:
            continue
        if row.lower is not None and row.upper is not None and row.lower > row.upper:
            continue
        point = _point(row)
        stating = Stating(
            row.kind, row.unit, row.basis, period_name(row, "base_period"), row.currency_basis, row.share_of,
            row.ranked_among,
        )  # fmt: skip
        yield Figure(
            digest=claim_digest(row),
            point=point,
            stating=plainly(stating, point),
            status=row.status,
            qualifier=row.qualifier,
            value=row.value,
            lower=row.lower,
            upper=row.upper,
            vintage=vintage([(row.released_on, _published(row, articles))]),
            source=row.article,
            speakers=frozenset({row.reported_by} if row.reported_by else ()),
            government=row.reported_by is not None and _is_government(row.reported_by, namer),
            scope_stated=row.scope_basis == "stated",
            reviewed=row.reviewed or row.review is not None,
            restated=frozenset(Amount(one.unit, one.value, one.lower, one.upper) for one in row.restated),
            may_show=_may_show(row, namer),
        )  # fmt: skip


def moves_of(rows: Iterable[Row], articles: Mapping[str, Article | None]) -> Iterator[Move]:
    """A move for each row that states the trend of a series."""
    for row in rows:
        if isinstance(row, TrendRow) and not row.phenomenon:
            yield Move(
                digest=claim_digest(row), point=_point(row), direction=row.direction, status=row.status,
                vintage=vintage([(row.released_on, _published(row, articles))]), source=row.article,
            )  # fmt: skip


def _point(row: ObservationRow | TrendRow) -> Point:
    return Point(Slots.of(row), str(period_name(row)))


def _published(row: Row, articles: Mapping[str, Article | None]) -> str | None:
    article = articles.get(row.article)
    return article.published if article else None


def _is_government(code: str, namer: Namer) -> bool:
    return namer.vocabulary.is_a(namer.thing(code), CBEC + "GovernmentBody")


def _may_show(row: ObservationRow, namer: Namer) -> bool:
    """Whether a claim may be shown: the indicator's own unit, whole or group, and growth year on year only."""
    indicator = namer.vocabulary.code("indicators", str(row.indicator))
    match row.kind:
        case "level":
            unit = indicator.link("defaultUnit")
            return unit is None or namer.vocabulary.code("units", str(row.unit)).iri == unit
        case "growth":
            return row.basis == "yoy" and row.unit == "percent"
        case "share":
            return _is_default_whole(row, indicator, namer)
        case "rank":
            group = indicator.link("defaultGroup")
            return group is None or (row.ranked_among is not None and namer.thing(row.ranked_among).iri == group)
    return False


def _is_default_whole(row: ObservationRow, indicator: Term, namer: Namer) -> bool:
    whole = indicator.link("defaultWhole")
    if whole is None or row.share_of is None:
        return whole is None
    slots = split_observation_name(row.share_of)[0]
    return (namer.vocabulary.code("indicators", slots.indicator).iri, slots.partner, slots.sector) == (
        whole,
        "all",
        "all",
    )
