"""Rows of one article to the triples of its graph: metadata, claims, evidence, open periods, unnamed things.

Nothing here looks at another article: the graph of an article depends on its rows and the vocabulary alone.

>>> direct_property("negative")
'curbs'
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cbec_kg.errors import OntologyError, RowError
from cbec_kg.model.article import Article
from cbec_kg.model.new_names import Alias
from cbec_kg.model.period import is_open
from cbec_kg.model.rows import (
    ComparisonRow,
    CompositionRow,
    DefinitionRow,
    FactorRow,
    ObservationRow,
    RelationRow,
    Row,
    TrendRow,
)
from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import ARTICLE, CBEC, CLAIM, EVIDENCE, OBS, SERIES, VOCAB
from cbec_kg.rdf.terms import (
    RDF_TYPE,
    RDFS_LABEL,
    Literal,
    NamedNode,
    Term,
    Triple,
    date_time,
    decimal,
    integer,
    iri,
    text,
)
from cbec_kg.triples.labels import Names, label_triples
from cbec_kg.triples.mint import (  # fmt: skip
    claim_digest,
    evidence_name,
    observation_name,
    period_name,
    restatement_name,
)
from cbec_kg.triples.names import Namer, is_unnamed, script
from cbec_kg.triples.periods import open_period_triples, period_node

__all__ = [
    "article_triples",
    "claim_node",
    "claim_triples",
    "direct_property",
    "evidence_triples",
    "statistical_values",
]

_THINGS = (
    "entity", "partner", "channel", "market", "subject", "object", "factor", "outcome", "phenomenon", "whole", "parts",
    "term", "genus", "characteristics", "reported_by",
)  # fmt: skip
_INDIVIDUAL = iri("owl:NamedIndividual")
_ALT_LABEL = iri("skos:altLabel")
_CLASSES = {
    "observation": "StatisticalClaim", "factor": "FactorClaim", "relation": "RelationClaim", "trend": "TrendClaim",
    "comparison": "ComparisonClaim", "composition": "CompositionClaim", "definition": "DefinitionClaim",
}  # fmt: skip


def direct_property(polarity: str) -> str:
    """Name of the direct property that a factor claim of a polarity gives."""
    return {"positive": "drives", "negative": "curbs", "unstated": "affects"}[polarity]


def claim_node(row: Row) -> NamedNode:
    """Node of a row's claim."""
    return NamedNode(CLAIM + claim_digest(row))


def _cbec(name: str) -> NamedNode:
    return NamedNode(CBEC + name)


def _typed(node: NamedNode, cls: str) -> Iterator[Triple]:
    yield Triple(node, RDF_TYPE, _INDIVIDUAL)
    yield Triple(node, RDF_TYPE, _cbec(cls))


def article_triples(article: Article, rows: Iterable[Row], namer: Namer, aliases: Iterable[Alias] = ()) -> set[Triple]:
    """Everything that graph/article_ID holds; raises `RowError` naming the characters of a row that does not fit."""
    out = set(_article(article))
    for code, label in aliases:
        out.add(Triple(NamedNode(namer.thing(code).iri), _ALT_LABEL, text(label, script(label))))
    for row in rows:
        try:
            out.update(_own_things(row, namer))
            out.update(claim_triples(row, namer))
            out.update(evidence_triples(row, namer))
        except (OntologyError, RowError) as error:
            raise RowError(f"article {row.article}, characters {row.start}-{row.end}: {error}") from None
    return out


def _article(article: Article) -> Iterator[Triple]:
    node = NamedNode(ARTICLE + article.id)
    yield from _typed(node, "Article")
    names = {"en": f"article {article.id}", "zh": f"文章{article.id}"}
    if article.title:
        names[article.lang] = article.title  # a title is in its article's language only
    yield from label_triples(node, Names(**names))
    for key in ("title", "publisher", "url"):
        if value := getattr(article, key):
            yield Triple(node, _cbec(key), text(value))
    if article.published:
        yield Triple(node, _cbec("published"), date_time(article.published))
    yield Triple(node, _cbec("language"), text(article.lang))
    yield Triple(node, _cbec("sha256"), text(article.sha256))
    yield Triple(node, _cbec("textLength"), integer(article.length))


