"""Keep what is inferred in step with what is asserted, when some of it goes and some comes.

What may have rested on what goes is taken away, what still follows from the rest is put back, and what follows from the
new is added (delete and rederive: Gupta, Mumick and Subrahmanian, SIGMOD 1993). The work is that of the change: the
graph is only asked for neighbours, and whether a triple is there.

>>> from cbec_kg.rdf.terms import Triple, iri
>>> from cbec_kg.reason.materialise import Index
>>> from cbec_kg.reason.rules import compile_rules
>>> rules = compile_rules([Triple(iri("cbec:City"), iri("rdfs:subClassOf"), iri("cbec:Place"))])
>>> city, place = (Triple(iri("id:yiwu"), iri("rdf:type"), iri(name)) for name in ("cbec:City", "cbec:Place"))
>>> change = maintain(gone=[city], new=[], rules=Backward.of(rules), graph=Index([city, place]), asserted=Index())
>>> change.gone == {place}, change.new
(True, set())
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from cbec_kg.rdf.terms import Literal, NamedNode, Term, Triple, iri
from cbec_kg.reason.materialise import Index, Known, consequences, materialise
from cbec_kg.reason.rules import Rules

__all__ = ["Backward", "Change", "maintain"]

K = TypeVar("K")
V = TypeVar("V")
_TYPE = iri("rdf:type")


@dataclass(frozen=True, slots=True)
class Change:
    """Triples that are inferred no longer, and those that are inferred now and were not."""

    gone: set[Triple]
    new: set[Triple]


@dataclass(frozen=True, slots=True)
class Backward:
    """Rules with the tables that lead from a consequence back to what it may follow from.

    ``sub_classes`` and ``sub_properties`` are what stands below a class or property; ``by_subject`` and ``by_object``
    the properties whose domain or range gives a class; ``chains`` the pairs of properties that give one.
    """

    forward: Rules
    sub_classes: dict[Term, tuple[Term, ...]]
    sub_properties: dict[NamedNode, tuple[NamedNode, ...]]
    by_subject: dict[Term, tuple[NamedNode, ...]]
    by_object: dict[Term, tuple[NamedNode, ...]]
    chains: dict[NamedNode, tuple[tuple[NamedNode, NamedNode], ...]]

    @classmethod
    def of(cls, rules: Rules) -> "Backward":
        """Backward tables of rules."""
        chains = defaultdict(list)
        for first, others in rules.chains_from_first.items():
            for second, target in others:
                chains[target].append((first, second))
        return cls(
            rules, _turned(rules.super_classes), _turned(rules.super_properties), _turned(rules.subject_types),
            _turned(rules.object_types), {target: tuple(pairs) for target, pairs in chains.items()},
        )  # fmt: skip


def _turned(table: Mapping[K, frozenset[V]]) -> dict[V, tuple[K, ...]]:
    out: dict[V, list[K]] = defaultdict(list)
    for key, values in table.items():
        for value in values:
            out[value].append(key)
    return {value: tuple(keys) for value, keys in out.items()}


@dataclass(slots=True)
class _View:
    """A graph as it is while it changes: without what is taken away, with what is added."""

    graph: Known
    minus: set[Triple] = field(default_factory=set)
    plus: Index = field(default_factory=Index)

    def __contains__(self, triple: Triple) -> bool:
        return triple in self.plus or (triple not in self.minus and triple in self.graph)

    def leads_from(self, subject: Term, predicate: NamedNode) -> bool:
        """Whether a subject has a predicate."""
        return next(self.objects(subject, predicate), None) is not None

    def leads_to(self, predicate: NamedNode, object_: Term) -> bool:
        """Whether a predicate has an object."""
        return next(self.subjects(predicate, object_), None) is not None

    def objects(self, subject: Term, predicate: NamedNode) -> Iterator[Term]:
        yield from self.plus.objects(subject, predicate)
        for one in self.graph.objects(subject, predicate):
            if not isinstance(subject, Literal) and Triple(subject, predicate, one) not in self.minus:
                yield one

    def subjects(self, predicate: NamedNode, object_: Term) -> Iterator[Term]:
        yield from self.plus.subjects(predicate, object_)
        for one in self.graph.subjects(predicate, object_):
            if not isinstance(one, Literal) and Triple(one, predicate, object_) not in self.minus:
                yield one


def maintain(
    gone: Iterable[Triple], new: Iterable[Triple], rules: Backward, graph: Known, asserted: Container[Triple]
) -> Change:
    """Change of what is inferred when ``gone`` are asserted no longer and ``new`` are.

    ``gone`` were asserted before and are not after, ``new`` the other way round. ``graph`` holds everything as it was,
    closed under the rules; ``asserted`` knows of a triple whether it is asserted after the change.
    """
    lost, fresh = list(dict.fromkeys(gone)), list(dict.fromkeys(new))
    view = _View(graph)
    doubtful = _doubtful(lost, rules.forward, view, asserted)
    taken = {*lost, *doubtful}
    view.minus |= taken
    back = _rederived(taken, rules, view)
    found = materialise((triple for triple in fresh if triple not in view), rules.forward, view)
    return Change(
        gone=(doubtful - back - found) | {triple for triple in fresh if triple in graph},
        new=((back & set(lost)) | (found - doubtful)) - set(fresh),
    )


def _doubtful(lost: list[Triple], rules: Rules, view: _View, asserted: Container[Triple]) -> set[Triple]:
    """Inferred triples that may have rested on what is lost."""
    seen = set(lost)
    todo = list(lost)
    while todo:
        for triple in consequences(todo.pop(), rules, Index(), view):
            if triple not in seen and triple in view and triple not in asserted:
                seen.add(triple)
                todo.append(triple)
    return seen.difference(lost)


def _rederived(taken: set[Triple], rules: Backward, view: _View) -> set[Triple]:
    """Triples that follow from what is left, put back into the view."""
    back: set[Triple] = set()
    waiting, more = set(taken), True
    while more:
        found = {triple for triple in waiting if _follows(triple, rules, view)}
        for triple in found:
            view.plus.add(triple)
        back |= found
        waiting -= found
        more = bool(found)
    return back


def _follows(triple: Triple, rules: Backward, view: _View) -> bool:
    """Whether one step leads from what the view holds to a triple."""
    s, p, o = triple.subject, triple.predicate, triple.object
    if p == _TYPE:
        return (
            any(Triple(s, _TYPE, cls) in view for cls in rules.sub_classes.get(o, ()) if cls != o)
            or any(view.leads_from(s, prop) for prop in rules.by_subject.get(o, ()))
            or any(view.leads_to(prop, s) for prop in rules.by_object.get(o, ()))
        )
    if any(Triple(s, prop, o) in view for prop in rules.sub_properties.get(p, ()) if prop != p):
        return True
    if isinstance(o, Literal):
        return False
    if any(Triple(o, prop, s) in view for prop in rules.forward.inverses.get(p, ())):
        return True
    steps = [*rules.chains.get(p, ()), *([(p, p)] if p in rules.forward.transitive else [])]
    return any(
        Triple(middle, second, o) in view
        for first, second in steps
        for middle in view.objects(s, first)
        if not isinstance(middle, Literal)
    )
