"""Findings as triples: their kind, the point that they are on, the calculation, and the claims that they rest on.

Nothing here looks at an article: a finding names its point by its own dimensions, since no article need state it, and
it names an entity by its label only where the vocabulary has it.

>>> from cbec_kg.model.slots import Slots
>>> point = Point(Slots("gdp", "china", "all", "all", "none", "none"), "2014")
>>> one = Finding(kind="derivation", check="year-before", point=point, measure="level", formula="a = b", claims=("c",))
>>> finding_node(one).value.removeprefix(FINDING) == one.digest, finding_periods([one])
(True, {Period(start=datetime.date(2014, 1, 1), end=datetime.date(2015, 1, 1))})
"""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_EVEN, Context, Decimal

from cbec_kg.model.period import Period
from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import CBEC, CLAIM, FINDING, ID, OBS
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Triple, decimal, iri, text
from cbec_kg.reconcile.book import Figures
from cbec_kg.reconcile.figure import Point
from cbec_kg.reconcile.finding import Finding
from cbec_kg.triples.dimensions import dimension_triples
from cbec_kg.triples.grammar import capital
from cbec_kg.triples.labels import Names, amount, label_triples, of_period, percent
from cbec_kg.triples.names import Namer
from cbec_kg.triples.periods import period_node, period_triples

__all__ = ["finding_node", "finding_periods", "finding_triples", "findings_triples"]

_INDIVIDUAL = iri("owl:NamedIndividual")
_CLASSES = {
    "agreement": "Agreement", "disagreement": "Disagreement", "revision": "Revision", "derivation": "Derivation",
}  # fmt: skip
_OUTCOMES = {
    "agreement": Names("agrees", "相符"),
    "disagreement": Names("disagrees", "不符"),
    "revision": Names("revised", "已修订"),
}
_OPEN_PERIOD = Names("a period left open", "未明确时期的")
_ABOUT = Names("about ", "约")
_TOLD = Context(prec=3, rounding=ROUND_HALF_EVEN)
"""Digits of a derived value in a label; the value itself keeps all."""


def finding_node(finding: Finding) -> NamedNode:
    """Node of a finding."""
    return NamedNode(FINDING + finding.digest)


def finding_periods(findings: Iterable[Finding]) -> set[Period]:
    """Closed periods that findings are of; no claim need be of them."""
    return {closed for finding in findings if (closed := finding.point.closed)}


def finding_triples(finding: Finding, namer: Namer, *, stated: bool) -> set[Triple]:
    """All triples of one finding.

    ``stated`` is whether the graph has an observation of the finding's point. Of a revision, ``finding.tested`` is the
    earlier claim. Raises `OntologyError` where a code of a list is unknown.
    """
    return set(_triples(finding, namer, stated))


def findings_triples(findings: Iterable[Finding], figures: Figures, namer: Namer) -> set[Triple]:
    """What graph/findings holds of some findings: themselves, and the closed periods that they are of."""
    findings = list(findings)
    out: set[Triple] = set()
    for one in findings:
        out |= finding_triples(one, namer, stated=bool(figures.at(one.point)))
    for period in finding_periods(findings):
        out.update(period_triples(period))
    return out


def _triples(finding: Finding, namer: Namer, stated: bool) -> Iterator[Triple]:
    node, code = finding_node(finding), namer.vocabulary.code
    yield Triple(node, RDF_TYPE, _INDIVIDUAL)
    yield Triple(node, RDF_TYPE, _cbec(_CLASSES[finding.kind]))
    yield from label_triples(node, _names(finding, namer))
    yield from dimension_triples(node, finding.point.slots, namer.vocabulary, lambda name: _thing(name, namer))
    yield Triple(node, _cbec("period"), period_node(finding.point.period))
    if stated:
        yield Triple(node, _cbec("onObservation"), NamedNode(OBS + finding.point.name))
    yield Triple(node, _cbec("check"), NamedNode(code("checks", finding.check).iri))
    yield Triple(node, _cbec("measure"), NamedNode(code("measures", finding.measure).iri))
    yield Triple(node, _cbec("formula"), text(finding.formula))
    if finding.calculation:
        yield Triple(node, _cbec("calculation"), text(finding.calculation))
    if finding.unit:
        yield Triple(node, _cbec("unit"), NamedNode(code("units", finding.unit).iri))
    for name, number in (
        ("value", finding.value), ("lowerBound", finding.lower), ("upperBound", finding.upper), ("gap", finding.gap),
    ):  # fmt: skip
        if number is not None:
            yield Triple(node, _cbec(name), decimal(number))
    if finding.kind == "derivation":
        yield Triple(node, _cbec("status"), NamedNode(code("statuses", "derived").iri))
    for reason in finding.explanations:
        yield Triple(node, _cbec("explanation"), NamedNode(code("explanations", reason).iri))
    for claim in finding.claims:
        yield Triple(node, _cbec("basedOn"), NamedNode(CLAIM + claim))
    yield from _roles(node, finding)


def _roles(node: NamedNode, finding: Finding) -> Iterator[Triple]:
    """What the claims of a finding are to it."""
    if finding.kind == "revision":
        for claim in finding.claims:
            role = "earlierClaim" if claim == finding.tested else "laterClaim"
            yield Triple(node, _cbec(role), NamedNode(CLAIM + claim))
    elif finding.tested:
        yield Triple(node, _cbec("testedClaim"), NamedNode(CLAIM + finding.tested))


def _cbec(name: str) -> NamedNode:
    return NamedNode(CBEC + name)


def _thing(code: str, namer: Namer) -> NamedNode:
    """Node of an entity; one that only articles name has its code as its name."""
    known = namer.vocabulary.things.get(code)
    return NamedNode(known.iri if known else ID + code)


def _names(finding: Finding, namer: Namer) -> Names:
    """Labels: the point, what came out, by which rule."""
    check = namer.names(namer.vocabulary.code("checks", finding.check))
    point, outcome = _point(finding.point, namer), _outcome(finding, namer)
    return Names(f"{point.en}: {outcome.en} ({check.en})", f"{point.zh}：{outcome.zh}（{check.zh}）")


def _point(point: Point, namer: Namer) -> Names:
    """A point in words; without whose figure it is where only an article names that."""
    period = of_period(point.closed) if point.closed else _OPEN_PERIOD
    if all(name in namer.vocabulary.things for name in _named(point.slots)):
        return namer.observation(point.slots, period)
    indicator = namer.names(namer.vocabulary.code("indicators", point.slots.indicator))
    return Names(f"{capital(indicator.en)}, {period.en}", f"{period.zh}{indicator.zh}")


def _named(slots: Slots) -> Iterator[str]:
    """Codes of the entities among the dimensions."""
    yield slots.entity
    if slots.partner != "all":
        yield slots.partner
    yield from filter(None, (slots.market, slots.channel))


def _outcome(finding: Finding, namer: Namer) -> Names:
    if finding.kind != "derivation":
        return _OUTCOMES[finding.kind]
    value = _TOLD.plus(finding.value or Decimal(0))
    hedge = Names("", "") if finding.lower == finding.upper == value else _ABOUT
    unit = finding.unit or "count"
    if finding.measure == "growth" and unit == "percent":
        return percent(value, hedge)
    said = amount(value, unit, namer.names(namer.vocabulary.code("units", unit)))
    return Names(f"{hedge.en}{said.en}", f"{hedge.zh}{said.zh}")
