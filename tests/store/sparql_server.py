"""A small, honest SPARQL 1.1 endpoint over Oxigraph, for tests that need no server of somebody else's.

Run as a module it serves a store folder until it is killed: ``python -m tests.store.sparql_server FOLDER [union]``.
"""

import sys
import threading
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

from cbec_kg.store.builds import current

_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"


class Endpoint:
    """Serves quads, or an opened Oxigraph store, on a free port; ``asked`` holds method, parameters and headers.

    With ``union`` the default graph is that of all named graphs, as on Virtuoso, unless a request names its own.
    """

    def __init__(self, quads: Iterable[pyoxigraph.Quad] | pyoxigraph.Store, *, union: bool = False) -> None:
        if isinstance(quads, pyoxigraph.Store):
            self.store = quads
        else:
            self.store = pyoxigraph.Store()
            self.store.bulk_extend(quads)
        self.union = union
        self.asked: list[tuple[str, dict[str, list[str]], dict[str, str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/sparql"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def __enter__(self) -> "Endpoint":
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def queries(self) -> list[str]:
        return [parameters["query"][0] for _, parameters, _ in self.asked]

    def answer(self, parameters: dict[str, list[str]], accept: str) -> tuple[int, str, bytes]:
        default, named = parameters.get("default-graph-uri"), parameters.get("named-graph-uri")
        own = " FROM " in parameters["query"][0] or default or named
        chosen: dict[str, object] = {"use_default_graph_as_union": self.union and not own}
        if default or named:
            chosen["default_graph"] = [pyoxigraph.NamedNode(one) for one in default or []]
            chosen["named_graphs"] = [pyoxigraph.NamedNode(one) for one in named or []]
        try:
            found = self.store.query(parameters["query"][0], **chosen)
            if isinstance(found, pyoxigraph.QueryTriples):
                return 200, "application/n-triples", found.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES)
            kind = _JSON if _JSON in accept else _XML
            return 200, kind, found.serialize(format=pyoxigraph.QueryResultsFormat.from_media_type(kind))
        except SyntaxError as error:
            return 400, "text/plain", str(error.msg).encode()
        except (RuntimeError, ValueError) as error:
            return 500, "text/plain", str(error).encode()


def _handler(endpoint: Endpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._reply(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._reply(self.rfile.read(int(self.headers["content-length"])).decode())

        def _reply(self, encoded: str) -> None:
            parameters = parse_qs(encoded, keep_blank_values=True)
            headers = {name.lower(): value for name, value in self.headers.items()}
            endpoint.asked.append((self.command, parameters, headers))
            status, kind, body = endpoint.answer(parameters, headers.get("accept", ""))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


if __name__ == "__main__":
    build = current(Path(sys.argv[1]))
    assert build is not None
    with Endpoint(pyoxigraph.Store.read_only(str(build)), union="union" in sys.argv) as served:
        print(served.url, flush=True)
        threading.Event().wait()
