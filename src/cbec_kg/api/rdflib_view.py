"""The graph as rdflib sees it: a view, nothing is copied, nothing can be changed (the extra ``rdflib``).

>>> from cbec_kg.rdf.terms import RDF_TYPE, Quad, iri
>>> from cbec_kg.store.embedded import MemoryStore
>>> store = MemoryStore([Quad(iri("id:shein"), RDF_TYPE, iri("cbec:Platform"))])
>>> view = graph(store)
>>> len(view), [str(row.p) for row in view.query("SELECT ?p { ?p a cbec:Platform }")]
(1, ['https://w3id.org/cbec-kg/id/shein'])
>>> view.remove((None, None, None))
Traceback (most recent call last):
    ...
cbec_kg.errors.UpdateRefused: this view of the graph cannot be changed: \
copy what you want to change into an rdflib.Graph of your own
"""

from typing import TYPE_CHECKING, Any

from cbec_kg.api.refusing import refuse
from cbec_kg.errors import MissingExtra, QueryError
from cbec_kg.namespaces import PREFIXES
from cbec_kg.store.base import Store
from cbec_kg.store.embedded import MemoryStore
from cbec_kg.store.engine import parser_said

try:
    import rdflib
    from oxrdflib import OxigraphStore
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID, Dataset, Graph
    from rdflib.term import URIRef
except ImportError:
    raise MissingExtra("rdflib is not installed", fix='pip install "cbec-kg[rdflib]"') from None

if TYPE_CHECKING:
    import pyoxigraph

__all__ = ["copied", "dataset", "graph"]


class _Embedded(OxigraphStore):
    """Oxigraph's database behind rdflib's face, without what would write."""

    def __init__(self, database: "pyoxigraph.Store") -> None:
        super().__init__(store=database)
        self._names = frozenset(graph.value for graph in database.named_graphs())

    add = addN = remove = update = remove_graph = open = destroy = refuse

    def query(self, query: Any, initNs: Any, initBindings: Any, queryGraph: Any, **more: Any) -> Any:
        """Results by Oxigraph; raises `QueryError` for what cannot be read or run.

        Bindings are rdflib's own work: Oxigraph takes them for variables that are selected only.
        """
        if initBindings:
            raise NotImplementedError
        try:
            found = super().query(query, initNs, initBindings, queryGraph, **more)
            # Read whole: what the database still reads may only be let go of in the thread that began it.
            _ = found.bindings
            return found
        except NotImplementedError:
            raise
        except (ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the query cannot be run: {error}") from None
        except SyntaxError as error:
            raise QueryError(f"the query cannot be read: {parser_said(error.msg, str(query))}") from None

    def add_graph(self, graph: Graph) -> None:
        """Nothing to do for a graph that exists; rdflib calls this for each one that is looked at."""
        if graph.identifier != DATASET_DEFAULT_GRAPH_ID and str(graph.identifier) not in self._names:
            raise QueryError(f"no graph {graph.identifier}", fix="Dataset.graphs() lists those that there are")

    def close(self, commit_pending_transaction: bool = False) -> None:
        """Nothing: the database is not the view's."""


def graph(store: Store) -> "rdflib.Graph":
    """The default graph, which holds each triple once; the project's prefixes are bound."""
    made = Graph(store=_store(store), identifier=DATASET_DEFAULT_GRAPH_ID, bind_namespaces="none")
    _bind(made)
    return made


def dataset(store: Store) -> "rdflib.Dataset":
    """The default graph and the named graphs; the default graph alone is what a query reads without GRAPH."""
    made = Dataset(store=_store(store), default_union=False)
    _bind(made)
    return made


def copied(triples: str) -> "rdflib.Graph":
    """A graph in memory, of N-Triples."""
    made = Graph(bind_namespaces="none").parse(data=triples, format="nt")
    _bind(made)
    return made


def _store(store: Store) -> "rdflib.store.Store":
    if isinstance(store, MemoryStore):
        return _Embedded(store.database)
    from cbec_kg.api.rdflib_asked import AskedStore

    return AskedStore(store)


def _bind(made: Graph) -> None:
    for prefix, base in PREFIXES.items():
        made.bind(prefix, URIRef(base), override=True, replace=True)
