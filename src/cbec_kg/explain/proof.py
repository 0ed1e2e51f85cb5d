"""Find the shortest proofs of a triple, from what is stated, and never in a circle.

A level at a time, each triple that is inferred is led back by every rule to what it may follow from; a stated one needs
no more. The length of a proof is its number of steps. After a level the shortest proof within what was found is that of
Knuth's generalisation of Dijkstra's algorithm (Information Processing Letters 6, 1977); the search ends where nothing
that lies deeper could be shorter.

>>> from cbec_kg.explain.axioms import Axiom
>>> from cbec_kg.namespaces import GRAPH
>>> from cbec_kg.rdf.terms import RDF_TYPE, Quad, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> yiwu, city, place = iri("id:yiwu"), iri("cbec:City"), iri("cbec:Place")
>>> stated, goal = Triple(yiwu, RDF_TYPE, city), Triple(yiwu, RDF_TYPE, place)
>>> store = MemoryStore([
...     Quad(*stated), Quad(*stated, iri("graph:entities")), Quad(*goal), Quad(*goal, iri("graph:inferred")),
... ])
>>> axioms = Axioms()
>>> axioms.add(Axiom(city, "rdfs:subClassOf", (place,)))
>>> found = prove(goal, axioms, Facts(store))
>>> found.proofs[0].step.rule, found.proofs[0].premises[0].triple == stated, found.bounded
('cax-sco', True, False)
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce

from cbec_kg.explain.axioms import Axiom, Axioms
from cbec_kg.explain.facts import Facts
from cbec_kg.explain.rules import RULES, SCHEMA, schema_path, ways_to
from cbec_kg.rdf.terms import NamedNode, Triple, iri

__all__ = ["Found", "Proof", "Step", "prove"]

_RANK = {rule: rank for rank, rule in enumerate(RULES)}
_NEVER = float("inf")


@dataclass(frozen=True, slots=True)
class Step:
    """One use of a rule: the axioms that it takes from the ontology, and the triples that it takes from the graph."""

    rule: str
    axioms: tuple[Axiom, ...]
    premises: tuple[Triple, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Why a triple holds: it is stated in ``graphs``, or follows by a step from premises with proofs of their own."""

    triple: Triple
    graphs: tuple[str, ...] = ()
    step: Step | None = None
    premises: tuple["Proof", ...] = ()

    @property
    def steps(self) -> int:
        """Number of steps; none of a stated triple."""
        return (self.step is not None) + sum(proof.steps for proof in self.premises)

    def walk(self) -> Iterator["Proof"]:
        """This proof and all within it."""
        yield self
        for proof in self.premises:
            yield from proof.walk()


@dataclass(frozen=True, slots=True)
class Found:
    """Proofs, the shortest first, the last step of each by another rule or axiom.

    ``bounded`` says that not every way was followed, so that a shorter proof may exist, or one at all of a triple that
    ``holds`` and has none here.
    """

    proofs: tuple[Proof, ...]
    bounded: bool = False
    holds: bool = True


@dataclass(slots=True)
class _Search:
    """What has been looked at: the graphs of stated triples, the steps that lead to inferred ones."""

    graphs: dict[Triple, tuple[str, ...]] = field(default_factory=dict)
    steps: dict[Triple, list[Step]] = field(default_factory=dict)
    lengths: dict[Triple, float] = field(default_factory=dict)

    def length(self, step: Step) -> float:
        """Steps of the shortest proof that ends with this one, as far as is known."""
        return 1 + sum(self.lengths.get(premise, _NEVER) for premise in step.premises)

    def settle(self) -> None:
        """Work out the lengths anew, from what is stated upwards."""
        changed = True
        while changed:
            changed = False
            for triple, steps in self.steps.items():
                best = min(map(self.length, steps), default=_NEVER)
                if triple not in self.graphs and best < self.lengths.get(triple, _NEVER):
                    self.lengths[triple] = best
                    changed = True

    def ordered(self, triple: Triple) -> list[Step]:
        """Steps that a proof of a triple may end with, one a rule and axiom, the shortest proof first."""
        usable = [step for step in self.steps.get(triple, ()) if self.length(step) < _NEVER]
        usable.sort(key=lambda step: (self.length(step), _RANK[step.rule], list(map(str, step.premises))))
        best: dict[tuple[str, tuple[Axiom, ...]], Step] = {}
        for step in usable:
            best.setdefault((step.rule, step.axioms), step)
        return list(best.values())

    def proof(self, triple: Triple, step: Step | None = None) -> Proof:
        """The shortest proof of a triple, or the shortest that ends with a step."""
        if step is None and triple in self.graphs:
            return Proof(triple, self.graphs[triple])
        step = step or self.ordered(triple)[0]
        return Proof(triple, (), step, tuple(map(self.proof, step.premises)))


