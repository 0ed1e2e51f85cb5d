"""Findings for their pages: which there are, by kind, indicator and article, and what each rests on.

>>> from cbec_kg.store.embedded import MemoryStore
>>> listed(OpenGraph(MemoryStore()), Choice(), "en", 0, 20)
Listed(findings=(), total=0, kinds={}, indicators=(), articles=(), gaps=())
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cbec_kg.describe.related import Ref
from cbec_kg.errors import BadParameter
from cbec_kg.query.convert import written_iri
from cbec_kg.query.labels import labels_of
from cbec_kg.query.results import to_python
from cbec_kg.query.spell import spell, spell_all
from cbec_kg.rdf.terms import NamedNode, iri
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph

__all__ = ["KINDS", "Choice", "Counted", "Gap", "Listed", "One", "listed", "records"]

KINDS = {
    "conflict": "cbec:Disagreement", "agreement": "cbec:Agreement", "revision": "cbec:Revision",
    "derived": "cbec:Derivation",
}  # fmt: skip
"""Class of each kind of findings that a page lists, those that need a look first."""
_NAMES = {iri(name).value: kind for kind, name in KINDS.items()}
_MOST_CHOICES = 30
_P = {
    name: spell(iri(f"cbec:{name}"))
    for name in (
        "basedOn", "evidence", "inArticle", "indicator", "period", "startsAt", "endsBefore", "check", "code", "unit",
        "value", "lowerBound", "upperBound", "gap", "inSeries", "year", "granularity", "measure",
    )
}  # fmt: skip
_NOTATION, _YEARLY = spell(iri("skos:notation")), spell(iri("voc:granularity-year"))


@dataclass(frozen=True, slots=True)
class Choice:
    """Which findings: of a kind (`KINDS`, or gap), on an indicator, resting on a claim of an article; all where empty.

    Indicator and article are prefixed names or IRIs.
    """

    kind: str = ""
    indicator: str = ""
    article: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A thing that can be chosen, and on how many findings it bears."""

    thing: Ref
    count: int


@dataclass(frozen=True, slots=True)
class One:
    """A line of the list: a finding, its kind, the check that made it, and how far apart the two sides are."""

    thing: Ref
    kind: str
    check: Ref
    period: str
    measure: str
    value: Any
    lower: Any
    upper: Any
    unit: str | None
    gap: Any


