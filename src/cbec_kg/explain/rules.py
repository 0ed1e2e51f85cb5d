"""The rules of OWL 2 RL backwards: from what is to be shown to what it may follow from.

Names and meaning are those of the W3C's tables (OWL 2 Web Ontology Language Profiles, second edition, section 4.3); the
rules are those that the ontology's constructs need, the same that `cbec_kg.reason` runs forwards.

>>> city = Axiom(iri("cbec:City"), "rdfs:subClassOf", (iri("cbec:Place"),))
>>> axioms = Axioms()
>>> axioms.add(city)
>>> [(way.rule, str(way.axioms[0])) for way in ways_to(Triple(iri("id:yiwu"), RDF_TYPE, iri("cbec:Place")), axioms)]
[('cax-sco', 'cbec:City rdfs:subClassOf cbec:Place')]
"""

from collections.abc import Iterator
from dataclasses import dataclass

from cbec_kg.explain.axioms import CHAIN, Axiom, Axioms
from cbec_kg.query.saved import Bilingual
from cbec_kg.rdf.terms import RDF_TYPE, NamedNode, Term, Triple, iri

__all__ = ["RULES", "SCHEMA", "Pattern", "Way", "schema_path", "ways_to"]

RULES: dict[str, Bilingual] = {
    "cax-sco": Bilingual("a member of a class is one of every class above it", "类的成员也是上级类的成员"),
    "cax-eqc1": Bilingual("equivalent classes have the same members", "等价类的成员相同"),
    "cax-eqc2": Bilingual("equivalent classes have the same members", "等价类的成员相同"),
    "prp-spo1": Bilingual("a property implies every property above it", "下级属性蕴含上级属性"),
    "prp-eqp1": Bilingual("equivalent properties hold together", "等价属性同时成立"),
    "prp-eqp2": Bilingual("equivalent properties hold together", "等价属性同时成立"),
    "prp-inv1": Bilingual("an inverse property holds the other way round", "逆属性反向成立"),
    "prp-inv2": Bilingual("an inverse property holds the other way round", "逆属性反向成立"),
    "prp-symp": Bilingual("a symmetric property holds both ways", "对称属性双向成立"),
    "prp-trp": Bilingual("a transitive property reaches on", "传递属性可以逐级传递"),
    "prp-spo2": Bilingual("two properties in a row imply a third", "两个属性相连蕴含第三个属性"),
    "prp-dom": Bilingual("what has a property is of its domain", "具有某属性的事物属于其定义域"),
    "prp-rng": Bilingual("what a property leads to is of its range", "属性的值属于其值域"),
    "scm-sco": Bilingual("what is above a class above is above", "上级类的上级也是上级"),
    "scm-spo": Bilingual("what is above a property above is above", "上级属性的上级也是上级"),
    "scm-eqc1": Bilingual("an equivalent class is above and below", "等价类互为上下级"),
    "scm-eqp1": Bilingual("an equivalent property is above and below", "等价属性互为上下级"),
}
"""What each rule says; of two proofs of one length the one whose rule stands first comes first."""

SCHEMA = {
    iri("rdfs:subClassOf"): ("scm-sco", "owl:equivalentClass", "scm-eqc1"),
    iri("rdfs:subPropertyOf"): ("scm-spo", "owl:equivalentProperty", "scm-eqp1"),
}
"""Relations between terms that are explained too, though the graph holds only those that are stated."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple to be found; None at one end stands for whatever is there, the same in all patterns of a way."""

    subject: NamedNode | None
    predicate: NamedNode
    object: Term | None


@dataclass(frozen=True, slots=True)
class Way:
    """A rule by which something would follow, if its patterns were found."""

    rule: str
    axioms: tuple[Axiom, ...]
    patterns: tuple[Pattern, ...]


def ways_to(goal: Triple, axioms: Axioms) -> Iterator[Way]:
    """Every way in which one rule could conclude a triple about individuals."""
    s, p, o = goal.subject, goal.predicate, goal.object
    if not isinstance(s, NamedNode):
        return
    if p == RDF_TYPE:
        if isinstance(o, NamedNode):
            yield from _to_class(s, o, axioms)
    else:
        yield from _to_value(s, p, o, axioms)
        if isinstance(o, NamedNode):
            yield from _to_thing(s, p, o, axioms)


