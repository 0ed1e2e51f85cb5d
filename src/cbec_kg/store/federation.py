"""Whether a query would have the engine ask another server.

>>> refuse_federation('SELECT * { ?s rdfs:label "a service { of" }')
>>> refuse_federation("SELECT * { SERVICE SILENT # other\\n <http://127.0.0.1/sparql> { ?s ?p ?o } }")
Traceback (most recent call last):
    ...
cbec_kg.errors.QueryError: the query asks another server (SERVICE), and only this graph is read here: leave SERVICE out
>>> refuse_federation("SELECT * { SERVICE <https://a.example/> { ?s ?p ?o } }", ["https://a.example/"])
"""

import re
from collections.abc import Collection

from cbec_kg.errors import QueryError

__all__ = ["is_federated", "refuse_federation"]

# Nothing here is tried twice (the second + of each repetition), so that no text keeps the server: who is asked may be a
# stranger's choice. What ends a name is SPARQL's white space only, for IRIs and names hold other spaces.
_GAP = r"(?:\s|#[^\n\r]*+[\n\r])*+"
_WHO = r"(?P<who><[^<>\"{}]*+>|(?:\\.|[^ \t\r\n{}<#\\])++)"
# Wherever a clause could stand, even in a comment or a text: nothing that the engine reads as one is overlooked.
_SERVICE = re.compile(rf"(?<![:?$])service{_GAP}(?:silent{_GAP})?+{_WHO}{_GAP}\{{", re.IGNORECASE)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


def refuse_federation(sparql: str, allowed: Collection[str] = ()) -> None:
    """Raise `QueryError` for a query that would have the engine ask another server than those ``allowed``.

    Whom it asks is to be written as an IRI in full, for a name or a variable could be anybody.
    """
    if not is_federated(sparql):
        return
    if not allowed:
        raise QueryError(
            "the query asks another server (SERVICE), and only this graph is read here", fix="leave SERVICE out"
        )
    plain = _ESCAPE.sub(_character, sparql)
    for found in _SERVICE.finditer(sparql) if plain == sparql else (None,):
        who = found["who"] if found else "one that is written with escapes"
        if not (who.startswith("<") and who[1:-1] in allowed):
            raise QueryError(
                f"the query asks another server, {who[:200]}, and SERVICE may ask these only: {', '.join(allowed)}",
                fix="write one of them as it stands here, in < >",
            )


def is_federated(sparql: str) -> bool:
    """Whether a query has the engine ask another server, or a text of it could be taken for that."""
    return bool(_SERVICE.search(sparql) or ("\\" in sparql and _SERVICE.search(_ESCAPE.sub(_character, sparql))))


def _character(found: re.Match[str]) -> str:
    number = int(found[1] or found[2], 16)
    return chr(number) if number < 0x110000 else found[0]
