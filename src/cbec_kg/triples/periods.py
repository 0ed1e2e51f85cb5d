"""Periods as triples, and the links between those that exist.

>>> year, half = parse("2020"), parse("2020-H1")
>>> [str(t.predicate.value).rsplit("#")[-1] for t in period_links([year, half])]
['within']
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from cbec_kg.model.period import Period, open_name, parse
from cbec_kg.namespaces import PERIOD, VOCAB
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Triple, date_time, integer, iri, text
from cbec_kg.triples.labels import label_triples, of_open_period, of_period

__all__ = ["open_period_triples", "period_links", "period_links_of", "period_node", "period_triples"]

_INDIVIDUAL, _PERIOD = iri("owl:NamedIndividual"), iri("cbec:Period")
_CODE, _GRANULARITY, _YEAR = iri("cbec:code"), iri("cbec:granularity"), iri("cbec:year")
_STARTS, _ENDS = iri("cbec:startsAt"), iri("cbec:endsBefore")
_WITHIN, _YEAR_BEFORE, _CUMULATIVE = iri("cbec:within"), iri("cbec:yearBefore"), iri("cbec:cumulativeFrom")


def period_node(name: str) -> NamedNode:
    """Node of a period's local name."""
    return NamedNode(PERIOD + name)


def _head(name: str, granularity: str) -> Iterator[Triple]:
    node = period_node(name)
    yield Triple(node, RDF_TYPE, _INDIVIDUAL)
    yield Triple(node, RDF_TYPE, _PERIOD)
    yield Triple(node, _CODE, text(name))
    yield Triple(node, _GRANULARITY, NamedNode(f"{VOCAB}granularity-{granularity}"))


def period_triples(period: Period) -> Iterator[Triple]:
    """A closed period by itself: code, granularity, interval, year, labels."""
    node = period_node(period.name)
    yield from _head(period.name, period.granularity)
    yield from label_triples(node, of_period(period))
    yield Triple(node, _STARTS, date_time(period.start.isoformat()))
    if period.end is not None:
        yield Triple(node, _ENDS, date_time(period.end.isoformat()))
    if period.year is not None:
        yield Triple(node, _YEAR, integer(period.year))


def open_period_triples(code: str | None, article: str, year_offset: int | None) -> Iterator[Triple]:
    """A period that an article leaves open: no start, end or year."""
    name = open_name(code, article, year_offset)
    yield from _head(name, "open")
    yield from label_triples(period_node(name), of_open_period(code, article, year_offset))


def period_links(periods: Iterable[Period]) -> Iterator[Triple]:
    """Links among the given closed periods: containment, the year before, the first month of a year to date."""
    known = sorted(set(periods), key=lambda period: (period.start, period.end or date.max))
    names = {period.code for period in known}
    for period in known:
        for other in known:
            if other.start > period.start:
                break
            if other.contains(period):
                yield Triple(period_node(period.name), _WITHIN, period_node(other.name))
        yield from _steps(period, names)


def period_links_of(period: Period, others: Iterable[Period]) -> Iterator[Triple]:
    """Links of one closed period with others, and of others with it: those of `period_links` that speak of it.

    >>> year, half, later = parse("2020"), parse("2020-H1"), parse("2021")
    >>> set(period_links_of(year, [half, later])) == {link for link in period_links([year, half, later])}
    True
    """
    node, own = period_node(period.name), {period.code}
    others = [other for other in others if other.code != period.code]
    yield from _steps(period, {other.code for other in others} | own)
    for other in others:
        if other.contains(period):
            yield Triple(node, _WITHIN, period_node(other.name))
        if period.contains(other):
            yield Triple(period_node(other.name), _WITHIN, node)
        yield from _steps(other, own)


def _steps(period: Period, names: Collection[str]) -> Iterator[Triple]:
    """Links of a period to the year before and to the January that a year to date begins with, where these exist."""
    node = period_node(period.name)
    if period.end is not None and (before := period.year_before()).code in names:
        yield Triple(node, _YEAR_BEFORE, period_node(before.name))
    if period.is_year_to_date() and (january := parse(f"{period.start.year:04}-01")).code in names:
        yield Triple(node, _CUMULATIVE, period_node(january.name))
