"""What the API can be asked, as plain data: routes, checks, documentation and tests are all made of it.

>>> limit = Parameter("limit", {"type": "integer", "minimum": 1}, "Most rows to give")
>>> limit.many, limit.required
(False, False)
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.query.schemas import Schema

__all__ = ["PROBLEMS", "Arguments", "Handler", "Operation", "Parameter"]

Arguments = dict[str, Any]
Handler = Callable[[Request, Arguments], Awaitable[Response]]

PROBLEMS: dict[int, str] = {
    400: "A parameter that is unknown, missing, given twice, or not of its type; `parameter` names it",
    404: "Nothing of that name; `nearest` are names that are spelled alike",
    406: "None of the media types in Accept is offered",
    422: "A question that is not understood (`words` are those at fault), or asks for what cannot be asked",
    429: "Too many requests at once; Retry-After says when to come again",
    503: "The answer took more time or memory than one request may have, or there is no graph",
}
"""Statuses of errors, whose bodies are all ``application/problem+json`` (RFC 9457)."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the query part of an address; a schema of type array is for one that may be given again."""

    name: str
    schema: Schema
    description: str = ""
    required: bool = False
    example: Any = None

    @property
    def many(self) -> bool:
        """Whether it may be given more than once."""
        return self.schema.get("type") == "array"


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that can be asked, by GET: ``path`` as OpenAPI writes it, with what stands for its ``{parts}``.

    ``bodies`` are schemas of answers of status 200 by media type, ``errors`` the statuses of `PROBLEMS` that happen,
    ``headers`` those that some answers have, with what they say.
    """

    path: str
    name: str
    tag: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...] = ()
    bodies: Mapping[str, Schema] = field(default_factory=dict)
    errors: tuple[int, ...] = (400, 429, 503)
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
