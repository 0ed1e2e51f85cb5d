"""Validate what one article adds, at the cost of what it adds: only its own nodes are looked at.

The graph that the shapes see is the article's triples, what its nodes lead to in ontology and entities, and the class
and property trees. Results on nodes of others are left out: of those the graph holds only a part.
"""

from collections import defaultdict
from collections.abc import Iterable

from cbec_kg.namespaces import ARTICLE, CLAIM, EVIDENCE, ID, OBS, PERIOD, SERIES, expand
from cbec_kg.rdf.terms import NamedNode, Term, Triple
from cbec_kg.validate import fast
from cbec_kg.validate.report import Report

__all__ = ["RECORDS", "OwnValidator"]

_TREES = frozenset({expand("rdfs:subClassOf"), expand("rdfs:subPropertyOf")})
RECORDS = (ARTICLE, CLAIM, EVIDENCE, OBS, SERIES, f"{PERIOD}open", f"{ID}x-", f"{ID}unnamed_")
"""Closed periods are not here: they are made of their codes alone, and link to periods of other articles."""
_STEPS = 2
"""From a claim to an indicator, and from that to its unit: so far shapes look."""


class OwnValidator:
    """Shapes over one ontology with its entities, used for many articles."""

    def __init__(self, ontology: Iterable[Triple], shapes: Iterable[Triple]) -> None:
        self.shapes = fast.Validator(shapes)
        self.about: dict[Term, list[Triple]] = defaultdict(list)
        self.trees: set[Triple] = set()
        for triple in ontology:
            self.about[triple.subject].append(triple)
            if triple.predicate.value in _TREES:
                self.trees.add(triple)

    def report(self, own: Iterable[Triple]) -> Report:
        """Results on the nodes that some triples speak of, all of them: articles, claims, observations and the like."""
        own = set(own)
        found = self.shapes.report(own | self._near(own) | self.trees)
        nodes = {triple.subject.value for triple in own if isinstance(triple.subject, NamedNode)}
        return Report(one for one in found.results if one.focus in nodes and one.focus.startswith(RECORDS))

    def _near(self, own: set[Triple]) -> set[Triple]:
        """What ontology and entities say of the things that triples lead to, a few steps far."""
        out: set[Triple] = set()
        seen: set[Term] = set()
        todo: set[Term] = {term for triple in own for term in (triple.predicate, triple.object)}
        for _ in range(_STEPS):
            triples = [triple for term in todo - seen for triple in self.about.get(term, ())]
            seen |= todo
            out.update(triples)
            todo = {triple.object for triple in triples}
        return out
