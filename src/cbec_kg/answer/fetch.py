"""Claims of an indicator and an entity out of any store, with their evidence, in one query.

Only the default graph is read, in plain SPARQL 1.1, so that the embedded store and an endpoint answer alike.

>>> from cbec_kg.store.embedded import MemoryStore
>>> fetch(MemoryStore([]), [("cbec-trade-value", "china")]).claims
{}
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from cbec_kg.answer.ledger import Claim, Evidence, Ledger, Restatement, Source
from cbec_kg.errors import RowError
from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import ARTICLE, CBEC, CLAIM, EVIDENCE, ID, OBS, PERIOD, PREFIXES, VOCAB, local_name
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import Literal, NamedNode, Term
from cbec_kg.reconcile.figure import Amount, Point, Stating
from cbec_kg.store.base import Store

__all__ = ["Known", "Pair", "fetch", "fetch_entity", "fetch_labels"]

Pair = tuple[str, str]
"""Codes of an indicator and of an entity."""

_HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("cbec", "rdf", "rdfs", "skos"))
_PAIRS = "VALUES (?indicator ?entity) { PAIRS }"
_OWN = f"{_PAIRS} ?obs a cbec:Observation ; cbec:indicator ?indicator ; cbec:measuredEntity ?entity ."
_PARTS = (
    f"{_PAIRS} ?whole a cbec:Observation ; cbec:indicator ?indicator ; cbec:measuredEntity ?entity . "
    "?part cbec:shareOf ?whole ; cbec:observation ?obs ."
)
_POINTS = f"{{ SELECT DISTINCT ?obs {{ {{ {_OWN} }} UNION {{ {_PARTS} }} }} }}"
_TOLD = f"{_POINTS} ?claim cbec:observation ?obs ; cbec:evidence"
# No BIND stands before a pattern that it would cut in two: engines then read the whole graph.
_BRANCHES = (
    f"{_POINTS} ?obs ?p ?o . BIND(?obs AS ?s)",
    f"{_POINTS} ?s cbec:observation ?obs ; ?p ?o .",
    f"{_TOLD} ?s . ?s ?p ?o .",
    f"{_TOLD} ?evidence . ?evidence cbec:restatedAs ?s . ?s ?p ?o .",
)
_FILTER = "FILTER(?p NOT IN (rdf:type, rdfs:label, cbec:about, cbec:rule, cbec:confidence))"
_QUERY = f"SELECT ?s ?p ?o WHERE {{ {' UNION '.join(f'{{ {branch} }}' for branch in _BRANCHES)} {_FILTER} }}"
_ABOUT = """SELECT ?s ?p ?o WHERE {
  VALUES ?s { THINGS } ?s ?p ?o
  FILTER(?p NOT IN (skos:altLabel, skos:definition, skos:example, skos:inScheme, rdfs:isDefinedBy))
}"""
_ENTITY = """SELECT ?indicator ?number ?label WHERE {
  { SELECT ?indicator (COUNT(DISTINCT ?claim) AS ?number) WHERE {
      VALUES ?entity { ENTITY } ?obs cbec:measuredEntity ?entity ; cbec:indicator ?indicator .
      ?claim cbec:observation ?obs ; cbec:value ?value ; cbec:evidence ?evidence DATED
  } GROUP BY ?indicator }
  ?indicator rdfs:label ?label
}"""
_CLAIMS_ABOUT = """SELECT (COUNT(DISTINCT ?claim) AS ?number) WHERE {
  VALUES ?entity { ENTITY } ?claim cbec:about ?entity ; cbec:evidence ?evidence DATED
}"""
_DATED = """. ?evidence cbec:inArticle ?article
  OPTIONAL { ?evidence cbec:releasedOn ?released } OPTIONAL { ?article cbec:published ?published }
  FILTER(SUBSTR(STR(COALESCE(?released, ?published)), 1, 10) <= "DAY")"""
_READ = frozenset((PREFIXES["rdf"] + "type", PREFIXES["rdfs"] + "label", PREFIXES["skos"] + "notation"))
_OURS = (ID, VOCAB, ARTICLE, PERIOD + "open")
_GOVERNMENT = CBEC + "GovernmentBody"


class _Thing(NamedTuple):
    """What one node says: values by the local name of the property."""

    values: dict[str, list[Term]]

    def text(self, name: str) -> str | None:
        found = sorted(term.value for term in self.values.get(name, ()) if isinstance(term, NamedNode | Literal))
        return found[0] if found else None

    def texts(self, name: str) -> list[str]:
        return sorted({term.value for term in self.values.get(name, ()) if isinstance(term, NamedNode | Literal)})

    def number(self, name: str) -> Decimal | None:
        written = self.text(name)
        return None if written is None else Decimal(written)

    def whole(self, name: str) -> int | None:
        written = self.text(name)
        return None if written is None else int(written)

    def day(self, name: str) -> str | None:
        return (self.text(name) or "")[:10] or None


def fetch(store: Store, pairs: Iterable[Pair]) -> Ledger:
    """Claims of these indicators and entities, of the shares in them, and of the wholes that shares of theirs name."""
    known = list(dict.fromkeys(pairs))
    ledger = _read(store, known)
    shares = {claim.stating.share_of for claim in ledger.claims.values()}
    wholes = sorted({_pair(name) for name in shares if name} - set(known))
    if not wholes:
        return ledger
    more = _read(store, wholes)
    return Ledger([*ledger.claims.values(), *more.claims.values()], {**more.labels, **ledger.labels})


class Known(NamedTuple):
    """What a graph holds of an entity: ``figures`` by indicator, most first, and how many ``claims`` are about it."""

    figures: list[tuple[str, int]]
    claims: int
    labels: dict[str, dict[str, str]]


def fetch_entity(store: Store, entity: str, as_of: str | None = None) -> Known:
    """What there is of an entity, where no figure that was asked for is; ``as_of`` a day what was known then."""
    dated = _DATED.replace("DAY", as_of) if as_of else ""
    node = " ".join(spell(NamedNode(base + entity)) for base in (ID, VOCAB))
    counts: dict[str, int] = {}
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for indicator, number, label in store.select(_HEAD + _ENTITY.replace("ENTITY", node).replace("DATED", dated)).rows:
        if isinstance(number, Literal) and isinstance(label, Literal) and isinstance(indicator, NamedNode):
            counts[local_name(indicator.value)] = int(number.value)
            labels[local_name(indicator.value)][label.language or ""] = label.value
    claims = 0
    for (number,) in store.select(_HEAD + _CLAIMS_ABOUT.replace("ENTITY", node).replace("DATED", dated)).rows:
        claims = int(number.value) if isinstance(number, Literal) else 0
    return Known(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])), claims, labels)


def fetch_labels(store: Store, names: Iterable[str]) -> dict[str, dict[str, str]]:
    """Labels of entities and terms by the local names of their IRIs, then by language."""
    things = " ".join(spell(NamedNode(base + name)) for name in sorted(set(names)) for base in (ID, VOCAB))
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for thing, label in store.select(f"{_HEAD}SELECT ?s ?o {{ VALUES ?s {{ {things} }} ?s rdfs:label ?o }}").rows:
        if isinstance(thing, NamedNode) and isinstance(label, Literal):
            labels[local_name(thing.value)][label.language or ""] = label.value
    return labels


def _pair(observation: str) -> Pair:
    slots = Point.parse(observation).slots
    return slots.indicator, slots.entity


def _read(store: Store, pairs: Sequence[Pair]) -> Ledger:
    rows = " ".join(
        f"({spell(NamedNode(VOCAB + indicator))} {spell(NamedNode(base + entity))})"
        for indicator, entity in pairs
        for base in (ID, VOCAB)
    )
    found: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    _add(found, store, _HEAD + _QUERY.replace("PAIRS", rows))
    values = (term for thing in found.values() for terms in thing.values() for term in terms)
    named = {term.value for term in values if isinstance(term, NamedNode) and term.value.startswith(_OURS)}
    things = " ".join(spell(NamedNode(iri)) for iri in sorted(named - set(found)))
    if things:
        _add(found, store, _HEAD + _ABOUT.replace("THINGS", things))
    labels = {
        local_name(iri): {
            label.language or "": label.value for label in values.pop("label") if isinstance(label, Literal)
        }
        for iri, values in found.items()
        if iri.startswith((ID, VOCAB, PERIOD)) and "label" in values
    }
    return Ledger(_Reading({iri: _Thing(values) for iri, values in found.items()}).claims(), labels)


def _add(found: dict[str, dict[str, list[Term]]], store: Store, query: str) -> None:
    for s, p, o in store.select(query).rows:
        if isinstance(s, NamedNode) and isinstance(p, NamedNode) and o is not None:
            if p.value.startswith(CBEC) or p.value in _READ:
                found[s.value][local_name(p.value)].append(o)


class _Reading:
    """Turns nodes into claims."""

    def __init__(self, things: dict[str, _Thing]) -> None:
        self.things = things
        self.sources = {iri: _source(iri, thing) for iri, thing in things.items() if iri.startswith(ARTICLE)}

    def claims(self) -> list[Claim]:
        nodes = sorted(iri for iri in self.things if iri.startswith(CLAIM))
        return [claim for iri in nodes if (claim := self._claim(iri)) is not None]

    def code(self, thing: _Thing, name: str) -> str | None:
        """Code of a value: its notation where it is one of a list, else the local name of its IRI."""
        iri = thing.text(name)
        if iri is None:
            return None
        known = self.things.get(iri)
        return (known.text("notation") if known else None) or local_name(iri)

    def _claim(self, iri: str) -> Claim | None:
        thing = self.things[iri]
        point, measure = self._point(thing.text("observation")), self.code(thing, "measure")
        if point is None or measure is None:
            return None
        share_of, base = thing.text("shareOf"), thing.text("basePeriod")
        since = thing.text("recordSince")
        evidence = [self._evidence(name) for name in thing.texts("evidence") if name in self.things]
        return Claim(
            digest=iri.removeprefix(CLAIM),
            point=point,
            stating=Stating(
                measure,
                self.code(thing, "unit"),
                basis=self.code(thing, "growthBasis"),
                base_period=base.removeprefix(PERIOD) if base else None,
                currency_basis=self.code(thing, "currencyBasis"),
                share_of=share_of.removeprefix(OBS) if share_of else None,
                ranked_among=self.code(thing, "rankedAmong"),
            ),
            status=self.code(thing, "status") or "reported",
            qualifier=self.code(thing, "qualifier") or "exact",
            value=thing.number("value"),
            lower=thing.number("lowerBound"),
            upper=thing.number("upperBound"),
            record=self.code(thing, "recordKind"),
            record_since=since.removeprefix(PERIOD) if since else None,
            evidence=tuple(sorted(evidence, key=lambda one: (one.source.id, one.start, one.name))),
        )

    def _point(self, iri: str | None) -> Point | None:
        thing = self.things.get(iri or "")
        if thing is None:
            return None
        codes = [
            self.code(thing, name) for name in ("indicator", "measuredEntity", "partner", "sector", "flow", "scope")
        ]
        period = thing.text("period")
        if period is None or None in codes:
            raise RowError(f"{iri} lacks a dimension", fix="`cbec-kg validate` says which")
        indicator, entity, partner, sector, flow, scope = (str(code) for code in codes)
        slots = Slots(
            indicator, entity, partner, sector, flow, scope, self.code(thing, "market"), self.code(thing, "channel")
        )
        return Point(slots, period.removeprefix(PERIOD))

    def _evidence(self, iri: str) -> Evidence:
        thing = self.things[iri]
        article, speaker = thing.text("inArticle") or "", thing.text("attributedTo")
        said_by = self.things.get(speaker or "")
        return Evidence(
            name=iri.removeprefix(EVIDENCE),
            source=self.sources.get(article) or Source(article.removeprefix(ARTICLE)),
            start=thing.whole("charStart") or 0,
            end=thing.whole("charEnd") or 0,
            written=thing.text("writtenFigure"),
            speaker=local_name(speaker) if speaker else None,
            government=said_by is not None and _GOVERNMENT in said_by.texts("type"),
            released_on=thing.day("releasedOn"),
            scope_basis=self.code(thing, "scopeBasis"),
            review=self.code(thing, "reviewState") or "machine-read",
            position=thing.whole("listPosition"),
            enumeration=thing.text("enumeration"),
            restated=tuple(self._restated(again) for again in thing.texts("restatedAs") if again in self.things),
        )

    def _restated(self, iri: str) -> Restatement:
        thing = self.things[iri]
        amount = Amount(
            self.code(thing, "restatedUnit") or "",
            thing.number("restatedValue") or Decimal(0),
            thing.number("restatedLowerBound"),
            thing.number("restatedUpperBound"),
        )
        return Restatement(
            amount, thing.whole("charStart") or 0, thing.whole("charEnd") or 0, thing.text("writtenFigure")
        )


def _source(iri: str, thing: _Thing) -> Source:
    return Source(
        iri.removeprefix(ARTICLE),
        title=thing.text("title"),
        publisher=thing.text("publisher"),
        published=thing.day("published"),
        url=thing.text("url"),
        sha256=thing.text("sha256"),
        length=thing.whole("textLength"),
        lang=thing.text("language"),
    )
