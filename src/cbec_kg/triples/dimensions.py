"""Dimensions of a series as triples: what series, observations and findings have in common.

>>> from cbec_kg.ontology.vocabulary import Term, Vocabulary
>>> codes = {("indicators", "i"): "voc:i", ("sectors", "all"): "voc:sector-all", ("partners", "all"): "voc:partner-all",
...          ("flows", "none"): "voc:flow-none", ("scopes", "none"): "voc:scope-none"}
>>> coded = {key: Term(iri(name).value, key[1], key[0], (), {}) for key, name in codes.items()}
>>> node, slots = iri("series:s"), Slots("i", "china", "all", "all", "none", "none")
>>> found = dimension_triples(node, slots, Vocabulary({}, coded, {}, {}, {}), lambda code: iri(f"id:{code}"))
>>> [str(triple.predicate.value).rsplit("#")[-1] for triple in found]
['indicator', 'measuredEntity', 'partner', 'sector', 'flow', 'scope']
"""

from collections.abc import Callable, Iterator

from cbec_kg.model.slots import Slots
from cbec_kg.ontology.vocabulary import Vocabulary
from cbec_kg.rdf.terms import NamedNode, Triple, iri

__all__ = ["dimension_triples"]


def dimension_triples(
    node: NamedNode, slots: Slots, vocabulary: Vocabulary, thing: Callable[[str], NamedNode]
) -> Iterator[Triple]:
    """Every dimension of a node; ``thing`` gives the nodes of entities, which need not be in the vocabulary.

    Raises `OntologyError` where a code of a list is unknown.
    """

    def code(scheme: str, value: str) -> NamedNode:
        return NamedNode(vocabulary.code(scheme, value).iri)

    yield Triple(node, iri("cbec:indicator"), code("indicators", slots.indicator))
    yield Triple(node, iri("cbec:measuredEntity"), thing(slots.entity))
    partner = code("partners", "all") if slots.partner == "all" else thing(slots.partner)
    yield Triple(node, iri("cbec:partner"), partner)
    yield Triple(node, iri("cbec:sector"), code("sectors", slots.sector))
    yield Triple(node, iri("cbec:flow"), code("flows", slots.flow))
    yield Triple(node, iri("cbec:scope"), code("scopes", slots.scope))
    if slots.market:
        yield Triple(node, iri("cbec:market"), thing(slots.market))
    if slots.channel:
        yield Triple(node, iri("cbec:channel"), thing(slots.channel))
