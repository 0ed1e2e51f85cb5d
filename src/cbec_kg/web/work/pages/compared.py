"""One finding: what was held against what, by which formula, and the claims on each side.

>>> from cbec_kg.store.embedded import MemoryStore
>>> from cbec_kg.namespaces import FINDING
>>> finding(OpenGraph(MemoryStore()), FINDING + "0", "en")
Traceback (most recent call last):
    ...
cbec_kg.errors.UnknownName: the graph has no finding finding:0: /findings lists them
"""

from dataclasses import dataclass
from typing import Any

from cbec_kg.answer.formulas import in_words
from cbec_kg.answer.result import Route
from cbec_kg.describe.claims import Claim, claims_of
from cbec_kg.describe.related import Ref
from cbec_kg.errors import UnknownName
from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import CBEC, VOCAB, compact, local_name
from cbec_kg.query.labels import labels_in_both, labels_of
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import NamedNode, iri
from cbec_kg.reconcile.figure import Point
from cbec_kg.reconcile.interval import Interval
from cbec_kg.store.base import Store
from cbec_kg.store.following import OpenGraph
from cbec_kg.web.work.pages.findings import KINDS, records

__all__ = ["Finding", "finding"]

_KINDS = {iri(name).value: kind for kind, name in KINDS.items()}
_PLAIN = frozenset(VOCAB + code for code in ("partner-all", "sector-all", "flow-none", "scope-none"))
"""What a dimension holds where it does not narrow the figure; a page leaves it out."""
_DIMENSIONS = (
    "indicator",
    "measuredEntity",
    "partner",
    "sector",
    "market",
    "channel",
    "flow",
    "scope",
    "period",
    "measure",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding. ``on`` names what it is on, dimension by dimension; ``rule`` is the check that made it.

    ``formula`` is in words, ``calculation`` in numbers; ``value`` and bounds are what comes out, in ``unit``.
    ``tested`` is the claim that was held against it, ``gap`` what lies between the two intervals; of a revision
    ``earlier`` and ``later`` are the two releases. ``claims`` are all others that it rests on.
    """

    iri: str
    label: str
    labels: dict[str, str]
    kind: str
    rule: Ref
    definition: str
    on: tuple[tuple[str, Ref], ...]
    observation: Ref | None
    measure: str
    formula: str
    calculation: str
    value: Any
    lower: Any
    upper: Any
    unit: str | None
    gap: Any
    explanations: tuple[Ref, ...]
    tested: Claim | None
    earlier: Claim | None
    later: Claim | None
    claims: tuple[Claim, ...]
    others: tuple[Ref, ...]


def finding(graph: OpenGraph, name: str, lang: str) -> Finding:
    """What the graph holds of a finding with an IRI; raises `UnknownName`."""
    store = graph.store()
    node = NamedNode(name)
    own: dict[str, list[Any]] = {}
    for row in records(store, f"SELECT ?p ?o {{ {spell(node)} ?p ?o }} ORDER BY ?p ?o"):
        own.setdefault(row["p"].removeprefix(CBEC), []).append(row["o"])
    kind = next((_KINDS[one] for one in own.get(iri("rdf:type").value, ()) if one in _KINDS), None)
    if kind is None:
        raise UnknownName(f"the graph has no finding {compact(name)}", fix="/findings lists them")

    def first(key: str) -> Any:
        return next(iter(own.get(key, ())), None)

    said = {key: first(key) for key in ("testedClaim", "earlierClaim", "laterClaim")}
    based = [claim for claim in own.get("basedOn", ()) if claim not in said.values()]
    claims = {one.iri: one for one in claims_of(store, [*based, *filter(None, said.values())], lang)}
    named = {value for key in _DIMENSIONS for value in own.get(key, ())} | set(own.get("explanation", ()))
    labels = labels_of(store, {name, first("check"), *named, *own.get("onObservation", ())}, lang)

    def ref(value: str) -> Ref:
        return Ref(value, labels.get(value, compact(value)))

    codes = _codes(store, node)
    return Finding(
        iri=name, label=labels.get(name, compact(name)), labels=labels_in_both(store, [name])[name], kind=kind,
        rule=ref(first("check")), definition=_definition(store, first("check"), lang),
        on=tuple((key, ref(value)) for key in _DIMENSIONS for value in own.get(key, ()) if value not in _PLAIN),
        observation=ref(first("onObservation")) if first("onObservation") else None,
        measure=codes.get("measure", ""), formula=_in_words(codes, first("check"), str(first("formula") or ""), lang),
        calculation=str(first("calculation") or ""), value=first("value"), lower=first("lowerBound"),
        upper=first("upperBound"), unit=codes.get("unit"), gap=first("gap"),
        explanations=tuple(map(ref, own.get("explanation", ()))), tested=claims.get(said["testedClaim"]),
        earlier=claims.get(said["earlierClaim"]), later=claims.get(said["laterClaim"]),
        claims=tuple(claims[one] for one in based if one in claims), others=_others(store, node, lang),
    )  # fmt: skip


def _codes(store: Store, node: NamedNode) -> dict[str, str]:
    """Codes of unit, measure and flow."""
    keys = ("unit", "measure", "flow")
    values = " ".join(spell(iri(f"cbec:{key}")) for key in keys)
    query = (
        f"SELECT ?p ?code {{ VALUES ?p {{ {values} }} {spell(node)} ?p ?o . ?o {spell(iri('skos:notation'))} ?code }}"
    )
    return {local_name(row["p"]): str(row["code"]) for row in records(store, query)}


def _in_words(codes: dict[str, str], check: str, formula: str, lang: str) -> str:
    """The formula as answers tell it; in the graph's symbols where they have no words for it."""
    point = Point(Slots("", "", "all", "all", codes.get("flow", "none"), "none"), "")
    rule = local_name(check).removeprefix("check-")
    return in_words(
        Route(rule, formula, "", point, codes.get("measure", ""), None, Interval.of(None, None), None), lang
    )


def _definition(store: Store, check: str, lang: str) -> str:
    said = f"{spell(NamedNode(check))} {spell(iri('skos:definition'))} ?text"
    query = f"SELECT ?text {{ {said} FILTER(LANG(?text) = '{lang}') }}"
    return str(next((row["text"] for row in records(store, query)), ""))


def _others(store: Store, node: NamedNode, lang: str) -> tuple[Ref, ...]:
    """Other findings that rest on a claim of this one."""
    based = spell(iri("cbec:basedOn"))
    query = (
        f"SELECT DISTINCT ?other {{ {spell(node)} {based} ?claim . ?other {based} ?claim }} ORDER BY ?other LIMIT 31"
    )
    found = [row["other"] for row in records(store, query) if row["other"] != node.value]
    labels = labels_of(store, found, lang)
    return tuple(Ref(one, labels.get(one, compact(one))) for one in found)