def _to_class(s: NamedNode, cls: NamedNode, axioms: Axioms) -> Iterator[Way]:
    for axiom in axioms.to("rdfs:subClassOf", cls):
        yield Way("cax-sco", (axiom,), (Pattern(s, RDF_TYPE, axiom.subject),))
    for axiom in axioms.to("owl:equivalentClass", cls):
        yield Way("cax-eqc1", (axiom,), (Pattern(s, RDF_TYPE, axiom.subject),))
    for axiom in axioms.of("owl:equivalentClass", cls):
        yield Way("cax-eqc2", (axiom,), (Pattern(s, RDF_TYPE, axiom.objects[0]),))
    for axiom in axioms.to("rdfs:domain", cls):
        if not axioms.is_plain(axiom.subject):
            yield Way("prp-dom", (axiom,), (Pattern(s, axiom.subject, None),))
    for axiom in axioms.to("rdfs:range", cls):
        if not axioms.is_plain(axiom.subject) and not axioms.is_data(axiom.subject):
            yield Way("prp-rng", (axiom,), (Pattern(None, axiom.subject, s),))


def _to_value(s: NamedNode, p: NamedNode, o: Term, axioms: Axioms) -> Iterator[Way]:
    """Rules that keep both ends of a triple."""
    for axiom in axioms.to("rdfs:subPropertyOf", p):
        if not axioms.is_plain(axiom.subject):
            yield Way("prp-spo1", (axiom,), (Pattern(s, axiom.subject, o),))
    for axiom in axioms.to("owl:equivalentProperty", p):
        yield Way("prp-eqp1", (axiom,), (Pattern(s, axiom.subject, o),))
    for axiom in axioms.of("owl:equivalentProperty", p):
        yield Way("prp-eqp2", (axiom,), (Pattern(s, axiom.objects[0], o),))


def _to_thing(s: NamedNode, p: NamedNode, o: NamedNode, axioms: Axioms) -> Iterator[Way]:
    """Rules that turn a triple round, or join two."""
    for axiom in axioms.to("owl:inverseOf", p):
        yield Way("prp-inv1", (axiom,), (Pattern(o, axiom.subject, s),))
    for axiom in axioms.of("owl:inverseOf", p):
        yield Way("prp-inv2", (axiom,), (Pattern(o, axiom.objects[0], s),))
    if axiom_ := axioms.kind("owl:SymmetricProperty", p):
        yield Way("prp-symp", (axiom_,), (Pattern(o, p, s),))
    if axiom_ := axioms.kind("owl:TransitiveProperty", p):
        yield Way("prp-trp", (axiom_,), (Pattern(s, p, None), Pattern(None, p, o)))
    for axiom in axioms.of(CHAIN, p):
        first, second = axiom.objects
        yield Way("prp-spo2", (axiom,), (Pattern(s, first, None), Pattern(None, second, o)))


def schema_path(goal: Triple, axioms: Axioms) -> list[Axiom]:
    """The fewest axioms that lead from a class or property up to another; none where nothing does."""
    relation = goal.predicate
    if relation not in SCHEMA or not isinstance(goal.subject, NamedNode):
        return []
    below = "rdfs:subClassOf" if relation == iri("rdfs:subClassOf") else "rdfs:subPropertyOf"
    equal = SCHEMA[relation][1]
    came: dict[NamedNode, tuple[NamedNode, Axiom] | None] = {goal.subject: None}
    todo = [goal.subject]
    for term in todo:
        steps = [(axiom.objects[0], axiom) for axiom in (*axioms.of(below, term), *axioms.of(equal, term))]
        steps += [(axiom.subject, axiom) for axiom in axioms.to(equal, term)]
        for above, axiom in steps:
            if above not in came:
                came[above] = (term, axiom)
                todo.append(above)
    path: list[Axiom] = []
    end: Term = goal.object
    while isinstance(end, NamedNode) and (step := came.get(end)):
        path.insert(0, step[1])
        end = step[0]
    return path if end == goal.subject else []
