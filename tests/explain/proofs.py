"""What tests of proofs share: small graphs with what follows, and the leaves of a proof as an ontology of their own.

>>> turtle_of([Triple(iri("id:yiwu"), RDF_TYPE, iri("cbec:City"))], []).splitlines()[-1]
'<https://w3id.org/cbec-kg/id/yiwu> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/cbec-kg/ontology#City> .'
"""  # noqa: E501

from collections.abc import Iterable, Iterator

from cbec_kg.explain.axioms import CHAIN, Axiom, Axioms
from cbec_kg.explain.proof import Proof
from cbec_kg.namespaces import GRAPH, expand
from cbec_kg.rdf.terms import RDF_TYPE, BlankNode, NamedNode, Quad, Triple, iri
from cbec_kg.reason.materialise import Index, materialise
from cbec_kg.reason.rules import compile_rules
from cbec_kg.store.embedded import MemoryStore

__all__ = ["axioms_as_triples", "declarations", "leaves", "reasoned", "turtle_of"]


def reasoned(schema: list[Triple], facts: list[Triple]) -> MemoryStore:
    """A graph of an ontology and facts, laid out as a build lays it out, with all that follows."""
    stated = {*schema, *facts}
    inferred = materialise([*schema, *facts], compile_rules(schema), Index()) - stated
    graphs = {"ontology": schema, "entities": facts, "inferred": inferred}
    named = [Quad(*triple, NamedNode(GRAPH + name)) for name, triples in graphs.items() for triple in triples]
    return MemoryStore([*named, *(Quad(*triple) for triple in {*stated, *inferred})])


def leaves(proof: Proof) -> tuple[list[Triple], list[Axiom]]:
    """The stated triples and the axioms that a proof rests on, each once."""
    parts = list(proof.walk())
    facts = dict.fromkeys(part.triple for part in parts if part.step is None)
    axioms = dict.fromkeys(axiom for part in parts if part.step for axiom in part.step.axioms)
    return list(facts), list(axioms)


def axioms_as_triples(axioms: Iterable[Axiom]) -> Iterator[Triple]:
    """Axioms as RDF."""
    for axiom in axioms:
        if axiom.predicate != CHAIN:
            predicate = RDF_TYPE if axiom.predicate == "a" else iri(axiom.predicate)
            yield Triple(axiom.subject, predicate, axiom.objects[0])
            continue
        first, rest = BlankNode(), BlankNode()
        yield Triple(axiom.subject, iri(CHAIN), first)
        for node, item, after in ((first, axiom.objects[0], rest), (rest, axiom.objects[1], iri("rdf:nil"))):
            yield Triple(node, iri("rdf:first"), item)
            yield Triple(node, iri("rdf:rest"), after)


def turtle_of(triples: Iterable[Triple], declared: Iterable[Triple]) -> str:
    """Text of triples, after declarations of what their terms are."""
    return "\n".join(f"{t.subject} <{t.predicate.value}> {t.object} ." for t in (*declared, *triples))


def declarations(facts: Iterable[Triple], axioms: Iterable[Axiom], known: Axioms, goal: Triple) -> set[Triple]:
    """What kind of term each term is, as OWL's readers need it."""
    out: set[Triple] = set()
    for triple in (*facts, goal):
        if triple.predicate == RDF_TYPE:
            out.add(Triple(triple.object, RDF_TYPE, iri("owl:Class")))  # type: ignore[arg-type]
        else:
            out.add(Triple(triple.predicate, RDF_TYPE, _kind(triple.predicate, known)))
    for axiom in axioms:
        if axiom.predicate in ("rdfs:subClassOf", "owl:equivalentClass"):
            out |= {Triple(term, RDF_TYPE, iri("owl:Class")) for term in (axiom.subject, *axiom.objects)}
        elif axiom.predicate in ("rdfs:domain", "rdfs:range"):
            out.add(Triple(axiom.subject, RDF_TYPE, _kind(axiom.subject, known)))
            out.add(Triple(axiom.objects[0], RDF_TYPE, iri("owl:Class")))
        else:
            ends = () if axiom.predicate == "a" else axiom.objects
            out |= {Triple(term, RDF_TYPE, _kind(term, known)) for term in (axiom.subject, *ends)}
    return out


def _kind(prop: NamedNode, known: Axioms) -> NamedNode:
    return NamedNode(expand("owl:DatatypeProperty" if known.is_data(prop) else "owl:ObjectProperty"))
