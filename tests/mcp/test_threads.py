"""Oxigraph's rows stay in the thread that asked for them, also where a call fails half-way."""

import asyncio
import gc

import pytest

from cbec_kg.errors import QueryError, ServerError
from cbec_kg.mcp.threads import in_thread
from cbec_kg.store.remote.store import RemoteStore
from tests.fetch.servers import Server, reply


def test_an_error_leaves_its_rows_behind(graph):
    """Else the thread that catches it drops them, which Oxigraph reports as an error that nobody can raise."""

    def call():
        rows = graph.select("SELECT ?s { ?s ?p ?o }").rows
        raise QueryError(f"half-way at {next(rows)}")

    with pytest.raises(QueryError, match="half-way") as raised:
        asyncio.run(in_thread(call))
    del raised
    gc.collect()


def test_an_answer_that_is_refused_keeps_no_reader():
    body = b'{"head": {"vars": ["other"]}, "results": {"bindings": []}}'
    with Server(lambda *_: reply(body, kind="application/sparql-results+json")) as server:
        store = RemoteStore(server.url("/sparql"))
        with pytest.raises(ServerError, match="the columns other where s were asked for"):
            asyncio.run(asyncio.to_thread(store.query, "SELECT ?s FROM <urn:x> { ?s ?p ?o }"))
