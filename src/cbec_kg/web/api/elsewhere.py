"""What the server's other parts answer, in short, for the API's description: only what is served is described.

>>> list(ELSEWHERE)[:3]
['/sparql', '/store', '/health']
"""

from typing import Any

__all__ = ["ELSEWHERE"]

_KINDS = {
    "id": "an entity", "vocab": "a term", "period": "a period", "series": "a series", "obs": "an observation",
    "claim": "a claim", "evidence": "a piece of evidence", "finding": "a finding", "article": "an article",
    "graph": "a named graph",
}  # fmt: skip
_PLAINLY: dict[str, Any] = {"content": {"text/plain": {"schema": {"type": "string"}}}}
_MANY = {"type": "array", "items": {"type": "string"}}
_RESULTS: dict[str, Any] = {
    name: {"schema": {}}
    for name in ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/turtle")
}
_RDF = {
    name: {"schema": {"type": "string"}} for name in ("text/turtle", "application/n-triples", "application/rdf+xml")
}


def _answers(said: str, content: dict[str, Any], *errors: int) -> dict[str, Any]:
    problems = {str(one): {"$ref": f"#/components/responses/{one}"} for one in errors}
    return {"200": {"description": said, "content": content}, **problems}


def _protocol(said: str, content: dict[str, Any]) -> dict[str, Any]:
    """Answers of the SPARQL protocols, which say in plain text what is wrong."""
    refused = {"400": "A request that the protocol does not allow", "406": "No such form", "503": "Too costly"}
    return {
        "200": {"description": said, "content": content},
        **{status: {**_PLAINLY, "description": why} for status, why in refused.items()},
        "429": {"$ref": "#/components/responses/429"},
    }


def _get(name: str, tag: str, summary: str, answers: dict[str, Any], *parameters: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": name,
        "tags": [tag],
        "summary": summary,
        "parameters": list(parameters),
        "responses": answers,
    }


def _text(name: str, where: str, said: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": where, "required": required, "description": said, "schema": {"type": "string"}}


def _thing(kind: str, said: str) -> dict[str, Any]:
    answers = {
        "303": {
            "description": "To its page, or to its data as Accept wishes",
            "headers": {"Location": {"schema": {"type": "string"}}},
        },
        "404": {"$ref": "#/components/responses/404"},
    }
    name = {**_text("name", "path", "Local name, as the IRI ends", required=True)}
    return {"get": _get(f"{kind}Of", "Linked data", f"Dereference {said}", answers, name)}


ELSEWHERE: dict[str, dict[str, Any]] = {
    "/sparql": {
        "get": _get(
            "sparqlGet", "SPARQL", "SPARQL 1.1 Protocol; without a query, the service description",
            _protocol("Results in the form that Accept wishes", _RESULTS),
            _text("query", "query", "A SPARQL 1.1 query"),
            {**_text("default-graph-uri", "query", "Default graphs"), "schema": _MANY},
            {**_text("named-graph-uri", "query", "Named graphs"), "schema": _MANY},
        ),
    },
    "/store": {
        "get": _get(
            "storeGet", "SPARQL", "SPARQL 1.1 Graph Store Protocol: one graph",
            {**_protocol("The graph", _RDF), "404": {**_PLAINLY, "description": "No such graph"}},
            _text("graph", "query", "IRI of a named graph"), _text("default", "query", "The default graph"),
        ),
    },
    "/health": {
        "get": _get(
            "health", "Operation", "Whether the graph can be asked, and which build it is",
            _answers("It can", {"application/json": {"schema": {"type": "object"}}}, 503),
        ),
    },
    "/metrics": {
        "get": _get(
            "metrics", "Operation", "Measurements for Prometheus",
            _answers("Measurements", {"text/plain": {"schema": {"type": "string"}}}),
        ),
    },
    **{f"/{kind}/{{name}}": _thing(kind, said) for kind, said in _KINDS.items()},
}  # fmt: skip
