"""What a question needs to know of indicators: units, default scopes, directions, and what is a ratio of what.

>>> from cbec_kg.store.embedded import MemoryStore
>>> read_indicators(MemoryStore([])).units
{}
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cbec_kg.namespaces import PREFIXES
from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.rdf.terms import NamedNode, Triple
from cbec_kg.reconcile.book import Terms
from cbec_kg.store.base import Store
from cbec_kg.triples.terms import terms_of

__all__ = ["Indicators", "read_indicators"]

_QUERY = (
    "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in ("cbec", "skos", "voc"))
    + """
SELECT ?s ?p ?o WHERE {
  { VALUES ?p { cbec:defaultUnit cbec:defaultWhole cbec:defaultScope cbec:availableScope cbec:availableFlow
      cbec:accumulation cbec:numerator cbec:denominator } ?s ?p ?o }
  UNION { VALUES ?o { voc:indicators voc:units voc:scopes } ?s skos:inScheme ?o BIND(skos:inScheme AS ?p) }
  UNION { VALUES ?scheme { voc:indicators voc:units voc:scopes } ?s skos:inScheme ?scheme ; skos:notation ?o
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
        """The direction that is meant where none is said: both; that of a ratio is its part's."""
        ratio = self.terms.ratios.get(indicator)
        return "total" if (ratio.part if ratio else indicator) in self.terms.traded else _NO_FLOW

    def adds_up(self, indicator: str) -> bool:
        """Whether it is measured over a period, so that a year and a month of it are two things.

        So are flows, what is a ratio of flows, and averages of flows over time; a count of what there is is not.
        """
        ratio, rate = self.terms.ratios.get(indicator), self.terms.rates.get(indicator)
        measured = ratio.part if ratio else rate.whole if rate else indicator
        return measured in self.terms.flows

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
    rows = store.select(_QUERY).rows
    triples = (Triple(s, p, o) for s, p, o in rows if isinstance(s, NamedNode) and isinstance(p, NamedNode) and o)
    vocabulary = Vocabulary.of(triples)
    indicators = [term for (scheme, _), term in sorted(vocabulary.coded.items()) if scheme == "indicators"]

    def linked(name: str) -> dict[str, str]:
        return {term.code: vocabulary.terms[iri].code for term in indicators if (iri := term.link(name))}

    return Indicators(
        terms_of(vocabulary), linked("defaultUnit"), linked("defaultWhole"), frozenset(linked("availableScope"))
    )
