"""A graph on a server, asked by the SPARQL 1.1 protocol through SPARQLWrapper (the extra ``remote``).

It has the face of the embedded store and gives the same rows. Where the server holds the graph ``graph/all``, as
`cbec-kg push` leaves it on servers whose own default graph is a union of all graphs, that one is read as the default
graph, and cbec-kg's other graphs as the named ones.

>>> RemoteStore("http://localhost:3030/ds/sparql")
RemoteStore(http://localhost:3030/ds/sparql)
>>> RemoteStore("http://localhost:3030/ds").query("CLEAR ALL")
Traceback (most recent call last):
    ...
cbec_kg.errors.UpdateRefused: this is an update, and only queries are sent to a server: change the data and build
"""

from collections.abc import Iterator, Mapping, Sequence

from cbec_kg.errors import MissingExtra, QueryError, ServerError
from cbec_kg.namespaces import GRAPH, PREFIXES
from cbec_kg.rdf.terms import BlankNode, DefaultGraph, NamedNode, Quad
from cbec_kg.store.base import QueryResult, Solutions
from cbec_kg.store.remote.answers import ACCEPT, read_answer
from cbec_kg.store.remote.credentials import Credentials, check_private
from cbec_kg.store.remote.endpoint import Endpoint
from cbec_kg.store.remote.exchange import Deadline, Patience, exchange
from cbec_kg.store.remote.form import Form, read_form

__all__ = ["ALL", "PUSHED", "RemoteStore"]

ALL = GRAPH + "all"
"""The graph that holds each triple once, on servers that have no default graph of their own."""
PUSHED = GRAPH + "pushed"
"""The graph in which `cbec-kg push` keeps what it did; it is no part of what was pushed, and not listed."""

_SECONDS = 60.0
Dataset = Mapping[str, Sequence[str]]


class RemoteStore:
    """A server's query endpoint, to be read; ``timeout`` is in seconds, for each question with all its tries."""

    def __init__(
        self,
        url: str,
        *,
        credentials: Credentials | None = None,
        timeout: float = _SECONDS,
        patience: Patience | None = None,
    ) -> None:
        """Take an address; nothing is sent yet. Raises `StoreError` for one that is none, or too open."""
        self.endpoint = Endpoint.of(url)
        check_private(self.endpoint, credentials)
        self.credentials = credentials
        self.timeout = timeout
        self.patience = patience or Patience()
        self._holds_all: bool | None = None

    def __repr__(self) -> str:
        return f"RemoteStore({self.endpoint})"

    def query(self, sparql: str, *, timeout: float | None = None) -> QueryResult:
        """Run a query; the project's prefixes need no declaration. The answer is there whole before this returns.

        Raises `UpdateRefused`, `QueryError`, `QueryTimeout` and `ServerError`.
        """
        form = read_form(sparql)
        prologue = " ".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>" for prefix in form.undeclared)
        deadline = Deadline(timeout or self.timeout)
        text = f"{prologue} {sparql}" if prologue else sparql  # on one line, so that the server counts ours
        return self._ask(form, text, self._dataset(form, deadline), deadline)

    def select(self, sparql: str, *, timeout: float | None = None) -> Solutions:
        """Run a SELECT; raises `QueryError` for any other form."""
        if read_form(sparql).kind != "SELECT":
            raise QueryError("a SELECT query is needed here")
        return _rows(self.query(sparql, timeout=timeout))

    def graphs(self) -> list[str]:
        """IRIs of the named graphs, sorted; where `ALL` stands for the default graph, cbec-kg's own but that."""
        deadline = Deadline(self.timeout)
        return self._named(self._reads_all(deadline), deadline)

    def quads(self, graph: str | None = None) -> Iterator[Quad]:
        """All quads, or those of one named graph; ``""`` stands for the default graph. Each graph is read whole."""
        names = ["", *self.graphs()] if graph is None else [graph]
        return (quad for name in names for quad in self._quads_of(name))

    def _quads_of(self, name: str) -> Iterator[Quad]:
        # A SELECT rather than a CONSTRUCT: a table that breaks off can be told from a whole one.
        pattern = f"GRAPH {NamedNode(name)} {{ ?s ?p ?o }}" if name else "?s ?p ?o"
        deadline = Deadline(self.timeout)
        form = read_form(f"SELECT ?s ?p ?o WHERE {{ {pattern} }}")
        dataset: Dataset = {}
        if self._reads_all(deadline):
            dataset = {"named-graph-uri": [name]} if name else {"default-graph-uri": [ALL]}
        found = self._ask(form, f"SELECT ?s ?p ?o WHERE {{ {pattern} }}", dataset, deadline)
        context = NamedNode(name) if name else DefaultGraph()
        for s, p, o in _rows(found).rows:
            if not isinstance(s, NamedNode | BlankNode) or not isinstance(p, NamedNode) or o is None:
                raise ServerError(f"{self.endpoint} answers with what is no triple")
            yield Quad(s, p, o, context)

    def _reads_all(self, deadline: Deadline) -> bool:
        """Whether the server holds `ALL`; asked once."""
        if self._holds_all is None:
            probe = f"SELECT ?s WHERE {{ GRAPH <{ALL}> {{ ?s ?p ?o }} }} LIMIT 1"
            found = _rows(self._ask(read_form(probe), probe, {}, deadline))
            self._holds_all = next(found.rows, None) is not None
        return self._holds_all

    def _named(self, beside_all: bool, deadline: Deadline) -> list[str]:
        text = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
        found = _rows(self._ask(read_form(text), text, {}, deadline))
        names = sorted(term.value for (term,) in found.rows if isinstance(term, NamedNode))
        if beside_all:
            names = [name for name in names if name.startswith(GRAPH) and name != ALL]
        return [name for name in names if name != PUSHED]

    def _dataset(self, form: Form, deadline: Deadline) -> Dataset:
        """Graphs that the protocol names for a query; none where it names its own, or the server's default is right."""
        if form.own_dataset or not self._reads_all(deadline):
            return {}
        named = self._named(True, deadline) if form.names_graphs else []
        return {"default-graph-uri": [ALL], "named-graph-uri": named}

    def _ask(self, form: Form, sparql: str, dataset: Dataset, deadline: Deadline) -> QueryResult:
        try:
            from cbec_kg.store.remote.wrapper import Question, request_of
        except ImportError:
            raise MissingExtra("a graph on a server needs SPARQLWrapper", fix='pip install "cbec-kg[remote]"') from None
        headers = {"Accept": ACCEPT[form.kind]}
        if self.credentials:
            headers["Authorization"] = self.credentials.header
        request = request_of(self.endpoint, Question(form.kind, sparql, dataset, headers))
        reply = exchange(request, self.endpoint, deadline, self.patience)
        return read_answer(reply, form, self.endpoint, self.credentials)


def _rows(found: QueryResult) -> Solutions:
    assert isinstance(found, Solutions)
    return found
