"""Requests of a push: who we are, tries again, one line for what goes wrong.

All that a push sends may be sent twice: PUT and DELETE by what they are, POST because it adds triples without blank
nodes to a set. So what is lost or put off by the server is tried again, a few times, each after a longer wait.

>>> Wire(timeout=5).timeout
5
"""

import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from urllib.parse import quote, urlencode
from urllib.request import Request

from cbec_kg.errors import CbecError, QueryTimeout, ServerError
from cbec_kg.rdf.terms import Term
from cbec_kg.store.base import Solutions
from cbec_kg.store.remote.answers import ACCEPT, read_answer
from cbec_kg.store.remote.credentials import Credentials, check_private, find_credentials
from cbec_kg.store.remote.digest import Digest
from cbec_kg.store.remote.endpoint import Endpoint
from cbec_kg.store.remote.exchange import Deadline, Patience, Reply, exchange
from cbec_kg.store.remote.failures import said
from cbec_kg.store.remote.form import read_form

__all__ = ["Refused", "Wire", "logins"]

_PASSING = frozenset((502, 503, 504))  # what may be well a little later
_PATIENCE = Patience(largest=64 * 1024 * 1024)  # the largest answer is a list of graphs
_AGAIN = "then push again: what is there is not sent twice"


class Refused(ServerError):
    """A server's answer that is no success; ``status`` is HTTP's."""

    def __init__(self, status: int, message: str, *, fix: str = "") -> None:
        super().__init__(message, fix=fix)
        self.status = status


def logins(to: Endpoint, environment: Mapping[str, str]) -> Callable[[Endpoint], Credentials | None]:
    """Who we are to whom: what the environment names is for the server that is pushed into, and for no other.

    Another server, where queries are answered elsewhere, gets what netrc has for its host. Raises `StoreError` for what
    would go over plain http to another machine.
    """
    named = ("CBEC_KG_TOKEN", "CBEC_KG_USER", "CBEC_KG_PASSWORD")
    others = {name: value for name, value in environment.items() if name not in named}

    @cache
    def find(endpoint: Endpoint) -> Credentials | None:
        credentials = find_credentials(endpoint, environment if endpoint.origin == to.origin else others)
        check_private(endpoint, credentials)
        return credentials

    return find


