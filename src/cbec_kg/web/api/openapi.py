"""The API described as OpenAPI 3.1, made of the same operations that are served.

>>> from cbec_kg.query.catalogue import Catalogue
>>> told = document(list(Catalogue()), {}, [])
>>> told["openapi"], len(told["paths"]) > 80
('3.1.1', True)
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import cbec_kg
from cbec_kg.query.saved import SavedQuery
from cbec_kg.web.api import schemas
from cbec_kg.web.api.elsewhere import ELSEWHERE
from cbec_kg.web.api.operation import PROBLEMS, Operation, Parameter
from cbec_kg.web.api.operations import FIXED, saved_operation

__all__ = ["document"]

_ABOUT = (
    "A knowledge graph of China's cross-border e-commerce whose every figure can be traced to its article. Lists are "
    "parameters given again; errors are problem+json; answers have an entity tag that holds until the graph changes."
)
_NAMED = {"answer": "Answer", "ask": "Answer", "receipt": "Receipt", "search": "Hits", "entity": "Entity"}
_PATHS = {"topic": "platforms", "question": "programmes", "series": "cbec-trade-value_china_all_all_total_gac-total"}
_PART = {"type": "string", "minLength": 1, "maxLength": 300}


def document(
    queries: Sequence[SavedQuery], examples: Mapping[str, Any], served: Collection[str], root: str = ""
) -> dict[str, Any]:
    """The description: ``examples`` by name of an operation or query, ``served`` are paths of other parts, as routes
    write them, ``root`` is the path below which the server answers."""
    operations = [*FIXED, *map(saved_operation, queries)]
    names = {f"/api/queries/{query.name}": query.name for query in queries}
    paths: dict[str, Any] = {}
    for operation in operations:
        example = examples.get(names.get(operation.path, operation.name))
        paths[operation.path] = {"get": _told(operation, example)}
    plain = {path.replace(":path}", "}") for path in served}
    paths |= {path: methods for path, methods in ELSEWHERE.items() if path in plain}
    return {
        "openapi": "3.1.1",
        "info": {
            "title": "China CBEC Knowledge Graph", "version": cbec_kg.__version__, "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": root or "/"}],
        "tags": [{"name": name} for name in dict.fromkeys(tag for one in paths.values() for tag in _tags(one))],
        "paths": paths,
        "components": {
            "schemas": {"Problem": schemas.PROBLEM},
            "headers": {
                "ETag": {"description": "Names this answer of this graph (RFC 9110)", "schema": {"type": "string"}},
            },
            "responses": {str(status): _problem(status, said) for status, said in PROBLEMS.items()},
        },
    }  # fmt: skip


def _tags(methods: Mapping[str, Any]) -> list[str]:
    return [tag for one in methods.values() if isinstance(one, dict) for tag in one.get("tags", ())]


def _told(operation: Operation, example: Any) -> dict[str, Any]:
    parts = [
        {
            "name": name, "in": "path", "required": True, "description": said, "example": _PATHS[name],
            "schema": {**_PART, "format": f"cbec-kg:{name}"},
        }
        for name, said in operation.parts.items()
    ]  # fmt: skip
    headers: dict[str, Any] = {
        name: {"description": said, "schema": {"type": "string"}} for name, said in operation.headers.items()
    }
    headers["ETag"] = {"$ref": "#/components/headers/ETag"}
    content = {}
    for media, schema in operation.bodies.items():
        content[media] = {"schema": schema}
        if media == "application/json" and example is not None:
            content[media]["example"] = example
    return {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "description": operation.description,
        "parameters": [*parts, *map(_parameter, operation.parameters)],
        "responses": {
            "200": {"description": "The answer", "headers": headers, "content": content},
            "304": {"description": "The client has this answer: its If-None-Match or If-Modified-Since says so"},
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in operation.errors},
        },
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    told: dict[str, Any] = {"name": one.name, "in": "query", "required": one.required, "schema": one.schema}
    if one.description:
        told["description"] = one.description
    if one.many:
        told |= {"style": "form", "explode": True}
    if one.example is not None:
        told["example"] = one.example
    return told


def _problem(status: int, said: str) -> dict[str, Any]:
    told: dict[str, Any] = {
        "description": said,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status == 429:
        told["headers"] = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}
    return told
