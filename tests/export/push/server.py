"""A graph store on loopback over Oxigraph, that breaks in the way and at the request that a test names.

It speaks the Graph Store Protocol at ``/store`` and SPARQL queries at ``/query``. ``union`` makes a query without a
graph see all named graphs, and there is no default graph then. ``points`` makes it write whole decimals with a point,
and never part with one in the default graph that came without, as Jena's TDB2 does.
"""

import hashlib
import io
import re
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

WHOLE = re.compile(r'^"-?\d+"\^\^<.*#decimal>$')
TRIPLES = pyoxigraph.RdfFormat.N_TRIPLES


class GraphStore:
    """``fault(number, method, path)`` says what goes wrong with a request, by number from 1; ``asked`` is what came."""

    def __init__(
        self, *, union: bool = False, points: bool = False, fault: Callable[[int, str, str], object] | None = None
    ) -> None:
        self.store = pyoxigraph.Store()
        self.union, self.points, self.fault = union, points, fault
        self.stuck: set[pyoxigraph.Quad] = set()
        self.authorised: Callable[[str, str, str], str | None] | None = None
        self.taken: Callable[[pyoxigraph.Quad], bool] = lambda quad: True  # else it is lost, and nobody is told
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.sizes: list[int] = []
        self.lock = threading.Lock()
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def __enter__(self) -> "GraphStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/store"

    def writes(self) -> list[tuple[str, str]]:
        """Requests that write, without those for the record."""
        return [
            (method, path)
            for method, path in self.asked
            if method in WRITING and path.startswith("/store") and "graph%2Fpushed" not in path
        ]

    def graph(self, name: str) -> set[str]:
        """Triples of a graph by its IRI, ``""`` the default graph; blank nodes under the names that the server gave."""
        node = pyoxigraph.NamedNode(name) if name else pyoxigraph.DefaultGraph()
        return {str(quad.triple) for quad in self.store.quads_for_pattern(None, None, None, node)}

    def quads(self) -> list[pyoxigraph.Quad]:
        """All that is there but the record."""
        pushed = "https://w3id.org/cbec-kg/graph/pushed"
        return [quad for quad in self.store if getattr(quad.graph_name, "value", "") != pushed]


WRITING = ("PUT", "POST", "DELETE")


def digest_realm(user: str, password: str) -> Callable[[str, str, str], str | None]:
    """Asks for digest authentication as Virtuoso does, that has no challenge for who brings a password.

    The answer to a challenge is checked as RFC 7616 has it.
    """

    def check(method: str, path: str, header: str) -> str | None:
        given = dict(re.findall(r'(\w+)="?([^",]+)"?', header))
        ha1 = hashlib.md5(f"{user}:SPARQL:{password}".encode()).hexdigest()
        ha2 = hashlib.md5(f"{method}:{path}".encode()).hexdigest()
        said = f"{ha1}:n0nce:{given.get('nc')}:{given.get('cnonce')}:auth:{ha2}"
        if header.startswith("Digest ") and given.get("response") == hashlib.md5(said.encode()).hexdigest():
            return None
        if header.startswith("Basic "):
            return "nothing"
        return 'Digest realm="SPARQL", domain="/store", nonce="n0nce", opaque="0pa", stale="false", qop="auth"'

    return check


def fixed(expected: str, challenge: str) -> Callable[[str, str, str], str | None]:
    """Asks for one Authorization header."""
    return lambda method, path, header: None if header == expected else challenge


def _handler(owner: GraphStore) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None: ...

        def handle(self) -> None:
            with suppress(OSError):
                super().handle()

        def answer(self) -> None:
            with owner.lock:
                owner.asked.append((self.command, self.path))
                owner.headers.append({name.lower(): value for name, value in self.headers.items()})
                number = len(owner.asked)
            fault = owner.fault(number, self.command, self.path) if owner.fault else None
            if fault == "silence":
                owner.over.wait()
            if fault in ("hang up", "silence"):  # before the body is read
                self.hang_up()
                return
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            owner.sizes.append(len(body))
            challenge = owner.authorised and owner.authorised(
                self.command, self.path, self.headers.get("authorization") or ""
            )
            if challenge:
                self.reply(401, b"who are you?", **({} if challenge == "nothing" else {"WWW-Authenticate": challenge}))
                return
            if isinstance(fault, tuple):
                self.reply(fault[0], fault[1].encode(), **(fault[2] if len(fault) > 2 else {}))
                return
            with owner.lock:
                status, kind, content = self.run(body)
            if fault == "hang up after":  # the work is done, and the client never hears of it
                self.hang_up()
                return
            self.reply(status, content, **{"Content-Type": kind})

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer

        def hang_up(self) -> None:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)

        def reply(self, status: int, content: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def run(self, body: bytes) -> tuple[int, str, bytes]:
            parts = urlsplit(self.path)
            given = parse_qs(parts.query, keep_blank_values=True)
            if parts.path == "/query":
                return self.query(given, body)
            if parts.path != "/store":
                return 404, "text/plain", b"nothing here"
            if "graph" in given:
                graph = pyoxigraph.NamedNode(given["graph"][0])
            elif "default" in given and not owner.union:
                graph = pyoxigraph.DefaultGraph()
            else:
                return 400, "text/plain", b"which graph?"
            return self.write(graph, body)

        def write(self, graph: object, body: bytes) -> tuple[int, str, bytes]:
            there = next(owner.store.quads_for_pattern(None, None, None, graph), None) is not None
            if self.command == "DELETE":
                owner.store.remove_graph(graph)
                return (204 if there else 404), "text/plain", b""
            if self.command not in ("PUT", "POST"):
                return 405, "text/plain", b"no"
            if self.headers["content-type"] != "application/n-triples":
                return 415, "text/plain", b"send N-Triples"
            # Blank nodes of a request are its own, as everywhere.
            parsed = list(pyoxigraph.parse(io.BytesIO(body), format=TRIPLES, rename_blank_nodes=True))
            if self.command == "PUT":
                owner.store.clear_graph(graph)
                owner.store.extend(quad for quad in owner.stuck if quad.graph_name == graph)
            quads = [pyoxigraph.Quad(*quad.triple, graph) for quad in parsed]
            if owner.points and isinstance(graph, pyoxigraph.DefaultGraph):
                owner.stuck |= {quad for quad in quads if WHOLE.search(str(quad.object))}
            owner.store.extend(filter(owner.taken, quads))
            return (204 if there else 201), "text/plain", b""

        def query(self, given: dict[str, list[str]], body: bytes) -> tuple[int, str, bytes]:
            kind = self.headers.get("content-type") or ""
            if kind.startswith("application/sparql-query"):
                text = body.decode()
            else:
                text = {**given, **parse_qs(body.decode())}.get("query", [""])[0]
            try:
                results = owner.store.query(text, use_default_graph_as_union=owner.union)
            except SyntaxError as error:
                return 400, "text/plain", str(error).encode()
            content = results.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
            if owner.points and "wholeDecimal" in text:
                content = content.replace(b'"10"', b'"10.0"')
            return 200, "application/sparql-results+json", content

    return Handler
