"""rdflib's face for a graph that is asked by SPARQL, such as one on a server (the extra ``rdflib``).

It asks through the project's own store, so that a server is treated as everywhere else: its default graph, deadlines,
redirects and credentials.

>>> from cbec_kg.rdf.terms import RDF_TYPE, Quad, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> store = AskedStore(MemoryStore([Quad(iri("id:shein"), RDF_TYPE, iri("cbec:Platform"))]))
>>> view = Graph(store, identifier=DATASET_DEFAULT_GRAPH_ID)
>>> [str(thing) for thing in view.subjects()], len(view)
(['https://w3id.org/cbec-kg/id/shein'], 1)
"""

from collections.abc import Generator, Iterator
from typing import Any

from rdflib.graph import DATASET_DEFAULT_GRAPH_ID, Graph
from rdflib.query import Result
from rdflib.store import Store as RdflibStore
from rdflib.term import BNode, Literal, Node, URIRef, Variable

from cbec_kg.api.refusing import refuse
from cbec_kg.errors import QueryError
from cbec_kg.namespaces import PREFIXES
from cbec_kg.query.spell import spell
from cbec_kg.rdf import terms
from cbec_kg.store.base import Solutions, Store

__all__ = ["AskedStore"]

Pattern = tuple[Node | None, Node | None, Node | None]
_NAMES = ("s", "p", "o")


class AskedStore(RdflibStore):
    """Every pattern is a query; nothing is kept, and nothing can be written."""

    context_aware = True
    graph_aware = True

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._asked = store
        self._prefixes: dict[str, URIRef] = {}

    add = addN = remove = update = remove_graph = open = destroy = refuse

    def add_graph(self, graph: Graph) -> None:
        """Nothing to do: rdflib calls this for each graph that is looked at."""

    def triples(
        self, triple_pattern: Pattern, context: Graph | None = None
    ) -> Iterator[tuple[tuple[Any, Any, Any], Iterator[Graph]]]:
        """Triples of one graph, or without ``context`` of the default graph and of every named one."""
        for name in [None, *self._asked.graphs()] if context is None else [_name(context)]:
            graph = Graph(store=self, identifier=DATASET_DEFAULT_GRAPH_ID if name is None else URIRef(name))
            for row in self._rows(triple_pattern, name):
                yield row, iter((graph,))

    def __len__(self, context: Graph | None = None) -> int:
        name = None if context is None else _name(context)
        (count,) = next(iter(self._asked.select(f"SELECT (COUNT(*) AS ?n) {{ {_within('?s ?p ?o', name)} }}").rows))
        return int(str(getattr(count, "value", 0)))

    def contexts(self, triple: Pattern | None = None) -> Generator[Graph, None, None]:
        """The named graphs, or those that hold a triple of a pattern."""
        for name in self._asked.graphs():
            if triple is None or next(iter(self._rows(triple, name)), None) is not None:
                yield Graph(store=self, identifier=URIRef(name))

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: Any, **more: Any) -> Result:
        """Results by the store asked; what it cannot be asked so, rdflib's own engine works out of patterns."""
        if not isinstance(query, str) or initBindings or more or queryGraph != DATASET_DEFAULT_GRAPH_ID:
            raise NotImplementedError
        bound = {prefix: str(base) for prefix, base in {**self._prefixes, **initNs}.items() if f"{prefix}:" in query}
        own = {prefix: base for prefix, base in bound.items() if PREFIXES.get(prefix) != base}
        declared = " ".join(f"PREFIX {prefix}: {spell(terms.NamedNode(base))}" for prefix, base in own.items())
        found = self._asked.query(f"{declared} {query}" if declared else query)
        if isinstance(found, bool):
            result = Result("ASK")
            result.askAnswer = found
        elif isinstance(found, Solutions):
            result = Result("SELECT")
            result.vars = [Variable(name) for name in found.variables]
            result.bindings = [
                {name: _node(term) for name, term in zip(result.vars, row, strict=True) if term is not None}
                for row in found.rows
            ]
        else:
            result = Result("CONSTRUCT")
            result.graph = Graph()
            for one in found:
                result.graph.add((_node(one.subject), _node(one.predicate), _node(one.object)))
        return result

    def bind(self, prefix: str, namespace: URIRef, override: bool = True) -> None:
        """Remember a prefix."""
        if override or (prefix not in self._prefixes and namespace not in self._prefixes.values()):
            self._prefixes = {known: base for known, base in self._prefixes.items() if base != namespace}
            self._prefixes[prefix] = namespace

    def prefix(self, namespace: URIRef) -> str | None:
        """Prefix of a namespace."""
        return next((prefix for prefix, base in self._prefixes.items() if base == namespace), None)

    def namespace(self, prefix: str) -> URIRef | None:
        """Namespace of a prefix."""
        return self._prefixes.get(prefix)

    def namespaces(self) -> Iterator[tuple[str, URIRef]]:
        """All prefixes with their namespaces."""
        yield from self._prefixes.items()

    def _rows(self, pattern: Pattern, graph: str | None) -> Iterator[tuple[Any, Any, Any]]:
        known = [_spelled(term) for term in pattern]
        asked = " ".join(spelled or f"?{name}" for spelled, name in zip(known, _NAMES, strict=True))
        free = [f"?{name}" for spelled, name in zip(known, _NAMES, strict=True) if spelled is None]
        found = self._asked.select(f"SELECT {' '.join(free) or '(1 AS ?one)'} {{ {_within(asked, graph)} }}")
        for row in found.rows:
            left = iter(row)
            s, p, o = (term if spelled else _node(next(left)) for term, spelled in zip(pattern, known, strict=True))
            yield s, p, o


def _name(graph: Graph) -> str | None:
    """Name of a graph, None of the default one."""
    return None if graph.identifier == DATASET_DEFAULT_GRAPH_ID else str(graph.identifier)


def _within(pattern: str, graph: str | None) -> str:
    return pattern if graph is None else f"GRAPH {_spelled(URIRef(graph))} {{ {pattern} }}"


def _spelled(term: Node | None) -> str | None:
    """A term as SPARQL writes it, by the project's own serialiser."""
    if term is None:
        return None
    if isinstance(term, BNode):
        raise QueryError("a blank node of a server cannot be asked for by its name", fix="ask for what it stands in")
    if isinstance(term, Literal):
        kind = None if term.language or term.datatype is None else terms.NamedNode(str(term.datatype))
        return spell(terms.Literal(str(term), language=term.language, datatype=kind))
    return spell(terms.NamedNode(str(term)))


def _node(term: terms.Term | None) -> Any:
    """rdflib's node of a term."""
    match term:
        case terms.NamedNode():
            return URIRef(term.value)
        case terms.BlankNode():
            return BNode(term.value)
        case terms.Literal():
            return Literal(term.value, lang=term.language, datatype=None if term.language else term.datatype.value)
    raise QueryError("rdflib has no term for a triple within a triple", fix="query it with sparql()")
