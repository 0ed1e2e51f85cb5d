"""What a question needs to know of indicators: units, default scopes, directions, and what is a ratio of what.

>>> from cbec_kg.store.embedded import MemoryStore
>>> read_indicators(MemoryStore([])).units
{}
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from cbec_kg.namespaces import PREFIXES, local_name
from cbec_kg.rdf.terms import Literal, NamedNode
from cbec_kg.reconcile.book import Ratio, Terms
from cbec_kg.store.base import Store

__all__ = ["Indicators", "read_indicators"]

_QUERY = (
    "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("cbec", "skos", "voc"))
    + """
SELECT ?s ?p ?o WHERE {
  { VALUES ?p { cbec:defaultUnit cbec:defaultWhole cbec:defaultScope cbec:availableScope cbec:availableFlow
      cbec:accumulation cbec:numerator cbec:denominator } ?s ?p ?o }
  UNION { VALUES ?scheme { voc:units voc:scopes voc:flows } ?s skos:inScheme ?scheme ; skos:notation ?o
    BIND(skos:notation AS ?p) }
}
"""
)
_NO_SCOPE, _NOT_STATED, _NO_FLOW = "none", "not-stated", "none"


@dataclass(frozen=True, slots=True)
class Indicators:
    """``terms`` is what arithmetic needs; ``units`` and ``wholes`` give codes by indicator, ``scoped`` has scopes."""

    terms: Terms = field(default_factory=Terms)
    units: dict[str, str] = field(default_factory=dict)
    wholes: dict[str, str] = field(default_factory=dict)
    scoped: frozenset[str] = frozenset()

    def scope(self, indicator: str) -> str:
        """The scope that is meant where none is said."""
        default = self.terms.scopes.get(indicator)
        return default or (_NOT_STATED if indicator in self.scoped else _NO_SCOPE)

    def flow(self, indicator: str) -> str:
        """The direction that is meant where none is said: both."""
        return "total" if indicator in self.terms.traded else _NO_FLOW

    def related(self, indicators: Iterable[str]) -> list[str]:
        """The indicators themselves, and those that are parts, wholes or ratios of them."""
        wanted = list(dict.fromkeys(indicators))
        for indicator, ratio in sorted(self.terms.ratios.items()):
            family = (indicator, ratio.part, ratio.whole)
            if any(one in wanted for one in family[:2]):
                wanted += [one for one in family if one not in wanted]
        wanted += [whole for one in wanted if (whole := self.wholes.get(one)) and whole not in wanted]
        return wanted


def read_indicators(store: Store) -> Indicators:
    """What the graph says of its indicators."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for s, p, o in store.select(_QUERY).rows:
        if isinstance(s, NamedNode) and isinstance(p, NamedNode) and isinstance(o, NamedNode | Literal):
            found[s.value][local_name(p.value)].append(o.value)
    notations = {iri: values["notation"][0] for iri, values in found.items() if "notation" in values}

    def codes(iri: str, name: str) -> list[str]:
        return sorted(notations.get(value) or local_name(value) for value in found[iri].get(name, ()))

    def first(name: str) -> dict[str, str]:
        return {local_name(iri): some[0] for iri in sorted(found) if (some := codes(iri, name))}

    scopes, numerators, denominators = first("defaultScope"), first("numerator"), first("denominator")
    ratios = {
        ratio: Ratio(part, scopes.get(part, _NO_SCOPE), denominators[ratio], scopes.get(denominators[ratio], _NO_SCOPE))
        for ratio, part in numerators.items()
        if ratio in denominators
    }
    terms = Terms(
        flows=frozenset(one for one, kind in first("accumulation").items() if kind == "flow"),
        traded=frozenset(local_name(iri) for iri in found if "total" in codes(iri, "availableFlow")),
        ratios=ratios,
        scopes=scopes,
    )
    return Indicators(terms, first("defaultUnit"), first("defaultWhole"), frozenset(first("availableScope")))
