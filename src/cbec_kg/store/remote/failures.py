"""What is said, in one line, of a server that cannot be reached or that refuses.

>>> endpoint = Endpoint.of("http://localhost:3030/ds")
>>> str(failure(ConnectionRefusedError(111, "Connection refused"), endpoint, answered=False)[0])
'nothing answers at http://localhost:3030/ds (connection refused): start the server, or check the address'
"""

import html
import http.client
import json
import re
import socket
import ssl
from contextlib import suppress

from cbec_kg.errors import CbecError, QueryError, QueryTimeout, ServerError
from cbec_kg.store.remote.credentials import Credentials
from cbec_kg.store.remote.endpoint import Endpoint

__all__ = ["failure", "page_title", "refusal", "said"]

_CHECK = "start the server, or check the address"
_LONGEST = 200
_TITLE = re.compile(r"<(title|h1)\b[^>]*>(.*?)</\1", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(r"<[^>]*>")
# Keys under which servers put the sentence of an error, in the order in which they are looked at.
_KEYS = ("exception", "message", "error", "detail", "detailedMessage", "title")


def failure(error: Exception, endpoint: Endpoint, *, answered: bool) -> tuple[CbecError, bool]:
    """What to say of an exchange that broke, and whether the question may be asked again."""
    if answered or isinstance(error, http.client.IncompleteRead):
        return ServerError(f"{endpoint} broke off in the middle of its answer", fix="ask again later"), False
    if isinstance(error, ssl.SSLCertVerificationError):
        return ServerError(f"the certificate of {endpoint} is not to be trusted ({error.verify_message})"), False
    if isinstance(error, ssl.SSLError):
        reason = (error.reason or "unknown").replace("_", " ").lower()
        return ServerError(f"no secure connection to {endpoint} ({reason})", fix="does it speak https there?"), False
    if isinstance(error, socket.gaierror):
        return ServerError(f"the host of {endpoint} is not found", fix="check the address"), False
    if isinstance(error, ConnectionRefusedError):
        return ServerError(f"nothing answers at {endpoint} (connection refused)", fix=_CHECK), True
    if isinstance(error, ConnectionError):  # among them that the server closed without an answer
        return ServerError(f"{endpoint} closed the connection without an answer", fix=_CHECK), True
    if isinstance(error, TimeoutError):
        return QueryTimeout(f"{endpoint} did not answer in time", fix=_CHECK), False
    if isinstance(error, http.client.HTTPException | ValueError):
        return ServerError(f"what answers at {endpoint} does not speak HTTP", fix="check the address"), False
    reason = (getattr(error, "strerror", None) or "unknown").lower()
    return ServerError(f"no connection to {endpoint} ({reason})", fix=_CHECK), False


def refusal(
    status: int, kind: str, body: bytes, endpoint: Endpoint, credentials: Credentials | None = None
) -> CbecError:
    """What to say of an answer whose status is not 200."""
    words = said(kind, body, credentials)
    told = f": {words}" if words else ""
    match status:
        case 400:
            return QueryError(f"{endpoint} cannot run the query{told}" if told else f"{endpoint} refuses the query")
        case 401 | 403:
            asks = "wants to know who asks" if status == 401 else "forbids this"
            fix = (
                "it does not take what was sent of you"
                if credentials
                else "set CBEC_KG_USER and CBEC_KG_PASSWORD, or CBEC_KG_TOKEN, or write netrc"
            )
            return ServerError(f"{endpoint} {asks} ({status})", fix=fix)
        case 404 | 405 | 410:
            fix = "is it the query endpoint? Such addresses often end in /sparql or /query"
            return ServerError(f"nothing can be asked at {endpoint} ({status})", fix=fix)
        case 408 | 504:
            return QueryTimeout(f"{endpoint} gave the query up ({status}){told}", fix="narrow it, or add LIMIT")
        case 413 | 414:
            return ServerError(f"the query is too long for {endpoint} ({status})", fix="ask for fewer things at once")
        case 406 | 415:
            return ServerError(f"{endpoint} does not speak the SPARQL protocol ({status}){told}")
        case 429:
            return ServerError(f"{endpoint} is asked too often ({status}){told}", fix="ask again later")
        case 503:
            return ServerError(f"{endpoint} is busy ({status}){told}", fix="ask again later")
        case 206:
            return ServerError(f"{endpoint} gives a part of the answer only ({status})", fix="narrow the query")
    if status >= 500:
        return ServerError(f"{endpoint} failed ({status}){told}", fix="its log says more")
    return ServerError(f"{endpoint} answers with the status {status}{told}", fix="check the address")


def said(kind: str, body: bytes, credentials: Credentials | None = None) -> str:
    """The first line of what a server says of an error, fit to be shown; empty where it is nothing for people.

    >>> said("text/plain", b"Parse error: \\nEncountered '}' at line 1")
    "Parse error: Encountered '}' at line 1"
    >>> said("application/json", b'{"exception": "Invalid SPARQL query", "status": "ERROR"}')
    'Invalid SPARQL query'
    """
    text = body[:65_536].decode("utf-8", "replace")
    if kind == "text/html":
        text = page_title(body)
    elif kind.endswith("json"):
        with suppress(ValueError):
            found = json.loads(text)
            known = [found[key] for key in _KEYS if isinstance(found.get(key), str)] if isinstance(found, dict) else []
            text = known[0] if known else ""
    lines = [line for part in text.splitlines() if (line := shown(part))]
    first = " ".join(lines[:2]) if lines and lines[0].endswith(":") else lines[0] if lines else ""
    return (credentials.hidden(first) if credentials else first)[:_LONGEST].rstrip(" .")


def page_title(body: bytes) -> str:
    """Title of a page, else its first heading; empty where it has neither."""
    found = _TITLE.search(body[:65_536].decode("utf-8", "replace"))
    return shown(html.unescape(_MARKUP.sub(" ", found[2]))) if found else ""


def shown(text: str) -> str:
    """Text in one line without what a terminal would obey."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
