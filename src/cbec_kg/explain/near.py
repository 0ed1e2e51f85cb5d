"""What does hold, near to a triple that does not.

>>> from cbec_kg.rdf.terms import Quad
>>> from cbec_kg.store.embedded import MemoryStore
>>> yiwu, near, zhejiang = iri("id:yiwu"), iri("cbec:locatedIn"), iri("id:zhejiang")
>>> store = MemoryStore([Quad(yiwu, near, zhejiang)])
>>> [one.kind for one in nearest(store, Triple(zhejiang, near, yiwu))]
['turned']
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cbec_kg.namespaces import PREFIXES
from cbec_kg.query.saved import Bilingual
from cbec_kg.query.spell import spell
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Term, Triple, iri
from cbec_kg.store.base import Store

__all__ = ["NEAR", "Near", "nearest"]

NEAR: dict[str, Bilingual] = {
    "claimed": Bilingual("an article claims it, but not as a fact", "有文章提及，但并非既成事实"),
    "disjoint": Bilingual("it cannot hold: the two classes have no member in common", "不可能成立：两个类没有共同成员"),
    "turned": Bilingual("the other way round, it holds", "反过来成立"),
    "between": Bilingual("between the two, this holds", "两者之间成立的有"),
    "onward": Bilingual("of the first, this holds", "以前者为主体，成立的有"),
    "backward": Bilingual("with the second, this holds", "以后者为客体，成立的有"),
}
"""In what way something is near; what stands first is nearest."""
_MOST = 3


@dataclass(frozen=True, slots=True)
class Near:
    """A triple that holds and resembles the one asked for; of ``claimed`` it leads from the claim to its status."""

    kind: str
    triple: Triple


def nearest(store: Store, triple: Triple) -> list[Near]:
    """The nearest that holds, at most three triples a kind; nothing where the graph knows neither end."""
    return [near for near in _near(store, triple) if near.triple != triple]


def _near(store: Store, triple: Triple) -> Iterator[Near]:
    s, p, o = triple.subject, triple.predicate, triple.object
    first, prop, second = spell(s), spell(p), spell(o)
    status = iri("cbec:status")
    actual = spell(iri("voc:status-actual"))
    for claim, value in _pairs(store, f"{_claiming(p, first, second)} ; {spell(status)} ?y FILTER(?y != {actual})"):
        yield Near("claimed", Triple(claim, status, value))
    if p == RDF_TYPE and isinstance(o, NamedNode):
        yield from _classes(store, s, o)
        return
    if isinstance(o, NamedNode):
        for _ in _pairs(store, f"{second} {prop} {first} BIND({first} AS ?x) BIND({first} AS ?y)"):
            yield Near("turned", Triple(o, p, s))
        for relation, _ in _pairs(store, f"{first} ?x {second} BIND(?x AS ?y)"):
            yield Near("between", Triple(s, relation, o))
    for _, value in _pairs(store, f"{first} {prop} ?y BIND({first} AS ?x)"):
        yield Near("onward", Triple(s, p, value))
    if isinstance(o, NamedNode):
        for thing, _ in _pairs(store, f"?x {prop} {second} BIND({second} AS ?y)"):
            yield Near("backward", Triple(thing, p, o))


def _claiming(p: NamedNode, first: str, second: str) -> str:
    """Pattern of the claims that say a triple."""
    if p in map(iri, ("cbec:affects", "cbec:drives", "cbec:curbs")):
        return f"?x {spell(iri('cbec:factor'))} {first} ; {spell(iri('cbec:outcome'))} {second}"
    said = f"{spell(iri('cbec:predicate'))} {spell(p)}"
    return f"?x {spell(iri('cbec:subject'))} {first} ; {said} ; {spell(iri('cbec:object'))} {second}"


def _classes(store: Store, thing: Term, cls: NamedNode) -> Iterator[Near]:
    """The classes of a thing: those that exclude the one asked for, and the lowest of all."""
    own, type_, below = spell(thing), spell(RDF_TYPE), spell(iri("rdfs:subClassOf"))
    pair = f"{{ ?x {spell(iri('owl:disjointWith'))} ?y }} UNION {{ ?y {spell(iri('owl:disjointWith'))} ?x }} UNION {{ "
    pair += (
        f"?all {spell(iri('owl:members'))}/{spell(iri('rdf:rest'))}*/{spell(iri('rdf:first'))} ?x . "
        f"?all {spell(iri('owl:members'))}/{spell(iri('rdf:rest'))}*/{spell(iri('rdf:first'))} ?y }}"
    )
    where = f"{own} {type_} ?x . {spell(cls)} {below}* ?y . {pair} FILTER(?x != ?y)"
    for known, _ in _pairs(store, where, most=1):
        yield Near("disjoint", Triple(thing, RDF_TYPE, known))  # type: ignore[arg-type]
    lowest = (
        f"{own} {type_} ?x BIND(?x AS ?y) FILTER NOT EXISTS {{ {own} {type_} ?lower . ?lower {below} ?x }} "
        f"FILTER(!STRSTARTS(STR(?x), '{PREFIXES['owl']}'))"
    )
    for known, _ in _pairs(store, lowest):
        yield Near("onward", Triple(thing, RDF_TYPE, known))  # type: ignore[arg-type]


def _pairs(store: Store, where: str, most: int = _MOST) -> list[tuple[NamedNode, Term]]:
    """Values of ``?x`` and ``?y``, the first ones."""
    rows = store.select(f"SELECT DISTINCT ?x ?y {{ {where} }} ORDER BY ?x ?y LIMIT {most}").rows
    return [(row[0], row[1]) for row in rows if isinstance(row[0], NamedNode) and row[1] is not None]
