"""Servers whose answers are well formed and make no sense: one line, and an end."""

import pytest

from cbec_kg.errors import StoreError
from cbec_kg.export.push import Server, Wire
from cbec_kg.store.endpoint import Endpoint
from tests.fetch.servers import Server as Liar
from tests.fetch.servers import reply

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
    with Liar(lambda *_: reply(body, kind="application/sparql-results+json")) as liar:
        endpoint = Endpoint.of(liar.url("/sparql"))
        with pytest.raises(StoreError, match="counts triples, and gives no number"):
            Server(endpoint, endpoint, Wire()).count("")


@pytest.mark.parametrize("name", ['{"type": "uri", "value": "urn:x"}', '{"type": "bnode", "value": "x"}'])
def test_pages_without_end_are_not_read(name):
    row = f'{{"s": {name}, "p": {{"type": "uri", "value": "urn:p"}}, "o": {{"type": "literal", "value": "o"}}}}'
    body = f'{{"head": {{"vars": ["s", "p", "o"]}}, "results": {{"bindings": [{", ".join([row] * 5_000)}]}}}}'.encode()
    with Liar(lambda *_: reply(body, kind="application/sparql-results+json")) as liar:
        endpoint = Endpoint.of(liar.url("/sparql"))
        with pytest.raises(StoreError, match="gives other rows than were asked for"):
            Server(endpoint, endpoint, Wire()).record()
        assert len(liar.asked) <= 2