def _own_things(row: Row, namer: Namer) -> Iterator[Triple]:
    """Open periods and unnamed entities: they belong to the article."""
    dated = isinstance(row, (ObservationRow, TrendRow))
    for key in ("period", "base_period", "record_since"):
        code = getattr(row, key, None)
        if is_open(code) and (code is not None or (key == "period" and dated)):
            yield from open_period_triples(code, row.article, row.year_offset if key == "period" else None)
    for code in _names(row):
        if is_unnamed(code):
            term = namer.thing(code)
            yield from _typed(NamedNode(term.iri), "Entity")
            yield from label_triples(NamedNode(term.iri), namer.names(term))
            yield Triple(
                NamedNode(term.iri), _cbec("candidateType"), _cbec("Entity")
            )  # of what kind, the text does not say
        elif code in namer.new:
            node = NamedNode(namer.thing(code).iri)
            name = namer.new[code]
            yield from _typed(node, name.candidate if name.accepted else "Entity")
            for language, label in namer.thing(code).labels.items():
                yield Triple(node, RDFS_LABEL, text(label, language))
            if not name.accepted:
                yield Triple(node, _cbec("candidateType"), _cbec(name.candidate))


def _names(row: Row) -> Iterator[str]:
    """Codes of the things that a row speaks of."""
    for key in _THINGS:
        value = getattr(row, key, None)
        yield from value if isinstance(value, tuple) else [value] if value else []


def claim_triples(row: Row, namer: Namer) -> Iterator[Triple]:
    """A row's claim: what is stated, without who says it and where."""
    node = claim_node(row)
    yield from _typed(node, _CLASSES[row.TYPE])
    yield from label_triples(node, namer.claim(row))
    yield Triple(node, _cbec("status"), NamedNode(namer.vocabulary.code("statuses", row.status).iri))
    yield Triple(node, _cbec("evidence"), NamedNode(EVIDENCE + evidence_name(row)))
    if not isinstance(row, ObservationRow) and (row.period is not None or isinstance(row, TrendRow)):
        yield Triple(node, _cbec("period"), period_node(str(period_name(row))))
    for name, value in _stated(row, namer):
        yield Triple(node, _cbec(name), value)


def _stated(row: Row, namer: Namer) -> Iterator[tuple[str, Term]]:
    """Property names and values of a claim, by its type."""
    code = namer.vocabulary.code

    def thing(name: str) -> NamedNode:
        return NamedNode(namer.thing(name).iri)

    match row:
        case ObservationRow():
            yield from statistical_values(row, namer)
        case FactorRow():
            yield "factor", thing(row.factor)
            yield "outcome", thing(row.outcome)
            yield "polarity", NamedNode(code("polarities", row.polarity).iri)
        case RelationRow():
            yield "subject", thing(row.subject)
            yield "predicate", NamedNode(namer.vocabulary.predicate(row.predicate).iri)
            yield "object", thing(row.object)
        case TrendRow():
            if row.phenomenon:
                yield "phenomenon", thing(row.phenomenon)
            else:
                yield "series", NamedNode(SERIES + Slots.of(row).name)
            yield "direction", NamedNode(code("directions", row.direction).iri)
        case ComparisonRow():
            yield "subject", thing(row.subject)
            yield "object", thing(row.object)
            yield "comparison", NamedNode(code("comparisons", row.relation).iri)
            if row.measure:
                yield "measure", NamedNode(code("measures", row.measure).iri)
            if row.indicator:
                yield "indicator", thing(row.indicator)
        case CompositionRow():
            yield "whole", thing(row.whole)
            for part in row.parts:
                yield "part", thing(part)
        case DefinitionRow():
            yield "term", thing(row.term)
            yield "genus", thing(row.genus)
            for characteristic in row.characteristics:
                yield "characteristic", thing(characteristic)


