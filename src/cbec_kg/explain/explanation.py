"""Explain a triple: proofs with the origin of all that is stated, or what holds nearby.

>>> from cbec_kg.rdf.terms import RDF_TYPE, Quad, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> yiwu = Triple(iri("id:yiwu"), RDF_TYPE, iri("cbec:City"))
>>> found = explain(MemoryStore([Quad(*yiwu), Quad(*yiwu, iri("graph:entities"))]), yiwu)
>>> found.holds, found.proofs[0].origin.rule
(True, 'written')
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cbec_kg.errors import StoreError
from cbec_kg.explain.axioms import Axiom, read_axioms
from cbec_kg.explain.claimed import Claim, read_claims
from cbec_kg.explain.facts import Facts
from cbec_kg.explain.near import Near, nearest
from cbec_kg.explain.origin import Origin, origin
from cbec_kg.explain.proof import Proof, prove
from cbec_kg.rdf.terms import Triple, iri
from cbec_kg.store.base import Store

__all__ = ["Explanation", "Reason", "explain"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one triple holds.

    A stated one has ``graphs``, an ``origin`` and, where claims stand behind it, ``claims``; what the project made of
    claims has as ``premises`` what it was made from. An inferred one has ``rule``, ``axioms`` and ``premises``.
    """

    triple: Triple
    graphs: tuple[str, ...] = ()
    origin: Origin | None = None
    claims: tuple[Claim, ...] = ()
    rule: str | None = None
    axioms: tuple[Axiom, ...] = ()
    premises: tuple["Reason", ...] = ()

    def walk(self) -> Iterator["Reason"]:
        """This reason and all within it."""
        yield self
        for reason in self.premises:
            yield from reason.walk()


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is known of a triple: whether it ``holds``, its ``proofs``, the shortest first, or else what is ``near``.

    ``steps`` are the lengths of the proofs; ``bounded`` says that not every way was followed, so that a shorter proof
    may exist; ``reasoned`` that the graph holds what follows by reasoning, so that what does not hold does not follow.
    """

    triple: Triple
    holds: bool
    proofs: tuple[Reason, ...]
    steps: tuple[int, ...]
    bounded: bool
    near: tuple[Near, ...]
    reasoned: bool = True


def explain(store: Store, triple: Triple, *, lang: str = "en", ways: int = 1, most: int = 2_000) -> Explanation:
    """Why a triple holds in a graph, in at most ``ways`` ways.

    ``lang`` is the language of claims' labels, ``most`` bounds the triples that are looked at. Raises `StoreError`
    where the graph does not say where its triples come from, and what the store raises.
    """
    found = prove(triple, read_axioms(store), Facts(store), ways=ways, most=most)
    graphs = [] if found.proofs else list(store.graphs())
    if not found.proofs and not graphs:
        raise StoreError(
            "the graph has no named graphs, which say where a triple comes from",
            fix="`cbec-kg build` makes one that has, and `cbec-kg push` loads it with them",
        )
    if not found.holds:
        near, reasoned = tuple(nearest(store, triple)), iri("graph:inferred").value in graphs
        return Explanation(triple, False, (), (), found.bounded, near, reasoned)
    reasons = tuple(_reason(store, proof, lang) for proof in found.proofs)
    return Explanation(triple, True, reasons, tuple(proof.steps for proof in found.proofs), found.bounded, ())


def _reason(store: Store, proof: Proof, lang: str) -> Reason:
    if proof.step is not None:
        premises = tuple(_reason(store, premise, lang) for premise in proof.premises)
        return Reason(proof.triple, rule=proof.step.rule, axioms=proof.step.axioms, premises=premises)
    came = origin(store, proof.triple, proof.graphs)
    claims = read_claims(store, came.claims, lang)
    own = [
        replace(claim, places=places)
        for claim in claims
        if (places := tuple(place for place in claim.places if place.evidence == str(_value(proof.triple))))
    ]
    stated = Facts(store).stated(came.premises)
    premises = tuple(Reason(one, stated.get(one, ()), Origin("article")) for one in came.premises)
    return Reason(proof.triple, proof.graphs, came, tuple(own) or claims, premises=premises)


def _value(triple: Triple) -> str:
    return getattr(triple.subject, "value", "")
