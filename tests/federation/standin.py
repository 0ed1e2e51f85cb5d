"""A SPARQL endpoint on loopback over one Turtle file, for what would otherwise go to a server far away.

It is a process of its own: answers of pyoxigraph belong to the thread that asked, and what the tests left behind would
otherwise be cleaned up in the endpoint's threads.

>>> with standing_in_for(Path(__file__).parent / "wikidata.ttl") as (address, asked):
...     rows = list(pyoxigraph.Store().query("SELECT ?x { SERVICE <%s> { ?x ?p 'CNY' } }" % address))
>>> rows[0]["x"], len(asked)
(<NamedNode value=http://www.wikidata.org/entity/Q39099>, 1)
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

__all__ = ["standing_in_for"]

RESULTS = pyoxigraph.QueryResultsFormat.JSON
JSON = RESULTS.media_type


@contextmanager
def standing_in_for(file: Path, spoilt: tuple[int, str, str] | None = None) -> Iterator[tuple[str, list[str]]]:
    """Address of the endpoint, and the texts of the queries that it was asked, once the block ends.

    ``spoilt`` (status, type, body) is sent instead of answers.
    """
    asked: list[str] = []
    command = [sys.executable, __file__, str(file), json.dumps(spoilt)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}/sparql", asked
        finally:
            process.terminate()
            asked += map(json.loads, process.stdout)


def _serve(file: Path, spoilt: tuple[int, str, str] | None) -> None:
    store = pyoxigraph.Store()
    store.load(file.read_bytes(), pyoxigraph.RdfFormat.TURTLE)

    class Endpoint(BaseHTTPRequestHandler):
        def answer(self, query: str) -> None:
            print(json.dumps(query), flush=True)
            status, kind, text = spoilt or (200, JSON, store.query(query).serialize(format=RESULTS).decode())
            body = text.encode()
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

    with HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        print(server.server_port, flush=True)
        server.serve_forever()


if __name__ == "__main__":
    _serve(Path(sys.argv[1]), json.loads(sys.argv[2]))
