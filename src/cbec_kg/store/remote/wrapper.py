"""SPARQLWrapper, which writes the request, with our own way of sending it.

Two of its habits are changed. It sends by ``urllib.request.urlopen``, which follows redirects to any host with all
headers; and it takes a query for an update where a word such as "add" stands in a remark before it.

>>> from cbec_kg.store.remote.endpoint import Endpoint
>>> question = Question("ASK", "# add\\n# add\\nASK { }", {}, {"Accept": "*/*"})
>>> request = request_of(Endpoint.of("http://localhost/sparql?key=1"), question)
>>> request.get_method(), request.full_url
('GET', 'http://localhost/sparql?key=1&query=%23+add%0A%23+add%0AASK+%7B+%7D')
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.request import Request

from SPARQLWrapper import POST, SPARQLWrapper

from cbec_kg import __version__
from cbec_kg.store.remote.endpoint import Endpoint

__all__ = ["Question", "request_of"]

# Beyond this a query is posted: servers and what stands before them limit addresses, some at 2,000 characters.
_LONGEST_ADDRESS = 1_500


@dataclass(frozen=True, slots=True)
class Question:
    """A query, its kind, the protocol's parameters that name its graphs, and headers."""

    kind: str
    sparql: str
    dataset: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper that hands its request over instead of sending it."""

    def _query(self) -> tuple[Any, str]:
        return self._createRequest(), self.returnFormat


def request_of(endpoint: Endpoint, question: Question) -> Request:
    """The request that asks a question: GET where it is short, else POST."""
    wrapper = _Wrapper(str(endpoint), agent=f"cbec-kg/{__version__}")
    wrapper.setOnlyConneg(True)
    wrapper.queryString, wrapper.queryType = question.sparql, question.kind  # not setQuery, which guesses the kind
    for name, value in endpoint.parameters:
        wrapper.addParameter(name, value)
    for name, values in question.dataset.items():
        for value in values:
            wrapper.addParameter(name, value)
    for name, value in question.headers.items():
        wrapper.addCustomHttpHeader(name, value)
    request: Any = wrapper.query().response
    if len(request.full_url) > _LONGEST_ADDRESS:
        wrapper.setMethod(POST)
        request = wrapper.query().response
    assert isinstance(request, Request)
    return request