def statistical_values(row: ObservationRow, namer: Namer) -> Iterator[tuple[str, Term]]:
    """Local names and values of the properties of a statistical claim, its evidence left out."""
    code = namer.vocabulary.code
    yield "status", NamedNode(code("statuses", row.status).iri)
    yield "observation", NamedNode(OBS + observation_name(row))
    yield "measure", NamedNode(code("measures", row.kind).iri)
    yield "qualifier", NamedNode(code("qualifiers", row.qualifier).iri)
    for name, number in (("value", row.value), ("lowerBound", row.lower), ("upperBound", row.upper)):
        if isinstance(number, Decimal):
            yield name, decimal(number)
    for name, scheme, value in (
        ("unit", "units", row.unit), ("growthBasis", "growth-bases", row.basis), ("recordKind", "records", row.record),
        ("currencyBasis", "units", row.currency_basis), ("rankedAmong", "groups", row.ranked_among),
    ):  # fmt: skip
        if value:
            yield name, NamedNode(code(scheme, value).iri)
    for name, key in (("basePeriod", "base_period"), ("recordSince", "record_since")):
        if period := period_name(row, key):
            yield name, period_node(period)
    if row.share_of:
        yield "shareOf", NamedNode(OBS + row.share_of)


def evidence_triples(row: Row, namer: Namer) -> Iterator[Triple]:
    """A row's evidence: article, characters, speaker, review state, and the amount again in another currency."""
    name = evidence_name(row)
    node, article = NamedNode(EVIDENCE + name), NamedNode(ARTICLE + row.article)
    yield from _typed(node, "Evidence")
    yield from _span(node, article, row.start, row.end, row.written)
    yield from _review(node, row)
    if row.reported_by:
        yield Triple(node, _cbec("attributedTo"), NamedNode(namer.thing(row.reported_by).iri))
    if row.released_on:
        yield Triple(node, _cbec("releasedOn"), date_time(row.released_on))
    if basis := getattr(row, "scope_basis", None):
        yield Triple(node, _cbec("scopeBasis"), NamedNode(namer.vocabulary.code("scope-bases", basis).iri))
    if row.rule:
        yield Triple(node, _cbec("rule"), text(row.rule))
    if row.confidence is not None:
        yield Triple(node, _cbec("confidence"), decimal(row.confidence))
    if row.enumeration:
        yield Triple(node, _cbec("enumeration"), text(row.enumeration))
    if row.list_position is not None:
        yield Triple(node, _cbec("listPosition"), integer(row.list_position))
    for again in getattr(row, "restated", ()):
        other = NamedNode(EVIDENCE + restatement_name(name, again.unit))
        yield Triple(node, _cbec("restatedAs"), other)
        yield from _typed(other, "Restatement")
        yield from _span(other, article, again.start, again.end, again.written)
        yield Triple(other, _cbec("restatedUnit"), NamedNode(namer.vocabulary.code("units", again.unit).iri))
        for prop, number in (("Value", again.value), ("LowerBound", again.lower), ("UpperBound", again.upper)):
            if number is not None:
                yield Triple(other, _cbec(f"restated{prop}"), decimal(number))


def _review(node: NamedNode, row: Row) -> Iterator[Triple]:
    """Whether a person has looked at a row, who, when, why, and what it was before."""
    state = row.review.state if row.review else "reviewed" if row.reviewed else "machine-read"
    yield Triple(node, _cbec("reviewState"), NamedNode(f"{VOCAB}review-{state}"))
    if row.review:
        yield Triple(node, _cbec("reviewedBy"), text(row.review.by))
        yield Triple(node, _cbec("reviewedOn"), date_time(row.review.at))
        yield Triple(node, _cbec("reviewNote"), text(row.review.reason))
        if row.review.read:
            yield Triple(node, _cbec("readAs"), text(row.review.read))


def _span(node: NamedNode, article: NamedNode, start: int, end: int, written: str | None) -> Iterator[Triple]:
    yield Triple(node, _cbec("inArticle"), article)
    yield Triple(node, _cbec("charStart"), integer(start))
    yield Triple(node, _cbec("charEnd"), integer(end))
    if written:
        yield Triple(node, _cbec("writtenFigure"), Literal(written))
