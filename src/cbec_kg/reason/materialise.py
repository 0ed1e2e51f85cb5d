"""Infer what new triples entail, beside what a graph already holds.

The work is that of the new triples: each is looked at once, and joins ask the graph for its neighbours only. A whole
build is the case in which everything is new.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> from cbec_kg.reason.rules import compile_rules
>>> rules = compile_rules([Triple(iri("cbec:City"), iri("rdfs:subClassOf"), iri("cbec:Place"))])
>>> yiwu = Triple(iri("id:yiwu"), iri("rdf:type"), iri("cbec:City"))
>>> sorted(str(t.object) for t in materialise([yiwu], rules, Index()))
['<https://w3id.org/cbec-kg/ontology#Place>']
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from cbec_kg.rdf.terms import Literal, NamedNode, Subject, Term, Triple, iri
from cbec_kg.reason.rules import Rules

__all__ = ["Clash", "Index", "Known", "clashes", "consequences", "materialise"]

_TYPE = iri("rdf:type")
Clash = tuple[Subject, NamedNode, NamedNode]


class Known(Protocol):
    """What the engine asks of the graph that is there already."""

    def __contains__(self, triple: Triple) -> bool:
        """Whether the graph holds a triple."""

    def objects(self, subject: Term, predicate: NamedNode) -> Iterable[Term]:
        """Objects of a subject and predicate; those of a hub are many, so they may come one by one."""

    def subjects(self, predicate: NamedNode, object_: Term) -> Iterable[Term]:
        """Subjects of a predicate and object, one by one as well."""


class Index:
    """A graph in memory, by subject and by object."""

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._triples: set[Triple] = set()
        self._objects: dict[tuple[Term, NamedNode], list[Term]] = defaultdict(list)
        self._subjects: dict[tuple[NamedNode, Term], list[Term]] = defaultdict(list)
        for triple in triples:
            self.add(triple)

    def __contains__(self, triple: Triple) -> bool:
        return triple in self._triples

    def add(self, triple: Triple) -> bool:
        """Add a triple; False where it was there."""
        if triple in self._triples:
            return False
        self._triples.add(triple)
        s, p, o = triple.subject, triple.predicate, triple.object
        self._objects[s, p].append(o)
        self._subjects[p, o].append(s)
        return True

    def triples(self) -> frozenset[Triple]:
        """Everything it holds."""
        return frozenset(self._triples)

    def objects(self, subject: Term, predicate: NamedNode) -> Collection[Term]:
        """Objects of a subject and predicate."""
        return tuple(self._objects.get((subject, predicate), ()))

    def subjects(self, predicate: NamedNode, object_: Term) -> Collection[Term]:
        """Subjects of a predicate and object."""
        return tuple(self._subjects.get((predicate, object_), ()))


def materialise(new: Iterable[Triple], rules: Rules, known: Known) -> set[Triple]:
    """Triples entailed by ``new`` together with ``known`` that neither holds.

    ``known`` is taken to be closed under the rules already.
    """
    stated = list(dict.fromkeys(new))
    fresh = Index(stated)
    inferred: set[Triple] = set()
    todo = list(stated)
    while todo:
        for triple in consequences(todo.pop(), rules, fresh, known):
            if triple not in known and fresh.add(triple):
                inferred.add(triple)
                todo.append(triple)
    return inferred


def consequences(triple: Triple, rules: Rules, fresh: Known, known: Known) -> Iterator[Triple]:
    """Triples that one step leads to from a triple, with the triples of two graphs for joins."""
    s, p, o = triple.subject, triple.predicate, triple.object
    if p == _TYPE:
        for cls in rules.classes_above(o):
            yield Triple(s, _TYPE, cls)
        return
    for cls in rules.subject_types.get(p, ()):
        yield Triple(s, _TYPE, cls)
    for prop in rules.super_properties.get(p, ()):
        yield Triple(s, prop, o)
    if isinstance(o, Literal):
        return
    for cls in rules.object_types.get(p, ()):
        yield Triple(o, _TYPE, cls)
    for prop in rules.inverses.get(p, ()):
        yield Triple(o, prop, s)
    if p in rules.transitive:
        yield from _join(s, p, o, p, p, fresh, known, forward=True)
        yield from _join(s, p, o, p, p, fresh, known, forward=False)
    for second, target in rules.chains_from_first.get(p, ()):
        yield from _join(s, p, o, second, target, fresh, known, forward=True)
    for first, target in rules.chains_from_second.get(p, ()):
        yield from _join(s, p, o, first, target, fresh, known, forward=False)


def _join(
    s: Subject,
    p: NamedNode,
    o: Subject,
    other: NamedNode,
    target: NamedNode,
    fresh: Known,
    known: Known,
    *,
    forward: bool,
) -> Iterator[Triple]:
    """Triples of a chain of two steps, one of which is ``s p o``."""
    for graph in (fresh, known):
        if forward:
            for end in graph.objects(o, other):
                yield Triple(s, target, end)
        else:
            for start in graph.subjects(other, s):
                if not isinstance(start, Literal):
                    yield Triple(start, target, o)


def clashes(triples: Iterable[Triple], rules: Rules) -> list[Clash]:
    """Individuals that belong to two disjoint classes, sorted; ``triples`` must be closed under the rules."""
    types: dict[Subject, set[Term]] = defaultdict(set)
    for triple in triples:
        if triple.predicate == _TYPE:
            types[triple.subject].add(triple.object)
    found = []
    for subject, classes in types.items():
        for pair in rules.disjoint:
            if pair <= classes:
                a, b = sorted(pair, key=str)
                found.append((subject, a, b))
    return sorted(found, key=str)