class Wire:
    """``credentials`` gives those for an endpoint; ``timeout`` is in seconds, for one request with all its tries."""

    def __init__(
        self,
        credentials: Callable[[Endpoint], Credentials | None] = lambda endpoint: None,
        timeout: float = 300,
        patience: Patience = _PATIENCE,
    ) -> None:
        self.timeout, self.patience = timeout, patience
        self._find, self._digests = credentials, dict[tuple[str, str, int], Digest]()

    def write(
        self, method: str, to: Endpoint, parameters: Iterable[tuple[str, str]], body: bytes | None, kind: str | None
    ) -> None:
        """Change a graph; raises `ServerError`. A graph that is not there is deleted already."""
        headers = {"Content-Type": kind} if kind else {}
        try:
            reply = self._reply(method, to, parameters, body, headers)
        except CbecError as error:
            told = error.message.replace("did not answer within", "did not take what was sent within")
            fix = "raise --timeout, or send smaller bodies with --batch"
            if not isinstance(error, QueryTimeout):
                fix = f"start the server or correct --to, or lower --batch if it closes on large bodies; {_AGAIN}"
            raise ServerError(told, fix=fix) from None
        if not (200 <= reply.status < 300 or (method == "DELETE" and reply.status == 404)):
            raise self._refused(reply, to, "--to", len(body or b""))

    def rows(self, endpoint: Endpoint, query: str) -> list[tuple[Term | None, ...]]:
        """Rows of a SELECT; raises `ServerError` where no whole answer comes."""
        reply = self._asked(endpoint, query)
        if reply.status != 200:
            raise self._refused(reply, endpoint, "--sparql", 0)
        found = read_answer(reply, read_form(query), endpoint, self._find(endpoint))
        assert isinstance(found, Solutions)
        return list(found.rows)

    def answers(self, endpoint: Endpoint) -> bool:
        """Whether an address answers queries; raises `ServerError` where nothing answers, or wants to know who asks."""
        query = "SELECT (1 AS ?n) WHERE {}"
        reply = self._asked(endpoint, query)
        if reply.status in (401, 403):
            raise self._refused(reply, endpoint, "--sparql", 0)
        try:
            read_answer(reply, read_form(query), endpoint)
        except CbecError:
            return False
        return True

    def _asked(self, endpoint: Endpoint, query: str) -> Reply:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": ACCEPT["SELECT"]}
        return self._reply("POST", endpoint, (), urlencode({"query": query}).encode(), headers)

    def _reply(
        self, method: str, to: Endpoint, parameters: Iterable[tuple[str, str]], body: bytes | None,
        headers: dict[str, str],
    ) -> Reply:  # fmt: skip
        """One answer, after tries again where the server says that it is not well, or wants a digest."""
        given = urlencode([*to.parameters, *parameters], quote_via=quote)
        url, target = (f"{text}?{given}" if given else text for text in (str(to), to.path))
        deadline, tries = Deadline(self.timeout), 0
        asked = bare = False
        while True:
            tries += 1
            request = Request(url, body, headers, method=method)
            if not bare and (header := self._authorization(to, method, target)):
                request.add_header("Authorization", header)
            reply = exchange(request, to, deadline, self.patience, follow=False)
            if reply.status == 401 and not asked:
                if self._challenged(to, reply):
                    asked, bare = True, False
                    continue
                if not bare and self._find(to):
                    bare = True  # Virtuoso names its challenge to those only who bring nothing
                    continue
            wait = self.patience.first * 2 ** (tries - 1)
            if reply.status not in _PASSING or tries >= self.patience.tries or wait >= deadline.left:
                return reply
            time.sleep(wait)

    def _authorization(self, to: Endpoint, method: str, target: str) -> str | None:
        if digest := self._digests.get(to.origin):
            return digest.header(method, target)
        credentials = self._find(to)
        return credentials.header if credentials else None

    def _challenged(self, to: Endpoint, reply: Reply) -> bool:
        """Whether the server asks for a digest that we can give; the next requests then bring one unasked."""
        credentials = self._find(to)
        digest = Digest.of(reply.headers.get_all("www-authenticate") or [], credentials) if credentials else None
        if digest:
            self._digests[to.origin] = digest
        return digest is not None

    def _refused(self, reply: Reply, to: Endpoint, option: str, size: int) -> Refused:
        """What to say of a status that is no success."""
        credentials = self._find(to)
        words = said(reply.kind, reply.body, credentials)
        told = f": {words}" if words else ""
        status = reply.status
        who = "set CBEC_KG_USER and CBEC_KG_PASSWORD, or CBEC_KG_TOKEN, or write ~/.netrc"
        match status:
            case 300 | 301 | 302 | 303 | 307 | 308:
                message, fix = f"{to} redirects ({status}), which is not followed", f"give the address itself: {option}"
            case 401:
                message = f"{to} wants to know who asks (401)"
                fix = "it does not take the credentials that were sent" if credentials else who
            case 403:
                message, fix = f"{to} forbids this (403){told}", who if not credentials else "ask who runs it"
            case 404 | 405 | 501:
                message = f"{to} is no Graph Store Protocol endpoint that can be written ({status}){told}"
                fix = "such addresses often end in /data, /store or /sparql-graph-crud-auth: --to URL"
                if option == "--sparql":
                    message, fix = f"{to} answers no queries ({status}){told}", "correct --sparql"
            case 413:
                message, fix = f"a body of {size:,} bytes is too large for {to} (413)", "lower --batch"
            case 507:
                message, fix = f"{to} has no space left (507){told}", f"free some there; {_AGAIN}"
            case _ if status in _PASSING or status == 429:
                message, fix = f"{to} is busy ({status}){told}", f"wait; {_AGAIN}"
            case _ if status >= 500:
                message, fix = f"{to} failed ({status}){told}", f"its log says more; {_AGAIN}"
            case _:
                message, fix = f"{to} refuses what was sent ({status}){told}", f"check the address: {option}"
        return Refused(status, message, fix=fix)
