"""Errors as answers: problem+json for programs (RFC 9457), a page for people, plain text where a protocol asks for it.

>>> from cbec_kg.errors import UnknownName
>>> Problem.of(UnknownName("no thing shien", fix="did you mean shein?")).as_json()
{'type': 'about:blank', 'title': 'Bad Request', 'status': 400, 'detail': 'no thing shien: did you mean shein?'}
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cbec_kg.errors import CbecError
from cbec_kg.store.pool.limits import Busy
from cbec_kg.web.negotiate import chosen
from cbec_kg.web.site import site_of

__all__ = ["Problem", "respond"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: an HTTP status and one line that says what and what to do; ``more`` are members of its own."""

    status: int
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, error: CbecError) -> "Problem":
        """The problem that an error of the project is."""
        headers = {"Retry-After": str(error.seconds)} if isinstance(error, Busy) else {}
        return cls(error.http_status, str(error), headers)

    def as_json(self) -> dict[str, Any]:
        """Members by RFC 9457."""
        title = HTTPStatus(self.status).phrase
        return {"type": "about:blank", "title": title, "status": self.status, "detail": self.detail, **self.more}


def respond(request: Request, problem: Problem) -> Response:
    """A page where the browser of a person asks, else problem+json."""
    wanted = chosen(request.headers.get("accept"), ["application/problem+json", "application/json", "text/html"])
    if wanted == "text/html":
        page = site_of(request).page(request, "problem.html", problem.status, problem=problem)
        page.headers.update(problem.headers)
        return page
    headers = dict(problem.headers)
    return JSONResponse(problem.as_json(), problem.status, headers, media_type="application/problem+json")
