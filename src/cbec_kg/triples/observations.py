"""What claims give rise to: observations with their chosen values, series, closed periods, direct triples.

The input is the claims that touch some observations, so the same function serves a whole build and a single article.

>>> is_shown(iri("cbec:growthPercent"), "growth"), is_shown(iri("cbec:growthPercent"), "level")
(True, False)
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from cbec_kg.errors import RowError
from cbec_kg.model.article import Article
from cbec_kg.model.period import Period, is_open, parse
from cbec_kg.model.rows import FactorRow, ObservationRow, RelationRow, Row, SeriesRow, TrendRow
from cbec_kg.model.slots import Slots, split_observation_name
from cbec_kg.namespaces import CBEC, OBS, SERIES
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Triple, iri
from cbec_kg.rdf.terms import Term as RdfTerm
from cbec_kg.reconcile.book import Book
from cbec_kg.reconcile.choose import choose
from cbec_kg.reconcile.figure import Figure
from cbec_kg.reconcile.vintages import days, superseded
from cbec_kg.triples.claims import claim_node, direct_property, statistical_values
from cbec_kg.triples.dimensions import dimension_triples
from cbec_kg.triples.figures import figures_of
from cbec_kg.triples.labels import Names, label_triples, of_open_period, of_period
from cbec_kg.triples.mint import claim_digest, observation_name, period_name
from cbec_kg.triples.names import Namer
from cbec_kg.triples.periods import period_links, period_node, period_triples

__all__ = [
    "chosen_rows", "closed_periods", "generated_triples", "is_shown", "resting", "shown_claims", "shown_triples",
    "unlinked_triples",
]  # fmt: skip

_INDIVIDUAL = iri("owl:NamedIndividual")
_SHOWN = {"level": "level", "growth": "growthPercent", "share": "sharePercent", "rank": "rank"}


def is_shown(predicate: NamedNode, kind: str | None = None) -> bool:
    """Whether an observation shows a measure by a property; without ``kind`` any measure."""
    kinds = _SHOWN if kind is None else (kind,)
    return any(predicate.value.removeprefix(CBEC) in _showing(one).values() for one in kinds)


def _showing(kind: str) -> dict[str, str]:
    """Properties of a claim, each with that by which an observation shows it; an empty one stands for the claim."""
    found = {"": f"{kind}Claim", "value": _SHOWN[kind], "status": f"{kind}Status"}
    if kind != "rank":
        found["qualifier"] = f"{kind}Qualifier"
    return {**found, "unit": "unit"} if kind == "level" else found


@dataclass(frozen=True, slots=True)
class _Point:
    """An observation to write: its dimensions, its period's node name and labels, and the rows that state it."""

    slots: Slots
    period: str
    period_names: Names
    rows: tuple[ObservationRow, ...] = ()


def generated_triples(
    rows: Iterable[Row], articles: Mapping[str, Article], namer: Namer, measured_by: Iterable[str] = ()
) -> set[Triple]:
    """Everything that graph/observations holds for these rows.

    ``articles`` gives the articles' dates by id; ``measured_by`` names the series that the vocabulary speaks of.
    """
    rows = list(rows)
    out = unlinked_triples(rows, articles, namer)
    for name in measured_by:
        out.update(_series(Slots.parse(name), namer))
    out.update(period_links(closed_periods(rows)))
    return out


def unlinked_triples(rows: Iterable[Row], articles: Mapping[str, Article], namer: Namer) -> set[Triple]:
    """Observations, series, closed periods and direct triples of these rows, without the links between periods."""
    rows = list(rows)
    points = _points(rows)
    out: set[Triple] = set()
    series = {point.slots for point in points.values()}
    series |= {Slots.of(row) for row in rows if isinstance(row, TrendRow) and not row.phenomenon}
    for slots in series:
        out.update(_series(slots, namer))
    for name, point in points.items():
        out.update(_observation(name, point, articles, namer))
    for period in closed_periods(rows):
        out.update(period_triples(period))
    for row in rows:
        if triple := direct_triple(row, namer):
            out.add(triple)
    return out


def resting(rows: Iterable[Row], namer: Namer) -> set[NamedNode | Triple]:
    """What is there because of these rows: nodes of observations, series and closed periods, and direct triples."""
    rows = list(rows)
    points = _points(rows)
    series = {point.slots for point in points.values()}
    series |= {Slots.of(row) for row in rows if isinstance(row, TrendRow) and not row.phenomenon}
    nodes = {NamedNode(OBS + name) for name in points} | {NamedNode(SERIES + slots.name) for slots in series}
    nodes |= {period_node(period.name) for period in closed_periods(rows)}
    return nodes | {triple for row in rows if (triple := direct_triple(row, namer))}


