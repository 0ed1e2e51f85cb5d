"""Turn a server's answer into rows, a yes or no, or triples: all of it, or an error.

>>> from email.message import Message
>>> from cbec_kg.store.remote.form import read_form
>>> headers = Message()
>>> headers["content-type"] = "application/sparql-results+json"
>>> body = b'{"head": {"vars": ["x"]}, "results": {"bindings": []}}'
>>> endpoint, form = Endpoint.of("http://localhost/sparql"), read_form("SELECT ?x { }")
>>> read_answer(Reply(200, headers, body, True), form, endpoint).variables
('x',)
>>> read_answer(Reply(200, headers, body[:-3], True), form, endpoint)
Traceback (most recent call last):
    ...
cbec_kg.errors.ServerError: the answer of http://localhost/sparql is cut off, or is no SPARQL result: ask again; if it \
stays so, the server's log says more
"""

import pyoxigraph

from cbec_kg.errors import ServerError
from cbec_kg.rdf.terms import Triple
from cbec_kg.store.base import QueryResult, Solutions
from cbec_kg.store.remote.bodies import check_body, relabelled
from cbec_kg.store.remote.canonical import canonical, canonical_triples
from cbec_kg.store.remote.credentials import Credentials
from cbec_kg.store.remote.endpoint import Endpoint
from cbec_kg.store.remote.exchange import Reply
from cbec_kg.store.remote.failures import page_title, refusal, shown
from cbec_kg.store.remote.form import Form

__all__ = ["ACCEPT", "read_answer"]

_JSON, _XML = pyoxigraph.QueryResultsFormat.JSON, pyoxigraph.QueryResultsFormat.XML
_RESULTS = {
    "application/sparql-results+json": _JSON,
    "application/json": _JSON,
    "application/sparql-results+xml": _XML,
    "application/xml": _XML,
    "text/xml": _XML,
}
_GRAPHS = {
    "application/n-triples": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/plain": pyoxigraph.RdfFormat.N_TRIPLES,
    "text/turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/x-turtle": pyoxigraph.RdfFormat.TURTLE,
    "application/rdf+xml": pyoxigraph.RdfFormat.RDF_XML,
}
_ROWS = "application/sparql-results+json, application/sparql-results+xml;q=0.8, application/json;q=0.5"
_TRIPLES = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.6"
ACCEPT = {"SELECT": _ROWS, "ASK": _ROWS, "CONSTRUCT": _TRIPLES, "DESCRIBE": _TRIPLES}
"""What is asked for, by the kind of the query."""

_LONGEST = 200
_AGAIN = "ask again; if it stays so, the server's log says more"


def read_answer(reply: Reply, form: Form, endpoint: Endpoint, credentials: Credentials | None = None) -> QueryResult:
    """The whole answer, parsed to its end before the first row is given.

    Raises `ServerError` for one that is not what was asked for or not whole, `QueryError` for a query refused.
    """
    if reply.status != 200:
        raise refusal(reply.status, reply.kind, reply.body, endpoint, credentials)
    tabular = form.kind in ("SELECT", "ASK")
    if reply.kind not in (_RESULTS if tabular else _GRAPHS):
        raise _of_another_kind(reply, form, endpoint, credentials)
    if (reply.headers.get("content-encoding") or "identity").strip().lower() != "identity":
        raise ServerError(f"{endpoint} packs its answer, which was not asked for", fix="turn that off there")
    try:
        check_body(reply.kind, reply.body)
        answer = _table(reply, form, endpoint, credentials) if tabular else _triples(reply, endpoint)
    except (SyntaxError, ValueError):
        raise ServerError(f"the answer of {endpoint} is cut off, or is no SPARQL result", fix=_AGAIN) from None
    return answer


def _quoted(text: str, credentials: Credentials | None) -> str:
    """What a server says, short, on one line, and without what is secret, should it send that back."""
    told = shown(credentials.hidden(text) if credentials else text)
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"


def _of_another_kind(reply: Reply, form: Form, endpoint: Endpoint, credentials: Credentials | None) -> ServerError:
    if reply.kind in ("text/html", "application/xhtml+xml"):
        title = _quoted(page_title(reply.body), credentials)
        page = f"a page for people ({title!r})" if title else "a page for people"
        return ServerError(
            f"{endpoint} answers with {page}", fix="is it the query endpoint, and do you need to log in?"
        )
    what = "SPARQL results" if form.kind in ("SELECT", "ASK") else "triples"
    kind = _quoted((reply.headers.get("content-type") or "").partition(";")[0], credentials) or "no type"
    return ServerError(f"{endpoint} answers with {kind} where {what} were asked for")


def _table(reply: Reply, form: Form, endpoint: Endpoint, credentials: Credentials | None) -> Solutions | bool:
    found = _parsed(reply)
    if isinstance(found, bool):
        if form.kind != "ASK":
            raise ServerError(f"{endpoint} answers yes or no where rows were asked for")
        return found
    if form.kind == "ASK":
        raise ServerError(f"{endpoint} answers with rows where yes or no was asked for")
    names, rows = found
    columns = names if form.columns is None else form.columns
    if set(columns) != set(names):
        raise ServerError(
            f"{endpoint} answers with the columns {_quoted(' '.join(names), credentials) or 'none'} "
            f"where {' '.join(columns)} were asked for"
        )
    _check_whole(reply, endpoint, len(rows))
    return Solutions(columns, iter(canonical(tuple(row[name] for name in columns) for row in rows)))


def _parsed(reply: Reply) -> bool | tuple[tuple[str, ...], list[pyoxigraph.QuerySolution]]:
    """Variables and rows, or a yes or no; Oxigraph's reader stays here, for no other thread may drop it."""
    kind = _RESULTS[reply.kind]
    try:
        found = pyoxigraph.parse_query_results(reply.body, kind)
        rows = [] if isinstance(found, pyoxigraph.QueryBoolean) else list(found)
    except SyntaxError:
        if b"bnode" not in reply.body:
            raise
        found = pyoxigraph.parse_query_results(relabelled(reply.body, xml=kind == _XML), kind)
        rows = [] if isinstance(found, pyoxigraph.QueryBoolean) else list(found)
    if isinstance(found, pyoxigraph.QueryBoolean):
        return bool(found)
    return tuple(variable.value for variable in found.variables), rows


def _triples(reply: Reply, endpoint: Endpoint) -> QueryResult:
    triples: list[Triple] = [quad.triple for quad in pyoxigraph.parse(reply.body, _GRAPHS[reply.kind])]
    if not reply.framed and reply.kind != "application/rdf+xml":
        raise ServerError(f"{endpoint} does not say where its answer ends, so it may not be whole", fix=_AGAIN)
    _check_whole(reply, endpoint, len(triples))
    return iter(canonical_triples(triples))


def _check_whole(reply: Reply, endpoint: Endpoint, size: int) -> None:
    """Refuse what the server says that it cut: Virtuoso does so in headers of an answer that looks whole."""
    most = (reply.headers.get("x-sparql-maxrows") or "").strip()
    if most and not (most.isascii() and most.isdecimal() and size < int(most[:18])):
        raise ServerError(
            f"{endpoint} gives {shown(most)} rows at most, and may have cut the answer there",
            fix="ask for less, or raise ResultSetMaxRows there",
        )
    if "x-sql-state" in reply.headers:
        raise ServerError(
            f"{endpoint} ran out of its time and gives a part of the answer", fix="narrow the query, or ask again"
        )
