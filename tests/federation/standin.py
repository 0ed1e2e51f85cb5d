"""A SPARQL endpoint on loopback over one Turtle file, for what would otherwise go to a server far away.

>>> with standing_in_for(Path(__file__).parent / "wikidata.ttl") as (address, asked):
...     store = pyoxigraph.Store()
...     rows = list(store.query("SELECT ?x { SERVICE <%s> { ?x ?p 'CNY' } }" % address))
>>> rows[0]["x"], len(asked)
(<NamedNode value=http://www.wikidata.org/entity/Q39099>, 1)
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

__all__ = ["standing_in_for"]

RESULTS = pyoxigraph.QueryResultsFormat.JSON
JSON = RESULTS.media_type


@contextmanager
def standing_in_for(file: Path, spoilt: tuple[int, str, bytes] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Address of the endpoint, and the texts of the queries it is asked; ``spoilt`` is sent instead of answers."""
    store, asked = pyoxigraph.Store(), []
    store.load(file.read_bytes(), pyoxigraph.RdfFormat.TURTLE)

    class Endpoint(BaseHTTPRequestHandler):
        def answer(self, query: str) -> None:
            asked.append(query)
            status, kind, body = spoilt or (200, JSON, store.query(query).serialize(format=RESULTS))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = self.headers["Content-Type"].startswith("application/x-www-form-urlencoded")
            self.answer(parse_qs(body)["query"][0] if form else body)

        def do_GET(self) -> None:
            self.answer(parse_qs(urlsplit(self.path).query)["query"][0])

        def log_message(self, *_: object) -> None:
            """Tests are silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/sparql", asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
