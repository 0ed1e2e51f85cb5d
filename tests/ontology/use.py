"""What each class and property of the ontology is used by: the graph, the saved queries, the shapes.

>>> sorted(mentioned("?x a cbec:City ; cbec:locatedIn+/rdfs:label ?y"))[0]
'http://www.w3.org/2000/01/rdf-schema#label'
>>> Use("cbec:City", "class", stated=3, inferred=1).waits
False
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat
from pyoxigraph import Store as Memory

from cbec_kg import paths
from cbec_kg.namespaces import GRAPH, PREFIXES, compact
from cbec_kg.ontology.catalog import imports
from cbec_kg.rdf.parse import parse_file
from cbec_kg.store.base import Store

__all__ = ["Use", "declared", "mentioned", "uses", "waiting"]

_KINDS = {
    "Class": "class",
    "ObjectProperty": "object property",
    "DatatypeProperty": "data property",
    "AnnotationProperty": "annotation property",
}
_NAME = re.compile(r"(?<![\w:])([a-z]+):([A-Za-z][\w-]*)|<(https?://[^<>\s]+)>")
_WAITS = Path(__file__).parent / "waits.yaml"
_INFERRED = f"<{GRAPH}inferred>"


@dataclass(frozen=True, slots=True)
class Use:
    """How often a term occurs: triples of the graph that state it or follow, saved queries, shapes.

    A class occurs where something is of it, a property where it is a predicate.
    """

    term: str
    kind: str
    stated: int = 0
    inferred: int = 0
    queries: int = 0
    shapes: int = 0

    def counts(self) -> dict[str, int]:
        """The four numbers by name."""
        return {name: getattr(self, name) for name in ("stated", "inferred", "queries", "shapes")}

    @property
    def waits(self) -> bool:
        """Whether nothing uses the term yet."""
        return not any(self.counts().values())


def waiting() -> dict[str, str]:
    """Terms that wait, each with its reason."""
    rows = yaml.safe_load(_WAITS.read_text("utf-8"))
    found = {row["term"]: row["why"] for row in rows}
    assert len(found) == len(rows), "a term waits twice"
    return found


def declared(modules: Path | None = None) -> dict[str, str]:
    """Kind of each class and property that the modules declare, by IRI."""
    folder = paths.ontology()
    files = imports(folder / "ontology.ttl", folder / "catalog-v001.xml")
    found = {}
    for path in [path for path in files if path.parent.name == "modules"] if modules is None else [modules]:
        for triple in parse_file(path):
            kind = _KINDS.get(str(getattr(triple.object, "value", "")).removeprefix(PREFIXES["owl"]))
            if triple.predicate.value == PREFIXES["rdf"] + "type" and kind and isinstance(triple.subject, NamedNode):
                found[triple.subject.value] = kind
    return found


def mentioned(text: str) -> set[str]:
    """IRIs that a text of SPARQL names, its header included."""
    found = set()
    for prefix, local, whole in _NAME.findall(text):
        if whole or prefix in PREFIXES:
            found.add(whole or PREFIXES[prefix] + local)
    return found


def uses(store: Store, terms: dict[str, str] | None = None) -> list[Use]:
    """Use of each term, in the order of their names; without ``terms`` of all that the modules declare."""
    terms = declared() if terms is None else terms
    stated, inferred = _in_graph(store, "NOT EXISTS"), _in_graph(store, "EXISTS")
    queries = Counter(name for path in _queries() for name in mentioned(path.read_text("utf-8")))
    shapes = _in_shapes(paths.ontology().glob("shapes/*.ttl"))
    return [
        Use(compact(term), kind, stated[term], inferred[term], queries[term], shapes[term])
        for term, kind in sorted(terms.items(), key=lambda item: (compact(item[0]).lower(), item[0]))
    ]


def _queries() -> list[Path]:
    return sorted(paths.queries().rglob("*.rq"))


def _in_graph(store: Store, exists: str) -> Counter[str]:
    """Members of classes and statements of properties, those that follow or those that do not."""
    counts: Counter[str] = Counter()
    for what, pattern in (("?o", "?s a ?o"), ("?p", "?s ?p ?o")):
        of_it = pattern.replace(" a ", f" <{PREFIXES['rdf']}type> ")
        found = store.select(
            f"SELECT {what} (COUNT(*) AS ?n) {{ {pattern} "
            f"FILTER {exists} {{ GRAPH {_INFERRED} {{ {of_it} }} }} }} GROUP BY {what}"
        )
        for term, count in found.rows:
            if isinstance(term, NamedNode) and isinstance(count, Literal):
                counts[term.value] += int(count.value)
    return counts


def _in_shapes(files: Iterable[Path]) -> Counter[str]:
    """Named shapes that mention a term: as a class, in a path, or in a query."""
    graph = Memory()
    for path in files:
        graph.load(path=str(path), format=RdfFormat.TURTLE)
    above = {quad.object: quad.subject for quad in graph if isinstance(quad.object, BlankNode)}
    found: set[tuple[NamedNode, str]] = set()
    for quad in graph:
        shape = quad.subject
        while isinstance(shape, BlankNode):
            shape = above[shape]
        named = {quad.predicate.value}
        if isinstance(quad.object, NamedNode):
            named.add(quad.object.value)
        elif isinstance(quad.object, Literal) and quad.predicate.value.startswith(PREFIXES["sh"]):
            named |= mentioned(quad.object.value)
        found |= {(shape, name) for name in named}
    return Counter(name for _, name in found)