def _points(rows: list[Row]) -> dict[str, _Point]:
    stated: dict[str, list[ObservationRow]] = defaultdict(list)
    wholes: set[str] = set()
    for row in rows:
        if isinstance(row, ObservationRow):
            stated[observation_name(row)].append(row)
            if row.share_of:
                wholes.add(row.share_of)
    points = {}
    for name, said in stated.items():
        period = str(period_name(said[0]))
        points[name] = _Point(Slots.of(said[0]), period, _period_names(said[0]), tuple(said))
    for name in wholes - set(points):
        slots, period = split_observation_name(name)
        points[name] = _Point(slots, period, _names_of(period, rows))
    return points


def _period_names(row: SeriesRow) -> Names:
    if is_open(row.period):
        return of_open_period(row.period, row.article, row.year_offset)
    return of_period(parse(str(row.period)))


def _names_of(period: str, rows: list[Row]) -> Names:
    """Labels of a period by its local name; an open one is that of some row."""
    if not period.startswith("open"):
        return of_period(parse(period))
    row = next((row for row in rows if isinstance(row, SeriesRow) and period_name(row) == period), None)
    if row is None:
        raise RowError(f"share_of names the period {period!r}, which no row of its article has")
    return _period_names(row)


def closed_periods(rows: Iterable[Row]) -> set[Period]:
    """Closed periods that the rows name, those of wholes included."""
    found = set()
    for row in rows:
        for key in ("period", "base_period", "record_since"):
            code = getattr(row, key, None)
            if not is_open(code):
                found.add(parse(str(code)))
        whole = getattr(row, "share_of", None)
        if whole and not (period := split_observation_name(whole)[1]).startswith("open"):
            found.add(parse(period))
    return found


def _cbec(name: str) -> NamedNode:
    return NamedNode(CBEC + name)


def _thing_of(namer: Namer) -> Callable[[str], NamedNode]:
    return lambda code: NamedNode(namer.thing(code).iri)


def _series(slots: Slots, namer: Namer) -> Iterator[Triple]:
    node = NamedNode(SERIES + slots.name)
    yield Triple(node, RDF_TYPE, _INDIVIDUAL)
    yield Triple(node, RDF_TYPE, _cbec("Series"))
    yield from label_triples(node, namer.series(slots))
    yield from dimension_triples(node, slots, namer.vocabulary, _thing_of(namer))


def _observation(name: str, point: _Point, articles: Mapping[str, Article], namer: Namer) -> Iterator[Triple]:
    node = NamedNode(OBS + name)
    yield Triple(node, RDF_TYPE, _INDIVIDUAL)
    yield Triple(node, RDF_TYPE, _cbec("Observation"))
    yield from label_triples(node, namer.observation(point.slots, point.period_names))
    yield Triple(node, _cbec("inSeries"), NamedNode(SERIES + point.slots.name))
    yield Triple(node, _cbec("period"), period_node(point.period))
    yield from dimension_triples(node, point.slots, namer.vocabulary, _thing_of(namer))
    for kind, row in chosen_rows(point.rows, articles, namer).items():
        yield from shown_triples(node, kind, claim_node(row), dict(statistical_values(row, namer)).get)


def chosen_rows(
    rows: Iterable[ObservationRow], articles: Mapping[str, Article], namer: Namer
) -> dict[str, ObservationRow]:
    """What one observation shows, by measure: a row of the chosen claim; ``rows`` are all that state the observation.

    A measure of which nothing may be shown is left out.
    """
    rows = list(rows)
    by_claim = {claim_digest(row): row for row in rows}
    shown = shown_claims(Book(figures_of(rows, articles, namer)).figures.values())
    return {kind: by_claim[digest] for kind, digest in shown.items()}


def shown_claims(figures: Iterable[Figure]) -> dict[str, str]:
    """Digests of the claims that an observation shows, by measure; ``figures`` are all of its point, each once."""
    figures = list(figures)
    known, gone = days(figures), {each for earlier in superseded(figures).values() for each in earlier}
    fitting = [one for one in figures if one.may_show and one.digest not in gone]
    best = {kind: choose((one for one in fitting if one.stating.measure == kind), known) for kind in _SHOWN}
    return {kind: one.digest for kind, one in best.items() if one}


def shown_triples(
    node: NamedNode, kind: str, claim: NamedNode, value: Callable[[str], RdfTerm | None]
) -> Iterator[Triple]:
    """What an observation shows of a claim; ``value`` gives the claim's own by the local names of its properties."""
    for name, showing in _showing(kind).items():
        if term := value(name) if name else claim:
            yield Triple(node, _cbec(showing), term)


def direct_triple(row: Row, namer: Namer) -> Triple | None:
    """The direct triple that an actual relation or factor gives; none from a plan, a forecast or a denial."""
    if row.status != "actual":
        return None
    match row:
        case FactorRow():
            ends, name = (row.factor, row.outcome), direct_property(row.polarity)
        case RelationRow():
            ends, name = (row.subject, row.object), row.predicate
        case _:
            return None
    subject, object_ = (NamedNode(namer.thing(code).iri) for code in ends)
    return Triple(subject, _cbec(name), object_)
