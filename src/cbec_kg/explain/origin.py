"""Why a stated triple is stated: a file written by hand, an article's claims, or a rule of the project over claims.

Observations, series, closed periods, direct relations and findings are made from claims when the graph is built
(`cbec_kg.triples.observations`, `cbec_kg.triples.findings`). What they rest on is read back out of the graph.

>>> from cbec_kg.store.embedded import MemoryStore
>>> triple = Triple(iri("cbec:City"), iri("rdfs:subClassOf"), iri("cbec:Place"))
>>> origin(MemoryStore(), triple, (iri("graph:ontology").value,)).rule
'written'
"""

from dataclasses import dataclass, replace

from cbec_kg.explain.claimed import claims_of
from cbec_kg.namespaces import CBEC, GRAPH
from cbec_kg.query.saved import Bilingual
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import Literal, NamedNode, Term, Triple, iri
from cbec_kg.store.base import Store

__all__ = ["ORIGINS", "Origin", "origin"]

ORIGINS: dict[str, Bilingual] = {
    "written": Bilingual("written by hand", "人工编写"),
    "article": Bilingual("read in an article", "读自文章"),
    "relation": Bilingual("an actual relation claim gives its direct triple", "已成事实的关系说法给出直接三元组"),
    "influence": Bilingual("an actual factor claim gives its direct triple", "已成事实的因素说法给出直接三元组"),
    "shown": Bilingual("an observation shows the claim that is chosen among its own", "观测值展示从其说法中选定的一条"),
    "point": Bilingual(
        "claims that state a point make its observation, series and period", "陈述数据点的说法产生其观测值、序列与时期"
    ),
    "vocabulary": Bilingual("the vocabulary speaks of this series", "词表提及该序列"),
    "finding": Bilingual("comparing claims gives a finding", "比较各说法得出结论"),
}
"""How a stated triple may have come about."""

_SHOWN = {
    **dict.fromkeys(("levelClaim", "level", "levelQualifier", "levelStatus", "unit"), "levelClaim"),
    **dict.fromkeys(("growthClaim", "growthPercent", "growthQualifier", "growthStatus"), "growthClaim"),
    **dict.fromkeys(("shareClaim", "sharePercent", "shareQualifier", "shareStatus"), "shareClaim"),
    **dict.fromkeys(("rankClaim", "rank", "rankStatus"), "rankClaim"),
}
_OWN = {"level": "value", "growthPercent": "value", "sharePercent": "value", "rank": "value", "unit": "unit"}
_POLARITIES = {"drives": "positive", "curbs": "negative", "affects": "unstated"}


@dataclass(frozen=True, slots=True)
class Origin:
    """How a triple came to be stated: ``rule`` is one of `ORIGINS`.

    ``premises`` are triples of articles that it was made from, ``claims`` the IRIs of the claims behind it, ``source``
    what the thing's own ``dcterms:source`` says, ``formula`` and ``calculation`` are those of a finding.
    """

    rule: str
    premises: tuple[Triple, ...] = ()
    claims: tuple[str, ...] = ()
    source: str | None = None
    formula: str | None = None
    calculation: str | None = None


def origin(store: Store, triple: Triple, graphs: tuple[str, ...]) -> Origin:
    """Where a triple that ``graphs`` state comes from."""
    node = triple.subject
    assert isinstance(node, NamedNode)
    names = [graph.removeprefix(GRAPH) for graph in graphs]
    if articles := [graph for graph in graphs if graph.startswith(GRAPH + "article_")]:
        return Origin("article", claims=tuple(claims_of(store, node, articles)))
    if "entities" in names or "ontology" in names:  # and an article may say the same
        claimed = _direct(store, triple) if "observations" in names else None
        return replace(claimed or Origin("written"), source=_text(store, node, "dcterms:source"))
    if "observations" not in names and (found := _finding(store, node)):
        return found
    return _direct(store, triple) or _shown(store, triple) or _point(store, node)


