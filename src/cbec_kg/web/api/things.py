"""``/api/search``, ``/api/entity`` and ``/api/explain``: things by name, and why a triple holds.

>>> [one.name for one in EXPLAIN]
['s', 'p', 'o', 'ways', 'lang']
"""

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response

from cbec_kg.errors import UnknownName
from cbec_kg.web.api.operation import Arguments, Parameter
from cbec_kg.web.api.responding import answered, problem_of, spoken
from cbec_kg.web.api.saved import SPEECH
from cbec_kg.web.api.schemas import name_of, text
from cbec_kg.web.problems import respond
from cbec_kg.web.work.api import named

__all__ = ["ENTITY", "EXPLAIN", "SEARCH", "entity", "explain", "search"]

SEARCH = (
    Parameter("q", text(), "A label, alias or code, or part of one; slips of typing are forgiven", True, "tmall glo"),
    Parameter("class", name_of("owl:Class"), "Only things of this class or one below it", example="cbec:Platform"),
    Parameter(
        "limit", {"type": "integer", "minimum": 1, "maximum": 100, "default": 10}, "Most things to give", example=5
    ),
    SPEECH,
)
ENTITY = (
    Parameter("name", name_of(), "A label, alias, code, prefixed name or IRI", True, "Shein"),
    Parameter(
        "most", {"type": "integer", "minimum": 1, "maximum": 1_000, "default": 20},
        "Most names, things and claims of each kind; how many there are is told beside them", example=20,
    ),
    SPEECH,
)  # fmt: skip
EXPLAIN = (
    Parameter("s", name_of(), "Subject: a label, prefixed name or IRI", True, "id:yiwu"),
    Parameter("p", name_of("cbec-kg:property"), "Property, or `a`", True, "a"),
    Parameter(
        "o", name_of(), 'Object: a name, or a literal as N-Triples writes it ("9.8"^^xsd:decimal)', True, "cbec:Place"
    ),
    Parameter("ways", {"type": "integer", "minimum": 1, "maximum": 10, "default": 1}, "Most proofs to give", example=1),
    SPEECH,
)


async def search(request: Request, arguments: Arguments) -> Response:
    """Things by what they are called."""
    lang, cls, most = spoken(request, arguments), arguments.get("class"), arguments["limit"]
    name = f"search {request.url.query} {lang}"
    headers = {"Content-Language": lang}
    return await answered(request, name, named.found, arguments["q"], cls, most, lang, headers)


async def entity(request: Request, arguments: Arguments) -> Response:
    """All about one thing; 404 where the graph has none of that name."""
    lang = spoken(request, arguments)
    name = f"entity {request.url.query} {lang}"
    headers = {"Content-Language": lang}
    try:
        return await answered(request, name, named.described, arguments["name"], arguments["most"], lang, headers)
    except UnknownName as error:
        problem = problem_of(error)
        return respond(request, replace(problem, status=404, more={**problem.more, "parameter": "name"}))


async def explain(request: Request, arguments: Arguments) -> Response:
    """Why a triple holds."""
    lang, triple = spoken(request, arguments), (arguments["s"], arguments["p"], arguments["o"])
    name = f"explain {request.url.query} {lang}"
    headers = {"Content-Language": lang}
    return await answered(request, name, named.explained, triple, arguments["ways"], lang, headers)