def prove(goal: Triple, axioms: Axioms, facts: Facts, *, ways: int = 1, most: int = 2_000) -> Found:
    """Proofs of a triple that the graph holds, at most ``ways``.

    ``most`` bounds how many triples are looked at. That a triple is stated counts as the first proof.
    """
    search = _Search()
    stated = facts.stated([goal])
    search.graphs |= stated
    search.lengths |= dict.fromkeys(stated, 0)
    if goal in stated and ways == 1:
        return Found((Proof(goal, stated[goal]),))
    if goal not in stated and not facts.holding([goal]):
        by_axioms = _of_schema(goal, axioms)
        return Found(by_axioms, holds=bool(by_axioms))
    bounded = _spread(goal, axioms, facts, search, ways - len(stated), most)
    proofs = [search.proof(goal)] if goal in stated else []
    for step in search.ordered(goal):
        if len(proofs) == ways:
            break
        proof = search.proof(goal, step)
        if all(part.triple != goal for premise in proof.premises for part in premise.walk()):
            proofs.append(proof)
    return Found(tuple(proofs), bounded or (facts.cut and any(proof.steps > 1 for proof in proofs)))


def _spread(goal: Triple, axioms: Axioms, facts: Facts, search: _Search, ways: int, most: int) -> bool:
    """Look at what a triple may follow from, level by level, until its ``ways`` shortest proofs are known.

    Says whether the bound ended it.
    """
    level, depth = [goal], 0
    while level:
        deeper: dict[Triple, None] = {}
        for triple in level:
            search.steps[triple] = [
                Step(way.rule, way.axioms, premises)
                for way in ways_to(triple, axioms)
                for premises in facts.fitting(way.patterns)
                if triple not in premises
            ]
            deeper.update(dict.fromkeys(one for step in search.steps[triple] for one in step.premises))
        unseen = [one for one in deeper if one not in search.graphs and one not in search.steps]
        stated = facts.stated(unseen)
        search.graphs |= stated
        search.lengths |= dict.fromkeys(stated, 0)
        search.settle()
        level = [one for one in unseen if one not in stated]
        # A proof through the next level has a step for each level above it, and one for its own triple.
        lengths = [search.length(step) for step in search.ordered(goal)[:ways]]
        if len(lengths) == ways and lengths[-1] <= depth + 2:
            return False
        if len(search.graphs) + len(search.steps) > most:
            return True
        depth += 1
    return False


def _of_schema(goal: Triple, axioms: Axioms) -> tuple[Proof, ...]:
    """The proof that a class or property is above another, by the axioms between them."""
    path = schema_path(goal, axioms)
    if not path:
        return ()
    rule, equal, by_equality = SCHEMA[goal.predicate]
    graphs = (iri("graph:ontology").value,)

    def edge(below: NamedNode, axiom: Axiom) -> Proof:
        above = axiom.objects[0] if axiom.subject == below else axiom.subject
        triple = Triple(below, goal.predicate, above)
        return Proof(triple, (), Step(by_equality, (axiom,), ())) if axiom.predicate == equal else Proof(triple, graphs)

    def joined(proof: Proof, axiom: Axiom) -> Proof:
        assert isinstance(proof.triple.object, NamedNode)
        last = edge(proof.triple.object, axiom)
        whole = Triple(proof.triple.subject, goal.predicate, last.triple.object)
        return Proof(whole, (), Step(rule, (), (proof.triple, last.triple)), (proof, last))

    assert isinstance(goal.subject, NamedNode)
    return (reduce(joined, path[1:], edge(goal.subject, path[0])),)
