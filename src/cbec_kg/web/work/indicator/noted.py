"""What the graph says of an indicator itself, and the findings on a series that disagree.

>>> from cbec_kg.store.embedded import MemoryStore
>>> about(MemoryStore([]), "cbec-trade-value") is None, disagreements(MemoryStore([]), [], "en")
(True, [])
"""

from collections.abc import Sequence
from dataclasses import dataclass

from cbec_kg.model.slots import Slots
from cbec_kg.namespaces import PREFIXES, VOCAB, local_name
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import Literal, NamedNode
from cbec_kg.store.base import Store

__all__ = ["Noted", "about", "disagreements"]

_HEAD = "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("cbec", "rdfs", "skos"))
_ABOUT = """SELECT ?said WHERE {
  VALUES ?indicator { INDICATOR } ?indicator a cbec:Indicator
  OPTIONAL { ?indicator skos:definition ?said }
}"""
_DISAGREEMENTS = """SELECT ?finding ?label ?slot ?code WHERE {
  VALUES ?indicator { INDICATOR } ?finding a cbec:Disagreement ; cbec:indicator ?indicator ; rdfs:label ?label .
  VALUES ?slot { cbec:measuredEntity cbec:partner cbec:sector cbec:flow cbec:scope } ?finding ?slot ?value
  OPTIONAL { ?value skos:notation ?notation } BIND(COALESCE(?notation, ?value) AS ?code)
  FILTER(LANG(?label) = LANGUAGE)
}"""


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding: its IRI, and what it says in the reader's language."""

    iri: str
    label: str


def about(store: Store, indicator: str) -> dict[str, str] | None:
    """Definitions of an indicator by language; None where the graph has no such indicator."""
    rows = store.select(_HEAD + _ABOUT.replace("INDICATOR", spell(NamedNode(VOCAB + indicator)))).rows
    found = [said for (said,) in rows]
    if not found:
        return None
    return {one.language or "": one.value for one in found if isinstance(one, Literal)}


def disagreements(store: Store, series: Sequence[Slots], lang: str) -> list[Noted]:
    """Findings on any of some series of one indicator that claims disagree, sorted."""
    if not series:
        return []
    query = _DISAGREEMENTS.replace("INDICATOR", spell(NamedNode(VOCAB + series[0].indicator)))
    found: dict[tuple[str, str], dict[str, str]] = {}
    for finding, label, slot, code in store.select(_HEAD + query.replace("LANGUAGE", spell(Literal(lang)))).rows:
        if isinstance(finding, NamedNode) and isinstance(label, Literal) and isinstance(slot, NamedNode):
            told = (
                code.value
                if isinstance(code, Literal)
                else local_name(code.value)
                if isinstance(code, NamedNode)
                else ""
            )
            found.setdefault((finding.value, label.value), {})[local_name(slot.value)] = told
    wanted = [
        {
            "measuredEntity": one.entity, "partner": one.partner, "sector": one.sector, "flow": one.flow,
            "scope": one.scope,
        }
        for one in series
    ]  # fmt: skip
    return [
        Noted(iri, label)
        for (iri, label), slots in sorted(found.items(), key=lambda pair: pair[0][1])
        if slots in wanted
    ]
