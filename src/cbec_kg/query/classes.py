"""Which classes of a graph stand above and below which.

>>> from cbec_kg.rdf.terms import Quad
>>> from cbec_kg.store.embedded import MemoryStore
>>> below = iri("rdfs:subClassOf")
>>> classes = Classes.of(MemoryStore([
...     Quad(iri("cbec:Platform"), below, iri("cbec:Actor")), Quad(iri("cbec:Actor"), below, iri("cbec:Entity")),
... ]))
>>> classes.below(iri("cbec:Actor").value)
['https://w3id.org/cbec-kg/ontology#Actor', 'https://w3id.org/cbec-kg/ontology#Platform']
>>> classes.most_specific([iri("cbec:Entity").value, iri("cbec:Actor").value])
'https://w3id.org/cbec-kg/ontology#Actor'
"""

from collections.abc import Iterable, Mapping

from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import NamedNode, iri
from cbec_kg.store.base import Store

__all__ = ["Classes"]

_BELOW = spell(iri("rdfs:subClassOf"))


class Classes:
    """The classes of a graph: what stands above each."""

    def __init__(self, above: Mapping[str, frozenset[str]]) -> None:
        self.above = above

    @classmethod
    def of(cls, store: Store) -> "Classes":
        """From the graph's ``rdfs:subClassOf``."""
        direct: dict[str, set[str]] = {}
        for lower, upper in store.select(f"SELECT ?lower ?upper {{ ?lower {_BELOW} ?upper }}").rows:
            if isinstance(lower, NamedNode) and isinstance(upper, NamedNode):
                direct.setdefault(lower.value, set()).add(upper.value)
        return cls({one: frozenset(_reached(one, direct)) for one in direct})

    def below(self, top: str) -> list[str]:
        """A class and all below it, sorted."""
        return sorted({top, *(one for one, above in self.above.items() if top in above)})

    def most_specific(self, classes: Iterable[str]) -> str:
        """The one that has the most above it."""
        return min(classes, key=lambda one: (-len(self.above.get(one, ())), one))


def _reached(start: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    left = [start]
    while left:
        fresh = direct.get(left.pop(), set()) - found
        found |= fresh
        left.extend(fresh)
    return found - {start}
