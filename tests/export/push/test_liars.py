"""Servers whose answers are well formed and make no sense: one line, and an end."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from cbec_kg.errors import StoreError
from cbec_kg.export.push import Server, Wire
from cbec_kg.store.remote.endpoint import Endpoint


@contextmanager
def liar(body: bytes) -> Iterator[Server]:
    """A server that gives the same rows whatever it is asked."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        endpoint = Endpoint.of(f"http://127.0.0.1:{server.server_address[1]}/sparql")
        try:
            yield Server(endpoint, endpoint, Wire())
        finally:
            server.shutdown()


NUMBERS = {
    "no row": "",
    "nothing": "{}",
    "a text": '{"n": {"type": "literal", "value": "many"}}',
    "an IRI": '{"n": {"type": "uri", "value": "urn:x"}}',
    "too many digits": '{"n": {"type": "literal", "value": "' + "9" * 5_000 + '"}}',
}


@pytest.mark.parametrize("row", NUMBERS.values(), ids=NUMBERS)
def test_a_count_that_is_no_number_is_one_line(row):
    body = f'{{"head": {{"vars": ["n"]}}, "results": {{"bindings": [{row}]}}}}'.encode()
    with liar(body) as server, pytest.raises(StoreError, match="counts triples, and gives no number"):
        server.count("")


@pytest.mark.parametrize("name", ['{"type": "uri", "value": "urn:x"}', '{"type": "bnode", "value": "x"}'])
def test_pages_without_end_are_not_read(name):
    row = f'{{"s": {name}, "p": {{"type": "uri", "value": "urn:p"}}, "o": {{"type": "literal", "value": "o"}}}}'
    body = f'{{"head": {{"vars": ["s", "p", "o"]}}, "results": {{"bindings": [{", ".join([row] * 5_000)}]}}}}'.encode()
    with liar(body) as server, pytest.raises(StoreError, match="gives other rows than were asked for"):
        server.record()
