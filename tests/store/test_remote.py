"""A graph on a server gives what the same graph gives in a folder; what is sent there is what should be."""

import socket
import struct
import threading

import pytest

from cbec_kg.answer.answer import ask
from cbec_kg.answer.question import Question
from cbec_kg.errors import QueryError, ServerError, StoreError, UpdateRefused
from cbec_kg.namespaces import GRAPH
from cbec_kg.query.catalogue import Catalogue
from cbec_kg.query.labels import labels_of
from cbec_kg.query.run import run
from cbec_kg.rdf.terms import iri
from cbec_kg.store.remote.credentials import Credentials
from cbec_kg.store.remote.exchange import Patience
from cbec_kg.store.remote.store import RemoteStore
from tests.fetch.servers import Server, reply
from tests.store.test_servers import NOTHING, RESULTS

QUICK = Patience(first=0.001)
CATALOGUE = Catalogue(None)


@pytest.mark.parametrize("name", CATALOGUE.names())
def test_every_saved_query_has_the_rows_of_the_folder(name, endpoint, graph):
    query = CATALOGUE.find(name)
    assert list(run(query, {}, RemoteStore(endpoint.url)).rows) == list(run(query, {}, graph).rows)


def test_a_union_without_its_graph_would_count_twice(served, graph):
    """The test above fails where ``graph/all`` is not asked for."""
    served["union"].asked.clear()
    text = "SELECT (COUNT(*) AS ?n) { ?claim cbec:value ?value }"
    [rows] = [list(graph.select(text).rows)]
    remote = RemoteStore(served["union"].url)
    assert list(remote.select(text).rows) == rows
    remote._holds_all = False
    assert list(remote.select(text).rows) != rows


@pytest.mark.parametrize(
    "text",
    [
        "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g",
        "SELECT (COUNT(*) AS ?n) { GRAPH graph:entities { ?s ?p ?o } }",
        "SELECT ?c (SUM(?v) AS ?t) (AVG(?v) AS ?m) { ?c cbec:value ?v } GROUP BY ?c ORDER BY ?c",
        "SELECT * { id:shein ?p ?o } ORDER BY ?p ?o",
        "SELECT (1.50 AS ?d) (01 AS ?i) ('a'@zh-CN AS ?l) (1e0 AS ?e) (true AS ?b) { }",
        "SELECT (COUNT(*) AS ?n) FROM graph:entities { ?s ?p ?o }",
        "ASK { id:shein a cbec:Platform }",
        "ASK { id:shein a cbec:Programme }",
    ],
)
def test_other_queries_too(text, endpoint, graph):
    ours, theirs = graph.query(text), RemoteStore(endpoint.url).query(text)
    if isinstance(ours, bool):
        assert theirs is ours
        return
    assert theirs.variables == ours.variables
    assert list(theirs.rows) == list(ours.rows)


def test_triples_and_quads(endpoint, graph):
    remote = RemoteStore(endpoint.url)
    assert set(remote.query("DESCRIBE id:shein")) == set(graph.query("DESCRIBE id:shein"))
    assert remote.graphs() == graph.graphs()
    name = GRAPH + "findings"
    assert set(remote.quads(name)) == set(graph.quads(name))
    assert list(remote.quads(GRAPH + "none")) == []
    ours = {quad for quad in graph.quads("") if quad.predicate == iri("cbec:value")}
    theirs = [quad for quad in remote.quads("") if quad.predicate == iri("cbec:value")]
    assert (set(theirs), len(theirs)) == (ours, len(ours))


def test_answers_take_few_requests(endpoint, graph):
    for question in (Question("cbec-trade-value", period="2022"), Question("cbec-trade-value", period="2014")):
        endpoint.asked.clear()
        assert ask(RemoteStore(endpoint.url), question).answer == ask(graph, question).answer
        assert len(endpoint.asked) <= 12, endpoint.queries


def test_long_queries_are_posted(served, graph):
    endpoint = served["own"]
    endpoint.asked.clear()
    platforms = [row[0].value for row in graph.select("SELECT ?p { ?p a cbec:Platform } LIMIT 3").rows]
    assert labels_of(RemoteStore(endpoint.url), platforms, "zh") == labels_of(graph, platforms, "zh")
    names = [f"{GRAPH}x{n}" for n in range(100)]
    assert labels_of(RemoteStore(endpoint.url), names, "zh") == {}
    assert [method for method, _, _ in endpoint.asked] == ["GET", "GET", "GET", "POST"]


def test_an_update_is_not_sent(served):
    served["own"].asked.clear()
    for text in ("DROP ALL", "PREFIX a: <b> DELETE WHERE { ?s ?p ?o }"):
        with pytest.raises(UpdateRefused):
            RemoteStore(served["own"].url).query(text)
    with pytest.raises(QueryError, match="a SELECT query is needed here"):
        RemoteStore(served["own"].url).select("ASK { }")
    assert served["own"].asked == []


@pytest.mark.parametrize(
    ("credentials", "sent"),
    [
        (Credentials.basic("me", "secret"), "Basic bWU6c2VjcmV0"),
        (Credentials.basic("我", ""), "Basic 5oiROg=="),
        (Credentials.bearer("secret"), "Bearer secret"),
        (None, None),
    ],
)
def test_credentials_are_sent_and_never_shown(credentials, sent, served):
    endpoint = served["own"]
    endpoint.asked.clear()
    remote = RemoteStore(endpoint.url, credentials=credentials)
    assert remote.query("ASK { }") is True
    assert {headers.get("authorization") for _, _, headers in endpoint.asked} == {sent}
    assert "secret" not in f"{remote!r} {remote} {credentials!r} {credentials}"


