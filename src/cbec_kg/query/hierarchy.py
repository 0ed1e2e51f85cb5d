"""Which classes and properties of a graph stand above and below which.

>>> from cbec_kg.rdf.terms import Quad
>>> from cbec_kg.store.embedded import MemoryStore
>>> below = iri("rdfs:subClassOf")
>>> hierarchy = Hierarchy.of(MemoryStore([
...     Quad(iri("cbec:Platform"), below, iri("cbec:Actor")), Quad(iri("cbec:Actor"), below, iri("cbec:Entity")),
...     Quad(iri("cbec:drives"), iri("rdfs:subPropertyOf"), iri("cbec:affects")),
... ]))
>>> hierarchy.below(iri("cbec:Actor").value)
['https://w3id.org/cbec-kg/ontology#Actor', 'https://w3id.org/cbec-kg/ontology#Platform']
>>> hierarchy.most_specific([iri("cbec:Entity").value, iri("cbec:Actor").value])
'https://w3id.org/cbec-kg/ontology#Actor'
>>> hierarchy.above[iri("cbec:drives").value] == {iri("cbec:affects").value}
True
"""

from collections.abc import Iterable, Mapping

from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import NamedNode, iri
from cbec_kg.store.base import Store

__all__ = ["Hierarchy"]


class Hierarchy:
    """Classes and properties: ``above`` has all that stand above each, step by step, without itself.

    Stores differ in the paths that they follow from two open ends, so steps are read, and followed here.
    """

    def __init__(self, above: Mapping[str, frozenset[str]]) -> None:
        self.above = above

    @classmethod
    def of(cls, store: Store) -> "Hierarchy":
        """From the graph's ``rdfs:subClassOf`` and ``rdfs:subPropertyOf``."""
        direct: dict[str, set[str]] = {}
        for below in ("rdfs:subClassOf", "rdfs:subPropertyOf"):
            for lower, upper in store.select(f"SELECT ?lower ?upper {{ ?lower {spell(iri(below))} ?upper }}").rows:
                if isinstance(lower, NamedNode) and isinstance(upper, NamedNode):
                    direct.setdefault(lower.value, set()).add(upper.value)
        return cls({one: frozenset(_reached(one, direct)) for one in direct})

    def below(self, top: str) -> list[str]:
        """A class or property and all below it, sorted."""
        return sorted({top, *(one for one, above in self.above.items() if top in above)})

    def most_specific(self, some: Iterable[str]) -> str:
        """The one that has the most above it."""
        return min(some, key=lambda one: (-len(self.above.get(one, ())), one))


def _reached(start: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    left = [start]
    while left:
        fresh = direct.get(left.pop(), set()) - found
        found |= fresh
        left.extend(fresh)
    return found - {start}
