"""What occurs of an indicator: whose figures, of which direction, scope, partner, sector, measure; how many of each.

>>> from cbec_kg.store.embedded import MemoryStore
>>> occurring(MemoryStore([]), "cbec-trade-value")
()
>>> combos = (Combination(Slots("i", "china", "all", "all", "total", "none"), "level", 3),)
>>> chosen(combos, {"flow": "export"}, Slots("i", "china", "all", "all", "total", "none")).flow
'export'
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import PREFIXES, VOCAB, local_name
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import Literal, NamedNode, Term
from cbec_kg.store.base import Store

__all__ = ["DIMENSIONS", "Combination", "chosen", "occurring"]

_EXTRA = ("market", "channel")
DIMENSIONS = ("entity", "flow", "scope", "partner", "sector", "market", "channel")
"""What one chooses by, in the order of a page."""
_QUERY = (
    "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("cbec", "skos"))
    + """
SELECT ?entity ?flow ?scope ?partner ?sector ?market ?channel ?measure (COUNT(DISTINCT ?claim) AS ?number) WHERE {
  { SELECT DISTINCT ?obs { VALUES ?indicator { INDICATOR } ?obs a cbec:Observation ; cbec:indicator ?indicator } }
  ?obs cbec:measuredEntity ?who ; cbec:flow/skos:notation ?flow ; cbec:scope/skos:notation ?scope ;
    cbec:partner ?with ; cbec:sector ?of .
  ?claim cbec:observation ?obs ; cbec:measure/skos:notation ?measure ; cbec:evidence ?evidence .
  OPTIONAL { ?with skos:notation ?withCode } OPTIONAL { ?of skos:notation ?ofCode }
  OPTIONAL { ?who skos:notation ?whoCode }
  OPTIONAL { ?obs cbec:market ?market } OPTIONAL { ?obs cbec:channel ?channel }
  BIND(COALESCE(?whoCode, ?who) AS ?entity) BIND(COALESCE(?withCode, ?with) AS ?partner)
  BIND(COALESCE(?ofCode, ?of) AS ?sector)
} GROUP BY ?entity ?flow ?scope ?partner ?sector ?market ?channel ?measure
"""
)


@dataclass(frozen=True, slots=True)
class Combination:
    """A series' codes, a measure, and how many claims there are of both."""

    slots: Slots
    measure: str
    count: int


def occurring(store: Store, indicator: str) -> tuple[Combination, ...]:
    """Every series and measure with claims, the most first."""
    rows = store.select(_QUERY.replace("INDICATOR", spell(NamedNode(VOCAB + indicator)))).rows
    found = []
    for *slots, measure, number in rows:
        entity, flow, scope, partner, sector, market, channel = map(_code, slots)
        of = Slots(
            indicator, entity or "", partner or "all", sector or "all", flow or "none", scope or "none", market, channel
        )
        found.append(Combination(of, _code(measure) or "", int(_code(number) or 0)))
    return tuple(sorted(found, key=lambda one: (-one.count, str(one.slots), one.measure)))


def chosen(
    combinations: Iterable[Combination], asked: Mapping[str, str], usual: Slots, measure: str = "level"
) -> Slots:
    """The series to show: what is asked, and of the rest what is usual, as far as there is any of it.

    ``usual`` holds what a question means that leaves all open; where that has no figures, the series with most claims
    that is nearest to it.
    """
    said: dict[str, Any] = {key: None if key in _EXTRA and value == "none" else value for key, value in asked.items()}
    fitting = [one for one in combinations if said.items() <= asdict(one.slots).items()]
    if not fitting:
        return replace(usual, **said)

    def near(one: Combination) -> tuple[bool, bool, bool, bool, bool, bool, bool, bool, int]:
        slots = one.slots
        return (
            one.measure == measure, slots.entity == usual.entity, slots.partner == usual.partner,
            slots.sector == usual.sector, slots.market is None, slots.channel is None, slots.flow == usual.flow,
            slots.scope == usual.scope, one.count,
        )  # fmt: skip

    return max(fitting, key=near).slots


def _code(term: Term | None) -> str | None:
    if isinstance(term, Literal):
        return term.value
    return local_name(term.value) if isinstance(term, NamedNode) else None