def test_credentials_do_not_go_elsewhere():
    """Not even to another port of the same machine."""
    with Server(lambda path, _: reply(NOTHING, kind=RESULTS)) as other:
        target = other.url("/sparql", host="localhost")
        with Server(lambda path, _: reply(status=302, location=target)) as first:
            remote = RemoteStore(first.url("/sparql"), credentials=Credentials.bearer("secret"))
            with pytest.raises(ServerError, match="redirects to another server"):
                remote.query("ASK { }")
        assert other.asked == []


def test_a_redirect_within_the_server_is_followed():
    def answers(path: str, headers: dict) -> list:
        if path.startswith("/sparql/"):
            return reply(b'{"head": {}, "boolean": true}' if "ASK" in path else NOTHING, kind=RESULTS)
        return reply(status=308, location=path.replace("/sparql?", "/sparql/?"))

    with Server(answers) as server:
        assert RemoteStore(server.url("/sparql"), credentials=Credentials.bearer("secret")).query("ASK { }") is True
        assert {headers["authorization"] for _, headers in server.asked} == {"Bearer secret"}
        assert len(server.asked) == 4


def test_a_posted_query_is_not_lost_in_a_redirect():
    with (
        Server(lambda path, _: reply(NOTHING, kind=RESULTS) if "?" in path else reply(status=303, location="/b")) as it,
        pytest.raises(ServerError, match=r"redirects \(303\), and the query would be lost"),
    ):
        RemoteStore(it.url("/sparql")).query("ASK { } #" + "x" * 2000)


@pytest.mark.parametrize(
    "bad",
    [reply(status=503, retry_after="0"), reply(status=429, retry_after="Thu, 01 Jan 2015 00:00:00 GMT"), [b""]],
    ids=["busy", "too often", "closed"],
)
def test_a_question_is_asked_again(bad):
    left = [bad, bad, bad]
    with Server(lambda *_: left.pop() if left else reply(NOTHING, kind=RESULTS)) as server:
        assert list(RemoteStore(server.url(), patience=QUICK).select("SELECT ?s { }").rows) == []
        assert len(server.asked) == 5


@pytest.mark.parametrize(
    "bad", [reply(status=503), reply(status=500, retry_after="0"), [b"x"], reply(b"{", kind=RESULTS)]
)
def test_what_would_not_get_better_is_not_asked_again(bad):
    with Server(lambda *_: bad) as server:
        with pytest.raises(ServerError):
            RemoteStore(server.url(), patience=QUICK).query("ASK { }")
        assert len(server.asked) == 1


def test_an_endless_answer_is_not_read_to_its_end():
    head = b"HTTP/1.1 200 -\r\nContent-Type: application/sparql-results+json\r\n\r\n"
    with Server(lambda *_: [head, "for ever"]) as server:
        remote = RemoteStore(server.url(), patience=Patience(largest=1_000_000))
        with pytest.raises(ServerError, match=r"larger than 1,000,000 bytes"):
            remote.query("ASK { }")


def test_no_proxy_stands_before_this_machine(served, monkeypatch):
    with Server(lambda *_: reply(status=418)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url())
        assert RemoteStore(served["own"].url).query("ASK { }") is True
        assert proxy.asked == []
        with pytest.raises(ServerError, match="418"):
            RemoteStore("http://example.invalid/sparql").query("ASK { }")


def test_a_certificate_that_nobody_vouches_for():
    with Server(lambda *_: reply(NOTHING, kind=RESULTS), tls=True) as server:
        with pytest.raises(ServerError, match=r"the certificate of https://localhost:\d+/ is not to be trusted \(self"):
            RemoteStore(server.url(host="localhost")).query("ASK { }")
        assert server.asked == []
    with (
        Server(lambda *_: reply(status=400), hasty=True) as plain,
        pytest.raises(ServerError, match=r"no secure connection to https://.*: does it"),
    ):
        RemoteStore(f"https://localhost:{plain.port}/").query("ASK { }")


def test_credentials_over_plain_http_stay_here():
    with pytest.raises(
        StoreError, match=r"http://example.org/sparql is plain http, and a password or a token would be"
    ):
        RemoteStore("http://example.org/sparql", credentials=Credentials.bearer("secret"))
    RemoteStore("https://example.org/sparql", credentials=Credentials.bearer("secret"))
    RemoteStore("http://[::1]:3030/sparql", credentials=Credentials.bearer("secret"))


def test_no_try_goes_in_the_clear_where_a_proxy_stands_between(monkeypatch):
    """Through a proxy that breaks off, each try begins as the first did: with TLS, and the token within it."""
    first: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.getsockname()[1]}")
        thread = threading.Thread(target=_tunnels, args=(proxy, first, 4), daemon=True)
        thread.start()
        store = RemoteStore(
            "https://example.org/sparql", credentials=Credentials.bearer("kept"), patience=Patience(first=0.01)
        )
        with pytest.raises(ServerError, match="closed the connection"):
            store.query("ASK FROM <urn:x> { }")
        thread.join(20)
    assert len(first) == 8
    assert {request.split(b" HTTP")[0] for request in first[::2]} == {b"CONNECT example.org:443"}
    assert {sent[:2] for sent in first[1::2]} == {b"\x16\x03"}  # a TLS handshake


def _tunnels(proxy: socket.socket, first: list[bytes], count: int) -> None:
    """Take so many connections, and break each off after what it sends first through the tunnel."""
    for _ in range(count):
        link, _ = proxy.accept()
        with link:
            first.append(link.recv(4096))
            link.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
            first.append(link.recv(4096))
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
