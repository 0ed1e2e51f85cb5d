"""What a search for proofs asks of the graph: whether triples hold, which are stated, and what fits a pattern.

>>> from cbec_kg.explain.rules import Pattern
>>> from cbec_kg.rdf.terms import Quad, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> a, b, near = iri("id:yiwu"), iri("id:zhejiang"), iri("cbec:locatedIn")
>>> facts = Facts(MemoryStore([Quad(a, near, b), Quad(a, near, b, NamedNode(GRAPH + "entities"))]))
>>> list(facts.stated([Triple(a, near, b), Triple(b, near, a)]).values())
[('https://w3id.org/cbec-kg/graph/entities',)]
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from cbec_kg.explain.rules import Pattern
from cbec_kg.namespaces import GRAPH
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import Literal, NamedNode, Term, Triple
from cbec_kg.store.base import Store

__all__ = ["Facts"]

_INFERRED = GRAPH + "inferred"
_ALL = GRAPH + "all"
"""The default graph under a name, on servers that have none; it says nothing of where a triple comes from."""
_AT_ONCE = 100


@dataclass(slots=True)
class Facts:
    """One graph; ``most`` is how many triples that fit one pattern are looked at, ``cut`` whether there were more."""

    store: Store
    most: int = 200
    cut: bool = field(default=False, init=False)

    def holding(self, triples: Iterable[Triple]) -> set[Triple]:
        """Those that the graph holds."""
        return {triple for triple, _ in self._among(triples, "FILTER EXISTS { ?s ?p ?o }", "")}

    def stated(self, triples: Iterable[Triple]) -> dict[Triple, tuple[str, ...]]:
        """Those that are stated, each with the named graphs that state it, sorted."""
        out: dict[Triple, tuple[str, ...]] = {}
        for triple, graph in self._among(triples, "GRAPH ?g { ?s ?p ?o }", "?g"):
            if graph not in (_INFERRED, _ALL):
                out[triple] = (*out.get(triple, ()), graph)
        return {triple: tuple(sorted(set(graphs))) for triple, graphs in out.items()}

    def fitting(self, patterns: tuple[Pattern, ...]) -> list[tuple[Triple, ...]]:
        """Triples that fit all patterns at once; of a single open one, the stated alone where there are any."""
        if all(pattern.subject and pattern.object is not None for pattern in patterns):
            triples = tuple(_filled(pattern, None) for pattern in patterns)
            return [triples] if self.holding(triples) == set(triples) else []
        where = " . ".join(f"{_end(p.subject)} {spell(p.predicate)} {_end(p.object)}" for p in patterns)
        if len(patterns) == 1:
            stated = f"{where} FILTER NOT EXISTS {{ GRAPH {spell(NamedNode(_INFERRED))} {{ {where} }} }}"
            if found := self._found(patterns, stated):
                return found[: self.most]
        found = self._found(patterns, where)
        self.cut |= len(found) > self.most
        return found[: self.most]

    def _found(self, patterns: tuple[Pattern, ...], where: str) -> list[tuple[Triple, ...]]:
        rows = self.store.select(
            f"SELECT DISTINCT ?m {{ {where} FILTER(!isBlank(?m)) }} ORDER BY ?m LIMIT {self.most + 1}"
        ).rows
        return [tuple(_filled(pattern, row[0]) for pattern in patterns) for row in rows if row[0] is not None]

    def _among(self, triples: Iterable[Triple], pattern: str, graph: str) -> Iterator[tuple[Triple, str]]:
        waiting = iter(dict.fromkeys(triples))
        while some := list(islice(waiting, _AT_ONCE)):
            # By number, for servers may write a literal otherwise than it is asked for. A UNION, for each part to be
            # looked up by its terms: a join with VALUES may read the whole graph.
            parts = " UNION ".join(
                f"{{ {_concrete(triple, pattern)} BIND({number} AS ?n) }}" for number, triple in enumerate(some)
            )
            for row in self.store.select(f"SELECT ?n {graph} {{ {parts} }}").rows:
                if isinstance(row[0], Literal):
                    yield some[int(row[0].value)], row[1].value if graph and isinstance(row[1], NamedNode) else ""


def _concrete(triple: Triple, pattern: str) -> str:
    written = f"{spell(triple.subject)} {spell(triple.predicate)} {spell(triple.object)}"
    return pattern.replace("?s ?p ?o", written)


def _end(term: Term | None) -> str:
    return "?m" if term is None else spell(term)


def _filled(pattern: Pattern, value: Term | None) -> Triple:
    """The triple that a pattern is with a term at its open end; a join goes on from named things only."""
    subject, object_ = pattern.subject or value, pattern.object or value
    assert isinstance(subject, NamedNode)
    assert object_ is not None
    return Triple(subject, pattern.predicate, object_)