def _direct(store: Store, triple: Triple) -> Origin | None:
    """A direct relation or influence; one triple may rest on many claims, and the first is shown in full."""
    s, p, o = triple.subject, triple.predicate, triple.object
    name = p.value.removeprefix(CBEC)
    actual = iri("voc:status-actual")
    for rule, pairs in (
        ("relation", (("subject", s), ("predicate", p), ("object", o), ("status", actual))),
        ("influence", (("factor", s), ("outcome", o), ("status", actual), *_polarity(name))),
    ):
        if rule == "influence" and name not in _POLARITIES:
            continue
        wanted = [(iri(f"cbec:{key}"), value) for key, value in pairs]
        where = " ; ".join(f"{spell(key)} {spell(value)}" for key, value in wanted)
        claims = _things(store, f"?m {where}")
        if claims:
            premises = tuple(Triple(claims[0], key, value) for key, value in wanted)
            return Origin(rule, premises, tuple(claim.value for claim in claims))
    return None


def _polarity(name: str) -> tuple[tuple[str, Term], ...]:
    return (("polarity", iri(f"voc:polarity-{_POLARITIES[name]}")),) if name in _POLARITIES else ()


def _shown(store: Store, triple: Triple) -> Origin | None:
    """What an observation shows of its chosen claim."""
    name = triple.predicate.value.removeprefix(CBEC)
    by = _SHOWN.get(name)
    if by is None:
        return None
    for claim in _things(store, f"{spell(triple.subject)} {spell(iri(f'cbec:{by}'))} ?m"):
        where = spell(claim)
        own = _OWN.get(name) or ("qualifier" if name.endswith("Qualifier") else "status")
        premises = [Triple(claim, iri("cbec:observation"), triple.subject)]
        if name != by:
            premises.append(Triple(claim, iri(f"cbec:{own}"), triple.object))
        else:
            measures = _things(store, f"{where} {spell(iri('cbec:measure'))} ?m")
            premises += [Triple(claim, iri("cbec:measure"), measure) for measure in measures]
        return Origin("shown", tuple(premises), (claim.value,))
    return None


def _point(store: Store, node: NamedNode) -> Origin:
    """An observation, a series, or a closed period: there because claims state or name it."""
    claims = claims_of(store, node)
    if not claims:
        measured = _things(store, f"?m {spell(iri('cbec:measuredBy'))} {spell(node)}")
        return Origin("vocabulary", tuple(Triple(one, iri("cbec:measuredBy"), node) for one in measured[:1]))
    first = NamedNode(claims[0])
    leads = _things(store, f"{spell(first)} ?m {spell(node)}")
    premises = [Triple(first, lead, node) for lead in leads[:1]]
    for way in (iri("cbec:observation"), iri("cbec:shareOf")):  # else by way of an observation
        for point in [] if premises else _things(store, f"{spell(first)} {spell(way)} ?m"):
            leads = _things(store, f"{spell(point)} ?m {spell(node)}")
            premises += [pair for lead in leads[:1] for pair in (Triple(first, way, point), Triple(point, lead, node))]
    return Origin("point", tuple(premises), tuple(claims))


def _finding(store: Store, node: NamedNode) -> Origin | None:
    """A finding, or a period that only findings are of."""
    based = spell(iri("cbec:basedOn"))
    findings = [node] if _things(store, f"{spell(node)} {based} ?m") else []
    findings = findings or _things(store, f"?m {spell(iri('cbec:period'))} {spell(node)} ; {based} ?claim")
    if not findings:
        return None
    claims = _things(store, f"{spell(findings[0])} {based} ?m")
    premises = [
        Triple(claim, iri(prop), value)
        for claim in claims
        for prop in ("cbec:observation", "cbec:series")
        for value in _things(store, f"{spell(claim)} {spell(iri(prop))} ?m")
    ]
    return Origin(
        "finding", tuple(premises), tuple(claim.value for claim in claims),
        formula=_text(store, findings[0], "cbec:formula"), calculation=_text(store, findings[0], "cbec:calculation"),
    )  # fmt: skip


def _things(store: Store, where: str) -> list[NamedNode]:
    rows = store.select(f"SELECT DISTINCT ?m {{ {where} }} ORDER BY ?m LIMIT 20").rows
    return [row[0] for row in rows if isinstance(row[0], NamedNode)]


def _text(store: Store, node: NamedNode, prop: str) -> str | None:
    rows = store.select(f"SELECT ?m {{ {spell(node)} {spell(iri(prop))} ?m }} ORDER BY ?m LIMIT 1").rows
    return next((row[0].value for row in rows if isinstance(row[0], Literal)), None)
