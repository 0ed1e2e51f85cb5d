"""Terms of other vocabularies: each is one that its vocabulary defines, by the lists that rdflib carries.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> a, prop = iri("rdf:type"), iri("owl:AnnotationProperty")
>>> unknown([Triple(iri("skos:altLabel"), a, prop), Triple(iri("skos:otherLabel"), a, prop)])
['http://www.w3.org/2004/02/skos/core#otherLabel']
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from cbec_kg.namespaces import expand
from cbec_kg.rdf.terms import NamedNode, Triple

__all__ = ["foreign", "unknown"]

_TYPE = expand("rdf:type")
_DECLARES = frozenset(
    map(expand, ("owl:Class", "owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty", "rdfs:Datatype"))
)


@cache
def _lists() -> tuple[tuple[str, Any], ...]:
    """Namespaces of which rdflib has every term, each with its list."""
    from rdflib import namespace

    every = (getattr(namespace, name) for name in namespace.__all__)
    kind = type(namespace.SKOS)
    closed = [one for one in every if isinstance(one, kind) and one is not namespace.DefinedNamespace]
    return tuple((str(one), one) for one in closed)


def foreign(triples: Iterable[Triple]) -> list[str]:
    """IRIs of declared terms that lie in a namespace of which rdflib has every term, sorted."""
    bases = tuple(base for base, _ in _lists())
    declared = {
        triple.subject.value
        for triple in triples
        if triple.predicate.value == _TYPE
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
        and triple.object.value in _DECLARES
    }
    return sorted(name for name in declared if name.startswith(bases))


def unknown(triples: Iterable[Triple]) -> list[str]:
    """Of those, the ones that their vocabulary does not define."""
    wrong = []
    for name in foreign(triples):
        base, terms = max((pair for pair in _lists() if name.startswith(pair[0])), key=lambda pair: len(pair[0]))
        if name[len(base) :] not in terms:
            wrong.append(name)
    return wrong