@dataclass(frozen=True, slots=True)
class Gap:
    """Years between others of a series in which no article says anything of it."""

    series: Ref
    years: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of findings, how many there are in all, and what else can be chosen, each with its number."""

    findings: tuple[One, ...]
    total: int
    kinds: dict[str, int]
    indicators: tuple[Counted, ...]
    articles: tuple[Counted, ...]
    gaps: tuple[Gap, ...]


def listed(graph: OpenGraph, choice: Choice, lang: str, first: int, most: int) -> Listed:
    """Findings of a choice from number ``first`` on; conflicts first, then in order of time.

    Raises `BadParameter` for a kind or a name that is none.
    """
    if choice.kind and choice.kind not in (*KINDS, "gap"):
        raise BadParameter(f"kind is {choice.kind[:40]!r}", fix=f"give one of {', '.join((*KINDS, 'gap'))}")
    store = graph.store()
    by_kind, by_indicator, by_article = (
        _pattern(choice, "kind"),
        _pattern(choice, "indicator"),
        _pattern(choice, "article"),
    )
    kinds = {
        _NAMES[row["kind"]]: row["count"]
        for row in records(store, f"SELECT ?kind (COUNT(DISTINCT ?f) AS ?count) {{ {by_kind} }} GROUP BY ?kind")
        if row["kind"] in _NAMES
    }
    gaps = _gaps(store, choice, lang)
    kinds = {kind: kinds[kind] for kind in KINDS if kind in kinds} | ({"gap": len(gaps)} if gaps else {})
    chosen = _chosen(store, _pattern(choice, ""), lang, first, most) if choice.kind != "gap" else ()
    return Listed(
        chosen,
        sum(count for kind, count in kinds.items() if kind != "gap" and choice.kind in ("", kind)),
        kinds,
        _counted(store, "indicator", by_indicator, lang),
        _counted(store, "article", by_article, lang),
        gaps if choice.kind in ("", "gap") else (),
    )


def _pattern(choice: Choice, free: str) -> str:
    """Pattern of ``?f`` of ``?kind`` on ``?indicator`` with a claim of ``?article``; what is ``free`` is not chosen."""
    kinds = [KINDS[choice.kind]] if choice.kind in KINDS and free != "kind" else list(KINDS.values())
    parts = [f"VALUES ?kind {{ {spell_all(tuple(map(iri, kinds)))} }} ?f a ?kind ; {_P['indicator']} ?indicator ."]
    if choice.indicator and free != "indicator":
        parts.append(f"VALUES ?indicator {{ {spell(_node('indicator', choice.indicator))} }}")
    if choice.article or free == "article":
        parts.append(f"?f {_P['basedOn']}/{_P['evidence']}/{_P['inArticle']} ?article .")
    if choice.article and free != "article":
        parts.append(f"VALUES ?article {{ {spell(_node('article', choice.article))} }}")
    return " ".join(parts)


def _node(name: str, written: str) -> NamedNode:
    node = written_iri(written)
    if node is None:
        raise BadParameter(f"{name} is {written[:60]!r}", fix="give a prefixed name or an IRI")
    return node


def _chosen(store: Store, pattern: str, lang: str, first: int, most: int) -> tuple[One, ...]:
    found = records(
        store,
        f"SELECT DISTINCT ?f ?kind ?check ?code ?measure ?value ?lower ?upper ?unit ?gap ?order ?from {{ {pattern} "
        f"?f {_P['check']} ?check ; {_P['period']} ?p ; {_P['measure']} ?m . ?p {_P['code']} ?code . "
        f"?m {_NOTATION} ?measure . OPTIONAL {{ ?p {_P['startsAt']} ?from }} OPTIONAL {{ ?f {_P['value']} ?value }} "
        f"OPTIONAL {{ ?f {_P['lowerBound']} ?lower }} OPTIONAL {{ ?f {_P['upperBound']} ?upper }} "
        f"OPTIONAL {{ ?f {_P['unit']} ?u . ?u {_NOTATION} ?unit }} OPTIONAL {{ ?f {_P['gap']} ?gap }} "
        f"BIND (IF(?kind = {spell(iri(KINDS['conflict']))}, 0, IF(?kind = {spell(iri(KINDS['revision']))}, 1, "
        f"IF(?kind = {spell(iri(KINDS['agreement']))}, 2, 3))) AS ?order) }} "
        f"ORDER BY ?order (!BOUND(?from)) DESC(?from) ?code ?f OFFSET {first} LIMIT {most}",
    )
    rows = list(found)
    labels = labels_of(store, {row[key] for row in rows for key in ("f", "check")}, lang)

    def ref(name: str) -> Ref:
        return Ref(name, labels.get(name, name))

    return tuple(
        One(
            ref(row["f"]), _NAMES[row["kind"]], ref(row["check"]), row["code"], row["measure"], row["value"],
            row["lower"], row["upper"], row["unit"], row["gap"],
        )
        for row in rows
    )  # fmt: skip


def _counted(store: Store, name: str, pattern: str, lang: str) -> tuple[Counted, ...]:
    found = f"SELECT ?{name} (COUNT(DISTINCT ?f) AS ?count) {{ {pattern} }} GROUP BY ?{name}"
    rows = list(records(store, f"{found} ORDER BY DESC(?count) ?{name} LIMIT {_MOST_CHOICES}"))
    labels = labels_of(store, {row[name] for row in rows}, lang)
    return tuple(Counted(Ref(row[name], labels.get(row[name], row[name])), row["count"]) for row in rows)


def _gaps(store: Store, choice: Choice, lang: str) -> tuple[Gap, ...]:
    """Missing years of each series that has figures for a year before and one after; an article has no gaps."""
    if choice.article:
        return ()
    only = f"VALUES ?i {{ {spell(_node('indicator', choice.indicator))} }}" if choice.indicator else ""
    years: dict[str, set[int]] = {}
    for row in records(
        store,
        f"SELECT DISTINCT ?series ?year {{ {only} ?o {_P['inSeries']} ?series ; {_P['indicator']} ?i ; "
        f"{_P['period']} ?p . "
        f"?p {_P['granularity']} {_YEARLY} ; {_P['year']} ?year }}",
    ):
        years.setdefault(row["series"], set()).add(row["year"])
    missing = {
        series: tuple(year for year in range(min(known), max(known)) if year not in known)
        for series, known in years.items()
    }
    missing = {series: some for series, some in missing.items() if some}
    labels = labels_of(store, set(missing), lang)
    named = (Gap(Ref(series, labels.get(series, series)), some) for series, some in missing.items())
    return tuple(sorted(named, key=lambda gap: (gap.series.label, gap.series.iri)))


def records(store: Store, query: str) -> Iterator[dict[str, Any]]:
    """Rows of a query as Python values by name."""
    found = store.select(query)
    return (dict(zip(found.variables, map(to_python, row), strict=True)) for row in found.rows)
